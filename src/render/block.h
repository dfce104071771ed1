/* SPDX-License-Identifier: ISC */
/* The blocks of a page as gemtext, and what other pages show of them. */
#ifndef RENDER_BLOCK_H
#define RENDER_BLOCK_H

#include "render/part.h"

struct block;
struct buf;
struct page_head;
struct pen;
struct profile;

/* Write a block as gemtext. */
void	block_write(const struct pen *, const struct block *);
/*
 * Write what other pages show of a block: any kind but KEPT_CSV, which
 * block_csv() writes.
 */
void	block_keep(const struct pen *, const struct block *, enum kept);
void	block_csv(const struct profile *, const struct page_head *,
	    const struct block *, struct buf *);

#endif
