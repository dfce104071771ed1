/* SPDX-License-Identifier: ISC */
/*
 * A folder of files that is replaced whole or not at all: it is written beside
 * its place, read back, and renamed.  SHA256SUMS lists what is in it.
 */
#ifndef CMD_TREE_H
#define CMD_TREE_H

#include <stddef.h>

struct err;
struct tree;			/* opaque: its body is in tree.c */

/*
 * Begin a new tree for the folder dir, or for what dir leads to when it is a
 * link.  The folder may be missing, empty, or an earlier tree of ours, which
 * its SHA256SUMS proves file by file.  mark is a path that every tree of this
 * kind has.  NULL: see e, also while another run writes that folder.
 */
struct tree	*tree_begin(const char *dir, const char *mark, struct err *e);
/*
 * Add a file; path is relative, joined by '/', and must be a name on FAT,
 * too.  0, or -1: see e.
 */
int		 tree_put(struct tree *, const char *path, const void *,
		    size_t, struct err *);
/*
 * Put the new folder in its place.  t is freed, also on failure.  *in_place: 1
 * when the folder could not be renamed, so its files were replaced one by one.
 * 0, or -1: see e.
 */
int		 tree_commit(struct tree *t, int *in_place, struct err *);
/* Remove what was written, and free the tree; NULL is fine. */
void		 tree_abandon(struct tree *);
size_t		 tree_count(const struct tree *);	/* files so far */

#endif
