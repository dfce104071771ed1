#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "view/html_text.h"

static int	is_han(uint32_t);
static int	is_mark(uint32_t);
static size_t	run(const char *, size_t, int (*)(uint32_t));

void
html_escape(struct buf *b, const char *s, size_t len)
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
		html_escape(b, s + from, i - from);
		buf_str(b, "<span lang=\"");
		html_escape(b, han, strlen(han));
		buf_str(b, "\">");
		html_escape(b, s + i, n);
		buf_str(b, "</span>");
		from = i + n;
	}
	html_escape(b, s + from, len - from);
}
