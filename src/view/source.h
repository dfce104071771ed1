/* SPDX-License-Identifier: ISC */
/*
 * A view says how a tree shows pages: its charset, columns and rules.  A source
 * says where the pages come from.  Most functions of view/ take both.
 */
#ifndef VIEW_SOURCE_H
#define VIEW_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "proto/trees.h"

struct charset;
struct site_table;
struct view_memo;		/* opaque: its body is in memo.c */

struct view {
	const struct tree_row	*row;	/* its row of proto/trees.h */
	const char	*name;		/* "ascii": selectors begin /ascii */
	const char	*dir;		/* language folder of its pages */
	const struct charset	*charset;
	unsigned	 text_cols;	/* 67, 38 in /40 */
	unsigned	 menu_cols;	/* 67, 27 in /40 */
	int		 old;		/* types 0 1 3 7 9 i only, `.' after text,
					   root menu <= 1 KB */
};

#define VIEW_MAX	17
#define VIEW_PAGE_MAX	(1u << 20)	/* bytes of gemtext, at most */
#define VIEW_COMPOSED_MAX (4u << 20)	/* bytes of its text, at most */
#define VIEW_MENU_BYTES	4096		/* of a menu */
#define VIEW_ROOT_BYTES	1024		/* of the chooser and old home menus */
#define VIEW_PART_BYTES	8192		/* of a text, or a part of it */
#define VIEW_TEXT_BYTES	32000		/* of a page in one file */
#define VIEW_LINKS	20		/* in a menu */
#define VIEW_LINES	22		/* in a menu, except search results */
#define VIEW_INFO	8		/* info lines in a menu of an old tree */
#define VIEW_SELECTOR	60		/* bytes */

/* Where the pages come from: the package, or the build's spool. */
struct view_source {
	const struct site_table	*site;
	/* The gemtext of DIR/ID.gmi; 0 found, -1 none.  Borrowed. */
	int	(*page)(void *arg, const char *dir, const char *id,
		    const char **text, size_t *len);
	void	*arg;
	const char *host;		/* for menu lines */
	unsigned port;
	/* Before every selector in a menu: "/fuling"; NULL or "": none. */
	const char *prefix;
	uint64_t package_size;		/* bytes of ID.gpub; 0: not known */
	struct view_memo *memo;		/* NULL is fine; walks are then slow */
};

#endif
