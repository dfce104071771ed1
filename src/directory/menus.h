/* SPDX-License-Identifier: ISC */
/*
 * The menus of the directory, for Gopher: in the charset, columns and limits of
 * each tree, as a capsule's own menus.
 */
#ifndef DIRECTORY_MENUS_H
#define DIRECTORY_MENUS_H

#include <stddef.h>

struct buf;
struct err;
struct roll;

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
/* 1: the selector asks for a search. */
int	menus_searches(const struct roll *, const char *selector, size_t len);
/*
 * Append the menu of its results.  query NULL: no words were sent; they are in
 * the charset of the tree, or UTF-8, or in the selector.  Values as above.
 */
int	menus_search(const struct roll *, const struct menus_host *,
	    const char *selector, size_t len, const char *query,
	    size_t querylen, struct buf *, struct err *);

#endif
