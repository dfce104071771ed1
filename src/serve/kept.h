/* SPDX-License-Identifier: ISC */
/*
 * Sites in the server's own folder of copies (package/copies.h): taken from
 * there at a start, put there when they are proven for the first time.
 */
#ifndef SERVE_KEPT_H
#define SERVE_KEPT_H

#include "serve/prove.h"

struct copies;
struct err;
struct pkg;
struct store;

/*
 * The copy of that source, proven again. *store: its blobs; NULL: there is no
 * copy of them. *known: 1 when kept_put() would add nothing.  NULL: there is no
 * copy, or it is damaged.
 */
struct pkg	*kept_take(struct copies *, const struct packages_conf *,
		    const char *path, const struct source_seen *,
		    struct store **store, int *known);
/*
 * Move what was proven just now into the folder.  Nothing else may have
 * borrowed from pkg and store (NULL: none) yet.  -1: see e why it stays where
 * it is.
 */
int		 kept_put(struct copies *, const char *path,
		    const struct source_seen *, struct pkg *, struct store *,
		    struct err *);
/*
 * The source, which had changed just before kept_put(), has the same bytes and
 * is settled now: the copy may be relied on.
 */
void		 kept_settle(struct copies *, const char *path,
		    const struct source_seen *);

#endif
