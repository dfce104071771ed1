/*
 * Bars of '#' that start from nothing, computed from the values.  Short
 * labels stand before their bars, longer ones above them.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "render/part.h"
#include "render/pre.h"

#define BAR_MIN		14	/* columns; less: labels go above */
#define VALUE_MAX	20	/* columns; more: the value goes above */
#define STEPS		1000000	/* a value in whole steps, for exact bars */

struct chart {
	const struct pen	*p;
	const struct block	*block;
	size_t			 label_cols, value_cols, bar_cols;
	int			 above;		/* labels */
	int64_t			 top;		/* the longest bar, steps */
};

static int64_t	steps(double);
static size_t	value_text(const struct chart *, const struct record *,
		    struct buf *);
static void	measure(struct chart *);
static size_t	bar_len(const struct chart *, const struct record *);
static void	bar(const struct chart *, const struct record *);
static void	alt(const struct chart *);

/* Whole steps, so that every machine rounds a bar the same way. */
static int64_t
steps(double v)
{
	if (v < 0)
		v = -v;
	if (!(v < 1e12))
		v = 1e12;
	return (int64_t)(v * STEPS + 0.5);
}

/* The value into b, which is emptied first; its columns. */
static size_t
value_text(const struct chart *c, const struct record *r, struct buf *b)
{
	struct pen	 p = *c->p;

	buf_reset(b);
	p.b = b;
	pen_value(&p, r->value, c->block->unit);
	if (!buf_ok(b)) {
		c->p->b->failed = 1;
		return 0;
	}
	return text_width(b->data, b->len);
}

static void
measure(struct chart *c)
{
	const struct record	*r;
	const char		*s;
	struct buf		 v = BUF_INIT;
	size_t			 i, w;

	for (i = 0; i < c->block->nrecord; i++) {
		r = &c->block->record[i];
		s = pen_in(c->p, &r->label);
		if ((w = text_width(s, strlen(s))) > c->label_cols)
			c->label_cols = w;
		if ((w = value_text(c, r, &v)) > c->value_cols)
			c->value_cols = w;
		if (steps(r->number) > c->top)
			c->top = steps(r->number);
	}
	buf_free(&v);
	if (c->value_cols > VALUE_MAX) {
		c->above = 1;
		c->bar_cols = CHART_COLS;
	} else if (c->label_cols + c->value_cols + 2 + BAR_MIN > CHART_COLS) {
		c->above = 1;
		c->bar_cols = CHART_COLS - c->value_cols - 1;
	} else
		c->bar_cols = CHART_COLS - c->label_cols - c->value_cols - 2;
}

/* Rounded to the nearest column; what is not nothing shows. */
static size_t
bar_len(const struct chart *c, const struct record *r)
{
	int64_t	 v = steps(r->number), top = c->top;
	size_t	 n;

	if (v == 0)
		return 0;
	while (top > INT64_MAX / 4 / CHART_COLS) {
		top /= 2;
		v /= 2;
	}
	n = (size_t)((2 * v * (int64_t)c->bar_cols + top) / (2 * top));
	return n == 0 ? 1 : n;
}

static void
bar(const struct chart *c, const struct record *r)
{
	const char	*label = pen_in(c->p, &r->label);
	struct buf	 line = BUF_INIT, v = BUF_INIT;
	size_t		 i, n;

	value_text(c, r, &v);
	if (c->above && c->value_cols > VALUE_MAX) {
		buf_str(&line, label);
		buf_str(&line, c->p->v->wide ? "：" : ": ");
		buf_str(&line, v.data);
		if (buf_ok(&line))
			pre_wrap(c->p, line.data);
		buf_reset(&line);
	} else if (c->above)
		pre_wrap(c->p, label);
	else {
		buf_str(&line, label);
		n = text_width(label, strlen(label));
		for (i = n; i < c->label_cols + 1; i++)
			buf_ch(&line, ' ');
	}
	for (i = bar_len(c, r); i > 0; i--)
		buf_ch(&line, r->number < 0 ? '-' : '#');
	if (c->value_cols <= VALUE_MAX) {
		if (line.len > 0 && line.data[line.len - 1] != ' ')
			buf_ch(&line, ' ');
		buf_add(&line, v.data, v.len);
	}
	if (buf_ok(&line) && buf_ok(&v))
		pre_line(c->p, line.data, line.len);
	else
		c->p->b->failed = 1;
	buf_free(&line);
	buf_free(&v);
}

/* Who hears the page hears the values. */
static void
alt(const struct chart *c)
{
	const struct pen	*p = c->p;
	const struct record	*r;
	size_t			 i;

	buf_str(p->b, "``` ");
	pen_word(p, W_CHART);
	pen_colon(p);
	for (i = 0; i < c->block->nrecord; i++) {
		r = &c->block->record[i];
		if (i > 0)
			buf_str(p->b, p->v->wide ? "；" : "; ");
		buf_str(p->b, pen_in(p, &r->label));
		buf_ch(p->b, ' ');
		pen_value(p, r->value, c->block->unit);
	}
	buf_ch(p->b, '\n');
}

void
chart_write(const struct pen *p, const struct block *b)
{
	struct chart	 c = { .p = p, .block = b };
	size_t		 i;

	measure(&c);
	pen_line(p, pen_in(p, &b->caption));
	alt(&c);
	for (i = 0; i < b->nrecord; i++)
		bar(&c, &b->record[i]);
	pre_end(p);
}
