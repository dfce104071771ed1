/* SPDX-License-Identifier: ISC */
/* The block of a chart. */
#ifndef RENDER_CHART_H
#define RENDER_CHART_H

struct block;
struct pen;

/* Write the whole block with its caption line and its alt text. */
void	chart_write(const struct pen *, const struct block *);

#endif
