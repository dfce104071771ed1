/* SPDX-License-Identifier: ISC */
/*
 * Writes a series: its caption with the unit, and the drawing of proto/idiom.h,
 * in which numbers are not counted in myriads, as in tables.  For pages and
 * files with all figures, each line is written as a figure that has several
 * dated values.
 */
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "proto/idiom.h"
#include "render/csv.h"
#include "render/pen.h"
#include "render/series.h"

_Static_assert(SERIES_LINES == IDIOM_LINES, "lines");
_Static_assert(DATED_MAX == IDIOM_PERIODS, "periods");

/* "Population (people)" */
static void
put_caption(const struct pen *p, const struct block_series *s)
{
	pen_guard(p, pen_in(p, &s->caption));
	buf_str(p->b, pen_in(p, &s->caption));
	if (s->unit < p->p->nunit) {
		pen_open(p);
		buf_str(p->b, pen_in(p, &p->p->unit[s->unit].word));
		pen_close(p);
	}
	buf_ch(p->b, '\n');
}

/* Write each period and its values in the page's digits, each with a NUL. */
static void
put_values(const struct pen *p, const struct block_series *s)
{
	const char	*text;
	size_t		 i, k, from;

	for (i = 0; i < s->nperiod; i++) {
		from = p->b->len;
		buf_str(p->b, s->period[i].when);
		number_digits(p->b, from, &p->v->number);
		buf_ch(p->b, '\0');
		for (k = 0; k < s->n; k++) {
			text = s->line[k].at[i].text;
			if (text != NULL && !number_write(p->b, text,
			    &p->v->number, 0))
				buf_str(p->b, text);
			buf_ch(p->b, '\0');
		}
	}
}

/* The words that say at which value the bars begin; NULL: they begin at 0. */
static const char *
start_of(const struct pen *p, const struct idiom_series *s,
    struct buf *words)
{
	char		 value[IDIOM_START];
	struct buf	 text = BUF_INIT;

	if (!idiom_series_start(s, value))
		return NULL;
	number_write(&text, value, &p->v->number, 0);
	return pen_bars_from(p, &text, words);
}

void
series_write(const struct pen *p, const struct block *b)
{
	const struct block_series *s = &b->series;
	struct idiom_series	 out = { .nline = s->n,
				    .nperiod = s->nperiod };
	struct idiom_point	*point;
	struct buf		 values = BUF_INIT, words = BUF_INIT;
	struct pen		 aside = *p;
	const char		*text;
	size_t			 i, k;

	aside.b = &values;
	put_values(&aside, s);
	if (!buf_ok(&values)) {
		p->b->failed = 1;
		buf_free(&values);
		return;
	}
	for (k = 0; k < s->n; k++)
		out.line[k] = slice_of(pen_in(p, &s->line[k].label));
	for (i = 0, text = values.data; i < s->nperiod; i++) {
		out.period[i] = slice_of(text);
		text += out.period[i].len + 1;
		for (k = 0; k < s->n; k++) {
			point = &out.point[i * IDIOM_LINES + k];
			point->text = slice_of(text);
			point->number = s->line[k].at[i].number;
			text += point->text.len + 1;
		}
	}
	put_caption(p, s);
	idiom_series_write(p->b, p->v->marks, p->v->word[LANG_SERIES],
	    start_of(p, &out, &words), &out);
	buf_free(&words);
	buf_free(&values);
}

/*
 * Make a figure of line k.  Its label is the caption, and behind it the line's
 * label in brackets.  f borrows these labels from name.
 */
static void
as_figure(const struct profile *p, const struct block_series *s, size_t k,
    struct buf name[LANG_MAX], struct figure *f)
{
	const struct series_line	*line = &s->line[k];
	const struct idiom_marks	*m;
	size_t				 l;

	memset(f, 0, sizeof(*f));
	f->id = line->id;
	f->unit = s->unit;
	f->nvalue = line->nvalue;
	f->values = line->values;
	f->remark = line->remark;
	for (l = 0; l < p->nlang; l++) {
		m = words_marks(p->lang[l].tag);
		buf_reset(&name[l]);
		buf_str(&name[l], s->caption.in[l]);
		if (line->label.in[l] != NULL) {
			buf_str(&name[l], m->open);
			buf_str(&name[l], line->label.in[l]);
			buf_str(&name[l], m->close);
		}
		f->label.in[l] = name[l].data;
	}
}

/* Write each line as a figure with its oldest and its newest value. */
void
series_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct block_series *s = &b->series;
	const struct series_line *line;
	struct buf		 name[LANG_MAX] = { BUF_INIT };
	struct dated_value		 ends[2];
	struct figure		 f;
	size_t			 k, l;

	for (k = 0; what == KEPT_FIGURES && k < s->n; k++) {
		as_figure(p->p, s, k, name, &f);
		line = &s->line[k];
		if (line->nvalue > 2) {
			ends[0] = line->values[0];
			ends[1] = line->values[line->nvalue - 1];
			f.values = ends;
			f.nvalue = 2;
		}
		if (line->nvalue > 0)
			pen_figure(p, &f);
	}
	for (l = 0; l < LANG_MAX; l++) {
		p->b->failed |= name[l].failed;
		buf_free(&name[l]);
	}
}

void
series_csv(const struct profile *p, const struct page_head *h,
    const struct block *b, struct buf *out)
{
	struct buf	 name[LANG_MAX] = { BUF_INIT };
	struct figure	 f;
	size_t		 k, l;

	for (k = 0; k < b->series.n; k++) {
		as_figure(p, &b->series, k, name, &f);
		csv_record(p, h, &f, out);
	}
	for (l = 0; l < LANG_MAX; l++) {
		out->failed |= name[l].failed;
		buf_free(&name[l]);
	}
}
