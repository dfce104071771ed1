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
 * Keep what menus say of pages, for many replies; the pages must not change.  A
 * walk over all menus then composes each page once, not once for each menu.
 * NULL: no memory.
 */
struct view_memo	*memo_new(const struct site_table *);
/*
 * A memo for another thread's view_source.  It reads and writes the items of m,
 * and must be freed before m.  NULL: no memory.
 */
struct view_memo	*memo_share(const struct view_memo *m);
void			 memo_free(struct view_memo *);	/* NULL: fine */

struct memo_item {
	char		 type;		/* '0'; '1': it is in parts */
	int		 plain;		/* it has no link that its section's
					   menu would list */
	size_t		 size;		/* bytes of the text; 0: in parts */
};

/*
 * Get what is kept of that page in that tree.  1; 0: nothing is kept, m is
 * NULL, or the page is not in m's table.  Threads may call memo_get() and
 * memo_keep() at the same time.
 */
int	memo_get(const struct view_memo *m, const struct view *,
	    const struct site_page *, struct memo_item *);
void	memo_keep(struct view_memo *m, const struct view *,
	    const struct site_page *, const struct memo_item *);

/* How a menu is cut into pages: the menu asked for last. */
struct memo_menu {
	char		 key[400];	/* what the cuts depend on */
	size_t		*first;		/* first item of each page; npage */
	size_t		 npage, size;
};

/* NULL when m is NULL. */
struct memo_menu	*memo_menu(struct view_memo *m);

/*
 * As page_compose(); but when src's memo keeps the text of that page, because
 * it was composed last, that text is used.  1: *t is the text; it is valid
 * until the next call with the same memo; end it with memo_release().  Other
 * values are those of page_compose(), and nothing is to be ended.  own: where
 * the text is put when src has no memo.
 */
int	memo_compose(const struct view_source *src, const struct view *,
	    const struct fit *, const struct site_page *,
	    struct page_text *own, struct page_text **t, struct err *);
void	memo_release(struct page_text *own, const struct page_text *t);

#endif
