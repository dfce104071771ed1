/* SPDX-License-Identifier: ISC */
/* Files beside the text that a page names. */
#ifndef CONTENT_BESIDE_H
#define CONTENT_BESIDE_H

struct beside;
struct block;
struct path;
struct reader;
struct schema_key;
struct yaml_node;

/* A file that is there, of the type that its name says. */
void	 read_file_beside(struct reader *, const struct yaml_node *,
	    const struct schema_key *, struct beside *, const struct path *);
/* What no schema can say of a block that has one. */
void	 block_check_beside(struct reader *, const struct yaml_node *,
	    struct block *);

#endif
