/* SPDX-License-Identifier: ISC */
/* The menus of sections and of pages in several parts, and their items. */
#ifndef VIEW_SECTION_H
#define VIEW_SECTION_H

#include "view/menu.h"
#include "view/source.h"

struct page_text;
struct site_page;
struct site_section;

/* Each appends page n (from 1) of a menu.  1; 0: no such page; -1: see e. */
int	section_menu(const struct view_source *, const struct view *,
	    const struct site_section *, size_t n, struct buf *,
	    struct err *);
/* The menu of a page that has more than one part. */
int	section_page_menu(const struct view_source *, const struct view *,
	    struct page_text *, size_t n, struct buf *, struct err *);
/*
 * Set the item by which a menu of v leads to a page: its type, its selector (in
 * room) and its size.  1; 0: no such page; -1: see e.
 */
int	section_item(const struct view_source *, const struct view *,
	    const struct site_page *, struct menu_item *, char room[80],
	    struct err *);
/*
 * As section_item(), but a short page is not composed: it is one part, and the
 * item's size is set to 0.
 */
int	section_quick_item(const struct view_source *, const struct view *,
	    const struct site_page *, struct menu_item *, char room[80],
	    struct err *);
/* If src has a memo, keep there what menus show of a composed page. */
void	section_keep(const struct view_source *, const struct view *,
	    const struct page_text *);

#endif
