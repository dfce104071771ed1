/* SPDX-License-Identifier: ISC */
/* The blocks of a page, and what no schema can say of them. */
#ifndef CONTENT_BLOCKS_H
#define CONTENT_BLOCKS_H

struct block;
struct page;
struct reader;
struct yaml_node;

/* The blocks of a page; into page->block, in the reader's arena. */
void	 read_blocks(struct reader *, const struct yaml_node *,
	    struct page *);
/* Checks of block_rows.c, in blocks.c: what no schema can say. */
void	 block_check_map(struct reader *, const struct yaml_node *,
	    struct block *);
void	 block_check_timeline(struct reader *, const struct yaml_node *,
	    struct block *);

#endif
