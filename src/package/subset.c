/* SPDX-License-Identifier: ISC */
/*
 * Sets of members on the wire, see subset.h.  Bits and gaps are written in the
 * 64 characters that URLs and selectors may hold, six bits each, highest bit
 * first.  A gap is how many members are left out before the next one that is in
 * the set: seven bits a byte, lowest first; the highest bit says that more
 * follow.  What is parsed comes from a stranger: every index is compared with
 * the count of members.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "package/head.h"
#include "package/members.h"
#include "package/subset.h"

static const char	digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"
    "rstuvwxyz0123456789-_";

int
subset_has(const uint8_t *bits, size_t i)
{
	return bits[i / 8] >> i % 8 & 1;
}

void
subset_add(uint8_t *bits, size_t i)
{
	bits[i / 8] = (uint8_t)(bits[i / 8] | 1u << i % 8);
}

int
subset_is_of_edition(const char *s, size_t len)
{
	return len >= 2 && s[0] == '~' && (s[1] == 'b' || s[1] == 'g');
}

/* Characters that are decoded to bytes, one at a time. */
struct subset_in {
	const char	*s;
	size_t		 len;
	unsigned	 bits, n;
};

/* 1; 0: the end; -1: a character that is none of the 64. */
static int
next_byte(struct subset_in *in, uint8_t *out)
{
	const char	*d;

	while (in->n < 8) {
		if (in->len == 0)
			return in->n < 6 && (in->bits & ((1u << in->n) - 1)) ==
			    0 ? 0 : -1;
		if (*in->s == '\0' || (d = strchr(digits, *in->s)) == NULL)
			return -1;
		in->bits = (in->bits << 6 | (unsigned)(d - digits)) & 0xffff;
		in->n += 6;
		in->s++;
		in->len--;
	}
	in->n -= 8;
	*out = (uint8_t)(in->bits >> in->n);
	return 1;
}

static int
parse_bitmap(struct subset_in *in, size_t n, uint8_t *bits)
{
	uint8_t	 byte;
	size_t	 i, k;
	int	 rv;

	for (i = 0; (rv = next_byte(in, &byte)) == 1; i++)
		for (k = 0; k < 8; k++) {
			if ((byte >> k & 1) == 0)
				continue;
			if (i * 8 + k >= n)
				return -1;
			subset_add(bits, i * 8 + k);
		}
	return rv == 0 ? 1 : -1;
}

static int
parse_gaps(struct subset_in *in, size_t n, uint8_t *bits)
{
	uint8_t		 byte;
	size_t		 at = 0, gap;
	unsigned	 shift;
	int		 rv;

	for (;;) {
		gap = 0;
		for (shift = 0; (rv = next_byte(in, &byte)) == 1; shift += 7) {
			if (shift > 21)
				return -1;
			gap |= (size_t)(byte & 0x7f) << shift;
			if ((byte & 0x80) == 0)
				break;
		}
		if (rv != 1)
			return rv == 0 && shift == 0 ? 1 : -1;
		if (gap >= n || at >= n - gap)
			return -1;
		at += gap;
		subset_add(bits, at++);
	}
}

/*
 * Add the members of a group and of its parts, or the one with an id; no such
 * member is no error.
 */
static int
parse_name(const char *s, size_t len, const struct members *m, uint8_t *bits)
{
	const struct member	*one;
	char			 name[HEAD_ID_MAX + 1];
	size_t			 i;

	if (!text_is_id(s, len, 1, HEAD_ID_MAX))
		return -1;
	memcpy(name, s, len);
	name[len] = '\0';
	if ((one = members_find(m, name)) != NULL)
		subset_add(bits, (size_t)(one - m->v));
	for (i = 0; i < m->n; i++)
		if (members_in(m, &m->v[i], name))
			subset_add(bits, i);
	return 1;
}

int
subset_parse(const char *s, size_t len, const struct members *m,
    uint8_t *bits)
{
	struct subset_in in = { 0 };
	const char	*comma;
	size_t		 i, n;

	if (len == 1 && *s == '-')
		return 1;
	if (len == 1 && *s == '*') {
		for (i = 0; i < m->n; i++)
			subset_add(bits, i);
		return 1;
	}
	if (subset_is_of_edition(s, len)) {
		in.s = s + 2;
		in.len = len - 2;
		return s[1] == 'b' ? parse_bitmap(&in, m->n, bits) :
		    parse_gaps(&in, m->n, bits);
	}
	for (;; s += n + 1, len -= n + 1) {
		comma = memchr(s, ',', len);
		n = comma == NULL ? len : (size_t)(comma - s);
		if (parse_name(s, n, m, bits) == -1)
			return -1;
		if (comma == NULL)
			return 1;
	}
}

static void
put_text(const struct buf *raw, char form, struct buf *b)
{
	unsigned	 bits = 0, n = 0;
	size_t		 i;

	buf_ch(b, '~');
	buf_ch(b, form);
	for (i = 0; i < raw->len; i++) {
		bits = (bits << 8 | (uint8_t)raw->data[i]) & 0xffff;
		for (n += 8; n >= 6; n -= 6)
			buf_ch(b, digits[bits >> (n - 6) & 63]);
	}
	if (n > 0)
		buf_ch(b, digits[bits << (6 - n) & 63]);
}

void
subset_write(const uint8_t *bits, size_t n, struct buf *b)
{
	struct buf	 gaps = BUF_INIT, map = BUF_INIT;
	size_t		 i, gap = 0, count = 0, last = 0;

	for (i = 0; i < n; i++, gap++) {
		if (!subset_has(bits, i))
			continue;
		for (; gap > 0x7f; gap >>= 7)
			buf_ch(&gaps, (char)(0x80 | (gap & 0x7f)));
		buf_ch(&gaps, (char)gap);
		gap = SIZE_MAX;		/* becomes 0 at the next member */
		count++;
		last = i;
	}
	buf_add(&map, bits, count == 0 ? 0 : last / 8 + 1);
	if (count == 0)
		buf_ch(b, '-');
	else if (count == n)
		buf_ch(b, '*');
	else if (gaps.len < map.len)
		put_text(&gaps, 'g', b);
	else
		put_text(&map, 'b', b);
	if (!buf_ok(&gaps) || !buf_ok(&map))
		b->failed = 1;
	buf_free(&gaps);
	buf_free(&map);
}
