/* SPDX-License-Identifier: ISC */
/*
 * The bytes of the files beside a package's text, in NAME.gpub.files/: each
 * is named by its SHA-256 in 64 hex digits.  What lies there proves nothing
 * until it was hashed.  gpub is the package's path.
 */
#ifndef PACKAGE_HELD_H
#define PACKAGE_HELD_H

#include <stddef.h>
#include <stdint.h>

#include "package/hash.h"

struct err;

#define HELD_SUFFIX	".files"

/* What the signed list says of one. */
struct held_file {
	uint8_t		 sha[SHA_LEN];
	uint64_t	 size;		/* bytes */
};

/* For reading, through no link, not proven.  -1: see e (sys ENOENT: none). */
int	 held_open(const char *gpub, const struct held_file *, struct err *e);
/*
 * 1: it is there, and it is that one (all of it is hashed); 0: it is not
 * there, or something else is; -1: see e.
 */
int	 held_has(const char *gpub, const struct held_file *, struct err *e);
/*
 * Copy it from the file fd, unless it is there: whole, proven and flushed, or
 * not at all.  name is what errors call fd.  The file stays open.  -1: see e,
 * STATUS_REFUSED when fd has other bytes.
 */
int	 held_put(const char *gpub, const struct held_file *, int fd,
	    const char *name, struct err *e);
/*
 * Remove what is in the folder under the hash of its own bytes, and is none
 * of the n in keep; then the folder if nothing is left in it.  Anything else
 * in it was put there by others and stays.
 */
int	 held_sweep(const char *gpub, const struct held_file *keep, size_t n,
	    struct err *e);
/* The path of a file there, for a writer of ours; to be freed.  NULL: see e. */
char	*held_path(const char *gpub, const struct held_file *, struct err *e);
/* Make the folder if it is not there.  -1: see e. */
int	 held_folder(const char *gpub, struct err *e);

#endif
