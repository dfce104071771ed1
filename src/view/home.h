/* SPDX-License-Identifier: ISC */
/* The first menus that a reader sees. */
#ifndef VIEW_HOME_H
#define VIEW_HOME_H

#include "view/source.h"

/* Each appends page n (from 1) of a menu.  1; 0: no such page; -1: see e. */
int	home_root(const struct view_source *, size_t n, struct buf *,
	    struct err *);
int	home_menu(const struct view_source *, const struct view *, size_t n,
	    struct buf *, struct err *);
/* Append the dated notice as a text.  0: there is none. */
int	home_notice(const struct view_source *, const struct view *,
	    struct buf *, struct err *);

#endif
