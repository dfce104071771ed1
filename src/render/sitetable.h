/* SPDX-License-Identifier: ISC */
/* Writes data/site.txt. */
#ifndef RENDER_SITETABLE_H
#define RENDER_SITETABLE_H

struct buf;
struct render;

/* 0, or -1: no memory. */
int	sitetable_write(const struct render *, struct buf *);

#endif
