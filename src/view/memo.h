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

#endif
