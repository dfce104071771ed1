/* SPDX-License-Identifier: ISC */
/*
 * HZ, RFC 1843: GB2312 in 7 bits.  Each line begins and ends in ASCII, so the
 * other lines stay readable when one is lost.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"
#include "charset/gb2312.h"

#define GETA		0xa1fe

/* Each ~{ is closed by ~} on the same line; a tilde is written as ~~. */
static void
encode(const char *s, size_t len, struct buf *out)
{
	uint32_t	 cp;
	unsigned	 code;
	size_t		 n;
	int		 in_gb = 0;

	for (; len > 0; s += n, len -= n) {
		if ((n = text_utf8_next(s, len, &cp)) == 0) {
			n = 1;
			cp = 0xfffd;
		}
		if ((cp >= 0x80) != in_gb) {
			buf_str(out, in_gb ? "~}" : "~{");
			in_gb = !in_gb;
		}
		if (cp < 0x80) {
			if (cp == '~')
				buf_ch(out, '~');
			buf_ch(out, (char)cp);
			continue;
		}
		if ((code = gb2312_from(cp)) == 0)
			code = GETA;
		buf_ch(out, (char)(code >> 8 & 0x7f));
		buf_ch(out, (char)(code & 0x7f));
	}
	if (in_gb)
		buf_str(out, "~}");
}

static size_t
convert(const char *gb, size_t n, char *out)
{
	char	*p = out;
	size_t	 i;

	for (i = 0; i < n;) {
		if ((gb[i] & 0x80) == 0) {
			if (gb[i] == '~')
				*p++ = '~';
			*p++ = gb[i++];
			continue;
		}
		*p++ = '~';
		*p++ = '{';
		for (; i < n && (gb[i] & 0x80) != 0; i++)
			*p++ = gb[i] & 0x7f;
		*p++ = '~';
		*p++ = '}';
	}
	return (size_t)(p - out);
}

/* Decode a pair of bytes between ~{ and ~}; 0 when it is no character. */
static size_t
pair_decode(const char *s, char out[4])
{
	const uint8_t	*p = (const uint8_t *)s;
	uint32_t	 cp;

	if (p[0] < 0x21 || p[0] > 0x77 || p[1] < 0x21 || p[1] > 0x7e)
		return 0;
	cp = gb2312_to((unsigned)(p[0] | 0x80) << 8 | (p[1] | 0x80));
	return cp == 0 ? 0 : text_utf8_put(out, cp);
}

/* Decode a line, whose last ~} may be missing. */
static int
decode(const char *s, size_t len, struct buf *out)
{
	size_t	 i, n;
	char	 c[4];
	int	 in_gb = 0;

	for (i = 0; i < len; i++) {
		if ((unsigned char)s[i] >= 0x80)
			return -1;
		if (in_gb) {
			if (i + 1 == len)
				return -1;
			if (s[i] == '~' && s[i + 1] == '}') {
				in_gb = 0;
				i++;
				continue;
			}
			if ((n = pair_decode(s + i, c)) == 0)
				return -1;
			buf_add(out, c, n);
			i++;
		} else if (s[i] != '~') {
			buf_ch(out, s[i]);
		} else {
			if (i + 1 == len)
				return -1;
			i++;
			if (s[i] == '{')
				in_gb = 1;
			else if (s[i] == '~')
				buf_ch(out, '~');
			else if (s[i] != '\n')
				return -1;
		}
	}
	return 0;
}

/* Whether each ~{ is closed on this line. */
static int
is_closed(const char *s, size_t len)
{
	size_t	 i;
	int	 in = 0;

	for (i = 0; i + 1 < len; i++) {
		if (s[i] != '~')
			i += (size_t)in;
		else if (s[i + 1] == (in ? '}' : '{')) {
			in = !in;
			i++;
		} else if (!in)
			i++;		/* ~~ */
	}
	return !in;
}

static const char *
fault(const char *s, size_t len)
{
	return is_closed(s, len) ? NULL :
	    "~{ is not closed on its line";
}

static int
has_high(const char *s, size_t len)
{
	uint64_t	 x, all = 0;

	for (; len >= sizeof(x); s += sizeof(x), len -= sizeof(x)) {
		memcpy(&x, s, sizeof(x));
		all |= x;
	}
	for (; len > 0; len--)
		all |= (uint8_t)*s++;
	return (all & 0x8080808080808080u) != 0;
}

/* The bytes from ~{ to the end of ~}; 0: they are not all such pairs. */
static size_t
plain_pairs(const char *s, size_t len, size_t *width)
{
	size_t	 n;

	if (len < 4 || s[0] != '~' || s[1] != '{')
		return 0;
	n = gb2312_run(s + 2, len - 2, 0x80);	/* ends at ~}, no code */
	if (len - 2 - n < 2 || s[n + 2] != '~' || s[n + 3] != '}' ||
	    has_high(s + 2, n))
		return 0;
	*width += n;
	return n + 4;
}

static size_t
plain(const char *s, size_t len, size_t *width)
{
	size_t		 n = text_ascii_run(s, len);
	const char	*tilde = n > 0 ? memchr(s, '~', n) : NULL;

	if (tilde != NULL)
		n = (size_t)(tilde - s);
	if (n == 0)
		return plain_pairs(s, len, width);
	*width += n;
	return n;
}

const struct charset	charset_hz = {
	.name = "hz", .label = "GB2312", .replace = "gb2312", .cell = 2,
	.has = gb2312_has, .wide = gb2312_from, .encode = encode,
	.decode = decode, .plain = plain, .fault = fault,
	.of = &charset_gb2312, .convert = convert,
};
