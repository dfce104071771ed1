/* SPDX-License-Identifier: ISC */
/* Where render/ puts what it makes; the caller's functions. */
#ifndef RENDER_PUT_H
#define RENDER_PUT_H

#include <stddef.h>

struct err;

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

#endif
