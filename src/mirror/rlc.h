/* SPDX-License-Identifier: ISC */
/*
 * Random linear coding over GF(256): what a broadcast sends when nobody can
 * ask again.  The source is cut into K symbols of equal size (the last one
 * padded with zeros).  Frame number i below K is symbol i itself; any other
 * frame is a sum of all symbols, each times a coefficient that both sides
 * compute from the number.  Any K frames whose coefficients are independent
 * give the source back; K + 1 random ones are with a chance of 255/256 or
 * more.  The coefficients come from SplitMix64, which is not linear over
 * GF(2): those of a linear generator would never become independent.
 */
#ifndef MIRROR_RLC_H
#define MIRROR_RLC_H

#include <stddef.h>
#include <stdint.h>

struct rlc;			/* opaque: its body is in rlc.c */

#define RLC_SYMBOLS_MAX	4096	/* K; the coefficients take K * K bytes */
#define RLC_SYMBOL_MAX	4096	/* bytes of one symbol */
#define RLC_NUMBER_MAX	0xffffff

/* Symbols that size bytes make. */
size_t		 rlc_symbols(size_t size, size_t symbol);
/* Frame `number' of the source into out, `symbol' bytes. */
void		 rlc_encode(const uint8_t *source, size_t size, size_t symbol,
		    uint32_t number, uint8_t *out);

/*
 * The receiving side of a source of size bytes.  NULL: no memory, or a size
 * of 0, a symbol of 0 or more than RLC_SYMBOL_MAX bytes, or too many symbols.
 */
struct rlc	*rlc_new(size_t size, size_t symbol);
void		 rlc_free(struct rlc *);	/* NULL is fine */
/*
 * Keep a frame of `symbol' bytes.  1: it is new; 0: it is already here, or
 * its number is above RLC_NUMBER_MAX; -1: no memory, nothing changed.  The
 * oldest goes when more than 1.5 * K + 64 are kept.
 */
int		 rlc_add(struct rlc *, uint32_t number, const uint8_t *);
/* Different frames that are kept; below rlc_symbols() none can be solved. */
size_t		 rlc_count(const struct rlc *);
/* 1: a frame of this number is kept. */
int		 rlc_has(const struct rlc *, uint32_t number);
/*
 * Try to solve.  is_right judges a candidate of size bytes (by its hash).
 * Frames that do not fit the others are left out: as long as their errors
 * are independent, K + e + 1 frames suffice where e of them are forged.  When
 * the errors depend on each other, numbers below K that came several times
 * are taken as the majority has them.
 * 1: *source is size bytes, borrowed until rlc_free().  0: more frames are
 * needed.  -1: no memory.  *forged (may be NULL): frames left out.
 */
int		 rlc_solve(struct rlc *, int (*is_right)(const uint8_t *,
		    size_t, void *), void *arg, const uint8_t **source,
		    size_t *forged);

#endif
