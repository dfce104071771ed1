/* SPDX-License-Identifier: ISC */
/* The inside of open sites, for the answers alone. */
#ifndef SERVE_OPEN_H
#define SERVE_OPEN_H

#include "package/head.h"
#include "proto/site.h"
#include "serve/names.h"
#include "serve/protocols.h"
#include "view/view.h"

struct cache;

#define SITE_LABEL_COLS	38		/* as wide as the root menu */

struct site {
	unsigned		 count;
	uint64_t		 number;	/* no other site has had it */
	char			*key;		/* its place in a set */
	struct pkg		*pkg;
	struct store		*store;		/* NULL: none */
	struct site_table	*table;		/* NULL: not in memory */
	uint64_t		 used;		/* the set's tick, when asked */
	const char		*id;
	size_t			 nhost;
	char			**host;		/* public names */
	char			*label;		/* in menus: ASCII */
	char			*titles;	/* of each language, in a row */
};

struct sites {
	size_t		 n, room;
	struct site	**site;			/* by key */
	struct names	 ids, hosts;
	struct cache	*cache;			/* of all views */
	size_t		 nhost;
	char		**host;			/* brackets removed */
	unsigned	 port[PROTO_N];
	int			 portal;
	char		*gopher_host;
	uint32_t	 version;		/* another after each change */
	size_t		 added;			/* keys of sites_add() */
	size_t		 awake;			/* about so many tables */
	uint64_t	 tick;
};

#endif
