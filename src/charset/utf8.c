/* SPDX-License-Identifier: ISC */
/*
 * The charset UTF-8, for clients of today.  It has every character, and its
 * lines are sent unchanged.
 */
#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"

static int
decode(const char *s, size_t len, struct buf *out)
{
	if (text_utf8_check(s, len) != len)
		return -1;
	buf_add(out, s, len);
	return 0;
}

static size_t
plain(const char *s, size_t len, size_t *cols)
{
	uint32_t	 cp;
	size_t		 n;

	for (n = 0; n < len && (uint8_t)s[n] >= 0xe3; n += 3) {
		if (text_step(s + n, len - n, &cp) != 3 ||
		    !charset_is_plain_wide(cp))
			return 0;
		*cols += 2;
	}
	return n;
}

const struct charset	charset_utf8 = {
	.name = "utf8", .label = "UTF-8",
	.all = 1, .decode = decode, .plain = plain,
};
