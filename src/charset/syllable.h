/* SPDX-License-Identifier: ISC */
/*
 * Thai, Lao, Burmese and Khmer are written without spaces, and only a
 * dictionary knows where words end.  Authors mark the ends with U+200B.  Where
 * they do not, these rules find ends of syllables at which a line may be cut.
 */
#ifndef CHARSET_SYLLABLE_H
#define CHARSET_SYLLABLE_H

#include <stddef.h>
#include <stdint.h>

#include "charset/brk.h"

/* 1: a letter or mark of those four scripts. */
static inline int
syllable_is_in(uint32_t cp)
{
	return (cp >= 0x0e00 && cp < 0x0f00) || (cp >= 0x1000 && cp < 0x10a0) ||
	    (cp >= 0x1780 && cp < 0x1800);
}

/*
 * Before byte at of s, of len bytes, where characters of those scripts stand
 * on both sides: BRK_WEAK where a syllable begins for certain, BRK_NEVER
 * inside one, else BRK_NO.
 */
enum brk syllable_break(const char *s, size_t at, size_t len);

#endif
