/* SPDX-License-Identifier: ISC */
/*
 * Charts and other drawings as SVG.  proto/idiom.h reads the block, which may
 * be a stranger's; here each part gets its place, and text is escaped.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/chart.h"
#include "html/text.h"
#include "lang/lang.h"
#include "proto/idiom.h"

#define SVG_WIDTH	380
#define BAR_ROOM	300		/* units for the longest bar */
#define ROW		40		/* units a bar with its label takes */
#define CELL		8		/* units of a character of a drawing */
#define LINE		17

static void
put_bar(const struct idiom_bar *bar, double max, unsigned y, int rtl,
    struct buf *out)
{
	int	 width = (int)(bar->number / max * BAR_ROOM);

	if (width == 0 && bar->number > 0)
		width = 1;		/* a value above 0 must be seen */
	/* x is where a text begins: its right end when it runs to the left. */
	buf_fmt(out, "<text x=\"%d\" y=\"%u\">", rtl ? SVG_WIDTH : 0, y + 14);
	text_markup(bar->name.at, bar->name.len, out);
	buf_fmt(out, "</text>\n<rect x=\"%d\" y=\"%u\" width=\"%d\" "
	    "height=\"14\"/>\n<text x=\"%d\" y=\"%u\">",
	    rtl ? SVG_WIDTH - width : 0, y + 20, width,
	    rtl ? SVG_WIDTH - width - 6 : width + 6, y + 32);
	text_markup(bar->value.at, bar->value.len, out);
	buf_str(out, "</text>\n");
}

int
html_chart(const struct idiom_block *block, const struct html_script *script,
    struct buf *out)
{
	const struct language	*lang = lang_of(script->tag);
	struct idiom_bar	 bar[IDIOM_BARS_MAX];
	double			 max = 0;
	size_t			 i, n;

	if ((n = idiom_chart_read(block, lang == NULL ? NULL :
	    &lang->number, bar)) == 0)
		return 0;
	for (i = 0; i < n; i++)
		if (bar[i].number > max)
			max = bar[i].number;
	buf_fmt(out, "<svg viewBox=\"0 0 %d %zu\" role=\"img\">\n<title>",
	    SVG_WIDTH, n * ROW);
	for (i = 0; i < n; i++) {
		buf_str(out, i > 0 ? "; " : "");
		text_markup(bar[i].name.at, bar[i].name.len, out);
		buf_ch(out, ' ');
		text_markup(bar[i].value.at, bar[i].value.len, out);
	}
	buf_str(out, "</title>\n");
	for (i = 0; i < n; i++)
		put_bar(&bar[i], max, (unsigned)(i * ROW), script->rtl,
		    out);
	buf_str(out, "</svg>\n");
	return 1;
}

/* Write the words of a line, each at its column. */
static void
put_words(const struct slice *line, size_t y, struct buf *out)
{
	struct slice	 word;
	size_t		 at = 0, end = 0, x = 0, wide;

	while (idiom_drawing_next(line, &at, &word)) {
		x += (size_t)(word.at - line->at) - end;	/* blanks */
		wide = text_width(word.at, word.len);
		buf_fmt(out, "<text x=\"%zu\" y=\"%zu\" textLength=\"%zu\">",
		    x * CELL, y * LINE + 13, wide * CELL);
		text_markup(word.at, word.len, out);
		buf_str(out, "</text>\n");
		x += wide;
		end = at;
	}
}

int
html_art(const struct idiom_block *block, const struct html_script *script,
    struct buf *out)
{
	struct slice	 rest, line;
	size_t		 n, lines = 0, wide = 0;

	if (!idiom_is_drawing(block))
		return 0;
	for (rest = block->lines; idiom_next_line(&rest, &line); lines++) {
		n = text_width(line.at, line.len);
		wide = n > wide ? n : wide;
	}
	buf_fmt(out, "<svg class=\"art\" viewBox=\"0 0 %zu %zu\" role=\"img\""
	    "%s>\n<title>", wide * CELL, lines * LINE, script->rtl ?
	    " direction=\"ltr\"" : "");
	text_markup(block->alt.at, block->alt.len, out);
	buf_str(out, "</title>\n");
	lines = 0;
	for (rest = block->lines; idiom_next_line(&rest, &line); lines++)
		put_words(&line, lines, out);
	buf_str(out, "</svg>\n");
	return 1;
}
