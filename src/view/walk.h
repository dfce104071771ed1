/* SPDX-License-Identifier: ISC */
/* All that can be asked of the trees: export, checks and tests walk by it. */
#ifndef VIEW_WALK_H
#define VIEW_WALK_H

#include "view/view.h"

/*
 * Call each(selector, kind) for every selector of every tree, in a stable
 * order.  Stops with -1 at each's -1.
 */
int	walk_selectors(const struct view_source *, int (*each)(void *,
	    const char *selector, enum view_kind), void *, struct err *);

#endif
