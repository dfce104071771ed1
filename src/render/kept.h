/* SPDX-License-Identifier: ISC */
/* What is kept of pages until the generated pages are written. */
#ifndef RENDER_KEPT_H
#define RENDER_KEPT_H

#include <stddef.h>

#include "render/part.h"

struct err;
struct render;

/* 0, or -1: see e. */
int	kept_start(struct render *, struct err *);
int	kept_add(struct render *, size_t page, size_t lang, enum kept,
	    const char *, size_t len, struct err *);
/* After the last kept_add(); then kept_of() may be called. */
int	kept_all(struct render *, struct err *);
/* What was kept; NULL: nothing.  Valid until render_free(). */
const char *kept_of(struct render *, size_t page, size_t lang, enum kept);

#endif
