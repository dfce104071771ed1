/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/text.h"

/* Kana and hangul are somebody else's. */
static int
is_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9fff) ||
	    (cp >= 0xf900 && cp <= 0xfaff) || cp == 0x3007 ||
	    (cp >= 0x20000 && cp <= 0x3ffff);
}

/* What may stand between Chinese characters of one name. */
static int
is_mark(uint32_t cp)
{
	return is_han(cp) || cp == 0xb7 || (cp >= 0x3001 && cp <= 0x3011) ||
	    (cp >= 0xff01 && cp <= 0xff1f);
}

/* Bytes of the characters at s that belong. */
static size_t
run(const char *s, size_t len, int (*belongs)(uint32_t))
{
	uint32_t	 cp;
	size_t		 n, at = 0, end = 0;

	while (at < len && (n = text_utf8_next(s + at, len - at, &cp)) > 0 &&
	    belongs(cp)) {
		at += n;
		if (is_han(cp))
			end = at;
	}
	return end;
}

void
html_text(struct buf *b, const char *s, size_t len, const char *han)
{
	size_t	 i, n, from = 0;

	for (i = 0; han != NULL && i < len; i += n) {
		n = 1;
		if ((s[i] & 0x80) == 0 || run(s + i, len - i, is_han) == 0)
			continue;
		n = run(s + i, len - i, is_mark);
		text_markup(s + from, i - from, b);
		buf_str(b, "<span lang=\"");
		text_markup(han, strlen(han), b);
		buf_str(b, "\">");
		text_markup(s + i, n, b);
		buf_str(b, "</span>");
		from = i + n;
	}
	text_markup(s + from, len - from, b);
}

size_t
html_phone(const char *s, size_t len)
{
	size_t	 i, end = 0;

	for (i = 0; i < len && s[i] != '\0' &&
	    strchr("+0123456789 ./()-", s[i]) != NULL; i++)
		if (s[i] >= '0' && s[i] <= '9')
			end = i + 1;
	return end;
}
