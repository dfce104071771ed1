/* SPDX-License-Identifier: ISC */
/* Memory that is freed all at once: a document, a page, a profile. */
#ifndef CONTENT_ARENA_H
#define CONTENT_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk	*last;
	int			 failed;	/* an allocation has failed */
};

#define ARENA_INIT	{ NULL, 0 }

void	 arena_free(struct arena *);	/* back to ARENA_INIT */
void	 arena_reset(struct arena *);	/* empty it, keep one chunk */
/* n zeroed bytes, aligned for anything; NULL: no memory. */
void	*arena_alloc(struct arena *, size_t n);
/* The same for n times size bytes, whose product may be too large. */
void	*arena_array(struct arena *, size_t n, size_t size);
/* A copy of len bytes with a NUL behind; NULL: no memory. */
char	*arena_copy(struct arena *, const char *, size_t len);

#endif
