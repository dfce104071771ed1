/* SPDX-License-Identifier: ISC */
/*
 * Profile -> the files of a capsule, in memory, one at a time.  No files, no
 * clock: same input, same bytes.
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include <stddef.h>

struct err;
struct page;
struct profile;
struct render;

/* Called with each finished file; stops with -1. */
typedef int	(*render_put)(void *arg, const char *path, const char *data,
		    size_t len, struct err *e);

/*
 * Where what is kept of each page until render_finish() goes: it grows with
 * the pages, and need not be memory.
 */
struct render_room {
	/* Append it.  0, or -1: see e. */
	int		(*add)(void *arg, const char *, size_t len,
			    struct err *);
	/* All of it, to be read until render_free().  NULL: see e. */
	const char	*(*all)(void *arg, struct err *);
	/* What is not being read may leave memory. */
	void		(*rest)(void *arg);
};

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
