/* SPDX-License-Identifier: ISC */
/* Files beside the text that a page names. */
#ifndef CONTENT_BESIDE_H
#define CONTENT_BESIDE_H

struct beside;
struct block;
struct err;
struct path;
struct reader;
struct schema_key;
struct yaml_node;

/* A file that is there, of the type that its name says. */
void	 read_file_beside(struct reader *, const struct yaml_node *,
	    const struct schema_key *, struct beside *, const struct path *);
/* Check of a block with such a file, beyond what the schema can say. */
void	 block_check_beside(struct reader *, const struct yaml_node *,
	    struct block *);
/*
 * Read an open file to its end: NULL: it is a text that any reader can be
 * shown, or it cannot be read and e says why; else what is wrong with it.
 */
const char *beside_text_fault(int fd, struct err *e);

#endif
