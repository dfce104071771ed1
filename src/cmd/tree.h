/* SPDX-License-Identifier: ISC */
/*
 * A folder of files that is there entirely or not at all: written beside
 * its place, read back, renamed.  SHA256SUMS lists what is in it.
 */
#ifndef CMD_TREE_H
#define CMD_TREE_H

#include <stddef.h>

struct err;
struct tree;			/* opaque: its body is in tree.c */

/*
 * Begin the folder dir (or the one that a link of that name leads to), which
 * may be missing, empty, or an earlier tree of ours, which SHA256SUMS proves
 * file by file, and at which no other run is at work.  mark is a path that
 * every tree of this kind has.  NULL: see e.
 */
struct tree	*tree_begin(const char *dir, const char *mark, struct err *e);
/*
 * Add a file; path is relative, joined by '/', and must be a name on FAT,
 * too.  0, or -1: see e.
 */
int		 tree_put(struct tree *, const char *path, const void *,
		    size_t, struct err *);
/*
 * Put it in its place; t is gone whatever comes back.  *in_place: the folder
 * could not be renamed, its files were replaced one by one.
 */
int		 tree_commit(struct tree *t, int *in_place, struct err *);
/* Leave nothing behind; NULL is fine. */
void		 tree_abandon(struct tree *);
size_t		 tree_count(const struct tree *);	/* files so far */

#endif
