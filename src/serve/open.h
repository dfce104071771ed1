/* SPDX-License-Identifier: ISC */
/* The inside of open sites, for the answers alone. */
#ifndef SERVE_OPEN_H
#define SERVE_OPEN_H

#include "package/head.h"
#include "proto/site.h"
#include "serve/answer.h"
#include "serve/names.h"
#include "serve/site.h"
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
};

struct sites {
	size_t		 n, room;
	struct site	**site;			/* by key */
	struct names	 ids, hosts;
	struct cache	*cache;			/* of all views */
	size_t		 nhost;
	char		**host;			/* brackets removed */
	unsigned	 port[PROTO_N];
	char		*gopher_host;
	uint32_t	 version;		/* another after each change */
	size_t		 added;			/* keys of sites_add() */
	size_t		 awake;			/* about so many tables */
	uint64_t	 tick;
};

/*
 * Have the table of s in memory for a request.  -1: no memory.  It stays at
 * least while the request is answered, and while s has another holder.
 */
int		 sites_wake(struct sites *, struct site *);
/* The site whose id is these bytes, NULL: none. */
struct site	*sites_by_id(const struct sites *, const char *, size_t);
/*
 * The site that a host names: a package's own name, one of the server's
 * (the default site's), the connection's own address, or localhost on a
 * loopback address.  host is in lower case, a literal without brackets.
 * NULL: not ours, or the set is empty.
 */
struct site	*sites_by_host(const struct sites *, const struct asked *,
		    const char *host, int is_literal);
/* What menus of this connection say. */
const char	*sites_gopher_host(const struct sites *,
		    const struct asked *);
unsigned	 sites_gopher_port(const struct sites *,
		    const struct asked *);

/*
 * For view and search: the pages of s, with these menu fields.  prefix: ""
 * or "/ID".
 */
void	site_source(struct site *, const char *host, unsigned port,
	    const char *prefix, struct view_source *);
/* Hand bytes of s to the reply, which then holds a count of s. */
void	reply_borrow(struct reply *, struct site *, const void *, size_t);
/* The reply's own buffer is its body. */
void	reply_own(struct reply *);
/* All of the reply goes but its search: each answer begins so. */
void	reply_clear(struct reply *);
/* The place in the reply for a search of s; then reply_searched(). */
struct search	**reply_search(struct reply *, struct site *s);
/* An answer's value for got, a search's, whose page is in the reply's own. */
int	reply_searched(struct reply *, int got);
/* Hand a cached reply over, with its count. */
void	reply_view(struct reply *, struct cached *);

/*
 * /.apeng/REST, alike on both protocols: fills the reply's own and body.
 * 1 answered; 0 no such thing; -1 malformed; -2 no memory.
 */
int	answer_mirror(struct site *, const char *rest, size_t len,
	    struct reply *);

#endif
