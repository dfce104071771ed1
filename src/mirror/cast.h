/* SPDX-License-Identifier: ISC */
/*
 * A carousel of letters for a line with no way back: frame after frame without
 * end, so that a listener may begin at any frame.  Pure functions: which frame
 * is next, and its bytes; the sender keeps the time.
 */
#ifndef MIRROR_CAST_H
#define MIRROR_CAST_H

#include <stddef.h>
#include <stdint.h>

#include "package/part.h"

struct buf;
struct cast;			/* opaque: its body is in cast.c */
struct err;

#define CAST_FRAME_MIN	64	/* bytes of a frame */
#define CAST_FRAME_MAX	1400

/*
 * Frames of at most `frame' bytes, numbered up to `most' (PART_NUMBER_MAX for
 * a carousel; a lower one saves bytes).  NULL: no memory.
 */
struct cast	*cast_new(size_t frame, uint32_t most);
void		 cast_free(struct cast *);	/* NULL is fine */
/*
 * Add a letter of an edition; its bytes are copied.  Of id and serial what a
 * part says.  0; -1: see e: it is too long for frames of this size.
 */
int		 cast_add(struct cast *, const char *id, uint64_t serial,
		    const uint8_t *, size_t n, struct err *);
/* Frames that the last letter makes, K; 0: there is none. */
uint32_t	 cast_symbols(const struct cast *);
/*
 * The next frame, a part as part_write() has it, behind what b holds.  Each
 * letter of K symbols gets a share of the line that grows with the root of K:
 * so the mean wait is least where each letter is wanted as often (Wong, 1988).
 * Of a letter its K symbols come first, then 7 K sums of them, none of which
 * comes again for millions of frames, then the symbols again.
 */
void		 cast_next(struct cast *, struct buf *);

#endif
