/* SPDX-License-Identifier: ISC */
/*
 * A site for the tests of views: a site table and gemtext pages, from a
 * folder or added one by one, as a view_source.
 */
#ifndef LIB_VIEWSITE_H
#define LIB_VIEWSITE_H

#include <stddef.h>

#include "proto/site.h"
#include "view/view.h"

struct viewsite_page {
	char	*path, *text;		/* "en/index" */
	size_t	 len;
};

struct viewsite {
	struct site_table	*table;
	struct view_source	 src;
	struct viewsite_page	*page;
	size_t			 npage;
};

/* From DIR/site.txt and DIR/LANG/ID.gmi.  Exits with a message on trouble. */
void	viewsite_load(struct viewsite *, const char *dir);
/* From a site table's text; pages follow by viewsite_add(). */
void	viewsite_make(struct viewsite *, const char *table);
/* A page's text; takes the place of an earlier one. */
void	viewsite_add(struct viewsite *, const char *path, const char *text,
	    size_t len);
void	viewsite_free(struct viewsite *);

#endif
