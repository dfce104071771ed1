/*
 * Bars as render/ draws them in text: a label, a run of bar characters, the
 * value.  The label stands before the bar or alone on the line above it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/chart.h"
#include "html/text.h"

#define BARS_MAX	64
#define SVG_WIDTH	380
#define BAR_ROOM	300		/* units for the longest bar */
#define ROW		40		/* units a bar with its label takes */
#define CELL		8		/* units of a character of a drawing */
#define LINE		17
#define ART_LINES	3		/* fewer draw nothing */

struct bar {
	const char	*label, *value;
	size_t		 labellen, valuelen;
	double		 number;
};

static size_t	bar_char(const char *, const char *);
static int	chart_line(const char *, size_t, struct bar *);
static size_t	chart_parse(const char *, size_t, struct bar *);
static void	trim(const char **, size_t *);
static int	is_letter(char);
static size_t	letters(const char *, size_t);
static void	art_line(const char *, size_t, size_t, struct buf *);

/* Bytes of the bar character at s, 0 when it is another. */
static size_t
bar_char(const char *s, const char *end)
{
	if (*s == '#' || *s == '=')
		return 1;
	if (end - s >= 3 && (unsigned char)s[0] == 0xe2 &&
	    (unsigned char)s[1] == 0x96 && (unsigned char)s[2] >= 0x80 &&
	    (unsigned char)s[2] <= 0x8f)
		return 3;		/* U+2580 to U+258F, blocks */
	return 0;
}

static void
trim(const char **s, size_t *len)
{
	while (*len > 0 && **s == ' ') {
		(*s)++;
		(*len)--;
	}
	while (*len > 0 && (*s)[*len - 1] == ' ')
		(*len)--;
}

/* 1: a bar, label may be empty; 0: a line of words. */
static int
chart_line(const char *s, size_t len, struct bar *b)
{
	const char	*end = s + len, *p, *bar;
	char		 number[32];
	size_t		 n;

	for (bar = s; bar < end && bar_char(bar, end) == 0; bar++)
		;
	for (p = bar; p < end && (n = bar_char(p, end)) != 0; p += n)
		;
	if (p == bar)
		return 0;
	b->label = s;
	b->labellen = (size_t)(bar - s);
	b->value = p;
	b->valuelen = (size_t)(end - p);
	trim(&b->label, &b->labellen);
	trim(&b->value, &b->valuelen);
	n = b->valuelen < sizeof(number) ? b->valuelen : sizeof(number) - 1;
	memcpy(number, b->value, n);
	number[n] = '\0';
	b->number = strtod(number, NULL);
	return b->valuelen > 0 && b->value[0] >= '0' && b->value[0] <= '9' &&
	    isfinite(b->number);
}

/* The number of bars, 0 when a line fits neither form. */
static size_t
chart_parse(const char *s, size_t len, struct bar *bar)
{
	const char	*above = NULL, *nl;
	size_t		 abovelen = 0, n = 0, l;

	for (; len > 0 && n < BARS_MAX; s += l, len -= l) {
		nl = memchr(s, '\n', len);
		l = nl == NULL ? len : (size_t)(nl - s);
		if (l > 0 && s[l - 1] == '\r')
			return 0;
		if (!chart_line(s, l, &bar[n])) {
			if (above != NULL)
				return 0;
			above = s;
			abovelen = l;
			trim(&above, &abovelen);
			if (abovelen == 0)
				above = NULL;
		} else {
			if ((bar[n].labellen == 0) == (above == NULL))
				return 0;
			if (above != NULL) {
				bar[n].label = above;
				bar[n].labellen = abovelen;
				above = NULL;
			}
			n++;
		}
		l += nl != NULL;
	}
	return len > 0 || above != NULL ? 0 : n;
}

int
html_chart(const char *block, size_t len, struct buf *out)
{
	struct bar	 bar[BARS_MAX];
	double		 max = 0;
	size_t		 i, n;
	unsigned	 y;

	if ((n = chart_parse(block, len, bar)) < 2)
		return 0;
	for (i = 0; i < n; i++)
		if (bar[i].number > max)
			max = bar[i].number;
	buf_fmt(out, "<svg viewBox=\"0 0 %d %zu\" role=\"img\">\n<title>",
	    SVG_WIDTH, n * ROW);
	for (i = 0; i < n; i++) {
		buf_str(out, i > 0 ? "; " : "");
		text_markup(bar[i].label, bar[i].labellen, out);
		buf_ch(out, ' ');
		text_markup(bar[i].value, bar[i].valuelen, out);
	}
	buf_str(out, "</title>\n");
	for (i = 0; i < n; i++) {
		y = (unsigned)(i * ROW);
		buf_fmt(out, "<text x=\"0\" y=\"%u\">", y + 14);
		text_markup(bar[i].label, bar[i].labellen, out);
		buf_fmt(out, "</text>\n<rect x=\"0\" y=\"%u\" width=\"%d\" "
		    "height=\"14\"/>\n<text x=\"%d\" y=\"%u\">", y + 20,
		    max > 0 ? (int)(bar[i].number / max * BAR_ROOM) : 0,
		    (max > 0 ? (int)(bar[i].number / max * BAR_ROOM) : 0) + 6,
		    y + 32);
		text_markup(bar[i].value, bar[i].valuelen, out);
		buf_str(out, "</text>\n");
	}
	buf_str(out, "</svg>\n");
	return 1;
}

/* Part of a word, of any script, and not of a line that is drawn. */
static int
is_letter(char c)
{
	return (c & 0x80) != 0 || (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c != 'o');
}

static size_t
letters(const char *s, size_t len)
{
	size_t	 i, n = 0;

	for (i = 0; i < len; i++)
		n += (size_t)is_letter(s[i]);
	return n;
}

/* Words, where a single space stays inside one, each at its column. */
static void
art_line(const char *s, size_t len, size_t y, struct buf *out)
{
	size_t	 at, n, x = 0, wide;

	for (at = 0; at < len; at += n) {
		for (n = 0; at + n < len && (s[at + n] != ' ' ||
		    (n > 0 && is_letter(s[at + n - 1]) && at + n + 1 < len &&
		    is_letter(s[at + n + 1]))); n++)
			;
		if (n == 0) {
			n = 1;
			x++;
			continue;
		}
		wide = text_width(s + at, n);
		buf_fmt(out, "<text x=\"%zu\" y=\"%zu\" textLength=\"%zu\">",
		    x * CELL, y * LINE + 13, wide * CELL);
		x += wide;
		text_markup(s + at, n, out);
		buf_str(out, "</text>\n");
	}
}

int
html_art(const char *block, size_t len, const char *alt, size_t altlen,
    struct buf *out)
{
	const char	*s, *end = block + len, *nl;
	size_t		 n, lines = 0, wide = 0;

	if (altlen == 0 || letters(alt, altlen) < letters(block, len))
		return 0;
	for (s = block; s < end; s = nl + 1, lines++) {
		nl = memchr(s, '\n', (size_t)(end - s));
		nl = nl != NULL ? nl : end;
		n = text_width(s, (size_t)(nl - s));
		wide = n > wide ? n : wide;
	}
	if (lines < ART_LINES)
		return 0;
	buf_fmt(out, "<svg class=\"art\" viewBox=\"0 0 %zu %zu\" role=\"img\">"
	    "\n<title>", wide * CELL, lines * LINE);
	text_markup(alt, altlen, out);
	buf_str(out, "</title>\n");
	for (s = block, lines = 0; s < end; s = nl + 1, lines++) {
		nl = memchr(s, '\n', (size_t)(end - s));
		nl = nl != NULL ? nl : end;
		art_line(s, (size_t)(nl - s), lines, out);
	}
	buf_str(out, "</svg>\n");
	return 1;
}
