/* SPDX-License-Identifier: ISC */
/*
 * The charset ASCII, 7 bits for any machine, as a row of charset.h.  Characters
 * that it lacks are written as ascii.c says.  Bytes that are decoded come from
 * clients; one above 0x7f is refused.
 */
#include "base/buf.h"
#include "charset/charset.h"

static int
has(uint32_t cp)
{
	return cp < 0x80;
}

static int
decode(const char *s, size_t len, struct buf *out)
{
	size_t	 i;

	for (i = 0; i < len; i++)
		if ((uint8_t)s[i] >= 0x80)
			return -1;
	buf_add(out, s, len);
	return 0;
}

const struct charset	charset_ascii = {
	.name = "ascii", .label = "ASCII", .replace = "ascii",
	.lacks_wide = 1, .has = has, .decode = decode,
};
