/* SPDX-License-Identifier: ISC */
/* data/site.txt. */
#ifndef RENDER_SITETABLE_H
#define RENDER_SITETABLE_H

struct buf;
struct render;

int	sitetable_write(const struct render *, struct buf *);

#endif
