/* Types and sizes of pages in menus, by tree and page. */
#ifndef VIEW_MEMO_H
#define VIEW_MEMO_H

#include <stddef.h>

struct site_page;
struct view;
struct view_memo;

/*
 * What is kept of that page in that tree: 1 and *type ('0' or '1') and *size
 * (bytes) are set; 0 when nothing is, m is NULL or the page is not one of
 * its table.  Threads may ask and keep at the same time.
 */
int	memo_get(const struct view_memo *m, const struct view *,
	    const struct site_page *, char *type, size_t *size);
void	memo_keep(struct view_memo *m, const struct view *,
	    const struct site_page *, char type, size_t size);

/* How a menu is cut into pages: the menu asked for last. */
struct memo_menu {
	char		 key[400];	/* all that the cuts depend on */
	size_t		*first;		/* item of each page; npage of them */
	size_t		 npage, size;
};

/* NULL when m is NULL. */
struct memo_menu	*memo_menu(struct view_memo *m);

#endif
