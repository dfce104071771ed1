/* SPDX-License-Identifier: ISC */
/*
 * Menus in the charset, width and limits of a tree: from a list of items to
 * lines on the wire, on as many pages as they need.  The trees' own menus,
 * search results and error menus are all made here.
 */
#ifndef VIEW_MENU_H
#define VIEW_MENU_H

#include <stddef.h>

#include "view/source.h"

struct buf;
struct err;

/* Strings are UTF-8, borrowed, each a single line. */
struct menu_item {
	char		 type;		/* '0', '1', '7', '9', 'h' */
	const char	*title;
	const char	*short_title;	/* used if title is too wide; NULL */
	const char	*selector;	/* "/en/history.txt", "URL:https://..." */
	size_t		 size;		/* bytes, shown above 2 KB; 0: unknown */
	const char	*divider;	/* an info line above it, or NULL */
	const char	*note;		/* words about it, or NULL.  They are an
					   info line below it; in old trees the
					   words that fit stand behind the
					   title */
	int		 is_elsewhere;	/* 1: the selector is of another
					   capsule, and gets no prefix */
};

struct menu {
	const char		*title;		/* line 1 of each page; NULL */
	const char		*short_title;	/* if it is too wide; NULL */
	const char		*const *info;	/* below it on page 1 */
	size_t			 ninfo;
	struct menu_item	*item;
	size_t			 nitem;
	const struct menu_item	*nav;		/* at the end of each page */
	size_t			 nnav;
	const char		*base;		/* selector of the first page;
						   that of page n is BASE/n.
						   NULL: there is one page, and
						   items that do not fit it are
						   left out */
	int			 is_fixed;	/* 1: menus of this base always
						   have the same items, see
						   menu_known() */
	size_t			 max_bytes;	/* 0: VIEW_MENU_BYTES */
	size_t			 max_lines;	/* 0: VIEW_LINES */
	/*
	 * Called for an item i whose type is 0, before it is shown.  It sets
	 * type, selector and size.  -1: see e; writing stops.
	 */
	int	(*fill)(void *arg, size_t i, struct menu_item *, struct err *e);
	/*
	 * NULL, or: sets *item to the k-th item (from 0) of those that may be
	 * added to a page when its own items do not fill it.  1; 0: there is
	 * no k-th; -1: see e.
	 */
	int	(*more)(void *arg, size_t k, struct menu_item *, struct err *e);
	void	*arg;
};

/*
 * Append page n (from 1) of the menu with its last line, ".".  1: done; 0:
 * there is no such page (nothing appended); -1: see e.  A title too wide for
 * the tree goes on in info lines.  Selectors of items get src->prefix, except
 * those of type h, "URL:...", and of items that are elsewhere.  Items of a type
 * that an old tree must not have are left out.
 */
int	menu_write(const struct view_source *, const struct view *,
	    const struct menu *, size_t n, struct buf *out, struct err *e);
/* Set *n to the number of the menu's pages, at least 1.  -1: no memory. */
int	menu_pages(const struct view_source *, const struct view *,
	    const struct menu *, size_t *n, struct err *e);
/*
 * 1: the menu is_fixed, src->memo has its cuts, and page n shows the items from
 * *first to before *end, so the caller need set no others; when there is no
 * page n, *first is *end.  0: the cuts are not known, and nothing is set.
 */
int	menu_known(const struct view_source *, const struct menu *, size_t n,
	    size_t *first, size_t *end);
/*
 * Write " (6 KB, 25 s at 2400)" for a size above 2 KB, "" for others.  Form 0
 * is the widest, 2 the narrowest.
 */
void	menu_size_words(const struct view_source *, const struct view *,
	    size_t bytes, int form, char s[64]);

#endif
