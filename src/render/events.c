/* SPDX-License-Identifier: ISC */
/*
 * Events as gemtext, the next one first, and as a calendar (iCalendar, RFC
 * 5545).  Past events are left out.  Today is the capsule's newest date, so
 * that the same YAML gives the same bytes on any day.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "content/profile.h"
#include "lang/lang.h"
#include "proto/idiom.h"
#include "render/content_line.h"
#include "render/events.h"
#include "render/pen.h"

#define DAY		86400
#define YEARS_MAX	200		/* of a repetition that are tried */

/* -- days, counted from 1970-01-01 ------------------------------------- */

static int64_t
day_of(const char *date)
{
	return clock_parse_date(date) / DAY;
}

/* The date of a day, and a NUL behind it. */
static void
date_of(int64_t day, char out[21])
{
	clock_format(day * DAY, out);
	out[DATE_LEN] = '\0';
}

/* The same day of the month, n months on; -1: that month has no such day. */
static int64_t
months_on(const char *date, unsigned n)
{
	unsigned	 year, month, day;
	char		 date_then[40];

	year = (unsigned)((date[0] - '0') * 1000 + (date[1] - '0') * 100 +
	    (date[2] - '0') * 10 + date[3] - '0');
	month = (unsigned)((date[5] - '0') * 10 + date[6] - '0') - 1 + n;
	day = (unsigned)((date[8] - '0') * 10 + date[9] - '0');
	year += month / 12;
	month = month % 12 + 1;
	if (!clock_is_day((int)year, (int)month, (int)day))
		return -1;
	snprintf(date_then, sizeof(date_then), "%04u-%02u-%02u", year, month,
	    day);
	return day_of(date_then);
}

/* The first day of the event's next time that is not over; -1: all are over. */
static int64_t
next_day(const struct happening *h, int64_t today)
{
	static const int64_t	 steps[] = { [EVERY_DAY] = 1, [EVERY_WEEK] = 7,
				    [EVERY_2_WEEKS] = 14 };
	const int64_t		 first = day_of(h->date);
	const int64_t		 rest = h->last != NULL ?
				    day_of(h->last) - first : 0;
	int64_t			 day = first, step;
	unsigned		 i, months;

	switch (h->every) {
	case EVERY_NONE:
		break;
	case EVERY_DAY:
	case EVERY_WEEK:
	case EVERY_2_WEEKS:
		step = steps[h->every];
		if (day + rest < today)
			day += (today - rest - day + step - 1) / step * step;
		break;
	case EVERY_MONTH:
	case EVERY_YEAR:
		months = h->every == EVERY_YEAR ? 12 : 1;
		for (i = months; day + rest < today && i < YEARS_MAX * 12;
		    i += months)
			if ((day = months_on(h->date, i)) == -1)
				day = first;
		break;
	}
	if (day + rest < today || (h->until != NULL && day > day_of(h->until)))
		return -1;
	return day;
}

/* Sort the events that are not past, the next one first; how many. */
static size_t
in_order(const struct pen *p, const struct block *b, size_t order[HAPPENINGS_MAX],
    int64_t when[HAPPENINGS_MAX])
{
	const struct happening	*h = b->events.event;
	const int64_t		 today = day_of(p->p->newest);
	const char		*from, *other;
	int64_t			 day;
	size_t			 i, k, n = 0;

	for (i = 0; i < b->events.n && i < HAPPENINGS_MAX; i++) {
		if ((day = next_day(&h[i], today)) == -1)
			continue;
		from = h[i].from != NULL ? h[i].from : "";
		for (k = n++; k > 0; k--) {
			other = h[order[k - 1]].from;
			if (when[k - 1] < day || (when[k - 1] == day &&
			    strcmp(other != NULL ? other : "", from) <= 0))
				break;
			order[k] = order[k - 1];
			when[k] = when[k - 1];
		}
		order[k] = i;
		when[k] = day;
	}
	return n;
}

/* -- gemtext ----------------------------------------------------------- */

/* "Tue; 5 Saun 2083" or "Tue; every week; until 2026-12-31" */
static void
put_words(const struct pen *p, const struct happening *h, int64_t day)
{
	static const enum lang_phrase	 every[] = {
		[EVERY_DAY] = LANG_DAILY, [EVERY_WEEK] = LANG_WEEKLY,
		[EVERY_2_WEEKS] = LANG_TWO_WEEKLY,
		[EVERY_MONTH] = LANG_MONTHLY, [EVERY_YEAR] = LANG_YEARLY
	};
	const char			*list = p->v->marks->list;

	if (h->last == NULL && h->every != EVERY_DAY)
		/* 1970-01-01 was a Thursday. */
		pen_word(p, (enum lang_phrase)(LANG_MO + (day + 3) % 7));
	if (p->b->len > 0 && (h->when.in[0] != NULL || h->every != EVERY_NONE))
		buf_str(p->b, list);
	if (h->when.in[0] != NULL)
		buf_str(p->b, pen_in(p, &h->when));
	if (h->every == EVERY_NONE)
		return;
	pen_word(p, every[h->every]);
	if (h->until != NULL) {
		buf_str(p->b, list);
		pen_word_of(p, LANG_UNTIL, h->until);
	}
}

static void
put_event(const struct pen *p, const struct happening *h, int64_t day)
{
	struct buf		 words = BUF_INIT, name = BUF_INIT,
				 value = BUF_INIT;
	struct idiom_event	 e;
	struct pen		 aside = *p;
	char			 first[21], last[21];

	memset(&e, 0, sizeof(e));
	date_of(day, first);
	e.first = slice_of(first);
	if (h->last != NULL) {
		date_of(day + day_of(h->last) - day_of(h->date), last);
		e.last = slice_of(last);
	}
	e.from = slice_of(h->from);
	e.to = slice_of(h->to);
	aside.b = &words;
	put_words(&aside, h, day);
	if (words.len > 0)
		e.words = slice_of(words.data);
	e.title = slice_of(pen_in(p, &h->title));
	if (h->place.in[0] != NULL)
		e.place = slice_of(pen_in(p, &h->place));
	idiom_event_name(&name, p->v->marks, &e);
	idiom_event_value(&value, p->v->marks, &e);
	if (buf_ok(&words) && buf_ok(&name) && buf_ok(&value))
		pen_item(p, name.data, value.data, 0, &h->remark);
	else
		p->b->failed = 1;
	buf_free(&words);
	buf_free(&name);
	buf_free(&value);
}

void
events_write(const struct pen *p, const struct block *b)
{
	size_t	 order[HAPPENINGS_MAX], i, n;
	int64_t	 when[HAPPENINGS_MAX];

	n = in_order(p, b, order, when);
	for (i = 0; i < n; i++)
		put_event(p, &b->events.event[order[i]], when[i]);
	if (n == 0) {
		pen_line(p, p->v->word[LANG_NOTHING]);
		return;
	}
	pen_empty(p);
	pen_link(p, "../data/events.ics", LANG_N, p->v->word[LANG_EVENTS_ICS]);
}

/* -- calendar ---------------------------------------------------------- */

/* NAME;VALUE=DATE:20260721, or NAME:20260721T083000 in the place's own time. */
static void
put_moment(struct buf *b, const char *name, const char *date,
    const char *time)
{
	buf_str(b, name);
	buf_str(b, time == NULL ? ";VALUE=DATE:" : ":");
	buf_fmt(b, "%.4s%.2s%.2s", date, date + 5, date + 8);
	if (time != NULL)
		buf_fmt(b, "T%.2s%.2s00", time, time + 3);
	buf_str(b, "\r\n");
}

static void
put_rule(struct buf *b, const struct happening *h)
{
	static const char *const words[] = { [EVERY_DAY] = "DAILY",
	    [EVERY_WEEK] = "WEEKLY", [EVERY_2_WEEKS] = "WEEKLY;INTERVAL=2",
	    [EVERY_MONTH] = "MONTHLY", [EVERY_YEAR] = "YEARLY" };

	if (h->every == EVERY_NONE)
		return;
	buf_fmt(b, "RRULE:FREQ=%s", words[h->every]);
	if (h->until != NULL)
		buf_fmt(b, ";UNTIL=%.4s%.2s%.2s%s", h->until, h->until + 5,
		    h->until + 8, h->from != NULL ? "T235959" : "");
	buf_str(b, "\r\n");
}

/*
 * Put the event's end: without times the day after its last day; else the time
 * at which it ends, if it is known.
 */
static void
put_end(struct buf *b, const struct happening *h)
{
	const char	*last = h->last != NULL ? h->last : h->date;
	char		 next[21];

	if (h->from == NULL) {
		date_of(day_of(last) + 1, next);
		put_moment(b, "DTEND", next, NULL);
	} else if (h->to != NULL) {
		/* An end that is not after the begin is on the next day. */
		if (h->last == NULL && strcmp(h->to, h->from) <= 0) {
			date_of(day_of(last) + 1, next);
			last = next;
		}
		put_moment(b, "DTEND", last, h->to);
	}
}

/* Put an id that stays the same in all editions: FNV-1a of the event. */
static void
put_uid(const struct pen *p, const struct happening *h)
{
	const char	*part[] = { h->date, h->from != NULL ? h->from : "",
			    h->title.in[0], h->place.in[0] != NULL ?
			    h->place.in[0] : "" };
	const char	*s;
	uint64_t	 x = 14695981039346656037u;
	size_t		 i;

	for (i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		for (s = part[i]; *s != '\0'; s++)
			x = (x ^ (unsigned char)*s) * 1099511628211u;
		x *= 1099511628211u;	/* between two parts */
	}
	buf_fmt(p->b, "UID:%016llx@%s\r\n", (unsigned long long)x, p->p->id);
}

static void
put_entry(const struct pen *p, const struct happening *h)
{
	struct buf	 others = BUF_INIT;
	size_t		 l;

	buf_str(p->b, "BEGIN:VEVENT\r\n");
	put_uid(p, h);
	buf_fmt(p->b, "DTSTAMP:%.4s%.2s%.2sT000000Z\r\n", p->p->newest,
	    p->p->newest + 5, p->p->newest + 8);
	put_moment(p->b, "DTSTART", h->date, h->from);
	put_end(p->b, h);
	put_rule(p->b, h);
	content_text(p->b, "SUMMARY", pen_in(p, &h->title), "");
	if (h->place.in[0] != NULL)
		content_text(p->b, "LOCATION", pen_in(p, &h->place), "");
	for (l = 1; l < p->p->nlang; l++)
		if (h->title.in[l] != NULL)
			buf_fmt(&others, "%s%s", others.len > 0 ? "; " : "",
			    h->title.in[l]);
	if (!buf_ok(&others))
		p->b->failed = 1;
	else if (others.len > 0)
		content_text(p->b, "DESCRIPTION", others.data, "");
	buf_free(&others);
	buf_str(p->b, "END:VEVENT\r\n");
}

void
events_calendar(const struct pen *p, const struct block *b)
{
	size_t	 order[HAPPENINGS_MAX], i, n;
	int64_t	 when[HAPPENINGS_MAX];

	n = in_order(p, b, order, when);
	for (i = 0; i < n; i++)
		put_entry(p, &b->events.event[order[i]]);
}

void
events_begin(struct buf *b)
{
	buf_str(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	    "PRODID:-//apeng//capsule//EN\r\n");
}

void
events_end(struct buf *b)
{
	buf_str(b, "END:VCALENDAR\r\n");
}
