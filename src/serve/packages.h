/* The packages a server publishes: opened, proven, watched by the master. */
#ifndef SERVE_PACKAGES_H
#define SERVE_PACKAGES_H

#include <stddef.h>

#include "package/head.h"
#include "serve/site.h"

struct err;
struct packages;			/* opaque: its body is in packages.c */

struct packages_conf {
	const char *const	*path;
	size_t			 npath;
	const struct pub_key	*key;	/* any of them may have signed */
	size_t			 nkey;
	int			 unproven;	/* 1: --unsigned; 2: don't tell */
	/* A line for the operator: dates, stores, files that changed. */
	void			(*say)(void *arg, const char *line);
	void			*arg;
};

/*
 * Open and prove them all.  conf is kept, not copied.  NULL: see e, which
 * names the file.  End with packages_free().
 */
struct packages	*packages_open(const struct packages_conf *, struct err *e);
void		 packages_free(struct packages *);	/* NULL is fine */
/* A set for one generation of workers.  NULL: see e. */
struct sites	*packages_sites(struct packages *, const struct site_names *,
		    struct err *e);
/*
 * Look at the files: those that were replaced are opened and proven; one
 * that is not fit to be served is reported once and the old one kept; one
 * that could not be opened or read is tried again after a while, one with a
 * name of another's when that one may have changed.  An edition that asks
 * for a name of the server's anew is taken only if force.  The count of
 * packages that are new now.  force: open all again.
 */
size_t		 packages_look(struct packages *, int force);

#endif
