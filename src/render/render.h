/* SPDX-License-Identifier: ISC */
/*
 * Profile -> the files of a capsule, in memory, one at a time.  No files, no
 * clock: same input, same bytes.
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include <stddef.h>

#include "render/put.h"

struct err;
struct page;
struct profile;
struct render;

/*
 * Feed it every page (in any order, as profile_load() hands them over), then
 * finish it.  It gives a page's files to put() as soon as they are known;
 * what needs all pages (home, index, figures, glossary, news, feeds, CSV,
 * site table, metadata.txt, robots.txt) follows in render_finish().
 */
struct render	*render_new(render_put, const struct render_room *,
		    void *arg, struct err *);
int		 render_page(struct render *, const struct profile *,
		    const struct page *, struct err *);
int		 render_finish(struct render *, const struct profile *,
		    struct err *);
/*
 * A file that is taken as it is, before render_finish(): cover.png, which
 * metadata.txt then names.
 */
int		 render_asset(struct render *, const char *path,
		    const char *data, size_t len, struct err *);
/* NULL is fine.  The profile may be gone already. */
void		 render_free(struct render *);
#endif
