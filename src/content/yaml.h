/* SPDX-License-Identifier: ISC */
/*
 * A YAML document as a tree of nodes with positions, read with libyaml, of
 * which nobody else knows.  It is a small YAML: no anchors, aliases, tags or
 * merge keys, one document a file, simple keys without duplicates, limits on
 * size, depth and number of nodes.  Lines and columns (characters) count
 * from 1.  Every error goes to a diag, with file, line and column.
 */
#ifndef CONTENT_YAML_H
#define CONTENT_YAML_H

#include <stddef.h>

#include "content/node.h"

struct arena;
struct diag;

#define YAML_SIZE_MAX	(4u << 20)	/* bytes of a file */
#define YAML_DEPTH_MAX	16
#define YAML_NODES_MAX	200000u

struct yaml;

/*
 * Read and parse a file.  NULL: see d, which has an error more.  A file with
 * nothing in it gives a document whose root is NULL.  yaml_close() ends it.
 */
struct yaml	*yaml_open(const char *path, struct diag *d);
/* The same of len bytes in memory; file is for messages.  Bytes not kept. */
struct yaml	*yaml_open_text(const char *file, const char *data,
		    size_t len, struct diag *d);
const struct yaml_node *yaml_root(const struct yaml *);
void		 yaml_close(struct yaml *);		/* NULL is fine */

/* The child with that key; NULL: none, or not a map. */
const struct yaml_node *yaml_get(const struct yaml_node *, const char *key);
const char	*yaml_kind_name(const struct yaml_node *);  /* "a list" */

/* A stretch of a file that is a document by itself. */
struct yaml_text {
	const char	*file;
	const char	*data;
	size_t		 len;
	unsigned	 line;		/* of data[0] in the file, from 1 */
};
/*
 * Parse into an arena, which then owns the nodes; the bytes have passed
 * damage_check().  *root NULL: an empty document.  -1: error; d may be NULL
 * to have it not reported.
 */
int		 yaml_parse(struct arena *, const struct yaml_text *,
		    struct yaml_node **root, int *explicit_end, struct diag *d);

#endif
