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

/* Strings are UTF-8, of one line, borrowed. */
struct menu_item {
	char		 type;		/* '0', '1', '7', '9', 'h' */
	const char	*title;
	const char	*short_title;	/* where title is too wide; NULL */
	const char	*selector;	/* "/en/history.txt", "URL:https://..." */
	size_t		 size;		/* bytes; shown above 2 KB; 0: unknown */
	const char	*divider;	/* an info line above it, or NULL */
	const char	*note;		/* words that go with it, or NULL: an info
					   line below it, in old trees what of
					   them fits behind the title */
	int		 is_elsewhere;	/* 1: the selector is of another
					   capsule, and gets no prefix */
};

struct menu {
	const char		*title;		/* first line of each page; NULL */
	const char		*short_title;	/* where it is too wide; NULL */
	const char		*const *info;	/* then these, on the first page */
	size_t			 ninfo;
	struct menu_item	*item;
	size_t			 nitem;
	const struct menu_item	*nav;		/* at the end of each page */
	size_t			 nnav;
	const char		*base;		/* selector of the first page; the
						   n-th is BASE/n; NULL: only
						   one page, the rest is lost */
	int			 is_fixed;	/* the same items whenever it has
						   this base: see menu_known() */
	size_t			 max_bytes;	/* 0: VIEW_MENU_BYTES */
	size_t			 max_lines;	/* 0: VIEW_LINES */
	/*
	 * Called for item i, whose type is 0, before it is shown: sets its
	 * type, selector and size.  -1 stops with what e says.
	 */
	int	(*fill)(void *arg, size_t i, struct menu_item *, struct err *e);
	/*
	 * If given: the k-th item (from 0) that may fill what room is left
	 * on a page behind its own.  1: in *item; 0: no more; -1: see e.
	 */
	int	(*more)(void *arg, size_t k, struct menu_item *, struct err *e);
	void	*arg;
};

/*
 * Append page n (from 1) of the menu with its last line, ".".  1: done; 0:
 * there is no such page (nothing appended); -1: see e.  Titles too wide for
 * the tree go on in info lines; item selectors get src->prefix, URL: ones
 * do not.  Items of a type that an old tree must not have are left out.
 */
int	menu_write(const struct view_source *, const struct view *,
	    const struct menu *, size_t n, struct buf *out, struct err *e);
/* How many pages it has, at least 1.  -1: no memory. */
int	menu_pages(const struct view_source *, const struct view *,
	    const struct menu *, size_t *n, struct err *e);
/*
 * Of a menu that is_fixed and whose cuts src->memo has: 1, and page n shows
 * the items from *first to before *end, so that no others need be set; no
 * such page: *first = *end.  0: not known, nothing set.
 */
int	menu_known(const struct view_source *, const struct menu *, size_t n,
	    size_t *first, size_t *end);
/* " (6 KB, 25 s at 2400)" for a size above 2 KB, narrower with each form
 * (0 to 2), else nothing.  s needs 64 bytes. */
void	menu_size_words(const struct view_source *, const struct view *,
	    size_t bytes, int form, char s[64]);

#endif
