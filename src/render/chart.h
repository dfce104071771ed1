/* SPDX-License-Identifier: ISC */
/* A chart: the whole block, its caption line and alt text included. */
#ifndef RENDER_CHART_H
#define RENDER_CHART_H

struct block;
struct pen;

/*
 * chart.c, map.c: the whole block, caption line and alt text included.
 * timeline.c: the drawing alone, nothing for a single event or too many.
 */
void	chart_write(const struct pen *, const struct block *);

#endif
