/* SPDX-License-Identifier: ISC */
/*
 * A hash table with open addressing: a name stands at the place that its hash
 * names or, where that is taken, at the next free one behind it.  At least
 * half of the places are free.  The names come from proven packages; clients
 * only look them up, so nobody can fill one chain.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "serve/names.h"

#define ROOM_FIRST	16

/* FNV-1a, in which only ASCII letters have a case. */
static uint32_t
hash_of(const struct names *t, const char *s, size_t len)
{
	uint32_t	 h = 2166136261u;
	unsigned char	 c;
	size_t		 i;

	for (i = 0; i < len; i++) {
		c = (unsigned char)s[i];
		if (t->fold && c >= 'A' && c <= 'Z')
			c = (unsigned char)(c - 'A' + 'a');
		h = (h ^ c) * 16777619u;
	}
	return h;
}

/* The place of the name or, if it is not there, the free place for it. */
static size_t
place_of(const struct names *t, const char *s, size_t len, uint32_t h)
{
	const struct name	*p;
	size_t			 i;

	for (i = h & (t->room - 1);; i = (i + 1) & (t->room - 1)) {
		p = &t->v[i];
		if (p->s == NULL || (p->hash == h && strlen(p->s) == len &&
		    (t->fold ? strncasecmp(p->s, s, len) :
		    memcmp(p->s, s, len)) == 0))
			return i;
	}
}

int
names_room(struct names *t, size_t more)
{
	struct names	 n = { t->fold, t->n, t->room, NULL };
	size_t		 i;

	if (n.room == 0)
		n.room = ROOM_FIRST;
	while ((n.n + more) * 2 > n.room)
		n.room *= 2;
	if (n.room == t->room)
		return 0;
	if ((n.v = calloc(n.room, sizeof(*n.v))) == NULL)
		return -1;
	for (i = 0; i < t->room; i++)
		if (t->v[i].s != NULL)
			n.v[place_of(&n, t->v[i].s, strlen(t->v[i].s),
			    t->v[i].hash)] = t->v[i];
	free(t->v);
	*t = n;
	return 0;
}

void
names_free(struct names *t)
{
	free(t->v);
	t->v = NULL;
	t->n = t->room = 0;
}

struct site *
names_find(const struct names *t, const char *s, size_t len)
{
	if (t->n == 0)
		return NULL;
	return t->v[place_of(t, s, len, hash_of(t, s, len))].site;
}

void
names_add(struct names *t, const char *s, struct site *site)
{
	const size_t	 len = strlen(s);
	uint32_t	 h = hash_of(t, s, len);
	struct name	*p;

	p = &t->v[place_of(t, s, len, h)];
	p->s = s;
	p->hash = h;
	p->site = site;
	t->n++;
}

/*
 * Move up what stands behind the gap, unless its own place is behind it, too.
 */
void
names_drop(struct names *t, const char *s, const struct site *site)
{
	const size_t	 len = strlen(s);
	size_t		 i, k, mask = t->room - 1;

	if (t->n == 0)
		return;
	i = place_of(t, s, len, hash_of(t, s, len));
	if (t->v[i].s == NULL || t->v[i].site != site)
		return;
	for (k = (i + 1) & mask; t->v[k].s != NULL; k = (k + 1) & mask) {
		if (((k - t->v[k].hash) & mask) < ((k - i) & mask))
			continue;
		t->v[i] = t->v[k];
		i = k;
	}
	memset(&t->v[i], 0, sizeof(t->v[i]));
	t->n--;
}
