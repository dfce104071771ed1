/* SPDX-License-Identifier: ISC */
/*
 * GB2312 as EUC-CN, two bytes a character.  The table is apeng's own, because
 * iconv opens files, and a server in its sandbox cannot open any.  Bytes from a
 * client are accepted only if each pair is assigned.
 */
#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"
#include "charset/gb2312.h"
#include "charset/gb2312_table.h"

#define GETA		0xa1fe		/* stands for a missing character */
#define PAGE_MAX	97		/* high bytes that a code point may have */

/* Made by make_maps() and not changed afterwards; 0: none. */
static uint16_t	to_unicode[GB2312_ROWS][GB2312_CELLS];
static uint8_t	page_of[256];		/* of a high byte, from 1 */
static uint16_t	from_unicode[PAGE_MAX][256];	/* by page and low byte */

/*
 * Characters that are encoded though the table does not have them, because a
 * cell has only one character: others that look the same, and the zero of a
 * year in characters.
 */
static const struct {
	uint32_t	 cp;
	uint16_t	 code;
} also[] = {
	{ 0x30fb, 0xa1a4 }, { 0x2015, 0xa1aa }, { 0x3007, 0xa1f0 },
};

static void
put_code(uint32_t cp, unsigned code)
{
	static uint8_t	 npage;
	uint8_t		*page = &page_of[cp >> 8];

	if (*page == 0)
		*page = ++npage;
	from_unicode[*page - 1][cp & 0xff] = (uint16_t)code;
}

/*
 * Make the maps for encoding and decoding from the rows of the table, which a
 * person can read.  It runs before main(), so that threads find the maps
 * complete, and all processes share them, because none writes to them again.
 */
static void make_maps(void) __attribute__((__constructor__));
static void
make_maps(void)
{
	const char	*s;
	uint32_t	 cp;
	size_t		 row, cell, i;

	for (row = 0; row < GB2312_ROWS; row++)
		for (s = gb2312_rows[row], cell = 0; cell < GB2312_CELLS;
		    cell++) {
			s += text_step(s, 3, &cp);
			if (cp == '-')
				continue;
			to_unicode[row][cell] = (uint16_t)cp;
			put_code(cp, (unsigned)(row + (row < 9 ? 1 : 7) +
			    0xa0) << 8 | (unsigned)(cell + 0xa1));
		}
	for (i = 0; i < sizeof(also) / sizeof(also[0]); i++)
		put_code(also[i].cp, also[i].code);
}

unsigned
gb2312_from(uint32_t cp)
{
	unsigned	 page;

	if (cp < 0x80 || cp > 0xffff || (page = page_of[cp >> 8]) == 0)
		return 0;
	return from_unicode[page - 1][cp & 0xff];
}

int
gb2312_has(uint32_t cp)
{
	return gb2312_from(cp) != 0;
}

uint32_t
gb2312_to(unsigned code)
{
	unsigned	 row = (code >> 8) - 0xa0, cell = (code & 0xff) - 0xa1;

	if (cell >= GB2312_CELLS || row < 1 || row > 87 ||
	    (row > 9 && row < 16))
		return 0;
	return to_unicode[row < 16 ? row - 1 : row - 7][cell];
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
		/* Rows 16 to 54 have no gap, and most text is in them. */
		if ((hi < 0xb0 || hi > 0xd6 || lo >= 94) &&
		    gb2312_to(hi << 8 | (lo + 0xa1)) == 0)
			break;
	}
	return n;
}

/* A character that charset_fit() did not handle may be lacking: a geta mark. */
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
