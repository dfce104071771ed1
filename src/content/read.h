/* SPDX-License-Identifier: ISC */
/* Reading one file by the tables of schema.c. */
#ifndef CONTENT_READ_H
#define CONTENT_READ_H

#include <stddef.h>

#include "content/reader.h"

struct schema;
struct words;
struct yaml_node;

/* Errors go to r->d and r->errors; the target holds what was good. */
void	 read_map(struct reader *, const struct yaml_node *,
	    const struct schema *, void *target, const struct path *);
void	 read_text(struct reader *, const struct yaml_node *,
	    struct words *, const struct path *, unsigned type);
void	 read_list(struct reader *, const struct yaml_node *,
	    const struct schema *, size_t *n, void **items,
	    const struct path *, unsigned long long max);

#endif
