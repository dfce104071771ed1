/* SPDX-License-Identifier: ISC */
/* Keeps what other pages show of a page, before its blocks are freed. */
#ifndef RENDER_COLLECT_H
#define RENDER_COLLECT_H

#include <stddef.h>

struct err;
struct page;
struct pen;
struct render;

/* Keep it in the pen's language; at: index of the page. 0, or -1: see e. */
int	collect_page(struct render *, const struct pen *, const struct page *,
	    size_t at, struct err *);

#endif
