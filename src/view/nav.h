/* SPDX-License-Identifier: ISC */
/* The ways out at the end of every menu. */
#ifndef VIEW_NAV_H
#define VIEW_NAV_H

#include "view/menu.h"
#include "view/tree.h"

/*
 * The ways out that every menu of a tree ends with: home (unless at home),
 * the tree's sibling (the same place in it: path is "", "/s/ID" or
 * "/ID.txt", NULL: its home), the chooser.  Fills nav[0..2], whose strings
 * are in room; the number filled.
 */
#define NAV_MAX	3

struct nav_room {
	char	title[NAV_MAX][TREE_LABEL], selector[NAV_MAX][80];
};
size_t	nav_fill(const struct view_source *, const struct view *, int at_home,
	    const char *path, struct menu_item nav[NAV_MAX],
	    struct nav_room *room);

#endif
