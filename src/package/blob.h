/* SPDX-License-Identifier: ISC */
/*
 * Blobs: a wire form as one zstd frame, full or with an older wire form as
 * its prefix.  Expanding is bounded in size and memory.  Nothing here proves
 * the bytes that a blob expands to.
 */
#ifndef PACKAGE_BLOB_H
#define PACKAGE_BLOB_H

#include <stddef.h>
#include <stdint.h>

struct err;

#define BLOB_LEVEL	19
#define BLOB_QUICK	9		/* level for large wire forms whose blob
					   is needed soon */
#define BLOB_LARGE	(16u << 20)	/* bytes of a wire form: above, the best
					   level is not worth its time */
#define BLOB_WINDOW_LOG	23		/* 8 MiB, both ways */
#define BLOB_BASE_MAX	(8u << 20)	/* bytes of a delta's base */

/* Called now and then with bytes done so far; may be NULL. */
typedef void	blob_tick(void *arg, uint64_t done);

/* The largest blob worth fetching for a wire form of so many bytes. */
uint64_t blob_max(uint64_t wire_size);
/*
 * Compress wire to out, at its position; base NULL: a full blob.  threads 1: at
 * most 64 MiB of memory are used.  More threads share the work when the wire
 * form is large enough.
 */
int	 blob_make(const uint8_t *wire, size_t n, const uint8_t *base,
	    size_t nbase, int level, unsigned threads, int out, blob_tick *,
	    void *arg, struct err *);
/*
 * Expand a whole blob to exactly want bytes at out's position (-1: only
 * hash) and give their SHA-256.  Refuses dictionary ids, windows above
 * 8 MiB, more than one frame, trailing bytes.  At most 9 MiB of memory.
 */
int	 blob_expand(const uint8_t *blob, size_t n, const uint8_t *base,
	    size_t nbase, uint64_t want, int out, uint8_t sha[32],
	    struct err *);

#endif
