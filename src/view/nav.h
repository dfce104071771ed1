/* SPDX-License-Identifier: ISC */
/* The last items of every menu. */
#ifndef VIEW_NAV_H
#define VIEW_NAV_H

#include "view/menu.h"
#include "view/tree.h"

/*
 * Make the items that every menu of a tree ends with: home (except on the home
 * menu), the tree's sibling, and the chooser.  path: the same place in the
 * sibling, "", "/s/ID" or "/ID.txt"; NULL: the sibling's home.  Fills
 * nav[0..2], whose strings are in room.  How many items there are.
 */
#define NAV_MAX	3

struct nav_room {
	char	title[NAV_MAX][TREE_LABEL], selector[NAV_MAX][80];
};
size_t	nav_fill(const struct view_source *, const struct view *, int at_home,
	    const char *path, struct menu_item nav[NAV_MAX],
	    struct nav_room *room);

#endif
