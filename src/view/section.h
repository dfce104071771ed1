/* SPDX-License-Identifier: ISC */
/* The menus of sections and of pages in several parts, and their items. */
#ifndef VIEW_SECTION_H
#define VIEW_SECTION_H

#include "view/menu.h"
#include "view/source.h"

struct page_text;
struct site_page;
struct site_section;

/* Each appends the page n (from 1) of a menu: 1, 0 no such page, -1 see e. */
int	section_menu(const struct view_source *, const struct view *,
	    const struct site_section *, size_t n, struct buf *,
	    struct err *);
/* Of a page that has more than one part. */
int	section_page_menu(const struct view_source *, const struct view *,
	    struct page_text *, size_t n, struct buf *, struct err *);
/*
 * How a menu of v leads to a page: 1 and the item's type, selector (in room)
 * and size are set; 0: no such page; -1: see e.
 */
int	section_item(const struct view_source *, const struct view *,
	    const struct site_page *, struct menu_item *, char room[80],
	    struct err *);
/* The same, its size only if it is known without work. */
int	section_quick_item(const struct view_source *, const struct view *,
	    const struct site_page *, struct menu_item *, char room[80],
	    struct err *);
/* Keep what menus will ask of a page that is composed, if src has a memo. */
void	section_keep(const struct view_source *, const struct view *,
	    const struct page_text *);

#endif
