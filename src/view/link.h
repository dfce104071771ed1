/* SPDX-License-Identifier: ISC */
/* Where a link of a gemtext page leads, seen from Gopher. */
#ifndef VIEW_LINK_H
#define VIEW_LINK_H

#include <stddef.h>

struct site_table;
struct site_page;

#define LINK_PATH_MAX	100		/* bytes of a path in a package */

enum link_kind {
	LINK_DEAD,		/* no page or file can have that name */
	LINK_PAGE,		/* page is set, for a home page, too */
	LINK_ROOT,		/* the capsule's index of everything */
	LINK_FILE,		/* path is that of a data file */
	LINK_PACKAGE,		/* the package itself */
	LINK_SEARCH,
	LINK_PHONE,		/* a number, which its text shows */
	LINK_URL		/* elsewhere */
};

struct link {
	enum link_kind		 kind;
	const struct site_page	*page;		/* borrowed from the table */
	char			 path[LINK_PATH_MAX + 1];
	int			 scheme_ok;	/* LINK_URL: a known scheme */
};

/* Find where url leads, on a page of folder dir. */
void	link_resolve(const struct site_table *, const char *dir,
	    const char *url, size_t len, struct link *);

#endif
