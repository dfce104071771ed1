/* SPDX-License-Identifier: ISC */
/*
 * Draws a timeline as a rail from top to bottom with a mark for each event.
 * When every event has its year as a number, the rail is to scale and shows
 * round years; when a line is taken, the event moves down to the next free one.
 * block.c writes all events once more as a list below the drawing.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "proto/idiom.h"
#include "render/pen.h"
#include "render/timeline.h"

#define EVENTS_MAX	40		/* with more events only the list */
#define ROWS		10		/* lines of a rail to scale, to which
					   one for each event is added */
#define GUTTER_MAX	16		/* columns; not to scale if a time has
					   as many */
#define TEXT_LINES	2		/* a text beside the rail has no more */
#define MONTH		31		/* in days; exact enough for a line */
#define YEAR		(12 * MONTH)

struct rail {
	const struct pen	*p;
	const struct block	*b;
	int			 to_scale;
	size_t			 gutter;	/* columns before the mark */
	int			 unit;		/* days that one line stands
						   for */
	int			 tick;		/* lines from one round year or
						   month to the next */
};

static int64_t
days(const struct moment *m)
{
	return (int64_t)m->year * YEAR +
	    (m->month > 0 ? (m->month - 1) * MONTH : 0) +
	    (m->day > 0 ? m->day - 1 : 0);
}

/* The line of a moment, counted from the year 0. */
static int64_t
cell(const struct rail *r, const struct moment *m)
{
	int64_t	 d = days(m);

	return d >= 0 ? d / r->unit : -((-d + r->unit - 1) / r->unit);
}

/* Write 1976-08-14, 1976-08, 1976 or 221 BC. */
static void
moment(const struct pen *p, const struct moment *m)
{
	struct buf	 year = BUF_INIT;

	buf_fmt(&year, "%d", abs(m->year));
	if (m->month == 0)		/* 1976-08 stays in ASCII digits */
		number_digits(&year, 0, &p->v->number);
	if (!buf_ok(&year))
		p->b->failed = 1;
	else if (m->year < 0)
		pen_word_of(p, LANG_BC, year.data);
	else if (m->month == 0)
		buf_str(p->b, year.data);
	else
		buf_fmt(p->b, "%04d-%02u", m->year, m->month);
	if (m->day > 0)
		buf_fmt(p->b, "-%02u", m->day);
	buf_free(&year);
}

/* Write the same to b, which is emptied first.  Returns its columns. */
static size_t
moment_text(const struct rail *r, const struct moment *m, struct buf *b)
{
	struct pen	 p = *r->p;

	buf_reset(b);
	p.b = b;
	moment(&p, m);
	if (!buf_ok(b)) {
		r->p->b->failed = 1;
		return 0;
	}
	return text_width(b->data, b->len);
}

/*
 * Set the gutter, and the finest unit with which the rail has at most ROWS
 * lines and one for each event; it is not finer than the most exact moment.
 */
static void
scale(struct rail *r)
{
	static const struct { int unit, tick; } units[] = {
		{ 1, MONTH }, { MONTH, 12 }, { 3 * MONTH, 4 }, { YEAR, 5 },
		{ 2 * YEAR, 5 }, { 5 * YEAR, 5 }, { 10 * YEAR, 5 },
		{ 20 * YEAR, 5 }, { 50 * YEAR, 5 }, { 100 * YEAR, 5 },
		{ 200 * YEAR, 5 }, { 500 * YEAR, 5 }, { 1000 * YEAR, 5 }
	};
	const struct event	*e = r->b->timeline.event;
	struct buf		 b = BUF_INIT;
	size_t			 i, w, n = r->b->timeline.n;
	int			 finest = YEAR;

	for (i = 0; i < n; i++) {
		if ((w = moment_text(r, &e[i].at, &b)) > r->gutter)
			r->gutter = w;
		if (e[i].at.day > 0)
			finest = 1;
		else if (e[i].at.month > 0 && finest > MONTH)
			finest = MONTH;
	}
	buf_free(&b);
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		r->unit = units[i].unit;
		r->tick = units[i].tick;
		if (r->unit >= finest && llabs(cell(r, &e[n - 1].at) -
		    cell(r, &e[0].at)) <= (long long)(ROWS + n))
			break;
	}
}

/* How many lines of cols columns a text needs. */
static size_t
lines_of(const char *s, size_t cols)
{
	size_t	 len = strlen(s), n, lines = 0;

	for (; len > 0; lines++) {
		n = idiom_break(s, len, cols);
		n += strspn(s + n, " ");
		s += n;
		len -= n;
	}
	return lines;
}

/*
 * The text beside the mark: the event's short text, else its text or on a rail
 * to scale its time, if short enough; else "".
 */
static const char *
beside(const struct rail *r, const struct event *e)
{
	const char	*s = pen_in(r->p, &e->short_text);
	size_t		 cols = CHART_COLS - r->gutter - 2;

	if (*s != '\0')
		return s;
	s = pen_in(r->p, &e->text);
	if (lines_of(s, cols) <= TEXT_LINES)
		return s;
	s = pen_in(r->p, &e->when);
	return r->to_scale && lines_of(s, cols) <= TEXT_LINES ? s : "";
}

/* Write one line: the time if not NULL, the mark, len bytes of a text. */
static void
row(const struct rail *r, const struct buf *time, char mark, const char *s,
    size_t len)
{
	struct idiom_rail	 line = { { NULL, 0 }, { s, len }, mark };

	if (time != NULL)
		line.time = (struct slice){ time->data, time->len };
	idiom_rail_write(r->p->b, r->gutter, &line);
}

/*
 * Write a text beside the rail, its first line at the mark.  Returns how many
 * lines it has.
 */
static size_t
label(const struct rail *r, const struct buf *time, char mark, const char *s)
{
	size_t	 len = strlen(s), n, lines = 0;

	do {
		n = idiom_break(s, len, CHART_COLS - r->gutter - 2);
		row(r, time, mark, s, n);
		n += strspn(s + n, " ");
		s += n;
		len -= n;
		time = NULL;
		mark = '|';
		lines++;
	} while (len > 0);
	return lines;
}

/* Write a line between events, with its year or month if that is round. */
static void
gap(const struct rail *r, int64_t at)
{
	struct moment	 m = { 0, 0, 0 };
	struct buf	 time = BUF_INIT;
	int64_t		 d = at * r->unit;

	if (at % r->tick == 0 && d != 0) {
		m.year = (int)(d / YEAR);
		if (r->unit == 1)
			m.month = (unsigned)(d % YEAR / MONTH) + 1;
		if (moment_text(r, &m, &time) >= r->gutter)
			m.year = 0;	/* too wide */
	}
	row(r, m.year != 0 ? &time : NULL, m.year != 0 ? '+' : '|', "", 0);
	buf_free(&time);
}

/* Write an event.  Returns how many lines it has. */
static size_t
event(const struct rail *r, const struct event *e)
{
	const char	*s = beside(r, e);
	struct buf	 time = BUF_INIT;
	size_t		 n;

	if (r->to_scale) {
		moment_text(r, &e->at, &time);
		n = label(r, &time, 'o', s);
		buf_free(&time);
		return n;
	}
	n = label(r, NULL, 'o', pen_in(r->p, &e->when));
	return *s == '\0' ? n : n + label(r, NULL, '|', s);
}

/* Write `Timeline, to scale: 1950 - 1998' and the line that opens the block. */
static void
caption(const struct rail *r)
{
	const struct pen	*p = r->p;
	const struct moment	*a = &r->b->timeline.event[0].at;
	const struct moment	*z = &r->b->timeline.event[r->b->timeline.n - 1].at;
	int			 down = days(a) <= days(z);

	pen_word(p, r->to_scale ? LANG_TIMELINE : LANG_TIMELINE_ORDER);
	if (r->to_scale) {
		pen_colon(p);
		moment(p, down ? a : z);
		if (days(a) != days(z)) {
			buf_str(p->b, " - ");
			moment(p, down ? z : a);
		}
	}
	buf_ch(p->b, '\n');
	idiom_block_begin(p->b, p->v->word[LANG_TIMELINE_ALT]);
}

void
timeline_draw(const struct pen *p, const struct block *b)
{
	struct rail		 r = { .p = p, .b = b, .to_scale = 1 };
	const struct event	*e = b->timeline.event;
	int64_t			 first, at, step;
	size_t			 i;

	if (b->timeline.n < 2 || b->timeline.n > EVENTS_MAX)
		return;
	for (i = 0; i < b->timeline.n; i++)
		r.to_scale &= e[i].at.year != 0;
	if (r.to_scale) {
		scale(&r);
		r.to_scale = r.gutter < GUTTER_MAX;
		r.gutter = r.to_scale ? r.gutter + 1 : 0;
	}
	caption(&r);
	first = r.to_scale ? cell(&r, &e[0].at) : 0;
	step = r.to_scale && cell(&r, &e[b->timeline.n - 1].at) < first ? -1 : 1;
	for (at = first, i = 0; i < b->timeline.n; i++) {
		if (r.to_scale)
			for (; (cell(&r, &e[i].at) - at) * step > 0;
			    at += step)
				gap(&r, at);
		else if (i > 0)
			row(&r, NULL, '|', "", 0);
		at += (int64_t)event(&r, &e[i]) * step;
	}
	idiom_block_end(p->b);
	pen_empty(p);
}
