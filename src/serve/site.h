/*
 * Open packages as the answers need them: each with its site table, the
 * cache of its views and the blobs of its store.  Counted handles: a reload
 * swaps the pointer, running replies keep the old one.
 */
#ifndef SERVE_SITE_H
#define SERVE_SITE_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct pkg;
struct site;
struct site_table;
struct sites;
struct store;				/* package/store.h */

#define SITES_MAX	64		/* packages in one server */

/* Public names and ports of a server, from the configuration. */
struct site_names {
	size_t		 nhost;
	const char	**host;		/* names and IP literals that are ours
					   beside the packages' own hosts */
	unsigned	 gemini_port, gopher_port;	/* public, beside the
					   listening ones; 0: no other */
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
void		 site_free(struct site *);	/* gives one count back */
const struct site_table *site_table(const struct site *);
const struct pkg *site_pkg(const struct site *);
/*
 * Most bytes of views kept ready; SITE_CACHE unless told otherwise, and an
 * equal part of SITES_CACHE where a server has many packages.
 */
#define SITE_CACHE	(4u << 20)
#define SITES_CACHE	(16u << 20)
void		 site_cache(struct site *, size_t bytes);

/* Copies names. */
struct sites	*sites_new(const struct site_names *, struct err *);
/*
 * Takes over site, also on failure; the first is the default.  -1: its id
 * or one of its hosts is another's already, its id is a folder or a tree of
 * the default, or there are SITES_MAX.
 */
int		 sites_add(struct sites *, struct site *, struct err *);
/* 1: host is one of the names that sites_new() was given. */
int		 sites_named(const struct sites *, const char *host);
size_t		 sites_count(const struct sites *);
struct site	*sites_at(const struct sites *, size_t i);	/* no count */
void		 sites_free(struct sites *);	/* NULL is fine */

#endif
