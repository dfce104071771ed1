/* SPDX-License-Identifier: ISC */
/*
 * Memory for many small things that end together.  Bytes are cut from chunks
 * of 16 KiB; a larger request gets a chunk of its own; chunks form a list,
 * which is freed as a whole.  A failed allocation is also noted in the arena.
 * Sizes may come from an author's file: those too large to add or to multiply
 * give NULL.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/arena.h"

#define CHUNK		(16 * 1024)
#define ALIGN		_Alignof(max_align_t)

struct arena_chunk {
	struct arena_chunk	*prev;
	size_t			 size, used;
	_Alignas(max_align_t) unsigned char data[];
};

void
arena_free(struct arena *a)
{
	struct arena_chunk	*c, *prev;

	for (c = a->last; c != NULL; c = prev) {
		prev = c->prev;
		free(c);
	}
	a->last = NULL;
	a->failed = 0;
}

void
arena_reset(struct arena *a)
{
	struct arena_chunk	*c, *prev;

	if ((c = a->last) == NULL)
		return;
	for (; (prev = c->prev) != NULL; c = prev)
		free(c);
	c->used = 0;			/* it may be a larger one */
	a->last = c;
	a->failed = 0;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	struct arena_chunk	*c = a->last;
	size_t			 size;
	void			*p;

	if (n > SIZE_MAX / 2) {
		a->failed = 1;
		return NULL;
	}
	n = (n + ALIGN - 1) / ALIGN * ALIGN;
	if (c == NULL || c->size - c->used < n) {
		size = n > CHUNK ? n : CHUNK;
		if ((c = malloc(sizeof(*c) + size)) == NULL) {
			a->failed = 1;
			return NULL;
		}
		c->prev = a->last;
		c->size = size;
		c->used = 0;
		a->last = c;
	}
	p = c->data + c->used;
	c->used += n;
	return memset(p, 0, n);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	if (n != 0 && size > SIZE_MAX / n) {
		a->failed = 1;
		return NULL;
	}
	return arena_alloc(a, n * size);
}

char *
arena_copy(struct arena *a, const char *s, size_t len)
{
	char	*p;

	if (len == SIZE_MAX || (p = arena_alloc(a, len + 1)) == NULL)
		return NULL;
	memcpy(p, s, len);
	return p;
}
