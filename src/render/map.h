/* SPDX-License-Identifier: ISC */
/* A map: the whole block, its caption line and alt text included. */
#ifndef RENDER_MAP_H
#define RENDER_MAP_H

struct block;
struct pen;

void	map_write(const struct pen *, const struct block *);

#endif
