/* SPDX-License-Identifier: ISC */
/*
 * Where a line of text may end.  There is no break where UAX #14 has none,
 * except at quotation marks in Chinese.  Latin text breaks only at spaces,
 * unless one word is wider than the line.  No closing mark starts a line, no
 * opening mark ends one, and a number stays with its unit.  Scripts without
 * spaces break at U+200B, else by syllable.h.
 */
#ifndef CHARSET_BREAKS_H
#define CHARSET_BREAKS_H

#include <stddef.h>
#include <stdint.h>

#include "charset/brk.h"

/*
 * For each byte of s, put into brk whether a line may end before it (enum brk).
 * brk has len bytes; s has no spaces at its start and end.
 */
void	breaks_find(const char *s, size_t len, char *brk);
/*
 * 1: b is a mark, a vowel sign or a jamo of the letter that ends in a, so a
 * line never breaks between them (UAX #29).
 */
int	breaks_cluster(uint32_t a, uint32_t b);
/* The same; inline for Latin, kana, hanzi and their marks. */
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
 * The end of the line of ASCII that begins at start and has at most cols
 * columns; each byte takes one column.
 */
size_t	breaks_ascii(const char *s, size_t len, size_t start, unsigned cols);

#endif
