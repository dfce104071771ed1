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
/* From here on it can be looked at. */
int	kept_all(struct render *, struct err *);
/* NULL: nothing.  Until render_free(). */
const char *kept_of(struct render *, size_t page, size_t lang, enum kept);

#endif
