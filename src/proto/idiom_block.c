/* SPDX-License-Identifier: ISC */
/*
 * Preformatted blocks.  Writes lines that do not end the block and are not too
 * wide; reads a block line by line, and any drawing as words at columns.  The
 * readers take a stranger's block: a line may have any bytes but LF.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/idiom.h"

#define DRAWING_LINES	3		/* a drawing has no fewer */

/* -- writing ----------------------------------------------------------- */

void
idiom_block_begin(struct buf *b, const char *alt)
{
	buf_str(b, "``` ");
	buf_str(b, alt);
	buf_ch(b, '\n');
}

void
idiom_block_end(struct buf *b)
{
	buf_str(b, "```\n");
}

void
idiom_line(struct buf *b, const char *s, size_t len)
{
	while (len > 0 && s[len - 1] == ' ')
		len--;
	if (len > 0 && (s[0] == '.' || (len >= 3 &&
	    memcmp(s, "```", 3) == 0)))
		buf_ch(b, ' ');
	buf_add(b, s, len);
	buf_ch(b, '\n');
}

size_t
idiom_fit(const char *s, size_t len, size_t cols)
{
	uint32_t	 cp, last = 0;
	size_t		 i, n, w, used = 0, start = 0;

	for (i = 0; i < len; i += n, last = cp) {
		if ((n = text_utf8_next(s + i, len - i, &cp)) == 0)
			n = 1, cp = '?';
		w = (size_t)text_next_width(last, cp);
		if (used + w > cols)
			return w > 0 && cp == 0xfe0f ? start : i;
		if (w > 0)
			start = i;
		used += w;
	}
	return i;
}

int
idiom_is_closing(const char *s, size_t len)
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
idiom_break(const char *s, size_t len, size_t cols)
{
	size_t	 n = idiom_fit(s, len, cols), cut;

	if (n == 0)
		return len;	/* nothing fits; 0 would never end a loop */
	if (n == len || s[n] == ' ')
		return n;
	for (cut = n; cut > 0 && s[cut - 1] != ' '; cut--)
		continue;
	if (cut > 0)
		return cut;
	if (idiom_is_closing(s + n, len - n)) {
		for (cut = n - 1; cut > 0 && (s[cut] & 0xc0) == 0x80; cut--)
			continue;
		if (cut > 0)
			return cut;
	}
	return n;
}

void
idiom_wrap(struct buf *b, const char *s, size_t len)
{
	size_t	 n;

	while (len > 0) {
		n = idiom_break(s, len, IDIOM_COLS);
		idiom_line(b, s, n);
		s += n;
		len -= n;
		while (len > 0 && *s == ' ') {
			s++;
			len--;
		}
	}
}

/* -- reading ----------------------------------------------------------- */

int
idiom_next_line(struct slice *rest, struct slice *line)
{
	const char	*nl;

	if (rest->at == NULL)
		return 0;
	*line = *rest;
	if ((nl = memchr(rest->at, '\n', rest->len)) == NULL)
		*rest = (struct slice){ NULL, 0 };
	else {
		line->len = (size_t)(nl - rest->at);
		rest->at += line->len + 1;
		rest->len -= line->len + 1;
	}
	if (line->len > 0 && line->at[line->len - 1] == '\r')
		line->len--;
	return 1;
}

/*
 * 1: a letter or digit of a word, in any script.  `o' is none, because it marks
 * the nodes of a map.
 */
static int
is_letter(char c)
{
	return (c & 0x80) != 0 || (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c != 'o');
}

static size_t
letters(const struct slice *s)
{
	size_t	 i, n = 0;

	for (i = 0; i < s->len; i++)
		n += (size_t)is_letter(s->at[i]);
	return n;
}

int
idiom_is_drawing(const struct idiom_block *b)
{
	struct slice	 rest = b->lines, line;
	size_t		 lines = 0;

	while (lines < DRAWING_LINES && idiom_next_line(&rest, &line))
		lines++;
	return lines == DRAWING_LINES && b->alt.len > 0 &&
	    letters(&b->alt) >= letters(&b->lines);
}

int
idiom_drawing_next(const struct slice *line, size_t *at, struct slice *word)
{
	const char	*s = line->at;
	size_t		 n = 0;

	while (*at < line->len && s[*at] == ' ')
		++*at;
	if (*at == line->len)
		return 0;
	while (*at + n < line->len && (s[*at + n] != ' ' ||
	    (is_letter(s[*at + n - 1]) && *at + n + 1 < line->len &&
	    is_letter(s[*at + n + 1]))))
		n++;
	*word = (struct slice){ s + *at, n };
	*at += n;
	return 1;
}
