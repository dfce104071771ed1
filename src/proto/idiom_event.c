/* SPDX-License-Identifier: ISC */
/*
 * Events: items of a list.  The name of such an item is a day or several, and
 * may have times, and words in brackets; its value is a title, and may have a
 * place in brackets.  The reader takes a stranger's item; an item with any
 * other form is no event.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "proto/hours.h"
#include "proto/idiom.h"

#define DAY_LEN		10	/* 2026-07-21 */
#define TIME_LEN	5	/* 08:30 */

static void
put(struct buf *b, const char *before, const struct slice *s,
    const char *after)
{
	if (s->at == NULL)
		return;
	buf_str(b, before);
	buf_add(b, s->at, s->len);
	buf_str(b, after);
}

void
idiom_event_name(struct buf *b, const struct idiom_marks *m,
    const struct idiom_event *e)
{
	put(b, "", &e->first, "");
	put(b, " - ", &e->last, "");
	put(b, " ", &e->from, "");
	put(b, "-", &e->to, "");
	put(b, m->open, &e->words, m->close);
}

void
idiom_event_value(struct buf *b, const struct idiom_marks *m,
    const struct idiom_event *e)
{
	put(b, "", &e->title, "");
	put(b, m->open, &e->place, m->close);
}

/* Take n bytes from the front of s. */
static struct slice
take(struct slice *s, size_t n)
{
	const struct slice	 front = { s->at, n };

	s->at += n;
	s->len -= n;
	return front;
}

static int
is_day(const struct slice *s)
{
	size_t	 i;

	for (i = 0; i < DAY_LEN; i++)
		if (i >= s->len || (i == 4 || i == 7 ? s->at[i] != '-' :
		    s->at[i] < '0' || s->at[i] > '9'))
			return 0;
	return 1;
}

static int
is_time(const struct slice *s)
{
	unsigned	 minutes;

	return s->len >= TIME_LEN && hours_time(s->at, TIME_LEN, &minutes);
}

static int
skip(struct slice *s, const char *mark)
{
	const size_t	 n = strlen(mark);

	if (s->len < n || memcmp(s->at, mark, n) != 0)
		return 0;
	(void)take(s, n);
	return 1;
}

int
idiom_event_read(const struct idiom_item *i, struct idiom_event *e)
{
	struct slice	 s = i->name, rest;

	memset(e, 0, sizeof(*e));
	if (i->value.at == NULL || i->value.len == 0)
		return 0;
	e->title = i->value;
	(void)idiom_bracket(&e->title, &e->place);
	(void)idiom_bracket(&s, &e->words);
	if (!is_day(&s))
		return 0;
	e->first = take(&s, DAY_LEN);
	rest = s;
	if (skip(&rest, " - ") && is_day(&rest)) {
		e->last = take(&rest, DAY_LEN);
		s = rest;
	}
	if (s.len == 0)
		return 1;
	if (!skip(&s, " ") || !is_time(&s))
		return 0;
	e->from = take(&s, TIME_LEN);
	if (s.len == 0)
		return 1;
	if (!skip(&s, "-") || !is_time(&s))
		return 0;
	e->to = take(&s, TIME_LEN);
	return s.len == 0;
}
