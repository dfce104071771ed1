/* SPDX-License-Identifier: ISC */
/*
 * Write side of a package.  Bodies are spooled to an unlinked temporary file
 * as they come, in any order; pkg_finish() puts the canonical ZIP together.
 * Memory grows with the number of entries only, by path, offset, size, CRC.
 */
#ifndef PACKAGE_WRITER_H
#define PACKAGE_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"

struct err;
struct pkg_writer;
struct sign_key;		/* package/sign.h */

/* near: the spool is made in this file's folder.  NULL: see e. */
struct pkg_writer *pkg_writer_new(const char *near, struct err *);
/* Make another file without a name in the folder of the spool; -1: see e. */
int	 pkg_writer_aside(const struct pkg_writer *, struct err *);
void	 pkg_writer_free(struct pkg_writer *);		/* NULL is fine */
/* Add one entry; the path must be safe (base/file.h) and new. */
int	 pkg_add(struct pkg_writer *, const char *path, const void *,
	    size_t, struct err *);
/*
 * Sort the entries and compute core, wire and their sizes for h.  No pkg_add()
 * after it.
 */
int	 pkg_seal(struct pkg_writer *, struct head *h, struct err *);
/*
 * Write the whole file to fd from offset 0, with the head h, signed by key
 * (NULL: unsigned) as its comment.
 */
int	 pkg_write(struct pkg_writer *, int fd, const struct head *h,
	    const struct sign_key *key, struct err *);

#endif
