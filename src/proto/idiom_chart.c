/* SPDX-License-Identifier: ISC */
/*
 * Bars of '#' that start from nothing, computed from the values.  Short
 * names stand before their bars, longer ones above them.  Whoever hears the
 * page hears the alt text, which has every name and value.
 *
 * The writer is here, the reader in idiom_bars.c: it asks the same
 * functions how long a bar would be, so that both agree to the column.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/idiom.h"
#include "proto/idiom_chart.h"

#define BAR_MIN		14	/* columns; less: names go above */
#define VALUE_MAX	20	/* columns; more: the value goes above */

/*
 * Whole steps of a millionth, so that every machine rounds a bar the same
 * way; other steps only where a millionth is too fine or too coarse.
 */
static double
steps_of(double top)
{
	return top >= 1e12 ? 1 : top >= 1e-3 ? 1e6 : 1e15;
}

static int64_t
steps(const struct chart_layout *l, double v)
{
	v = (v < 0 ? -v : v) * l->steps + 0.5;
	return (int64_t)(v < 4e18 ? v : 4e18);
}

void
chart_measure(struct chart_layout *l, const struct idiom_bar *bar, size_t n)
{
	double	 top = 0;
	size_t	 i, w;

	memset(l, 0, sizeof(*l));
	for (i = 0; i < n; i++) {
		w = text_width(bar[i].name.at, bar[i].name.len);
		l->name_cols = w > l->name_cols ? w : l->name_cols;
		w = text_width(bar[i].value.at, bar[i].value.len);
		l->value_cols = w > l->value_cols ? w : l->value_cols;
		top = bar[i].number > top ? bar[i].number : top;
	}
	l->steps = steps_of(top);
	l->top = steps(l, top);
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

/* Rounded to the nearest column; what is not nothing shows. */
size_t
chart_bar_len(const struct chart_layout *l, double number)
{
	int64_t	 v = steps(l, number), top = l->top;
	size_t	 n;

	if (number == 0 || top == 0)
		return number != 0;
	while (top > INT64_MAX / 4 / IDIOM_COLS) {
		top /= 2;
		v /= 2;
	}
	n = (size_t)((2 * v * (int64_t)l->bar_cols + top) / (2 * top));
	return n == 0 ? 1 : n;
}

static void
bar_write(struct buf *b, const struct idiom_marks *m,
    const struct chart_layout *l, const struct idiom_bar *bar)
{
	struct buf	 line = BUF_INIT;
	size_t		 i;

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
	for (i = chart_bar_len(l, bar->number); i > 0; i--)
		buf_ch(&line, '#');
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
    const char *word, const struct idiom_bar *bar, size_t n)
{
	struct chart_layout	 l;
	size_t			 i;

	chart_measure(&l, bar, n);
	buf_str(b, "``` ");
	buf_str(b, word);
	for (i = 0; i < n; i++) {
		buf_str(b, i == 0 ? m->colon : m->list);
		buf_add(b, bar[i].name.at, bar[i].name.len);
		buf_ch(b, ' ');
		buf_add(b, bar[i].value.at, bar[i].value.len);
	}
	buf_ch(b, '\n');
	for (i = 0; i < n; i++)
		bar_write(b, m, &l, &bar[i]);
	idiom_block_end(b);
}
