/* SPDX-License-Identifier: ISC */
/*
 * Finds the page with a given id: a hash table, made once from the profile,
 * with open addressing and at least half of its slots empty.  It borrows the
 * profile, which must stay unchanged until ids_free().  An id that is looked
 * for may be any text, such as the target of an author's link.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/profile.h"
#include "render/ids.h"

/* Open addressing; a slot holds a page's index + 1. */
struct ids {
	const struct profile	*p;
	size_t			*slot, nslot;
};

static size_t
hash(const char *s)
{
	uint64_t	 h = 14695981039346656037u;

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

struct ids *
ids_new(const struct profile *p)
{
	struct ids	*t;
	size_t		 i, at;

	if ((t = calloc(1, sizeof(*t))) == NULL)
		return NULL;
	t->p = p;
	for (t->nslot = 8; t->nslot < 2 * p->npage; t->nslot *= 2)
		continue;
	if ((t->slot = calloc(t->nslot, sizeof(*t->slot))) == NULL) {
		free(t);
		return NULL;
	}
	for (i = 0; i < p->npage; i++) {
		at = hash(p->page[i].id) & (t->nslot - 1);
		while (t->slot[at] != 0)
			at = (at + 1) & (t->nslot - 1);
		t->slot[at] = i + 1;
	}
	return t;
}

void
ids_free(struct ids *t)
{
	if (t == NULL)
		return;
	free(t->slot);
	free(t);
}

size_t
ids_find(const struct ids *t, const char *id)
{
	size_t	 at = hash(id), i;

	for (;; at++) {
		at &= t->nslot - 1;
		if ((i = t->slot[at]) == 0)
			return SIZE_MAX;
		if (strcmp(t->p->page[i - 1].id, id) == 0)
			return i - 1;
	}
}
