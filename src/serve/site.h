/*
 * Open packages as the answers need them: each with its site table, the
 * cache of its views and the blobs of its store.  Counted handles: a reload
 * swaps the pointer, running replies keep the old one.
 */
#ifndef SERVE_SITE_H
#define SERVE_SITE_H

#include <stddef.h>
#include <stdint.h>

#include "package/reader.h"

struct err;
struct pkg;
struct site;
struct sites;

/* Public names and ports of a server, from the configuration. */
struct site_names {
	size_t		 nhost;
	const char	**host;		/* beside the package's own hosts */
	unsigned	 gemini_port, gopher_port;	/* public; 0: as asked */
	const char	*gopher_host;	/* in menus; NULL: first of host */
};

/*
 * Takes over pkg.  store_fd: folder of NAME.gpub.store, -1 for none; its
 * blobs are mapped here, before lock-down.  NULL: see e.
 */
struct site	*site_new(struct pkg *pkg, int store_fd, struct err *e);
struct site	*site_ref(struct site *);
void		 site_free(struct site *);	/* gives one count back */

struct sites	*sites_new(const struct site_names *, struct err *);
/* Takes over site; the first is the default.  -1: its id is taken. */
int		 sites_add(struct sites *, struct site *, struct err *);
void		 sites_free(struct sites *);

#endif
