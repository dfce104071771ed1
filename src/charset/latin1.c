/* SPDX-License-Identifier: ISC */
/*
 * ISO 8859-1, Gopher's own charset at the time of RFC 1436.  Each character has
 * one byte, which is its code point, and one column.  C1 controls are not used,
 * nor is the soft hyphen, which a terminal would show.
 */
#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"

#define SOFT_HYPHEN	0xad

static int
has(uint32_t cp)
{
	return cp >= 0xa0 && cp <= 0xff && cp != SOFT_HYPHEN;
}

static void
encode(const char *s, size_t len, struct buf *out)
{
	uint32_t	 cp;
	size_t		 n;
	char		*p;

	/* No character takes more bytes here than in UTF-8. */
	if ((p = buf_room(out, len)) == NULL)
		return;
	for (; len > 0; s += n, len -= n) {
		n = text_step(s, len, &cp);
		*p++ = cp <= 0xff ? (char)cp : '?';
		out->len++;
	}
	*p = '\0';
}

static int
decode(const char *s, size_t len, struct buf *out)
{
	char	 c[4];
	size_t	 i;

	for (i = 0; i < len; i++) {
		if ((uint8_t)s[i] >= 0x80 && !has((uint8_t)s[i]))
			return -1;
		buf_add(out, c, text_utf8_put(c, (uint8_t)s[i]));
	}
	return 0;
}

static size_t
plain(const char *s, size_t len, size_t *cols)
{
	size_t	 n;

	for (n = 0; n < len && has((uint8_t)s[n]); n++)
		continue;
	*cols += n;
	return n;
}

const struct charset	charset_latin1 = {
	.name = "latin1", .label = "ISO 8859-1", .replace = "latin1",
	.cell = 1, .is_8bit = 1, .lacks_wide = 1, .takes_any = 1,
	.has = has, .encode = encode, .decode = decode, .plain = plain,
};
