/* SPDX-License-Identifier: ISC */
/*
 * Where a line of text may end.  UAX #14 is the base: no break where it has
 * none, quotation marks in Chinese excepted; Latin text at spaces only, unless
 * one word alone is wider than the line; no closing mark at a line's start, no
 * opening mark at its end, and no number parted from its unit.  Scripts
 * without spaces end a line at U+200B, else see syllable.h.
 */
#ifndef CHARSET_BREAKS_H
#define CHARSET_BREAKS_H

#include <stddef.h>
#include <stdint.h>

#include "charset/brk.h"

/*
 * May a line end before that byte of s, which has no spaces outside?  brk has
 * len bytes, each an enum brk.
 */
void	breaks_find(const char *s, size_t len, char *brk);
/*
 * 1: b is a mark, a vowel sign or a jamo of the letter that ends in a, so that
 * nothing may ever be cut between them (UAX #29).
 */
int	breaks_cluster(uint32_t a, uint32_t b);
/* The same, Latin, kana, hanzi and their marks without a call. */
static inline int
breaks_joins(uint32_t a, uint32_t b)
{
	if (b < 0x300 || (b >= 0x2010 && b < 0x2028) ||
	    (b >= 0x3000 && b < 0x302a) || (b >= 0x3041 && b < 0x3099) ||
	    (b >= 0x309b && b < 0xa66f) || (b >= 0xff01 && b < 0xff61))
		return 0;
	return breaks_cluster(a, b);
}
/*
 * For ASCII, every byte of it a column: where the line ends that begins at
 * start and has so many columns.
 */
size_t	breaks_ascii(const char *s, size_t len, size_t start, unsigned cols);

#endif
