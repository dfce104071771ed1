/* SPDX-License-Identifier: ISC */
/* Functions for UTF-8 text.  Lengths are bytes, widths are terminal columns. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf;

/*
 * Offset of the first byte that is not valid UTF-8 (overlong forms,
 * surrogates and cut sequences count), or len when all of it is.
 */
size_t	 text_utf8_check(const char *, size_t len);
/*
 * Decode one character at s (len > 0) into *cp; bytes used, 0 when invalid.
 */
size_t	 text_utf8_next(const char *s, size_t len, uint32_t *cp);
/* Encode cp into out; bytes used (1 to 4), 0 for what is no character. */
size_t	 text_utf8_put(char out[4], uint32_t cp);
/* The most bytes of s, up to max, that do not cut a character in two. */
size_t	 text_utf8_cut(const char *s, size_t len, size_t max);
/*
 * Columns on a terminal: East Asian wide and fullwidth 2, ambiguous 1,
 * combining and controls 0.  Invalid bytes count 1 each.
 */
size_t	 text_width(const char *, size_t len);
int	 text_char_width(uint32_t cp);			/* 0, 1 or 2 */
/* Columns that cp adds behind last: U+FE0F makes a narrow emoji wide. */
int	 text_next_width(uint32_t last, uint32_t cp);
int	 text_digit(uint32_t cp);	/* 0 to 9 in any script; else -1 */
int	 text_is_cjk(uint32_t cp);	/* han, kana, CJK marks, fullwidth */
/*
 * 1 for characters that are invisible and may control a terminal: control
 * characters, the separators U+2028 and U+2029, and format characters (marks
 * and overrides of writing direction, tags, a BOM inside the text).  0 for the
 * joiners U+200C and U+200D, which the spelling of many languages needs, and
 * for the format characters of Arabic, Syriac, Kaithi and Egyptian hieroglyphs
 * that are visible.
 */
int	 text_is_unseen(uint32_t cp);
/*
 * 1 for those unseen characters that only mark a line break or a direction: the
 * text means the same without them.
 */
int	 text_is_hint(uint32_t cp);
/*
 * Copy s, with unseen characters, invalid UTF-8, and joiners that do not follow
 * a letter of a joining script written as \xNN.  The copy always ends in a NUL
 * and is cut only between characters.  Returns its bytes without the NUL.
 */
size_t	 text_escape(char *out, size_t size, const char *s, size_t len);
/* Append with & < > and " escaped for HTML and XML, in text and in "values". */
void	 text_markup(const char *s, size_t len, struct buf *);
/* 1: min to max bytes [a-z][a-z0-9-]*, as ids of packages, pages and groups. */
int	 text_is_id(const char *, size_t len, size_t min, size_t max);
/*
 * The edit distance of two strings, in which a swap of two neighbouring bytes
 * counts 1; only the first 63 bytes of each are compared.
 */
unsigned text_distance(const char *, const char *);

/*
 * As text_utf8_next(), inline for the two common cases, ASCII and hanzi; a bad
 * byte counts as '?'.
 */
static inline size_t
text_step(const char *s, size_t len, uint32_t *cp)
{
	const uint8_t	*p = (const uint8_t *)s;
	size_t		 n;

	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (p[0] > 0xe0 && p[0] < 0xf0 && p[0] != 0xed && len >= 3 &&
	    (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
		*cp = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 |
		    (p[2] & 63);
		return 3;
	}
	if ((n = text_utf8_next(s, len, cp)) > 0)
		return n;
	*cp = '?';
	return 1;
}

/*
 * How many bytes at s are printable ASCII, eight at a step: most text is.
 */
static inline size_t
text_ascii_run(const char *s, size_t len)
{
	const uint64_t	 ones = 0x0101010101010101u;
	uint64_t	 x;
	size_t		 n;

	for (n = 0; n + 8 <= len; n += 8) {
		memcpy(&x, s + n, 8);
		/*
		 * The top bit shows a byte below 0x20, 0x7f or above.  Only
		 * such a byte borrows from the next one or carries into it.
		 */
		if (((x | (x - ones * 0x20) | (x + ones)) & ones * 0x80) != 0)
			break;
	}
	while (n < len && (uint8_t)s[n] - 0x20u < 0x5f)
		n++;
	return n;
}

#endif
