/* SPDX-License-Identifier: ISC */
/*
 * Memory for OpenSSL.  A handshake asks for some 680 pieces and gives nearly
 * all of them back at once; a list a size costs a fraction of what a general
 * allocator does, and no header a piece.  What is freed stays for the next
 * of its size, apart from large buffers, of which a few are kept.  For
 * programs without threads.
 */
#ifndef NET_POOL_H
#define NET_POOL_H

#include <stddef.h>

/*
 * From here on OpenSSL allocates from the pool.  Call before anything else
 * of OpenSSL.  0: it has begun with malloc(), or cannot be told, or a
 * sanitizer is to see every piece; all works without.  1 also when called
 * again.
 */
int	 pool_start(void);
/* As malloc(), realloc() and free(); no room for 0 bytes is NULL. */
void	*pool_alloc(size_t);
void	*pool_realloc(void *, size_t);
void	 pool_free(void *);
/* Nothing is going on: what is only kept for speed goes to the system. */
void	 pool_rest(void);

#endif
