/* SPDX-License-Identifier: ISC */
/*
 * Find ends of syllables from the spelling.  A vowel that is written before its
 * consonant begins a syllable, and some vowels end one.  A consonant with a
 * sign of silence belongs to the syllable before it.  In Burmese a consonant
 * begins a syllable unless it has an asat or another letter stacked below it;
 * in Khmer a consonant with a vowel begins one.  Where the spelling does not
 * show it, the answer is BRK_NO.
 */
#include "base/text.h"
#include "charset/syllable.h"

#define LAO	0x80		/* a Lao letter is a Thai one plus this */

/* Thai, Lao: a vowel before its consonant. */
static int
is_leading(uint32_t cp)
{
	return (cp >= 0x0e40 && cp <= 0x0e44) || (cp >= 0x0ec0 && cp <= 0x0ec4);
}

/* Thai, Lao: a vowel or sign behind its consonant, of the same syllable. */
static int
is_following(uint32_t cp)
{
	switch (cp < 0x0e80 ? cp : cp - LAO) {
	case 0x0e2f: case 0x0e30: case 0x0e32: case 0x0e33: case 0x0e45:
	case 0x0e46:
		return 1;
	default:
		return cp == 0x0ebd;		/* Lao nyo below */
	}
}

/* A vowel or sign that always ends its syllable. */
static int
is_last(uint32_t cp)
{
	if (cp >= 0x0e80)
		cp -= LAO;
	return cp == 0x0e2f || cp == 0x0e30 || cp == 0x0e33 || cp == 0x0e46;
}

/* Thai, Lao: a vowel above a consonant that another consonant follows. */
static int
is_short_a(uint32_t cp)
{
	return cp == 0x0e31 || cp == 0x0eb1;
}

static int
is_tone(uint32_t cp)
{
	return (cp >= 0x0e48 && cp <= 0x0e4b) || (cp >= 0x0ec8 && cp <= 0x0ecb);
}

static int
is_silent(uint32_t cp)
{
	return cp == 0x0e4c || cp == 0x0ecc;
}

/* 1: a Burmese or Khmer consonant or independent vowel. */
static int
is_consonant(uint32_t cp)
{
	return (cp >= 0x1000 && cp <= 0x102a) || cp == 0x103f ||
	    (cp >= 0x1780 && cp <= 0x17b3);
}

/*
 * a[0], a[1], ...: the characters before the place; b[0], b[1], ...: those
 * behind it.
 */
static enum brk
thai(const uint32_t a[3], const uint32_t b[3])
{
	if (is_leading(a[0]) || is_following(b[0]))
		return BRK_NEVER;
	/* After the short a inside a syllable a consonant must follow. */
	if (is_short_a(a[0]) || (is_tone(a[0]) && is_short_a(a[1])))
		return BRK_NEVER;
	/* A silent consonant, perhaps with a vowel sign under its mark. */
	if (is_silent(b[1]) || is_silent(b[2]))
		return BRK_NEVER;
	if (is_leading(b[0]) || is_last(a[0]))
		return BRK_WEAK;
	/* Behind a vowel that is written first there may be two consonants. */
	return is_leading(a[1]) ? BRK_NEVER : BRK_NO;
}

static enum brk
burmese(uint32_t a, uint32_t b, uint32_t b2, uint32_t b3)
{
	if (a == 0x1039 || !is_consonant(b))
		return a == 0x1039 ? BRK_NEVER : BRK_NO;
	/* The consonant has an asat, or another letter stacked below it. */
	if (b2 == 0x103a || b2 == 0x1039 || (b3 == 0x103a && b2 >= 0x102b &&
	    b2 <= 0x103e))
		return BRK_NEVER;
	return BRK_WEAK;
}

static enum brk
khmer(uint32_t a, uint32_t b, uint32_t b2)
{
	if (a == 0x17d2)
		return BRK_NEVER;
	if (!is_consonant(b))
		return BRK_NO;
	if (b2 == 0x17cd || b2 == 0x17cb || b2 == 0x17cc || b2 == 0x17d1)
		return BRK_NEVER;		/* silent, or it closes */
	/* With a letter below, it may also end the syllable before. */
	return b2 >= 0x17b6 && b2 <= 0x17c5 ? BRK_WEAK : BRK_NO;
}

enum brk
syllable_break(const char *s, size_t at, size_t len)
{
	uint32_t	 a[3] = { 0 }, b[3] = { 0 };
	size_t		 i, n, to = at;

	/* Characters of those scripts have three bytes. */
	for (i = 0; i < 3 && at >= 3 * (i + 1); i++)
		if (text_utf8_next(s + at - 3 * (i + 1), 3, &a[i]) != 3)
			break;
	for (i = 0; i < 3 && to < len; i++, to += n)
		n = text_step(s + to, len - to, &b[i]);
	if (b[0] >= 0x1780)
		return a[0] >= 0x1780 ? khmer(a[0], b[0], b[1]) : BRK_NO;
	if (b[0] >= 0x1000)
		return a[0] >= 0x1000 && a[0] < 0x10a0 ? burmese(a[0], b[0],
		    b[1], b[2]) : BRK_NO;
	return a[0] < 0x0f00 ? thai(a, b) : BRK_NO;
}
