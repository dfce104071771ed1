/* Types and sizes of pages in menus, by tree and page. */
#ifndef VIEW_MEMO_H
#define VIEW_MEMO_H

#include <stddef.h>
#include <stdint.h>

struct site_page;
struct view;
struct view_memo;

struct memo_item {
	char		 type;		/* '\0': not known yet */
	uint64_t	 size;		/* bytes */
};

/*
 * Where the item of that page in that tree is kept; NULL when m is NULL or
 * the page is not one of its table, or without memory.
 */
struct memo_item	*memo_item(struct view_memo *m, const struct view *,
			    const struct site_page *);

/* How a menu is cut into pages: the menu asked for last. */
struct memo_menu {
	char		 key[400];	/* all that the cuts depend on */
	size_t		*first;		/* item of each page; npage of them */
	size_t		 npage, size;
};

/* NULL when m is NULL. */
struct memo_menu	*memo_menu(struct view_memo *m);

#endif
