/* SPDX-License-Identifier: ISC */
/* apeng export --origin: the files that make any file server an origin. */
#ifndef CMD_ORIGIN_H
#define CMD_ORIGIN_H

struct err;

#define ORIGIN_FILES		1	/* the files beside the text, too */
#define ORIGIN_SMALL_PARTS	2	/* small parts, too */

/*
 * Write what mirrors of the package `gpub' ask for below dir/apeng/: up/ with
 * an answer for each edition that has a delta, b/ with the blobs whole, p/
 * with them in parts of ORIGIN_PART bytes, u/ with the answers in the compact
 * form, and the head; ORIGIN_SMALL_PARTS: also s/, with parts of ORIGIN_SMALL
 * bytes.  Blobs come first, so that an answer never names one that is missing;
 * each file is replaced whole; blobs of the edition before stay, older ones go
 * if they are what their names say.  0; -1: see e.
 */
int	origin_write(const char *gpub, const char *dir, unsigned flags,
	    struct err *e);

#endif
