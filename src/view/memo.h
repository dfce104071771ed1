/* SPDX-License-Identifier: ISC */
/*
 * What is kept from one reply to the next: types and sizes of pages in menus,
 * the cuts of one menu, the text of one page.
 */
#ifndef VIEW_MEMO_H
#define VIEW_MEMO_H

#include <stddef.h>

#include "view/page.h"

struct err;
struct site_page;
struct site_table;
struct view;
struct view_memo;		/* opaque: its body is in memo.c */

/*
 * What menus say of pages, kept over many replies from pages that do not
 * change: a walk over all menus composes each page once, not once a menu.
 * NULL: no memory.
 */
struct view_memo	*memo_new(const struct site_table *);
/*
 * For another thread's view_source: it knows and adds what m has, and ends
 * before m does.  NULL: no memory.
 */
struct view_memo	*memo_share(const struct view_memo *m);
void			 memo_free(struct view_memo *);	/* NULL: fine */

struct memo_item {
	char		 type;		/* '0', or '1': in parts */
	int		 plain;		/* no link for its section's menu */
	size_t		 size;		/* bytes of the text, 0: in parts */
};

/*
 * What is kept of that page in that tree: 1, or 0 when nothing is, m is NULL
 * or the page is not one of its table.  Threads may ask and keep at the same
 * time.
 */
int	memo_get(const struct view_memo *m, const struct view *,
	    const struct site_page *, struct memo_item *);
void	memo_keep(struct view_memo *m, const struct view *,
	    const struct site_page *, const struct memo_item *);

/* How a menu is cut into pages: the menu asked for last. */
struct memo_menu {
	char		 key[400];	/* all that the cuts depend on */
	size_t		*first;		/* item of each page; npage of them */
	size_t		 npage, size;
};

/* NULL when m is NULL. */
struct memo_menu	*memo_menu(struct view_memo *m);

/*
 * page_compose(), or the text that src's memo kept of that page, which is the
 * one that was composed last.  1: *t is it, good until the next call with the
 * same memo, and memo_release() ends it; else as page_compose(), and nothing
 * is to be ended.  own is room for a text where there is no memo.
 */
int	memo_compose(const struct view_source *src, const struct view *,
	    const struct fit *, const struct site_page *,
	    struct page_text *own, struct page_text **t, struct err *);
void	memo_release(struct page_text *own, const struct page_text *t);

#endif
