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

/* A file as the signed list describes it. */
struct held_file {
	uint8_t		 sha[SHA_LEN];
	uint64_t	 size;		/* bytes */
};

/*
 * Open it for reading, following no link.  It is not proven.  -1: see e (sys
 * ENOENT: there is none).
 */
int	 held_open(const char *gpub, const struct held_file *, struct err *e);
/*
 * 1: it is there and has the right bytes (all of it is hashed); 0: it is
 * missing, or something else is in its place; -1: see e.
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
 * Remove each file of the folder that is named by its own hash and is none of
 * the n in keep, and temporary files of processes that have ended; when n is 0,
 * then the folder, if it is empty.  Other files were put there by somebody else
 * and stay.
 */
int	 held_sweep(const char *gpub, const struct held_file *keep, size_t n,
	    struct err *e);
/* The path of a file there, to write it; to be freed.  NULL: see e. */
char	*held_path(const char *gpub, const struct held_file *, struct err *e);
/* Make the folder if it is not there.  -1: see e. */
int	 held_folder(const char *gpub, struct err *e);

#endif
