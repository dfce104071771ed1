/* SPDX-License-Identifier: ISC */
/* The rows of a table, out of the YAML or of its CSV file. */
#ifndef CONTENT_TABLE_H
#define CONTENT_TABLE_H

struct block;
struct reader;
struct yaml_node;

void	 block_check_table(struct reader *, const struct yaml_node *,
	    struct block *);

#endif
