/* SPDX-License-Identifier: ISC */
/* A set of open packages, with one cache of views: what the answers ask. */
#ifndef SERVE_SITES_H
#define SERVE_SITES_H

#include <stddef.h>

#include "serve/protocols.h"


struct asked;
struct err;
struct site;
struct sites;

/* Public names and ports of a server, from the configuration. */
struct site_names {
	size_t		 nhost;
	const char	**host;		/* names and IP literals that are ours
					   beside the packages' own hosts */
	unsigned	 port[PROTO_N];	/* public, beside the listening
					   ones; 0: no other */
	int		 portal;	/* any host of HTTP is ours: portal.h */
	int		 directory;	/* no default is named: the first page
					   of several packages is a directory */
	const char	*gopher_host;	/* in menus; NULL: first of host;
					   none: the address that was asked */
};

/*
 * The most bytes of views that are kept ready: SITE_CACHE for each package, and
 * SITES_CACHE for all of them.
 */
#define SITE_CACHE	(4u << 20)
#define SITES_CACHE	(16u << 20)
#define SITES_AWAKE	64		/* site tables kept in memory */
/* Copies names. */
struct sites	*sites_new(const struct site_names *, struct err *);
/* The server has other names now.  -1: see e, they are as they were. */
int		 sites_rename(struct sites *, const struct site_names *,
		    struct err *);
/*
 * Put site in the place of the one with that key, or add it.  The lowest key is
 * the default.  Takes site over, also on failure, and copies the key.  -1: see
 * e, and the set is as it was: another site has its id or one of its hosts, or
 * its id is a folder or a tree of the default.
 */
int		 sites_put(struct sites *, const char *key, struct site *,
		    struct err *);
/* The same with a key behind all of sites_add()'s before. */
int		 sites_add(struct sites *, struct site *, struct err *);
/* Could sites_put() do it?  0, or -1: see e. */
int		 sites_fit(const struct sites *, const char *key,
		    struct site *, struct err *);
void		 sites_drop(struct sites *, const char *key);
/*
 * A site whose id is a folder or a tree of the default, which became the
 * default when another was dropped; NULL: none.
 */
struct site	*sites_shadowed(const struct sites *);
/*
 * 1: the new edition asks for a name of this server that the one before (NULL:
 * none) did not ask for, and so for the readers that the default has there; see
 * e.
 */
int		 sites_claims(const struct sites *, const struct site *was,
		    const struct site *, struct err *e);
/* 1: host is one of the server's own names. */
int		 sites_named(const struct sites *, const char *host);
size_t		 sites_count(const struct sites *);
struct site	*sites_at(const struct sites *, size_t i);	/* no count */
void		 sites_cache(struct sites *, size_t bytes);
void		 sites_free(struct sites *);	/* NULL is fine */

/*
 * Have the table of s in memory for a request.  It stays while the request is
 * answered and while s has another holder.  -1: no memory.
 */
int		 sites_wake(struct sites *, struct site *);
/* The site whose id is these bytes, NULL: none. */
struct site	*sites_by_id(const struct sites *, const char *, size_t);
/*
 * The site that a host names: by a package's own name, one of the server's
 * (then it is the default), the connection's own address, or localhost on a
 * loopback address. host is in lower case, a literal without brackets.  NULL:
 * not this server's, or the set is empty.
 */
struct site	*sites_by_host(const struct sites *, const struct asked *,
		    const char *host, int is_literal);
/* The host that menus of this connection name. */
const char	*sites_gopher_host(const struct sites *,
		    const struct asked *);
unsigned	 sites_gopher_port(const struct sites *,
		    const struct asked *);

#endif
