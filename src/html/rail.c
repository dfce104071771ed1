/* SPDX-License-Identifier: ISC */
/*
 * Draw a timeline as SVG: one long line with the events' marks, their times
 * before it and their words behind it; the sides are exchanged for languages
 * from right to left.  The block is read once to find the last event, then
 * once more to draw.  Its text may be a stranger's: idiom_rail_read() says
 * whether it is a timeline, and text_markup() escapes it.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/rail.h"
#include "html/text.h"
#include "proto/idiom.h"

#define TIME		10		/* units of a column of the times */
#define WORD		9		/* units of a column of the words */
#define COLS		36		/* columns of a whole line */
#define LINE		20		/* units of the height of a line */

static void
put_words(size_t x, size_t y, const char *how, const struct slice *s,
    struct buf *out)
{
	if (s->len == 0)
		return;
	buf_fmt(out, "<text%s x=\"%zu\" y=\"%zu\">", how, x, y);
	text_markup(s->at, s->len, out);
	buf_str(out, "</text>\n");
}

/*
 * Write an event's mark, its time before the line and its words behind it, in
 * the direction of the language.
 */
static void
put_line(const struct idiom_rail *l, size_t x, size_t y, int rtl,
    struct buf *out)
{
	const size_t	 time = rtl ? x + 12 : x - 12;
	const size_t	 words = rtl ? x - 12 : x + 12;

	if (l->mark == 'o')
		buf_fmt(out, "<circle cx=\"%zu\" cy=\"%zu\" r=\"5\"/>\n", x,
		    y + LINE / 2);
	else if (l->mark == '+')
		buf_fmt(out, "<rect x=\"%zu\" y=\"%zu\" width=\"10\" "
		    "height=\"2\"/>\n", x - 5, y + LINE / 2 - 1);
	put_words(time, y + 15, " class=\"end\"", &l->time, out);
	put_words(words, y + 15, "", &l->words, out);
}

int
html_rail(const struct idiom_block *block, const struct html_script *script,
    struct buf *out)
{
	struct idiom_rail	 l;
	struct slice		 rest;
	size_t			 column, x, wide, n = 0, last = 0;

	if (!idiom_rail_read(block, &column))
		return 0;
	for (rest = block->lines; idiom_rail_next(&rest, column, &l); n++)
		if (l.mark == 'o')
			last = n;
	x = column * TIME + 6;
	wide = x + 12 + (column < COLS ? COLS - column : 1) * WORD;
	if (script->rtl)
		x = wide - x;
	buf_fmt(out, "<svg class=\"rail\" viewBox=\"0 0 %zu %zu\" "
	    "role=\"img\">\n<title>", wide, n * LINE);
	text_markup(block->alt.at, block->alt.len, out);
	buf_fmt(out, "</title>\n<rect x=\"%zu\" y=\"%d\" width=\"2\" "
	    "height=\"%zu\"/>\n", x - 1, LINE / 2, last * LINE);
	n = 0;
	for (rest = block->lines; idiom_rail_next(&rest, column, &l); n++)
		put_line(&l, x, n * LINE, script->rtl, out);
	buf_str(out, "</svg>\n");
	return 1;
}
