/* SPDX-License-Identifier: ISC */
/*
 * Replies kept ready, the least used thrown out first; of one process, not
 * shared.  Each is counted: who got one may go on sending it after it was
 * thrown out, or after the cache is gone.
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
	int		 kind;		/* the owner's business */
};

/* limit: bytes, keys and book-keeping included.  NULL: no memory. */
struct cache	*cache_new(size_t limit);
void		 cache_free(struct cache *);		/* NULL is fine */
void		 cache_limit(struct cache *, size_t limit);
/* NULL: not there.  Give the count back with cached_free(). */
struct cached	*cache_get(struct cache *, const char *key, size_t keylen);
/*
 * Keep the bytes of b, which is empty then; one larger than a quarter of
 * the limit is found only as long as somebody holds it, so that many slow
 * readers of a large file share one copy.  The key must be new.  Give the
 * count back with cached_free().  NULL: no memory, b is as it was.
 */
struct cached	*cache_put(struct cache *, const char *key, size_t keylen,
		    struct buf *b, int kind);
void		 cached_free(struct cached *);		/* NULL is fine */
size_t		 cache_bytes(const struct cache *);	/* kept now */

#endif
