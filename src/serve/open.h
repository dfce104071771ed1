/* SPDX-License-Identifier: ISC */
/* The members of an open site and of a set of them, for serve/ alone. */
#ifndef SERVE_OPEN_H
#define SERVE_OPEN_H

#include "package/head.h"
#include "proto/site.h"
#include "serve/names.h"
#include "serve/protocols.h"
#include "view/view.h"

struct cache;
struct grams;
struct roll;

#define SITE_LABEL_COLS	38		/* as wide as the root menu */

struct site {
	unsigned		 count;
	uint64_t		 number;	/* no other site has ever had
						   it */
	char			*key;		/* its place in a set */
	struct pkg		*pkg;
	struct store		*store;		/* NULL: none */
	struct site_table	*table;		/* NULL: not in memory */
	uint64_t		 used;		/* the set's count when it was
						   last asked for */
	const char		*id;
	size_t			 nhost;
	char			**host;		/* public names */
	const char		*label;		/* in menus: ASCII */
	struct site_table	*brief;		/* its languages, trees, hosts */
	struct grams		*grams;		/* for searches over all; NULL:
						   not made yet */
	int			 lists;		/* a catalogue whose word counts */
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
	uint32_t	 version;		/* changes with each change of
						   the set */
	int		 directory;		/* no default was named */
	struct roll	*roll;			/* NULL: not made yet */
	size_t		 added;			/* keys of sites_add() */
	size_t		 awake;			/* about so many tables are in
						   memory */
	uint64_t	 tick;
};

#endif
