/* SPDX-License-Identifier: ISC */
/* Walk all selectors of all trees, for export, checks and tests. */
#ifndef VIEW_WALK_H
#define VIEW_WALK_H

#include "view/view.h"

/*
 * Call each(selector, kind) for every selector of every tree, in a stable
 * order.  When each() returns -1 the walk stops and returns -1.
 */
int	walk_selectors(const struct view_source *, int (*each)(void *,
	    const char *selector, enum view_kind), void *, struct err *);

#endif
