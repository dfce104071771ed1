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


struct view_source;
struct err;
struct pkg;
struct site;
struct site_table;
struct store;				/* package/store.h */

/* A proven package and its blobs, as files that nobody can change. */
struct site_fds {
	int	 pkg, store;		/* descriptors; store -1: no blobs */
	size_t	 pkg_size, store_size;	/* bytes */
	size_t	 nblob;
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
/* Give back the pages of memory that opening it has read. */
void		 site_rest(const struct site *);
/* Make the same site from such descriptors, which it takes over. */
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
 * Set *src, for view and search: the pages of s, with this host and port in
 * menus. prefix: "" or "/ID".
 */
void	site_source(struct site *, const char *host, unsigned port,
	    const char *prefix, struct view_source *);

#endif
