/* SPDX-License-Identifier: ISC */
/*
 * OpenSSL's memory.  Pieces up to 4 KB come from a list for each size, in a
 * range of addresses of their own and without a header.  Larger ones come from
 * malloc(), except for the buffers of TLS records, of which some are kept.
 *
 * A handshake allocates and frees some 680 pieces: a request costs a worker
 * 2,044,000 instructions with the lists and 2,104,000 without.  Sanitizer
 * builds use malloc() for all.  Trusts its caller, OpenSSL, to free each piece
 * once.
 */
#include <sys/mman.h>

#ifdef __linux__
#include <malloc.h>
#endif
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "net/pool.h"

#define STEP		16		/* bytes; also what pieces align to */
#define SMALL_MAX	4096		/* bytes of a piece from the lists */
#define SLAB		16384		/* bytes for pieces of one class */
#define CLASSES		28
#define EMPTY		0x80		/* a slab without pieces in use; ORed
					   with its former class */
#if UINTPTR_MAX > 0xffffffffU
#define RANGE		((size_t)1 << 30)
#else
#define RANGE		((size_t)1 << 26)
#endif
#define GROW		((size_t)1 << 18)
/*
 * The buffer of a TLS record; a handshake allocates and frees it several times.
 */
#define BUFFER_MIN	16384
#define BUFFER_SIZE	16896		/* 16 KB, a header, a tag, a margin */
#define BUFFERS_KEPT	8
#define HEAP_SPARE	(1 << 20)	/* of malloc()'s, not given back */

#if defined(__SANITIZE_ADDRESS__)
#define WANTED	0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WANTED	0
#endif
#endif
#ifndef WANTED
#define WANTED	1
#endif

struct piece {
	uintptr_t	 next;		/* mixed with the secret */
};

/* Four sizes for each doubling, so at most a fifth of a piece is unused. */
static const uint16_t	 size_of[CLASSES] = {
	16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448,
	512, 640, 768, 896, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584,
	4096
};
static uint8_t		 class_for[SMALL_MAX / STEP + 1];
static uint8_t		 class_at[RANGE / SLAB];
static struct piece	*list[CLASSES];
static uint8_t		*fresh[CLASSES], *fresh_end[CLASSES];
static uint8_t		*base, *unused, *usable, *limit;
static size_t		 nempty[CLASSES];
static void		*buffer[BUFFERS_KEPT];
static size_t		 nbuffer;
static uintptr_t	 secret;

static int	 owns(const void *);
static size_t	 slab_of(const void *);
static struct piece *next_of(const struct piece *);
static uint8_t	*slab_new(unsigned);
static int	 all_free(size_t, const uint16_t *);
static void	 unlink_free(unsigned, const uint16_t *);
static void	 give_back(void);
static void	*carve(unsigned);
static void	*large(size_t);
#ifndef LIBRESSL_VERSION_NUMBER
static void	*on_alloc(size_t, const char *, int);
static void	*on_realloc(void *, size_t, const char *, int);
static void	 on_free(void *, const char *, int);
#endif

static int
owns(const void *p)
{
	return (const uint8_t *)p >= base && (const uint8_t *)p < limit;
}

static size_t
slab_of(const void *p)
{
	return (size_t)((const uint8_t *)p - base) / SLAB;
}

static struct piece *
next_of(const struct piece *p)
{
	return (struct piece *)(p->next ^ secret);
}

/* Take memory for more pieces of a class; NULL: there is none. */
static uint8_t *
slab_new(unsigned class)
{
	uint8_t	*p;

	if (nempty[class] > 0 && (p = memchr(class_at, (int)(class | EMPTY),
	    slab_of(unused))) != NULL) {
		nempty[class]--;
		*p = (uint8_t)class;
		return base + (size_t)(p - class_at) * SLAB;
	}
	if ((size_t)(limit - unused) < SLAB)
		return NULL;
	if (unused == usable) {
		if (mprotect(usable, GROW, PROT_READ | PROT_WRITE) == -1)
			return NULL;
		usable += GROW;
	}
	p = unused;
	unused += SLAB;
	class_at[slab_of(p)] = (uint8_t)class;
	return p;
}

/* A piece that was never allocated before; NULL: no memory. */
static void *
carve(unsigned class)
{
	size_t	 size = size_of[class];
	uint8_t	*p = fresh[class];

	if (p == NULL || (size_t)(fresh_end[class] - p) < size) {
		if ((p = slab_new(class)) == NULL)
			return malloc(size);
		fresh_end[class] = p + SLAB;
	}
	fresh[class] = p + size;
	return p;
}

static void *
large(size_t n)
{
	if (n < BUFFER_MIN || n > BUFFER_SIZE)
		return malloc(n);
	if (nbuffer > 0)
		return buffer[--nbuffer];
	return malloc(BUFFER_SIZE);
}

void *
pool_alloc(size_t n)
{
	struct piece	*p;
	unsigned	 class;

	if (n > SMALL_MAX || base == NULL)
		return n > SMALL_MAX ? large(n) : n > 0 ? malloc(n) : NULL;
	if (n == 0)
		return NULL;
	class = class_for[(n + STEP - 1) / STEP];
	if ((p = list[class]) == NULL)
		return carve(class);
	list[class] = next_of(p);
	return p;
}

void
pool_free(void *p)
{
	struct piece	*piece = p;
	unsigned	 class;

	if (owns(p)) {
		class = class_at[slab_of(p)];
		piece->next = (uintptr_t)list[class] ^ secret;
		list[class] = piece;
		return;
	}
#ifdef __linux__
	if (p != NULL && nbuffer < BUFFERS_KEPT &&
	    malloc_usable_size(p) >= BUFFER_SIZE &&
	    malloc_usable_size(p) < BUFFER_SIZE + 2 * STEP) {
		buffer[nbuffer++] = p;
		return;
	}
#endif
	free(p);
}

void *
pool_realloc(void *p, size_t n)
{
	size_t	 had;
	void	*q;

	if (p == NULL)
		return pool_alloc(n);
	if (n == 0) {
		pool_free(p);
		return NULL;
	}
	if (!owns(p))
		return realloc(p, n);
	had = size_of[class_at[slab_of(p)]];
	if (n <= had && n > had / 2)
		return p;
	if ((q = pool_alloc(n)) == NULL)
		return NULL;
	memcpy(q, p, n < had ? n : had);
	pool_free(p);
	return q;
}

static int
all_free(size_t slab, const uint16_t *nfree)
{
	return nfree[slab] == SLAB / size_of[class_at[slab]];
}

/*
 * Take the pieces of slabs that are wholly free out of the list.  Pages of
 * other slabs are not written.
 */
static void
unlink_free(unsigned class, const uint16_t *nfree)
{
	struct piece	*p, *next, *last = NULL;

	for (p = list[class]; p != NULL; p = next) {
		next = next_of(p);
		if (all_free(slab_of(p), nfree))
			continue;
		if (last == NULL)
			list[class] = p;
		else if (next_of(last) != p)
			last->next = (uintptr_t)p ^ secret;
		last = p;
	}
	if (last == NULL)
		list[class] = NULL;
	else if (next_of(last) != NULL)
		last->next = secret;
}

static void
give_back(void)
{
	struct piece	*p;
	uint16_t	*nfree;
	size_t		 i, n = base == NULL ? 0 : slab_of(unused);

	if (n == 0 || (nfree = calloc(n, sizeof(*nfree))) == NULL)
		return;
	for (i = 0; i < CLASSES; i++)
		for (p = list[i]; p != NULL; p = next_of(p))
			nfree[slab_of(p)]++;
	for (i = 0; i < CLASSES; i++)
		unlink_free((unsigned)i, nfree);
	for (i = 0; i < n; i++) {
		if ((class_at[i] & EMPTY) || !all_free(i, nfree))
			continue;
		madvise(base + i * SLAB, SLAB, MADV_DONTNEED);
		nempty[class_at[i]]++;
		class_at[i] |= EMPTY;
	}
	free(nfree);
}

void
pool_rest(void)
{
	give_back();
	while (nbuffer > 0)
		free(buffer[--nbuffer]);
#ifdef M_TRIM_THRESHOLD
	malloc_trim(0);
#endif
}

#ifndef LIBRESSL_VERSION_NUMBER	/* which allocates with malloc() only */
static void *
on_alloc(size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return pool_alloc(n);
}

static void *
on_realloc(void *p, size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return pool_realloc(p, n);
}

static void
on_free(void *p, const char *file, int line)
{
	(void)file, (void)line;
	pool_free(p);
}
#endif

int
pool_start(void)
{
	size_t		 i;
	unsigned	 class = 0;
	void		*range;

	if (base != NULL)
		return 1;
	if (!WANTED || getentropy(&secret, sizeof(secret)) == -1)
		return 0;
	for (i = 1; i <= SMALL_MAX / STEP; i++) {
		if (i * STEP > size_of[class])
			class++;
		class_for[i] = (uint8_t)class;
	}
	/* This reserves addresses only; pages are taken as they are needed. */
	range = mmap(NULL, RANGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
	    0);
	if (range == MAP_FAILED)
		return 0;
#ifdef LIBRESSL_VERSION_NUMBER
	munmap(range, RANGE);
	return 0;
#else
	if (CRYPTO_set_mem_functions(on_alloc, on_realloc, on_free) != 1) {
		munmap(range, RANGE);
		return 0;
	}
	base = unused = usable = range;
	limit = base + RANGE;
#ifdef M_TRIM_THRESHOLD
	/*
	 * Otherwise each wave of handshakes would take its pages from the
	 * system again.
	 */
	mallopt(M_TRIM_THRESHOLD, HEAP_SPARE);
#endif
	return 1;
#endif
}
