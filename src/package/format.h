/* SPDX-License-Identifier: ISC */
/* The numbers of the file format, apeng-package(5). */
#ifndef PACKAGE_FORMAT_H
#define PACKAGE_FORMAT_H

#define HEAD_MAX	2048		/* bytes with the signature */
#define HEAD_FIRST	"apeng-head 1"	/* its first line, without the LF */

#define PKG_ENTRIES_MAX	65534
#define PKG_SIZE_MAX	0x7fffffffu	/* bytes of a whole file */

#define ZIP_LOCAL	30		/* bytes before the name */
#define ZIP_CENTRAL	46
#define ZIP_END		22		/* bytes before the comment */

#endif
