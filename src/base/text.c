/* SPDX-License-Identifier: ISC */
/*
 * Functions for UTF-8 text: whether it is valid, how wide it is, which
 * characters may be sent to a terminal.  The text may be anybody's and need not
 * be valid UTF-8.  Unicode's tables are libunistring's.
 */
#include <stdio.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>
#include <uniwidth.h>

#include "base/buf.h"
#include "base/text.h"

#define DISTANCE_MAX	63
#define JOINER_NOT	0x200c		/* U+200C and U+200D */
#define JOINER		0x200d
#define JOINING		0x600		/* scripts that join begin here */

size_t
text_utf8_check(const char *s, size_t len)
{
	const uint8_t	*p;

	if (len == 0)
		return 0;
	p = u8_check((const uint8_t *)s, len);
	return p == NULL ? len : (size_t)(p - (const uint8_t *)s);
}

size_t
text_utf8_next(const char *s, size_t len, uint32_t *cp)
{
	ucs4_t	 uc;
	int	 n;

	if (len == 0)
		return 0;
	n = u8_mbtoucr(&uc, (const uint8_t *)s, len);
	if (n <= 0)
		return 0;
	*cp = uc;
	return (size_t)n;
}

size_t
text_utf8_put(char out[4], uint32_t cp)
{
	int	 n;

	n = u8_uctomb((uint8_t *)out, cp, 4);
	return n <= 0 ? 0 : (size_t)n;
}

size_t
text_utf8_cut(const char *s, size_t len, size_t max)
{
	if (len <= max)
		return len;
	while (max > 0 && ((unsigned char)s[max] & 0xc0) == 0x80)
		max--;
	return max;
}

int
text_char_width(uint32_t cp)
{
	int	 w;

	if (cp >= 0x20 && cp < 0x7f)
		return 1;
	if ((cp >= 0x4e00 && cp < 0x9fa6) || (cp >= 0x3000 && cp < 0x302a) ||
	    (cp >= 0xff01 && cp < 0xff61))
		return 2;		/* the common ones */
	w = uc_width(cp, "UTF-8");
	return w < 0 ? 0 : w;
}

int
text_next_width(uint32_t last, uint32_t cp)
{
	if (cp != 0xfe0f)
		return text_char_width(cp);
	/* Digits and signs of keycaps, and characters that may be emoji. */
	return ((last >= '0' && last <= '9') || last == '#' || last == '*' ||
	    last == 0xa9 || last == 0xae || last >= 0x203c) &&
	    text_char_width(last) == 1;
}

size_t
text_width(const char *s, size_t len)
{
	uint32_t cp = 0, last;
	size_t	 n, width = 0;

	while (len > 0) {
		last = cp;
		if ((n = text_utf8_next(s, len, &cp)) == 0) {
			n = 1;
			width++;
		} else
			width += (size_t)text_next_width(last, cp);
		s += n;
		len -= n;
	}
	return width;
}

int
text_digit(uint32_t cp)
{
	return uc_decimal_value(cp);
}

int
text_is_cjk(uint32_t cp)
{
	return (cp >= 0x2e80 && cp <= 0x303e) || (cp >= 0x3041 && cp <= 0x33ff)
	    || (cp >= 0x3400 && cp <= 0x4dbf) || (cp >= 0x4e00 && cp <= 0x9fff)
	    || (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0xfe30 && cp <= 0xfe4f)
	    || (cp >= 0xff00 && cp <= 0xff60) || (cp >= 0xffe0 && cp <= 0xffe6)
	    || (cp >= 0x20000 && cp <= 0x3fffd);
}

int
text_is_hint(uint32_t cp)
{
	return cp == 0xad || cp == 0x61c || cp == 0x200b || cp == 0x200e ||
	    cp == 0x200f || cp == 0x2060 || cp == 0xfeff;
}

int
text_is_unseen(uint32_t cp)
{
	if (cp < 0xa0)
		return cp < 0x20 || cp >= 0x7f;
	if (cp < 0x600)
		return cp == 0xad;
	/*
	 * The two joiners, and visible signs: Arabic, Syriac, Kaithi, and those
	 * that join Egyptian hieroglyphs.
	 */
	if (cp == JOINER_NOT || cp == JOINER || cp <= 0x605 || cp == 0x6dd ||
	    cp == 0x70f || (cp >= 0x890 && cp <= 0x891) || cp == 0x8e2 ||
	    cp == 0x110bd || cp == 0x110cd || (cp >= 0x13430 && cp <= 0x1343f))
		return 0;
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Cf |
	    UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp) ||
	    (cp >= 0xe0000 && cp <= 0xe007f);
}

size_t
text_escape(char *out, size_t size, const char *s, size_t len)
{
	uint32_t cp, before = 0;
	size_t	 n, used = 0;
	char	 hex[5];

	if (size == 0)
		return 0;
	while (len > 0) {
		n = text_utf8_next(s, len, &cp);
		if (n != 0 && !text_is_unseen(cp) && (before >= JOINING ||
		    (cp != JOINER && cp != JOINER_NOT))) {
			if (used + n >= size)
				break;
			memcpy(out + used, s, n);
			used += n;
			before = cp;
		} else {
			n = 1;	/* a bad byte, or the first of an unseen
				   character */
			before = 0;
			if (used + 4 >= size)
				break;
			snprintf(hex, sizeof(hex), "\\x%02x",
			    (unsigned)(unsigned char)*s);
			memcpy(out + used, hex, 4);
			used += 4;
		}
		s += n;
		len -= n;
	}
	out[used] = '\0';
	return used;
}

unsigned
text_distance(const char *a, const char *b)
{
	unsigned	 row[3][DISTANCE_MAX + 1], cost, best;
	size_t		 i, j, la, lb;

	la = strnlen(a, DISTANCE_MAX);
	lb = strnlen(b, DISTANCE_MAX);
	for (j = 0; j <= lb; j++)
		row[0][j] = (unsigned)j;
	for (i = 1; i <= la; i++) {
		row[i % 3][0] = (unsigned)i;
		for (j = 1; j <= lb; j++) {
			cost = a[i - 1] != b[j - 1];
			best = row[(i - 1) % 3][j - 1] + cost;
			if (row[(i - 1) % 3][j] + 1 < best)
				best = row[(i - 1) % 3][j] + 1;
			if (row[i % 3][j - 1] + 1 < best)
				best = row[i % 3][j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] &&
			    row[(i - 2) % 3][j - 2] + 1 < best)
				best = row[(i - 2) % 3][j - 2] + 1;
			row[i % 3][j] = best;
		}
	}
	return row[la % 3][lb];
}

void
text_markup(const char *s, size_t len, struct buf *b)
{
	size_t		 i, from = 0;
	const char	*as;

	for (i = 0; i < len; i++) {
		switch (s[i]) {
		case '&': as = "&amp;"; break;
		case '<': as = "&lt;"; break;
		case '>': as = "&gt;"; break;
		case '"': as = "&quot;"; break;
		default: continue;
		}
		buf_add(b, s + from, i - from);
		buf_str(b, as);
		from = i + 1;
	}
	buf_add(b, s + from, len - from);
}

int
text_is_id(const char *s, size_t len, size_t min, size_t max)
{
	size_t	 i;

	if (len == 0 || len < min || len > max || s[0] < 'a' || s[0] > 'z')
		return 0;
	for (i = 1; i < len; i++)
		if (!(s[i] >= 'a' && s[i] <= 'z') &&
		    !(s[i] >= '0' && s[i] <= '9') && s[i] != '-')
			return 0;
	return 1;
}
