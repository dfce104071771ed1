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
void	 block_check_list(struct reader *, const struct yaml_node *,
	    struct block *);
void	 block_check_events(struct reader *, const struct yaml_node *,
	    struct block *);
void	 block_check_steps(struct reader *, const struct yaml_node *,
	    struct block *);
void	 block_check_warning(struct reader *, const struct yaml_node *,
	    struct block *);
void	 block_check_timetable(struct reader *, const struct yaml_node *,
	    struct block *);
/* The i-th child of a list. */
const struct yaml_node *block_nth(const struct yaml_node *list, size_t i);

#endif
