/* SPDX-License-Identifier: ISC */
/*
 * GB2312 as EUC-CN, two bytes a character, by our own table: iconv opens
 * files, and a locked-down server has none left when it answers.  Bytes that
 * come from a reader are taken only if each pair is assigned.
 */
#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"
#include "charset/gb2312.h"
#include "charset/gb2312_table.h"

#define GETA		0xa1fe		/* stands for a missing character */

/* Rows 1 to 9, then 16 to 87: place in gb2312_unicode, or -1. */
static int
row_index(unsigned row)
{
	if (row >= 1 && row <= 9)
		return (int)row - 1;
	if (row >= 16 && row <= 87)
		return (int)row - 16 + 9;
	return -1;
}

/* Bits set in n; without a machine instruction for it, GCC calls. */
static unsigned
count_bits(unsigned n)
{
	n -= n >> 1 & 0x5555;
	n = (n & 0x3333) + (n >> 2 & 0x3333);
	n = (n + (n >> 4)) & 0x0f0f;
	return (n + (n >> 8)) & 31;
}

int
gb2312_has(uint32_t cp)
{
	unsigned	 page;

	if (cp < 0x80 || cp > 0xffff || (page = gb2312_page[cp >> 8]) == 0)
		return 0;
	return gb2312_group[(page - 1) * 16 + (cp >> 4 & 15)].bits >>
	    (cp & 15) & 1;
}

unsigned
gb2312_from(uint32_t cp)
{
	const struct gb2312_group	*g;
	unsigned			 page, below;

	if (cp < 0x80 || cp > 0xffff || (page = gb2312_page[cp >> 8]) == 0)
		return 0;
	g = &gb2312_group[(page - 1) * 16 + (cp >> 4 & 15)];
	if ((g->bits >> (cp & 15) & 1) == 0)
		return 0;
	below = g->bits & ((1u << (cp & 15)) - 1);
	return gb2312_code[g->start + count_bits(below)];
}

uint32_t
gb2312_to(unsigned code)
{
	unsigned	 hi = code >> 8, lo = code & 0xff;
	int		 row;

	if (hi < 0xa1 || hi > 0xfe || lo < 0xa1 || lo > 0xfe ||
	    (row = row_index(hi - 0xa0)) == -1)
		return 0;
	return gb2312_unicode[row * 94 + (int)(lo - 0xa1)];
}

size_t
gb2312_run(const char *s, size_t len, uint8_t top)
{
	const uint8_t	*p = (const uint8_t *)s;
	unsigned	 hi, lo;
	size_t		 n;

	for (n = 0; n + 1 < len; n += 2) {
		hi = p[n] | top;
		lo = (unsigned)(p[n + 1] | top) - 0xa1;
		/* Rows 16 to 54 have no gap; most of what is written. */
		if ((hi < 0xb0 || hi > 0xd6 || lo >= 94) &&
		    gb2312_to(hi << 8 | (lo + 0xa1)) == 0)
			break;
	}
	return n;
}

/* A character that charset_fit() did not see may be lacking: a geta mark. */
static void
encode(const char *s, size_t len, struct buf *out)
{
	uint32_t	 cp;
	unsigned	 code;
	size_t		 n, used = 0;
	char		*p;

	/* No character takes more bytes here than in UTF-8. */
	if ((p = buf_room(out, len)) == NULL)
		return;
	for (; len > 0; s += n, len -= n) {
		n = text_step(s, len, &cp);
		if (cp < 0x80) {
			p[used++] = (char)cp;
			continue;
		}
		if ((code = gb2312_from(cp)) == 0)
			code = GETA;
		p[used++] = (char)(code >> 8);
		p[used++] = (char)(code & 0xff);
	}
	out->len += used;
	p[used] = '\0';
}

static int
decode(const char *s, size_t len, struct buf *out)
{
	const uint8_t	*p = (const uint8_t *)s;
	uint32_t	 cp;
	size_t		 i, n;
	char		 c[4];

	for (i = 0; i < len; i++) {
		if (p[i] < 0x80) {
			buf_ch(out, s[i]);
			continue;
		}
		if (i + 1 == len)
			return -1;
		cp = gb2312_to((unsigned)p[i] << 8 | p[i + 1]);
		if (cp == 0)
			return -1;
		n = text_utf8_put(c, cp);
		buf_add(out, c, n);
		i++;
	}
	return 0;
}

static size_t
plain(const char *s, size_t len, size_t *cols)
{
	size_t	 n = gb2312_run(s, len, 0);

	*cols += n;
	return n;
}

const struct charset	charset_gb2312 = {
	.name = "gb2312", .label = "GB2312", .replace = "gb2312", .cell = 2,
	.is_8bit = 1,
	.has = gb2312_has, .wide = gb2312_from, .encode = encode,
	.decode = decode, .plain = plain,
};
