/* SPDX-License-Identifier: ISC */
/* Put a package together out of a list and a file that has the bodies. */
#ifndef PACKAGE_PACK_H
#define PACKAGE_PACK_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct pkg_list;
struct sha;

/*
 * Add the core to one hash and the bodies to the other (NULL: not wanted).  The
 * list must be in order and checked, and its offsets must be those of the
 * bodies in the file from.
 */
int	pack_hash(const struct pkg_list *, int from, struct sha *core,
	    struct sha *bodies, struct err *);
/* Write the file from offset 0 of to, with its comment. */
int	pack_write(const struct pkg_list *, int from, int to,
	    const char *comment, size_t len, struct err *);

#endif
