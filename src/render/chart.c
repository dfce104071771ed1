/*
 * A chart: its caption, and its bars as proto/idiom.h draws them, with the
 * values as the page's language writes them.
 */
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "proto/idiom.h"
#include "render/chart.h"
#include "render/pen.h"

void
chart_write(const struct pen *p, const struct block *b)
{
	const struct block_chart *c = &b->chart;
	struct idiom_bar	 bar[IDIOM_BARS_MAX];
	struct buf		 values = BUF_INIT;
	struct pen		 aside = *p;
	const char		*s;
	size_t			 i, n = c->n;

	/* The values one after another; their places when all are there. */
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
		    bar, n);
	} else
		p->b->failed = 1;
	buf_free(&values);
}
