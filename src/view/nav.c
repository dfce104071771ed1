/* SPDX-License-Identifier: ISC */
/*
 * The last items of every menu: home, the same place in the tree's sibling, and
 * the chooser of trees.
 *
 * The strings are made in memory that the caller gives.  Trusts the site table.
 */
#include <stdio.h>
#include <string.h>

#include "proto/site.h"
#include "view/nav.h"
#include "view/tree.h"
#include "view/words.h"

size_t
nav_fill(const struct view_source *src, const struct view *v, int at_home,
    const char *path, struct menu_item nav[NAV_MAX],
    struct nav_room *room)
{
	struct words_view	 own;
	const struct words_view	*w = words_view(src->site, v->dir, &own);
	struct view		 s;
	size_t			 n, len;

	memset(nav, 0, NAV_MAX * sizeof(*nav));
	n = 0;
	if (!at_home) {
		nav[n].type = '1';
		nav[n].title = w->home;
		snprintf(room->selector[n], sizeof(room->selector[n]), "/%s",
		    v->name);
		n++;
	}
	if (tree_sibling(src->site, v, &s)) {
		len = path == NULL ? 0 : strlen(path);
		nav[n].type = len > 4 && strcmp(path + len - 4, ".txt") == 0 ?
		    '0' : '1';
		tree_label(src->site, &s, v, room->title[n]);
		nav[n].title = room->title[n];
		snprintf(room->selector[n], sizeof(room->selector[n]), "/%s%s",
		    s.name, path == NULL ? "" : path);
		n++;
	}
	nav[n].type = '1';
	nav[n].title = w->trees;
	nav[n].short_title = w->trees_short;
	snprintf(room->selector[n], sizeof(room->selector[n]), "/");
	n++;
	for (len = 0; len < n; len++)
		nav[len].selector = room->selector[len];
	return n;
}
