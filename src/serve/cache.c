/* SPDX-License-Identifier: ISC */
/*
 * Keeps replies that took work to make, in one process.
 *
 * A hash table finds an entry by its key, a list of ages says which was used
 * least lately and is dropped when the limit is reached.  Each entry counts its
 * holders, so it may be dropped while it is being sent.  Trusts its callers:
 * they put in only what exists, so no client can fill it with names of its own.
 */
#include <sys/queue.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "serve/cache.h"

#define BUCKETS	1024

struct entry {
	struct cached		 c;	/* must come first: a cached is its
					   entry */
	TAILQ_ENTRY(entry)	 age;	/* the oldest first */
	LIST_ENTRY(entry)	 same;	/* the others of its bucket */
	unsigned		 count;	/* holders, the cache among them */
	int			 loose;	/* findable, but not kept when unused */
	uint32_t		 hash;
	size_t			 cost, keylen;
	char			 key[];
};

TAILQ_HEAD(ages, entry);
LIST_HEAD(bucket, entry);

struct cache {
	struct bucket	 bucket[BUCKETS];
	struct ages	 ages;
	size_t		 bytes, limit;
};

/*
 * FNV-1a.  The keys are of pages that exist, so no client can make them
 * collide.
 */
static uint32_t
hash_of(const char *key, size_t len)
{
	uint32_t	 h = 2166136261u;
	size_t		 i;

	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)key[i]) * 16777619u;
	return h;
}

struct cache *
cache_new(size_t limit)
{
	struct cache	*c;
	size_t		 i;

	if ((c = malloc(sizeof(*c))) == NULL)
		return NULL;
	for (i = 0; i < BUCKETS; i++)
		LIST_INIT(&c->bucket[i]);
	TAILQ_INIT(&c->ages);
	c->bytes = 0;
	c->limit = limit;
	return c;
}

static void
drop(struct cache *c, struct entry *en)
{
	LIST_REMOVE(en, same);
	TAILQ_REMOVE(&c->ages, en, age);
	c->bytes -= en->cost;
	cached_free(&en->c);
}

static void
shrink(struct cache *c, size_t limit)
{
	while (c->bytes > limit)
		drop(c, TAILQ_FIRST(&c->ages));
}

void
cache_free(struct cache *c)
{
	struct entry	*en;
	size_t		 i;

	if (c == NULL)
		return;
	shrink(c, 0);
	for (i = 0; i < BUCKETS; i++) {
		while ((en = LIST_FIRST(&c->bucket[i])) != NULL) {
			LIST_REMOVE(en, same);
			en->loose = 0;
		}
	}
	free(c);
}

void
cache_limit(struct cache *c, size_t limit)
{
	c->limit = limit;
	shrink(c, limit);
}

struct cached *
cache_get(struct cache *c, const char *key, size_t keylen)
{
	struct entry	*en;
	uint32_t	 h = hash_of(key, keylen);

	LIST_FOREACH(en, &c->bucket[h % BUCKETS], same)
		if (en->hash == h && en->keylen == keylen &&
		    memcmp(en->key, key, keylen) == 0)
			break;
	if (en == NULL)
		return NULL;
	if (!en->loose && TAILQ_NEXT(en, age) != NULL) {
		TAILQ_REMOVE(&c->ages, en, age);
		TAILQ_INSERT_TAIL(&c->ages, en, age);
	}
	en->count++;
	return &en->c;
}

struct cached *
cache_put(struct cache *c, const char *key, size_t keylen, struct buf *b,
    int kind)
{
	struct entry	*en;
	char		*data, *less;

	if ((en = malloc(sizeof(*en) + keylen)) == NULL)
		return NULL;
	if ((data = buf_take(b, &en->c.len)) == NULL) {
		free(en);
		return NULL;
	}
	/* Give back what the buffer grew too far; only the rest is counted. */
	if ((less = realloc(data, en->c.len + 1)) != NULL)
		data = less;
	en->c.data = (uint8_t *)data;
	en->c.kind = kind;
	en->count = 1;
	en->hash = hash_of(key, keylen);
	en->keylen = keylen;
	memcpy(en->key, key, keylen);
	en->cost = sizeof(*en) + keylen + en->c.len;
	en->loose = en->cost > c->limit / 4;
	LIST_INSERT_HEAD(&c->bucket[en->hash % BUCKETS], en, same);
	if (en->loose)
		return &en->c;
	shrink(c, c->limit - en->cost);
	TAILQ_INSERT_TAIL(&c->ages, en, age);
	c->bytes += en->cost;
	en->count++;
	return &en->c;
}

void
cached_free(struct cached *cd)
{
	struct entry	*en = (struct entry *)cd;

	if (en == NULL || --en->count > 0)
		return;
	if (en->loose)
		LIST_REMOVE(en, same);
	free((void *)(uintptr_t)en->c.data);
	free(en);
}

size_t
cache_bytes(const struct cache *c)
{
	return c->bytes;
}
