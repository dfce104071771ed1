/* SPDX-License-Identifier: ISC */
/*
 * The second form of a delta, for wire forms of any size: windows, each of
 * which says what is copied from the base and has one zstd frame with what is
 * new; apeng-package(5), "BLOBS".  The memory that is needed depends on the
 * size of a window, not on that of the wire forms.  Nothing here proves the
 * result.
 */
#ifndef PACKAGE_WINDOW_H
#define PACKAGE_WINDOW_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

#define WINDOW_MAX	(8u << 20)	/* bytes of base, and of what is new */
#define WINDOW_PLAN_MAX	(1u << 20)	/* bytes of a plan */
/* Bytes of all prefixes together, at most. */
#define WINDOW_PREFIXES(nbase, n) (8 * ((uint64_t)(nbase) + (uint64_t)(n)))
#define WINDOW_HEAD	8		/* bytes before a plan */

/*
 * A step of a plan.  First copy from the base, from where the last step ended.
 * Then move in the base, forward or, below 0, back.  Then blen bytes of the
 * base belong to the frame's prefix, and olen bytes of what the frame expands
 * to are the next bytes of the output.
 */
struct window_step {
	uint64_t	copy;
	int64_t		move;
	uint64_t	blen, olen;
};

/* The bytes that stand before a plan of so many, and those of a step. */
void	window_head(size_t plan, uint8_t out[WINDOW_HEAD]);
void	window_step_write(const struct window_step *, struct buf *);
/* 1: the blob has this form, by its first bytes. */
int	window_is(const uint8_t *blob, size_t n);
/*
 * As blob_expand(), for a full blob (base NULL) and deltas of both forms.  The
 * base is mapped by spool_map(), so that its pages can leave memory once they
 * were copied.  At most 18 MiB of memory.
 */
int	window_expand(const uint8_t *blob, size_t n, const uint8_t *base,
	    size_t nbase, uint64_t want, int out, uint8_t sha[32],
	    struct err *);

#endif
