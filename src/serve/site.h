/* SPDX-License-Identifier: ISC */
/*
 * Open packages as the answers need them: each with its site table and the
 * blobs of its store; a set of them with one cache of views.  Counted handles:
 * a new edition swaps the pointer, running replies keep the old one.
 */
#ifndef SERVE_SITE_H
#define SERVE_SITE_H

#include <stddef.h>
#include <stdint.h>

#include "serve/protocol.h"

struct err;
struct pkg;
struct site;
struct site_table;
struct sites;
struct store;				/* package/store.h */

/* A proven package and its blobs, as files that nobody can change. */
struct site_fds {
	int	 pkg, store;		/* descriptors; store -1: no blobs */
	size_t	 pkg_size, store_size;	/* bytes */
	size_t	 nblob;
};

/* Public names and ports of a server, from the configuration. */
struct site_names {
	size_t		 nhost;
	const char	**host;		/* names and IP literals that are ours
					   beside the packages' own hosts */
	unsigned	 port[PROTO_N];	/* public, beside the listening
					   ones; 0: no other */
	const char	*gopher_host;	/* in menus; NULL: first of host;
					   none: the address that was asked */
};

/*
 * Takes over pkg and store, also on failure.  store NULL: no mirror can
 * fetch this package (--unsigned).  NULL: see e (no or a broken site table).
 */
struct site	*site_new(struct pkg *pkg, struct store *store,
		    struct err *e);
struct site	*site_ref(struct site *);
/*
 * The descriptors of its package and blobs (-1: none, or shut), for another
 * process; they stay open until site_shut().
 */
void		 site_fds(const struct site *, struct site_fds *);
void		 site_shut(struct site *);
/* The same site from descriptors of that kind, which it takes over. */
struct site	*site_take(const struct site_fds *, struct err *e);
/* 1: the same edition, under the same head, with the same blobs. */
int		 site_same(const struct site *, const struct site *);
void		 site_free(struct site *);	/* gives one count back */
/* Read from the package if it is not in memory.  NULL: no memory. */
const struct site_table *site_table(struct site *);
/* Let the table go; the next site_table() reads it again. */
void		 site_sleep(struct site *);
const struct pkg *site_pkg(const struct site *);

/*
 * Most bytes of views that a set keeps ready: SITE_CACHE a package, and
 * SITES_CACHE for all of them.
 */
#define SITE_CACHE	(4u << 20)
#define SITES_CACHE	(16u << 20)
#define SITES_AWAKE	64		/* site tables kept in memory */

/* Copies names. */
struct sites	*sites_new(const struct site_names *, struct err *);
/* Other names of the server.  -1: see e, they are as they were. */
int		 sites_rename(struct sites *, const struct site_names *,
		    struct err *);
/*
 * Put site in the place of the one with that key, or as a new one; the lowest
 * key is the default.  Takes site over, also on failure, and copies the key.
 * -1: see e, the set is as it was: its id or one of its hosts is another's
 * already, or its id is a folder or a tree of the default.
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
 * One whose id is a folder or a tree of the default, which became the default
 * when another was dropped; NULL: none.
 */
struct site	*sites_shadowed(const struct sites *);
/* 1: host is one of the server's own names. */
int		 sites_named(const struct sites *, const char *host);
size_t		 sites_count(const struct sites *);
struct site	*sites_at(const struct sites *, size_t i);	/* no count */
void		 sites_cache(struct sites *, size_t bytes);
void		 sites_free(struct sites *);	/* NULL is fine */

#endif
