/* SPDX-License-Identifier: ISC */
/*
 * Replies that are kept ready in one process; the one least used lately goes
 * first.  Replies are counted: a holder may go on sending one that was dropped,
 * or whose cache is gone.
 */
#ifndef SERVE_CACHE_H
#define SERVE_CACHE_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct cache;

struct cached {
	const uint8_t	*data;		/* the bytes of a reply */
	size_t		 len;
	int		 kind;		/* for the owner; the cache ignores
					   it */
};

/* limit: bytes, keys and book-keeping included.  NULL: no memory. */
struct cache	*cache_new(size_t limit);
void		 cache_free(struct cache *);		/* NULL is fine */
void		 cache_limit(struct cache *, size_t limit);
/* NULL: not there.  Give the count back with cached_free(). */
struct cached	*cache_get(struct cache *, const char *key, size_t keylen);
/*
 * Keep the bytes of b, which is empty then.  A reply above a quarter of the
 * limit is found only while somebody holds it, so that many slow readers of a
 * large file share one copy.  The key must be new.  Give the count back with
 * cached_free().  NULL: no memory, and b is as it was.
 */
struct cached	*cache_put(struct cache *, const char *key, size_t keylen,
		    struct buf *b, int kind);
void		 cached_free(struct cached *);		/* NULL is fine */
size_t		 cache_bytes(const struct cache *);	/* kept now */

#endif
