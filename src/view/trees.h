/* The menus of the trees; view.c finds which one a selector means. */
#ifndef VIEW_TREES_H
#define VIEW_TREES_H

#include <stddef.h>

#include "charset/charset.h"
#include "view/page.h"
#include "view/view.h"

struct buf;
struct err;
struct site_page;
struct site_section;

/* The chooser is a tree of its own: 7-bit, 38 columns. */
void	trees_chooser(const struct site_table *, struct view *);
/* Each appends the page n (from 1) of a menu: 1, 0 no such page, -1 see e. */
int	trees_root(const struct view_source *, size_t n, struct buf *,
	    struct err *);
int	trees_home(const struct view_source *, const struct view *, size_t n,
	    struct buf *, struct err *);
int	trees_section(const struct view_source *, const struct view *,
	    const struct site_section *, size_t n, struct buf *,
	    struct err *);
/* Of a page that has more than one part. */
int	trees_page(const struct view_source *, const struct view *,
	    const struct page_text *, size_t n, struct buf *, struct err *);
/* Append the dated notice as a text.  0: there is none. */
int	trees_notice(const struct view_source *, const struct view *,
	    struct buf *, struct err *);
/*
 * How a menu leads to a page: 1 and the item's type, selector (in room) and
 * size are set; 0: no such page; -1: see e.
 */
struct menu_item;
int	trees_page_item(const struct view_source *, const struct view *,
	    const struct site_page *, struct menu_item *, char room[80],
	    struct err *);
/* Keep what menus will ask of a page that is composed, if src has a memo. */
void	trees_keep(const struct view_source *, const struct view *,
	    const struct page_text *);
/* The tree that menus of v name as its sibling.  0: there is none. */
int	trees_sibling(const struct site_table *, const struct view *v,
	    struct view *out);

#endif
