/* SPDX-License-Identifier: ISC */
/*
 * The packages that a server publishes: found, opened, proven and watched by
 * the master.  One that cannot be served is set aside with a line, and never
 * keeps the others from being served.
 */
#ifndef SERVE_PACKAGES_H
#define SERVE_PACKAGES_H

#include <stddef.h>

#include "serve/prove.h"
#include "serve/site.h"

struct err;
struct packages;			/* opaque: its body is in packages.c */

/*
 * Open and prove all that conf names, which is kept, not copied.  NULL: see e
 * (nothing is named, no key, no memory); a package that is at fault is set
 * aside.  End with packages_free().
 */
struct packages	*packages_open(const struct packages_conf *, struct err *e);
void		 packages_free(struct packages *);	/* NULL is fine */
/* Those that are served now; p's own, and it changes. */
struct sites	*packages_sites(struct packages *p);
/* How many are set aside; e is why the first of them is, if any. */
size_t		 packages_aside(const struct packages *, struct err *e);
/*
 * Look at files and folders.  A file that was replaced or is new is opened and
 * proven; a file that has gone from a folder is not served any more.  A file
 * that cannot be served is reported once, and the edition before it stays.  A
 * file that could not be opened or read is tried again after a while.  A
 * package whose name belongs to another package is tried again when that one
 * changes.  A package that asks for another name of the server's is taken only
 * with force. force: the operator asks; open again what may have changed, and
 * what was set aside.  Returns the count of changes.
 */
size_t		 packages_look(struct packages *, int force);
/* Call each() for every package that is served, with its path. */
void		 packages_each(const struct packages *,
		    void (*each)(void *, const char *, const struct pkg *),
		    void *arg);
/* The head of the i-th package that is served; NULL: there are no more. */
const struct head *packages_head(const struct packages *, size_t i);

#endif
