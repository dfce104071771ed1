/* SPDX-License-Identifier: ISC */
/*
 * The directory of packages for browsers of the 1990s, in the trees that
 * http_old.h has: at ROLL_PREFIX/TREE, as Gopher has its menus.
 */
#ifndef SERVE_HTTP_OLD_DIR_H
#define SERVE_HTTP_OLD_DIR_H

#include <stddef.h>

struct ask;
struct buf;
struct hits;
struct roll;
struct view;

#define OLD_ITEMS	20		/* on a page, as on a menu */

/*
 * The tree of the directory that a path begins with, behind ROLL_PREFIX; *rest
 * and *left: what stands behind it.  0: none.
 */
int	old_dir_tree(const struct roll *, const char *path, size_t len,
	    struct view *, const char **rest, size_t *left);
/*
 * Append the document that q asks for, q->dir the folder of the tree.  words:
 * those of a search, n bytes of any, with what they found (NULL: the field
 * alone).  1; 0: no such page; -1: no memory.
 */
int	old_dir_page(const struct roll *, const struct view *,
	    const struct ask *q, const char *words, size_t n,
	    const struct hits *, struct buf *);
/* Append a line of links to these trees, for the page of other browsers. */
void	old_dir_lead(const struct roll *, struct buf *);

#endif
