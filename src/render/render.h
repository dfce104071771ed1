/* SPDX-License-Identifier: ISC */
/*
 * Writes the files of a capsule from a profile, in memory, one at a time.  It
 * opens no files and reads no clock: the same input gives the same bytes.
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
 * Call render_page() for every page, in the order of profile_load(), then
 * render_finish().  The files of a page are given to put() when the page comes.
 * Files that need all pages (home, index, figures, glossary, news, feeds, CSV,
 * site table, metadata.txt, robots.txt) are given in render_finish().  0, or
 * -1: see e.
 */
struct render	*render_new(render_put, const struct render_keeper *,
		    void *arg, struct err *);
int		 render_page(struct render *, const struct profile *,
		    const struct page *, struct err *);
int		 render_finish(struct render *, const struct profile *,
		    struct err *);
/*
 * Put a file unchanged.  When cover.png was put before render_finish(),
 * metadata.txt names it.
 */
int		 render_asset(struct render *, const char *path,
		    const char *data, size_t len, struct err *);
/* NULL is fine.  The profile may have been freed before. */
void		 render_free(struct render *);
#endif
