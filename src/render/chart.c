/* SPDX-License-Identifier: ISC */
/*
 * Writes a chart: its caption, and its bars as proto/idiom.h draws them, with
 * the values as the page's language writes them.  Trusts the profile, which
 * content/ has checked.
 */
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "proto/idiom.h"
#include "render/chart.h"
#include "render/pen.h"

/* The words that say at which value the bars begin; NULL: they begin at 0. */
static const char *
start_of(const struct pen *p, const struct block_chart *c,
    const struct idiom_bar *bar, size_t n, struct buf *words)
{
	char		 value[IDIOM_START];
	struct buf	 text = BUF_INIT;
	struct pen	 aside = *p;

	if (!idiom_chart_start(bar, n, value))
		return NULL;
	aside.b = &text;
	pen_value(&aside, value, c->unit);
	return pen_bars_from(p, &text, words);
}

void
chart_write(const struct pen *p, const struct block *b)
{
	const struct block_chart *c = &b->chart;
	struct idiom_bar	 bar[IDIOM_BARS_MAX];
	struct buf		 values = BUF_INIT, words = BUF_INIT;
	struct pen		 aside = *p;
	const char		*s;
	size_t			 i, n = c->n;

	/* Write all values first: the buffer may move until it is complete. */
	aside.b = &values;
	n = n < IDIOM_BARS_MAX ? n : IDIOM_BARS_MAX;
	for (i = 0; i < n; i++) {
		bar[i].name = slice_of(pen_in(p, &c->bar[i].label));
		bar[i].number = c->bar[i].value.number;
		pen_value(&aside, c->bar[i].value.text, c->unit);
		buf_ch(&values, '\0');
	}
	pen_line(p, pen_in(p, &c->caption));
	if (buf_ok(&values)) {
		for (i = 0, s = values.data; i < n; i++) {
			bar[i].value = slice_of(s);
			s += bar[i].value.len + 1;
		}
		idiom_chart_write(p->b, p->v->marks, p->v->word[LANG_CHART],
		    start_of(p, c, bar, n, &words), bar, n);
	} else
		p->b->failed = 1;
	buf_free(&words);
	buf_free(&values);
}
