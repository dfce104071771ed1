/*
 * A timeline as render/ draws it in text: on each line perhaps a time, at
 * the same column always a mark of the rail (o an event, + a round year, |
 * the way between), then perhaps words.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/chart.h"
#include "html/text.h"

#define TIME		10		/* units of a column of the times */
#define WORD		9		/* of the words */
#define COLS		36		/* of a line and its words */
#define LINE		20		/* of a line */

struct rail_line {
	const char	*time, *words;
	size_t		 timelen, wordslen;
	char		 mark;
};

static size_t	rail_column(const char *, size_t);
static int	rail_line(const char *, size_t, size_t, struct rail_line *);
static const char *line_end(const char *, const char *);
static void	put_line(const struct rail_line *, size_t, size_t,
		    struct buf *);
static void	put_words(size_t, size_t, const char *, const char *, size_t,
		    struct buf *);

static const char *
line_end(const char *s, const char *end)
{
	const char	*nl = memchr(s, '\n', (size_t)(end - s));

	return nl == NULL ? end : nl;
}

/* Of the first line's mark, which is that of an event; or SIZE_MAX. */
static size_t
rail_column(const char *s, size_t len)
{
	size_t	 i;

	for (i = 0; i < len; i++)
		if (s[i] == 'o' && (i == 0 || s[i - 1] == ' ') &&
		    (i + 1 == len || s[i + 1] == ' '))
			return text_width(s, i);
	return SIZE_MAX;
}

/* The first byte at that column or beyond, or len. */
static size_t
at_column(const char *s, size_t len, size_t column)
{
	uint32_t	 cp;
	size_t		 i, n, width = 0;

	for (i = 0; i < len && width < column; i += n) {
		if ((n = text_utf8_next(s + i, len - i, &cp)) == 0) {
			n = 1;
			width++;
		} else
			width += (size_t)text_char_width(cp);
	}
	return i;
}

/* 1: it has a mark at that column, and a round year is told. */
static int
rail_line(const char *s, size_t len, size_t column, struct rail_line *l)
{
	size_t	 i = at_column(s, len, column);

	if (i == len || strchr("o+|", s[i]) == NULL ||
	    (i > 0 && s[i - 1] != ' ') || (i + 1 < len && s[i + 1] != ' '))
		return 0;
	l->mark = s[i];
	l->words = s + i + (i + 1 < len ? 2 : 1);
	l->wordslen = (size_t)(s + len - l->words);
	while (i > 0 && s[i - 1] == ' ')
		i--;
	l->time = s + strspn(s, " ");
	l->timelen = l->time < s + i ? (size_t)(s + i - l->time) : 0;
	return l->mark == 'o' || (l->timelen > 0) == (l->mark == '+');
}

static void
put_words(size_t x, size_t y, const char *how, const char *s, size_t len,
    struct buf *out)
{
	if (len == 0)
		return;
	buf_fmt(out, "<text%s x=\"%zu\" y=\"%zu\">", how, x, y);
	text_markup(s, len, out);
	buf_str(out, "</text>\n");
}

static void
put_line(const struct rail_line *l, size_t x, size_t y, struct buf *out)
{
	if (l->mark == 'o')
		buf_fmt(out, "<circle cx=\"%zu\" cy=\"%zu\" r=\"5\"/>\n", x,
		    y + LINE / 2);
	else if (l->mark == '+')
		buf_fmt(out, "<rect x=\"%zu\" y=\"%zu\" width=\"10\" "
		    "height=\"2\"/>\n", x - 5, y + LINE / 2 - 1);
	put_words(x - 12, y + 15, " class=\"end\"", l->time, l->timelen, out);
	put_words(x + 12, y + 15, "", l->words, l->wordslen, out);
}

int
html_rail(const char *block, size_t len, const char *alt, size_t altlen,
    struct buf *out)
{
	const char		*s, *end = block + len, *nl;
	struct rail_line	 l;
	size_t			 column, x, n = 0, marks = 0, last = 0;

	nl = line_end(block, end);
	column = rail_column(block, (size_t)(nl - block));
	if (altlen == 0 || column == SIZE_MAX)
		return 0;
	for (s = block; s < end; s = nl + 1, n++) {
		nl = line_end(s, end);
		if (!rail_line(s, (size_t)(nl - s), column, &l))
			return 0;
		if (l.mark == 'o') {
			marks++;
			last = n;
		}
	}
	if (marks < 2)
		return 0;
	x = column * TIME + 6;
	buf_fmt(out, "<svg class=\"rail\" viewBox=\"0 0 %zu %zu\" "
	    "role=\"img\">\n<title>", x + 12 + (column < COLS ? COLS - column : 1) * WORD,
	    n * LINE);
	text_markup(alt, altlen, out);
	buf_fmt(out, "</title>\n<rect x=\"%zu\" y=\"%d\" width=\"2\" "
	    "height=\"%zu\"/>\n", x - 1, LINE / 2, last * LINE);
	for (s = block, n = 0; s < end; s = nl + 1, n++) {
		nl = line_end(s, end);
		rail_line(s, (size_t)(nl - s), column, &l);
		put_line(&l, x, n * LINE, out);
	}
	buf_str(out, "</svg>\n");
	return 1;
}
