#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "render/pen.h"
#include "render/pre.h"

void
pre_end(const struct pen *p)
{
	buf_str(p->b, "```\n");
}

void
pre_line(const struct pen *p, const char *s, size_t len)
{
	while (len > 0 && s[len - 1] == ' ')
		len--;
	if (len > 0 && (s[0] == '.' || (len >= 3 &&
	    memcmp(s, "```", 3) == 0)))
		buf_ch(p->b, ' ');
	buf_add(p->b, s, len);
	buf_ch(p->b, '\n');
}

size_t
pre_fit(const char *s, size_t len, size_t cols)
{
	uint32_t	 cp;
	size_t		 i, n, w, used = 0;

	for (i = 0; i < len; i += n) {
		if ((n = text_utf8_next(s + i, len - i, &cp)) == 0)
			n = 1, cp = '?';
		w = (size_t)text_char_width(cp);
		if (used + w > cols)
			break;
		used += w;
	}
	return i;
}

/* Does a mark stand there that belongs to what is before it? */
static int
is_closing(const char *s, size_t len)
{
	static const char *const marks[] = { "，", "。", "、", "；", "：",
	    "！", "？", "）", "”", "》", "〕" };
	size_t	 i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (len >= strlen(marks[i]) &&
		    memcmp(s, marks[i], strlen(marks[i])) == 0)
			return 1;
	return 0;
}

size_t
pre_break(const char *s, size_t len, size_t cols)
{
	size_t	 n = pre_fit(s, len, cols), cut;

	if (n == 0)
		return len;	/* nothing fits: do not go round */
	if (n == len || s[n] == ' ')
		return n;
	for (cut = n; cut > 0 && s[cut - 1] != ' '; cut--)
		continue;
	if (cut > 0)
		return cut;
	if (is_closing(s + n, len - n)) {
		for (cut = n - 1; cut > 0 && (s[cut] & 0xc0) == 0x80; cut--)
			continue;
		if (cut > 0)
			return cut;
	}
	return n;
}

void
pre_wrap(const struct pen *p, const char *s)
{
	size_t	 len = strlen(s), n;

	while (len > 0) {
		n = pre_break(s, len, CHART_COLS);
		pre_line(p, s, n);
		s += n;
		len -= n;
		while (len > 0 && *s == ' ') {
			s++;
			len--;
		}
	}
}
