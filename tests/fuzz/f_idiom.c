/* SPDX-License-Identifier: ISC */
/*
 * Items and blocks of a stranger's page.  What is read stays inside the page,
 * a chart's numbers can be drawn, words come in order.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto/gemtext.h"
#include "proto/idiom.h"
#include "proto/number.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
inside(const struct slice *s, const char *from, size_t len)
{
	if (s->at != NULL && (s->at < from || s->at + s->len > from + len))
		abort();
}

/* The times of a stop are behind its name, and all of the line's. */
static void
stop(const struct slice *line)
{
	struct slice	 name, times, time;
	size_t		 n = idiom_stop_read(line, &name, &times), k = 0;

	inside(&name, line->at, line->len);
	inside(&times, line->at, line->len);
	while (idiom_time_next(&times, &time))
		if (k++ >= n || time.len == 0)
			abort();
	if (k != n)
		abort();
}

/* A line of text that is a step or a notice; an item that is an event. */
static void
prose(const struct slice *line)
{
	struct idiom_notice	 n;
	struct slice		 text = { NULL, 0 }, tag;

	if (idiom_step_read(line, &text) > 99)
		abort();
	inside(&text, line->at, line->len);
	if (idiom_foreign_read(line, &tag, &text)) {
		inside(&tag, line->at, line->len);
		inside(&text, line->at, line->len);
	}
	if (idiom_tagged_read(line, &text, &tag)) {
		inside(&tag, line->at, line->len);
		inside(&text, line->at, line->len);
	}
	if (!idiom_notice_read(line, &n))
		return;
	if (n.level < 1 || n.level > 3 || n.text.len == 0)
		abort();
	inside(&n.word, line->at, line->len);
	inside(&n.dates, line->at, line->len);
	inside(&n.text, line->at, line->len);
}

static void
event(const struct idiom_item *i, const char *s, size_t len)
{
	struct idiom_event	 e;

	if (!idiom_event_read(i, &e))
		return;
	inside(&e.first, s, len);
	inside(&e.last, s, len);
	inside(&e.from, s, len);
	inside(&e.to, s, len);
	inside(&e.words, s, len);
	inside(&e.title, s, len);
	inside(&e.place, s, len);
	if (e.first.len != 10)
		abort();
}

static void
item(const char *s, size_t len)
{
	struct idiom_item	 i;
	struct idiom_note	 n;

	if (idiom_note_read(s, len, &n)) {
		inside(&n.mark, s, len);
		inside(&n.text, s, len);
		if (idiom_mark(&n.mark) == 0)
			abort();
	}
	idiom_item_read(s, len, &i);
	inside(&i.mark, s, len);
	inside(&i.name, s, len);
	inside(&i.value, s, len);
	inside(&i.year, s, len);
	inside(&i.year_part, s, len);
	inside(&i.remark, s, len);
	inside(&i.printed, s, len);
	inside(&i.note, s, len);
	event(&i, s, len);
	if (i.value.at != NULL)
		stop(&i.value);
	if (i.name.at != s || idiom_is_figure(&i) < 0)
		abort();
}

/* What a contact takes is whole lines, and its parts are in them. */
static void
contact(const char *s, size_t len)
{
	struct idiom_contact_part	 p;
	struct idiom_contact		 c;
	const size_t			 n = idiom_contact_read(s, len, &c);

	if (n > len || (n > 0 && n < len && s[n - 1] != '\n'))
		abort();
	inside(&c.name, s, len);
	inside(&c.role, s, len);
	while (n > 0 && idiom_contact_next(&c.parts, &p)) {
		inside(&p.url, s, n);
		inside(&p.word, s, n);
		inside(&p.text, s, n);
	}
}

/* The way on is inside the page, at the begin of a line, and of links. */
static void
way(const struct gemtext_line *l)
{
	struct idiom_way	 w;

	idiom_way_read(l, &w);
	inside(&w.word, l->text, l->len);
	inside(&w.title, l->text, l->len);
}

static void
file(const char *s, size_t len)
{
	struct idiom_file	 f;
	struct slice		 credit = { NULL, 0 };

	if (idiom_file_read(s, len, &f) && (f.label.at != s ||
	    f.label.len == 0 || f.word == NULL || f.size.len == 0))
		abort();
	inside(&f.label, s, len);
	inside(&f.size, s, len);
	idiom_credit_read(s, len, &credit);
	inside(&credit, s, len);
}

static void
table(struct idiom_table *t, const char *s, size_t len)
{
	struct slice	 cell[IDIOM_TABLE_COLS];
	size_t		 i, n = 0;
	int		 got, last = 0;

	if (t->ncol < 2 || t->ncol > IDIOM_TABLE_COLS)
		abort();
	for (i = 0; i < t->ncol; i++)
		inside(&t->column[i].label, s, len);
	for (; (got = idiom_table_next(t, cell)) != 0; n++, last = got)
		for (i = 0; i < t->ncol; i++)
			inside(&cell[i], s, len);
	if (n != t->nrow || (last == 2) != (t->has_total != 0))
		abort();
}

static void
block(const struct idiom_block *b, const char *s, size_t len)
{
	struct idiom_table	 t;
	struct idiom_series	 series;
	struct idiom_bar	 bar[IDIOM_BARS_MAX];
	struct idiom_rail	 rail;
	struct slice		 rest, line, word;
	size_t			 i, n, column, at, last;

	n = idiom_chart_read(b, NULL, bar);
	if (n > IDIOM_BARS_MAX)
		abort();
	for (i = 0; i < n; i++) {
		inside(&bar[i].name, s, len);
		inside(&bar[i].value, s, len);
		if (!isfinite(bar[i].number) || bar[i].number < 0)
			abort();
	}
	if (idiom_times_read(b) > 0)
		for (rest = b->lines; idiom_next_line(&rest, &line);)
			stop(&line);
	if (idiom_rail_read(b, &column))
		for (rest = b->lines; idiom_rail_next(&rest, column, &rail);) {
			inside(&rail.time, s, len);
			inside(&rail.words, s, len);
		}
	if (idiom_series_read(b, NULL, &series)) {
		if (series.nline < 1 || series.nperiod < 2 ||
		    series.nline > IDIOM_LINES ||
		    series.nperiod > IDIOM_PERIODS)
			abort();
		for (i = 0; i < series.nperiod; i++)
			inside(&series.period[i], s, len);
		for (i = 0; i < sizeof(series.point) /
		    sizeof(series.point[0]); i++) {
			inside(&series.point[i].text, s, len);
			if (!isfinite(series.point[i].number))
				abort();
		}
	}
	if (idiom_table_read(b, &t))
		table(&t, s, len);
	(void)idiom_is_drawing(b);
	for (rest = b->lines; idiom_next_line(&rest, &line);)
		for (at = last = 0; idiom_drawing_next(&line, &at, &word);
		    last = at)
			if (at <= last || word.len == 0 || at > line.len ||
			    word.at + word.len != line.at + at)
				abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char		*s = (const char *)data;
	struct idiom_block	 b = { { NULL, 0 }, { NULL, 0 } };
	struct gemtext_line	 l;
	struct gemtext		 g;
	struct idiom_table	 t;
	size_t			 used;
	const char		*at;
	struct slice		 text;
	double			 number;
	int			 in_block = 0;

	if (number_read(s, len, NULL, &number) > len)
		abort();
	if (idiom_ways(s, len) > len)
		abort();
	gemtext_start(&g, s, len);
	while (at = g.at, gemtext_next(&g, &l)) {
		if (l.type == GEMTEXT_TEXT) {
			text = (struct slice){ l.text, l.len };
			prose(&text);
		}
		if (l.type == GEMTEXT_HEADING3)
			contact(at, (size_t)(s + len - at));
		if (l.type == GEMTEXT_LINK)
			way(&l);
		if (l.type == GEMTEXT_HEADING3 && idiom_records_read(at,
		    len - (size_t)(at - s), &t, &used)) {
			if (used > len - (size_t)(at - s))
				abort();
			table(&t, s, len);
		}
		if (l.type == GEMTEXT_LIST)
			item(l.text, l.len);
		else if (l.type == GEMTEXT_LINK || l.type == GEMTEXT_TEXT)
			file(l.text, l.len);
		else if (l.type == GEMTEXT_PRE) {
			if (b.lines.at == NULL)
				b.lines.at = l.text;
			b.lines.len = (size_t)(l.text + l.len - b.lines.at);
		} else if (l.type == GEMTEXT_TOGGLE) {
			if (in_block)
				block(&b, s, len);
			b.alt = (struct slice){ l.text, l.len };
			b.lines = (struct slice){ NULL, 0 };
			in_block = !in_block;
		}
	}
	if (in_block)
		block(&b, s, len);
	return 0;
}
