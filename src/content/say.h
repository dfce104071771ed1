/* SPDX-License-Identifier: ISC */
/* What is wrong in a file, with its place, path and value. */
#ifndef CONTENT_SAY_H
#define CONTENT_SAY_H

#include <stddef.h>

struct path;
struct reader;
struct schema;
struct yaml_node;

/* The value as messages quote it, at most READ_SHOWN bytes. */
#define READ_SHOWN	76
void	 read_shown(const struct reader *, const struct yaml_node *, char *,
	    size_t);
/* path: message, at a position of the file. */
void	 read_bad(struct reader *, unsigned line, unsigned column,
	    const struct path *, const char *fmt, ...)
	    __attribute__((__format__ (printf, 5, 6)));
/* path: "value", message; at the node. */
void	 read_wrong(struct reader *, const struct yaml_node *,
	    const struct path *, const char *fmt, ...)
	    __attribute__((__format__ (printf, 4, 5)));
/* Unknown key of a map; node has it. */
void	 read_unknown(struct reader *, const struct yaml_node *,
	    const struct path *, const struct schema *);
void	 read_nomem(struct reader *);

#endif
