/* SPDX-License-Identifier: ISC */
/* Reading one file by the tables of schema.c. */
#ifndef CONTENT_READ_H
#define CONTENT_READ_H

#include <stddef.h>

struct arena;
struct block;
struct diag;
struct lang;
struct page_files;
struct schema;
struct unit;
struct words;
struct yaml_node;

/* Reading one file by the tables of schema.c. */
struct reader {
	struct diag		*d;
	const char		*file;		/* for messages */
	const char		*dir;		/* the capsule's folder */
	struct arena		*arena;		/* arrays, and copies */
	int			 copy;		/* strings too: the nodes go */
	const struct page_files	*files;
	size_t			 nlang;		/* 0: texts are not checked */
	const struct lang	*lang;
	size_t			 nunit;
	const struct unit	*unit;
	const struct block	*block;		/* being read: for map nodes */
	int			 fallback;	/* a text may lack languages */
	int			 tagged;	/* in them it ends with the tag of
						   the one that it is in */
	unsigned		 missing;	/* a bit for each that one did */
	unsigned		 errors;
};

/* Where a value stands: figures[2].value */
struct path {
	const struct path	*up;
	const char		*key;		/* NULL: an index */
	size_t			 index;
};

/* Errors go to r->d and r->errors; the target holds what was good. */
void	 read_map(struct reader *, const struct yaml_node *,
	    const struct schema *, void *target, const struct path *);
void	 read_text(struct reader *, const struct yaml_node *,
	    struct words *, const struct path *, unsigned type);
void	 read_list(struct reader *, const struct yaml_node *,
	    const struct schema *, size_t *n, void **items,
	    const struct path *, unsigned long long max);

#endif
