/* SPDX-License-Identifier: ISC */
/*
 * Writes charts of bars of '#'; chart_scale.c computes their lengths from the
 * values.  Short names stand before their bars, longer ones above them.  The
 * alt text has every name and value, for people who listen to the page.
 *
 * The reader is in idiom_bars.c.  It uses the same functions for the length of
 * a bar, so that both agree to the column.  The writer trusts the names and
 * values of its caller.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/idiom.h"
#include "proto/idiom_chart.h"

#define BAR_MIN		14	/* columns; less: names go above */
#define VALUE_MAX	20	/* columns; more: the value goes above */

/* Compute the columns of names and values, and those left for the bars. */
static void
columns(struct chart_layout *l, const struct idiom_bar *bar, size_t n)
{
	size_t	 i, w;

	memset(l, 0, sizeof(*l));
	for (i = 0; i < n; i++) {
		w = text_width(bar[i].name.at, bar[i].name.len);
		l->name_cols = w > l->name_cols ? w : l->name_cols;
		w = text_width(bar[i].value.at, bar[i].value.len);
		l->value_cols = w > l->value_cols ? w : l->value_cols;
	}
	l->all_above = l->value_cols > VALUE_MAX;
	l->above = l->all_above || l->name_cols + l->value_cols + 2 +
	    BAR_MIN > IDIOM_COLS;
	if (l->all_above)
		l->bar_cols = IDIOM_COLS;
	else if (l->above)
		l->bar_cols = IDIOM_COLS - l->value_cols - 1;
	else
		l->bar_cols = IDIOM_COLS - l->name_cols - l->value_cols - 2;
}

void
chart_measure(struct chart_layout *l, const struct idiom_bar *bar, size_t n,
    enum chart_from from)
{
	double	 number[IDIOM_BARS_MAX];
	size_t	 i;

	columns(l, bar, n);
	for (i = 0; i < n && i < IDIOM_BARS_MAX; i++)
		number[i] = bar[i].number;
	chart_scale(&l->scale, number, i, l->bar_cols, from);
}

int
idiom_chart_start(const struct idiom_bar *bar, size_t n,
    char start[IDIOM_START])
{
	struct chart_layout	 l;
	double			 number[IDIOM_BARS_MAX];
	size_t			 i;

	columns(&l, bar, n);
	for (i = 0; i < n && i < IDIOM_BARS_MAX; i++)
		number[i] = bar[i].number;
	return chart_start(number, i, l.bar_cols, start);
}

static void
bar_write(struct buf *b, const struct idiom_marks *m,
    const struct chart_layout *l, const struct idiom_bar *bar)
{
	struct buf	 line = BUF_INIT;
	size_t		 i, n;

	if (l->all_above) {
		buf_add(&line, bar->name.at, bar->name.len);
		buf_str(&line, m->colon);
		buf_add(&line, bar->value.at, bar->value.len);
		if (buf_ok(&line))
			idiom_wrap(b, line.data, line.len);
		buf_reset(&line);
	} else if (l->above)
		idiom_wrap(b, bar->name.at, bar->name.len);
	else {
		buf_add(&line, bar->name.at, bar->name.len);
		for (i = text_width(bar->name.at, bar->name.len);
		    i < l->name_cols + 1; i++)
			buf_ch(&line, ' ');
	}
	n = chart_bar_len(&l->scale, bar->number);
	for (i = 0; i < n; i++)
		buf_ch(&line, i == 0 && l->scale.is_cut ? '/' : '#');
	if (!l->all_above) {
		if (line.len > 0 && line.data[line.len - 1] != ' ')
			buf_ch(&line, ' ');
		buf_add(&line, bar->value.at, bar->value.len);
	}
	if (!buf_ok(&line))
		b->failed = 1;
	else
		idiom_line(b, line.len > 0 ? line.data : "", line.len);
	buf_free(&line);
}

void
idiom_chart_write(struct buf *b, const struct idiom_marks *m,
    const char *word, const char *start, const struct idiom_bar *bar,
    size_t n)
{
	struct chart_layout	 l;
	size_t			 i;

	chart_measure(&l, bar, n, start != NULL ? CHART_CUT : CHART_APART);
	buf_str(b, "``` ");
	buf_str(b, word);
	for (i = 0; i < n; i++) {
		buf_str(b, i == 0 ? m->colon : m->list);
		buf_add(b, bar[i].name.at, bar[i].name.len);
		buf_ch(b, ' ');
		buf_add(b, bar[i].value.at, bar[i].value.len);
	}
	buf_ch(b, '\n');
	if (l.scale.is_cut)
		idiom_wrap(b, start, strlen(start));
	for (i = 0; i < n; i++)
		bar_write(b, m, &l, &bar[i]);
	idiom_block_end(b);
}
