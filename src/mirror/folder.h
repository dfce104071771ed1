/* SPDX-License-Identifier: ISC */
/* Folders as sources: a stick with letters and packages, some for others. */
#ifndef MIRROR_FOLDER_H
#define MIRROR_FOLDER_H

#include <stddef.h>

struct err;
struct source;

#define FOLDER_FILES_MAX	4096

/*
 * Copy n sources; each that names a folder becomes the files in it that may
 * help to bring `gpub' up to date, best first: the newest edition, and of one
 * edition the shortest.  Left out are other packages' files, editions that
 * are not newer than gpub's, and deltas from an edition that it is not.  When
 * there is no gpub yet, all files must be of one package.  All of it rests on
 * what the files say of themselves; proving comes later.
 * *out of *nout, to be ended with folder_free().  0, or -1: see e.
 */
int	folder_expand(const struct source *, size_t n, const char *gpub,
	    struct source **out, size_t *nout, struct err *e);
void	folder_free(struct source *, size_t n);

#endif
