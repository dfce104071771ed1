/* SPDX-License-Identifier: ISC */
/*
 * A series as a picture and as the table of its values.  The picture has a
 * column for each value: the periods from left to right, the columns of one
 * period beside each other.  The text may be a stranger's and is escaped.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/series.h"
#include "html/text.h"
#include "lang/lang.h"
#include "proto/idiom.h"

#define SVG_WIDTH	600
#define ROOM		300		/* units for the longest column */
#define TEXT		18		/* units of a line of text */
#define LABELS		8		/* periods named below the columns */

static const struct idiom_point *
point_of(const struct idiom_series *s, size_t period, size_t line)
{
	return &s->point[period * IDIOM_LINES + line];
}

/* The largest distance of a value above and below 0. */
static void
extent(const struct idiom_series *s, double *up, double *down)
{
	double	 v;
	size_t	 i, k;

	*up = *down = 0;
	for (i = 0; i < s->nperiod; i++)
		for (k = 0; k < s->nline; k++) {
			v = point_of(s, i, k)->number;
			*up = v > *up ? v : *up;
			*down = -v > *down ? -v : *down;
		}
}

/* The height of a column in units; a value that is not 0 gets at least 1. */
static unsigned
height(double number, double top)
{
	double	 v = (number < 0 ? -number : number) / top * ROOM;

	return number != 0 && v < 1 ? 1 : (unsigned)v;
}

static void
put_columns(const struct idiom_series *s, unsigned zero, double top,
    struct buf *out)
{
	const unsigned	 room = SVG_WIDTH / (unsigned)s->nperiod;
	const unsigned	 gap = room > 4 ? room / 5 : 0;
	unsigned	 wide = (room - gap) / (unsigned)s->nline, tall;
	size_t		 i, k;
	double		 v;

	wide = wide > 0 ? wide : 1;
	for (i = 0; i < s->nperiod; i++)
		for (k = 0; k < s->nline; k++) {
			v = point_of(s, i, k)->number;
			tall = height(v, top);
			buf_fmt(out, "<rect class=\"l%zu\" x=\"%zu\" y=\"%u\" "
			    "width=\"%u\" height=\"%u\"/>\n", k, i * room + k *
			    wide, v < 0 ? zero : zero - tall, wide, tall);
		}
}

/* Write the names of some periods, and what each colour of column means. */
static void
put_words(const struct idiom_series *s, unsigned y, int rtl, struct buf *out)
{
	const size_t	 room = SVG_WIDTH / s->nperiod;
	const size_t	 step = (s->nperiod + LABELS - 1) / LABELS;
	size_t		 i, k;

	for (i = 0; i < s->nperiod; i += step) {
		buf_fmt(out, "<text x=\"%zu\" y=\"%u\">", i * room, y + TEXT);
		text_markup(s->period[i].at, s->period[i].len, out);
		buf_str(out, "</text>\n");
	}
	for (k = 0; s->nline > 1 && k < s->nline; k++) {
		y += TEXT + 6;
		/* The style sheet sets ltr here, so a text of .end ends at x. */
		buf_fmt(out, "<rect class=\"l%zu\" x=\"%d\" y=\"%u\" width=\"14\""
		    " height=\"14\"/>\n<text%s x=\"%d\" y=\"%u\">", k,
		    rtl ? SVG_WIDTH - 14 : 0, y + 6, rtl ? " class=\"end\"" :
		    "", rtl ? SVG_WIDTH - 20 : 20, y + TEXT);
		text_markup(s->line[k].at, s->line[k].len, out);
		buf_str(out, "</text>\n");
	}
}

static void
put_picture(const struct idiom_series *s, const struct slice *alt, int rtl,
    struct buf *out)
{
	double		 up, down, top;
	unsigned	 zero, foot;

	extent(s, &up, &down);
	top = up > down ? up : down;
	top = top > 0 ? top : 1;
	zero = height(up, top);
	foot = zero + height(down, top);
	buf_fmt(out, "<svg class=\"series\" viewBox=\"0 0 %d %zu\" role=\"img\">"
	    "\n<title>", SVG_WIDTH, foot + (TEXT + 6) * (s->nline > 1 ?
	    s->nline + 1 : 1));
	text_markup(alt->at, alt->len, out);
	buf_str(out, "</title>\n");
	put_columns(s, zero, top, out);
	put_words(s, foot, rtl, out);
	buf_str(out, "</svg>\n");
}

static void
put_table(const struct idiom_series *s, const struct html_script *script,
    struct buf *out)
{
	size_t	 i, k;

	buf_str(out, "<div class=\"wide\"><table class=\"grid\">\n");
	if (s->nline > 1) {
		buf_str(out, "<thead>\n<tr><td></td>");
		for (k = 0; k < s->nline; k++) {
			buf_str(out, "<th scope=\"col\" class=\"n\">");
			html_text(out, s->line[k].at, s->line[k].len, script);
			buf_str(out, "</th>");
		}
		buf_str(out, "</tr>\n</thead>\n");
	}
	buf_str(out, "<tbody>\n");
	for (i = 0; i < s->nperiod; i++) {
		buf_str(out, "<tr><th scope=\"row\">");
		html_text(out, s->period[i].at, s->period[i].len, script);
		buf_str(out, "</th>");
		for (k = 0; k < s->nline; k++) {
			buf_str(out, "<td class=\"n\">");
			html_text(out, point_of(s, i, k)->text.at,
			    point_of(s, i, k)->text.len, script);
			buf_str(out, "</td>");
		}
		buf_str(out, "</tr>\n");
	}
	buf_str(out, "</tbody>\n</table></div>\n");
}

int
html_series(const struct idiom_block *block, const struct html_script *script,
    struct buf *out)
{
	const struct language	*lang = lang_of(script->tag);
	struct idiom_series	 s;

	if (!idiom_series_read(block, lang == NULL ? NULL : &lang->number, &s))
		return 0;
	put_picture(&s, &block->alt, script->rtl, out);
	put_table(&s, script, out);
	return 1;
}
