/* SPDX-License-Identifier: ISC */
/*
 * Memory for OpenSSL, for programs without threads.  A handshake allocates some
 * 680 pieces and frees nearly all of them at once.  One list for each size
 * costs a fraction of a general allocator and needs no header in a piece.  A
 * freed piece stays for the next of its size; of the large buffers a few are
 * kept.
 */
#ifndef NET_POOL_H
#define NET_POOL_H

#include <stddef.h>

/*
 * From here on OpenSSL allocates from the pool.  Call it before anything else
 * of OpenSSL; a second call returns 1 again.  0: OpenSSL has allocated already,
 * or has no such hook, or a sanitizer must see every piece; all works without
 * the pool.
 */
int	 pool_start(void);
/* As malloc(), realloc() and free(); for 0 bytes the result is NULL. */
void	*pool_alloc(size_t);
void	*pool_realloc(void *, size_t);
void	 pool_free(void *);
/* Nothing is going on: give the system what is kept only for speed. */
void	 pool_rest(void);

#endif
