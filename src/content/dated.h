/* SPDX-License-Identifier: ISC */
/* Values by year or month, of figures and of the lines of a series. */
#ifndef CONTENT_DATED_H
#define CONTENT_DATED_H

#include <stddef.h>

struct block;
struct dated_value;
struct path;
struct reader;
struct yaml_node;

/* {2018: 12000, 2025: 11500}, oldest first; into the reader's arena. */
void	 read_dated(struct reader *, const struct yaml_node *, size_t *n,
	    struct dated_value **, const struct path *);
/* A check of block_rows.c: finds the periods of a series' lines. */
void	 block_check_series(struct reader *, const struct yaml_node *,
	    struct block *);

#endif
