/* SPDX-License-Identifier: ISC */
/* What other pages show of a page is gathered while it is here. */
#ifndef RENDER_COLLECT_H
#define RENDER_COLLECT_H

#include <stddef.h>

struct err;
struct page;
struct pen;
struct render;

/* What other pages will show of this one. 0, or -1: see e. */
int	collect_page(struct render *, const struct pen *, const struct page *,
	    size_t at, struct err *);

#endif
