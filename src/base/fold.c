/* SPDX-License-Identifier: ISC */
/*
 * Folds texts so that search finds them equal.  Each character becomes the one
 * that people type for it: small letters, digits from 0 to 9, hiragana, marks
 * as keyboards have them, and the usual form of compatibility characters (full
 * and half width).  Accents on Latin, Greek, Cyrillic, Hebrew and Arabic
 * letters are removed; vowel signs of the Indian and Southeast Asian scripts
 * are letters and stay.  Composed text (NFC) and decomposed text (NFD) give the
 * same result.
 *
 * Queries and pages are both folded here, and may hold any bytes.
 */
#include <string.h>

#include <unicase.h>
#include <uninorm.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/text.h"

#define STEPS		24		/* most parts of one character */
#define HANGUL		0xac00		/* the first syllable */
#define HANGUL_END	0xd7a4
#define JAMO_L		0x1100		/* 19 consonants that begin one */
#define JAMO_V		0x1161		/* 21 vowels */
#define JAMO_T		0x11a8		/* 27 consonants that end one */

/* The keyboard's mark for a typographic one; 0: cp is another character. */
static uint32_t
plain(uint32_t cp)
{
	if ((cp >= 0x2018 && cp <= 0x201b) || cp == 0x2bc || cp == 0x2bb)
		return '\'';
	if (cp >= 0x201c && cp <= 0x201f)
		return '"';
	if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212)
		return '-';
	if (cp == 0x3000 || cp == 0xa0 || cp == 0x202f)
		return ' ';
	return 0;
}

/*
 * One letter for those that keyboards have in several forms; 0: cp is none of
 * them.
 */
static uint32_t
variant(uint32_t cp)
{
	switch (cp) {
	case 0x3c2:			/* sigma at a word's end */
		return 0x3c3;
	case 0x671:			/* alif */
		return 0x627;
	case 0x649: case 0x6cc:		/* yeh: Arabic, Persian */
		return 0x64a;
	case 0x6a9: case 0x6aa:		/* kaf */
		return 0x643;
	case 0x629: case 0x6c1: case 0x6c3: case 0x6d5:		/* heh */
		return 0x647;
	default:
		return 0;
	}
}

/* The letters that people type for one that Unicode keeps whole; "": none. */
static const char *
apart(uint32_t cp)
{
	static const struct { uint32_t cp; const char *as; } letters[] = {
		{ 0xc6, "ae" }, { 0xd0, "d" }, { 0xd8, "o" }, { 0xde, "th" },
		{ 0xdf, "ss" }, { 0xe6, "ae" }, { 0xf0, "d" }, { 0xf8, "o" },
		{ 0xfe, "th" }, { 0x110, "d" }, { 0x111, "d" }, { 0x131, "i" },
		{ 0x141, "l" }, { 0x142, "l" }, { 0x152, "oe" },
		{ 0x153, "oe" },
	};
	size_t	 i;

	for (i = 0; cp < 0x180 && i < sizeof(letters) / sizeof(letters[0]); i++)
		if (letters[i].cp == cp)
			return letters[i].as;
	return "";
}

/* 1: an accent, a point or an invisible character, which folding removes. */
static int
is_dropped(uint32_t cp)
{
	static const struct { uint32_t from, to; } range[] = {
		/* Sorted. */
		{ 0xad, 0xad }, { 0x300, 0x36f }, { 0x483, 0x489 },
		{ 0x591, 0x5bd }, { 0x5bf, 0x5bf }, { 0x5c1, 0x5c2 },
		{ 0x5c4, 0x5c5 }, { 0x5c7, 0x5c7 }, { 0x600, 0x605 },
		{ 0x610, 0x61a }, { 0x61c, 0x61c }, { 0x640, 0x640 },
		{ 0x64b, 0x65f }, { 0x670, 0x670 }, { 0x6d6, 0x6dd },
		{ 0x6df, 0x6e8 }, { 0x6ea, 0x6ed }, { 0x70f, 0x70f },
		{ 0x711, 0x711 }, { 0x730, 0x74a }, { 0x8d3, 0x8ff },
		{ 0x180b, 0x180f }, { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff },
		{ 0x200b, 0x200f }, { 0x202a, 0x202e }, { 0x2060, 0x206f },
		{ 0x20d0, 0x20ff }, { 0x2de0, 0x2dff }, { 0x3099, 0x309a },
		{ 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb }, { 0xe0000, 0xe0fff },
	};
	size_t	 lo = 0, hi = sizeof(range) / sizeof(range[0]), mid;

	if (cp >= 0x300 && cp <= 0x36f)
		return 1;	/* most of them */
	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (cp > range[mid].to)
			lo = mid + 1;
		else if (cp < range[mid].from)
			hi = mid;
		else
			return 1;
	}
	return 0;
}

int
text_fold_parts(uint32_t cp, uint32_t *todo, size_t *n, size_t max)
{
	ucs4_t	 parts[UC_DECOMPOSITION_MAX_LENGTH];
	int	 tag, i, got;

	got = uc_decomposition(cp, &tag, parts);
	if (got <= 0 || *n + (size_t)got > max)
		return 0;
	for (i = got - 1; i >= 0; i--)
		todo[(*n)++] = parts[i];
	return 1;
}

/*
 * Fold cp without the tables, as is possible for most characters; 0: the tables
 * are needed.
 */
static uint32_t
simple(uint32_t cp)
{
	if (cp >= 0x3001 && cp < 0xa000) {
		/* Katakana as hiragana, with voiced and repetition marks. */
		if ((cp >= 0x30a1 && cp <= 0x30f6) || cp == 0x30fd ||
		    cp == 0x30fe)
			return cp - 0x60;
		return cp == 0x3099 || cp == 0x309a ? 0 : cp;
	}
	if (cp < 0x450)			/* Cyrillic, but for short i */
		return cp < 0x410 || (cp | 0x20) == 0x439 ? 0 : cp >= 0x430 ?
		    cp : cp + 0x20;
	if (cp >= 0x627 && cp <= 0x648)	/* Arabic, but for heh and the stretch */
		return cp == 0x629 || cp == 0x640 ? 0 : cp;
	if (cp >= 0x900 && cp < 0xe00) {	/* Indian scripts, alike built */
		const uint32_t	 at = cp & 0x7f;

		if (at >= 0x66 && at <= 0x6f)
			return '0' + at - 0x66;
		return cp < 0x980 && at != 0x29 && at != 0x31 && at != 0x34 &&
		    at < 0x58 ? cp : 0;
	}
	if (cp >= 0xe01 && cp < 0xe50)	/* Thai, but for sara am */
		return cp == 0xe33 ? 0 : cp;
	if (cp >= 0xff01 && cp <= 0xff5e)	/* full-width ASCII */
		return cp >= 0xff21 && cp <= 0xff3a ? cp - 0xfec0 :
		    cp - 0xfee0;
	return cp >= HANGUL && cp < HANGUL_END ? cp : 0;
}

size_t
text_fold_char(uint32_t cp, char out[TEXT_FOLD_MAX])
{
	ucs4_t		 todo[STEPS];
	const char	*as;
	uint32_t	 c;
	size_t		 n = 0, used = 0;
	int		 digit;

	todo[n++] = cp;
	while (n > 0 && used + 4 <= TEXT_FOLD_MAX) {
		cp = todo[--n];
		if (cp < 0x80) {
			out[used++] = (char)(cp >= 'A' && cp <= 'Z' ?
			    cp + 32 : cp);
			continue;
		}
		if ((c = plain(cp)) != 0 || (cp >= 0x3c2 &&
		    ((c = simple(cp)) != 0 || (c = variant(cp)) != 0)))
			cp = c;
		else if (*(as = apart(cp)) != '\0') {
			for (; *as != '\0'; as++)
				out[used++] = *as;
			continue;
		} else if (text_fold_parts(cp, todo, &n, STEPS) ||
		    is_dropped(cp))
			continue;
		else if (cp >= 0x660 && (digit = text_digit(cp)) != -1)
			cp = '0' + (uint32_t)digit;
		else
			cp = uc_tolower(cp);
		used += text_utf8_put(out + used, cp);
	}
	return used;
}

/* The voiced or half-voiced hiragana that a mark makes of another. */
static uint32_t
voiced(uint32_t kana, int half)
{
	const int	 is_h = kana >= 0x306f && kana <= 0x307b &&
			    (kana - 0x306f) % 3 == 0;

	if (half)
		return is_h ? kana + 2 : 0;
	if (is_h || (kana >= 0x304b && kana <= 0x3061 && kana % 2 == 1) ||
	    kana == 0x3064 || kana == 0x3066 || kana == 0x3068 ||
	    kana == 0x309d)
		return kana + 1;
	return kana == 0x3046 ? 0x3094 : 0;
}

/*
 * The one character that a and b behind it, both folded, make; 0: they make
 * none.
 */
static uint32_t
together(uint32_t a, uint32_t b)
{
	if (b == 0x3099 || b == 0x309a || b == 0xff9e || b == 0xff9f)
		return voiced(a, b == 0x309a || b == 0xff9f);
	if (b >= JAMO_V && b < JAMO_V + 21 && a >= JAMO_L && a < JAMO_L + 19)
		return HANGUL + ((a - JAMO_L) * 21 + (b - JAMO_V)) * 28;
	if (b >= JAMO_T && b < JAMO_T + 27 && a >= HANGUL && a < HANGUL_END &&
	    (a - HANGUL) % 28 == 0)
		return a + b - JAMO_T + 1;
	return 0;
}

/*
 * Combine cp with the folded character that ends before end.  1: done, it has
 * three bytes as before.  have: bytes before end.
 */
static int
is_joined(uint32_t cp, char *end, size_t have)
{
	uint32_t	 last, one;

	if ((cp < JAMO_V || cp >= JAMO_T + 27) && cp != 0x3099 &&
	    cp != 0x309a && cp != 0xff9e && cp != 0xff9f)
		return 0;
	if (have < 3 || text_utf8_next(end - 3, 3, &last) != 3 ||
	    (one = together(last, cp)) == 0)
		return 0;
	text_utf8_put(end - 3, one);
	return 1;
}

/* Copy the ASCII at the start of s in lower case; how many bytes that was. */
static size_t
fold_ascii(const char *s, size_t len, char *out)
{
	size_t	 n;

	for (n = 0; n < len && (unsigned char)s[n] < 0x80; n++)
		out[n] = (char)(s[n] + ((unsigned char)(s[n] - 'A') < 26) *
		    32);
	return n;
}

/* 1: a whole character from U+4000 to U+9FFF, which folding does not change. */
static int
is_hanzi(const char *s, size_t len)
{
	const unsigned char	*p = (const unsigned char *)s;

	return p[0] >= 0xe4 && p[0] <= 0xe9 && len >= 3 &&
	    (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80;
}

/*
 * Fold the next piece of s and append it to out[0..*used), which must have
 * space for it.  Returns how much of s was used.  before: folded bytes in front
 * of out.
 */
static size_t
fold_next(const char *s, size_t len, char *out, size_t *used, size_t before)
{
	uint32_t	 cp, one;
	size_t		 n;

	if ((unsigned char)*s < 0x80) {
		n = fold_ascii(s, len, out + *used);
		*used += n;
	} else if (is_hanzi(s, len)) {
		n = 3;
		memcpy(out + *used, s, n);
		*used += n;
	} else if ((n = text_utf8_next(s, len, &cp)) == 0) {
		n = 1;
		out[(*used)++] = '?';
	} else if (cp >= 0x410 && (one = simple(cp)) != 0) {
		*used += text_utf8_put(out + *used, one);
	} else if (!is_joined(cp, out + *used, before + *used))
		*used += text_fold_char(cp, out + *used);
	return n;
}

void
text_fold(const char *s, size_t len, struct buf *out)
{
	const size_t	 start = out->len;
	size_t		 n, used = 0, room = 0;
	char		*p = NULL;

	for (; len > 0; s += n, len -= n) {
		/* Always room for what is left, and for one that grows. */
		if (room - used < len + TEXT_FOLD_MAX) {
			out->len += used;
			used = 0;
			room = len + TEXT_FOLD_MAX;
			if ((p = buf_room(out, room)) == NULL)
				return;
		}
		n = fold_next(s, len, p, &used, out->len - start);
	}
	if (p != NULL) {
		out->len += used;
		out->data[out->len] = '\0';
	}
}

size_t
text_fold_offset(const char *s, size_t len, size_t folded)
{
	char	 out[4 + TEXT_FOLD_MAX];
	size_t	 i, n, used = 0, before;

	for (i = 0; i < len && folded > 0; i += n) {
		if ((unsigned char)s[i] < 0x80) {
			n = 1;
			used = 0;
			folded--;
			continue;
		}
		if (used > 3) {		/* the last one may still join */
			memmove(out, out + used - 3, 3);
			used = 3;
		}
		before = used;
		n = fold_next(s + i, len - i, out, &used, 0);
		folded -= used - before < folded ? used - before : folded;
	}
	return i;
}
