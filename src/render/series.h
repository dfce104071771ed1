/* SPDX-License-Identifier: ISC */
/* Series on a page, and as figures. */
#ifndef RENDER_SERIES_H
#define RENDER_SERIES_H

#include "render/kept.h"

struct block;
struct buf;
struct page_head;
struct pen;
struct profile;

/* The whole block, caption line and alt text included. */
void	 series_write(const struct pen *, const struct block *);
/* Write what the page of all figures shows of it. */
void	 series_keep(const struct pen *, const struct block *, enum kept);
/* Write its records for data/figures.csv, one for each value. */
void	 series_csv(const struct profile *, const struct page_head *,
	    const struct block *, struct buf *);

#endif
