/*
 * A folder of files that is there entirely or not at all: written beside
 * its place, read back, renamed.  SHA256SUMS lists what is in it.
 */
#ifndef CMD_TREE_H
#define CMD_TREE_H

#include <stddef.h>

struct err;
struct tree;			/* opaque: its body is in tree.c */

#define TREE_SUMS	"SHA256SUMS"

/*
 * Begin the folder dir, which may be missing, empty, or an earlier tree of
 * ours without anybody else's file in it, and at which no other run is at
 * work.  NULL: see e.
 */
struct tree	*tree_begin(const char *dir, struct err *e);
/*
 * Add a file; path is relative, joined by '/', and must be a name on FAT,
 * too.  0, or -1: see e.
 */
int		 tree_put(struct tree *, const char *path, const void *,
		    size_t, struct err *);
/* Put it in its place; t is gone whatever comes back. */
int		 tree_commit(struct tree *t, struct err *);
/* Leave nothing behind; NULL is fine. */
void		 tree_abandon(struct tree *);
size_t		 tree_count(const struct tree *);	/* files so far */

#endif
