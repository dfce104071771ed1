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

void
pre_wrap(const struct pen *p, const char *s)
{
	size_t	 len = strlen(s), n, cut;

	while (len > 0) {
		n = pre_fit(s, len, CHART_COLS);
		if (n == 0)
			n = len;	/* nothing fits: do not go round */
		if (n < len && s[n] != ' ') {
			for (cut = n; cut > 0 && s[cut - 1] != ' '; cut--)
				continue;
			if (cut > 0)
				n = cut;
		}
		pre_line(p, s, n);
		s += n;
		len -= n;
		while (len > 0 && *s == ' ') {
			s++;
			len--;
		}
	}
}
