/* SPDX-License-Identifier: ISC */
/*
 * The menus of the directory, for Gopher: in the charset, columns and limits of
 * each tree, as a capsule's own menus.
 */
#ifndef DIRECTORY_MENUS_H
#define DIRECTORY_MENUS_H

#include <stddef.h>

#include "directory/ask.h"
#include "view/results.h"

struct buf;
struct err;
struct hits;

/* Menu lines name this host and port. */
struct menus_host {
	const char	*host;
	unsigned	 port;
};

/*
 * Append the menu that a selector asks for, which begins with ROLL_PREFIX (or
 * is "": the same as ROLL_PREFIX alone, the choice of trees).  1; 0: there is
 * no such menu; -1: see e.
 */
int	menus_page(const struct roll *, const struct menus_host *,
	    const char *selector, size_t len, struct buf *, struct err *);
/* A search that a selector asks for. */
struct menus_search {
	struct ask		 ask;
	struct results_ask	 words;		/* menus_search_free() */
	size_t			 first, most;	/* hits of that page */
};
/*
 * query NULL: no words were sent; they are in the charset of the tree, or
 * UTF-8, or in the selector.  1; 0: it asks for none.  End with
 * menus_search_free() in both cases.
 */
int	menus_search_parse(const struct roll *, const char *selector,
	    size_t len, const char *query, size_t querylen,
	    struct menus_search *);
void	menus_search_free(struct menus_search *);
/* Append the menu of what it found.  Values as menus_page(). */
int	menus_found(const struct roll *, const struct menus_host *,
	    const struct menus_search *, const struct hits *, struct buf *,
	    struct err *);

#endif
