/* SPDX-License-Identifier: ISC */
/*
 * Timetables: a line for each stop, with its name and then its times in
 * columns.  When these lines would be wider than IDIOM_COLS, the stops are
 * items of a list.  The readers read a line from its end, because a name may
 * have any text.  The lines are a stranger's.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/hours.h"
#include "proto/idiom.h"

#define TIME_LEN	5
#define TIME_MAX	(TIME_LEN + 1)	/* with a mark behind it */

/* -- writing ----------------------------------------------------------- */

/* The width of the column of time k, which is the widest of all stops. */
static size_t
column(const struct idiom_stop *s, size_t n, size_t k)
{
	size_t	 i, w, wide = TIME_LEN;

	for (i = 0; i < n; i++)
		if ((w = strlen(s[i].time[k])) > wide)
			wide = w;
	return wide;
}

/* Write a line of the block; wide: columns of the widest name. */
static void
put_line(struct buf *b, const struct idiom_stop *all, size_t n,
    const struct idiom_stop *s, size_t wide)
{
	size_t	 k, used = text_width(s->name.at, s->name.len);

	buf_add(b, s->name.at, s->name.len);
	for (k = 0; k < s->ntime; k++) {
		for (; used <= wide; used++)
			buf_ch(b, ' ');
		wide += 1 + column(all, n, k);
		if (strlen(s->time[k]) == 1) {	/* no time: in the middle */
			buf_str(b, "  ");
			used += 2;
		}
		buf_str(b, s->time[k]);
		used += strlen(s->time[k]);
	}
	buf_ch(b, '\n');
}

static void
put_times(struct buf *b, const struct idiom_stop *s)
{
	size_t	 i;

	for (i = 0; i < s->ntime; i++)
		buf_fmt(b, "%s%s", i > 0 ? " " : "", s->time[i]);
}

static void
put_block(struct buf *b, const struct idiom_marks *m, const char *word,
    const struct idiom_stop *s, size_t n, size_t wide)
{
	size_t	 i;

	buf_str(b, "``` ");
	buf_str(b, word);
	for (i = 0; i < n; i++) {
		buf_str(b, i == 0 ? m->colon : m->list);
		buf_add(b, s[i].name.at, s[i].name.len);
		buf_ch(b, ' ');
		put_times(b, &s[i]);
	}
	buf_ch(b, '\n');
	for (i = 0; i < n; i++)
		put_line(b, s, n, &s[i], wide);
	idiom_block_end(b);
}

void
idiom_times_write(struct buf *b, const struct idiom_marks *m,
    const char *word, const struct idiom_stop *s, size_t n)
{
	size_t	 i, k, w, wide = 0, all;
	int	 fits = n > 1;

	for (i = 0; i < n; i++) {
		w = text_width(s[i].name.at, s[i].name.len);
		wide = w > wide ? w : wide;
		/* Such a line could end the block or a Gopher text. */
		fits = fits && s[i].name.at[0] != '.' &&
		    s[i].name.at[0] != '`';
	}
	for (all = wide, k = 0; fits && k < s[0].ntime; k++)
		all += 1 + column(s, n, k);
	if (fits && all <= IDIOM_COLS) {
		put_block(b, m, word, s, n, wide);
		return;
	}
	for (i = 0; i < n; i++) {
		buf_str(b, "* ");
		buf_add(b, s[i].name.at, s[i].name.len);
		buf_str(b, m->colon);
		put_times(b, &s[i]);
		buf_ch(b, '\n');
	}
}

int
idiom_is_time(const char *s, size_t len)
{
	unsigned	 minutes;

	if (len == 1)
		return *s == '-' || *s == 'x';
	if (len == TIME_MAX && ((s[TIME_LEN] >= 'a' && s[TIME_LEN] <= 'z') ||
	    s[TIME_LEN] == '*' || s[TIME_LEN] == '+'))
		len--;
	return len == TIME_LEN && hours_time(s, len, &minutes) &&
	    minutes < DAY_MINUTES;
}

/* -- reading ----------------------------------------------------------- */

/* Bytes of the time that s ends with; 0: it ends with none. */
static size_t
last_time(const struct slice *s)
{
	size_t	 n = 0;

	while (n < s->len && n <= TIME_MAX && s->at[s->len - 1 - n] != ' ')
		n++;
	return n > 0 && idiom_is_time(s->at + s->len - n, n) ? n : 0;
}

size_t
idiom_stop_read(const struct slice *line, struct slice *name,
    struct slice *times)
{
	struct slice	 s = *line;
	size_t		 n, count = 0;

	while (s.len > 0 && s.at[s.len - 1] == ' ')
		s.len--;
	*times = s;
	while ((n = last_time(&s)) > 0) {
		count++;
		s.len -= n;
		times->at = s.at + s.len;
		while (s.len > 0 && s.at[s.len - 1] == ' ')
			s.len--;
	}
	*name = s;
	if (count == 0)
		*times = (struct slice){ s.at + s.len, 0 };
	else
		times->len = (size_t)(line->at + line->len - times->at);
	return count;
}

int
idiom_time_next(struct slice *times, struct slice *time)
{
	while (times->len > 0 && *times->at == ' ') {
		times->at++;
		times->len--;
	}
	if (times->len == 0)
		return 0;
	*time = (struct slice){ times->at, 0 };
	while (times->len > 0 && *times->at != ' ') {
		time->len++;
		times->at++;
		times->len--;
	}
	return 1;
}

size_t
idiom_times_read(const struct idiom_block *b)
{
	struct slice	 rest = b->lines, line, name, times;
	size_t		 n, all = 0, lines = 0;

	while (idiom_next_line(&rest, &line)) {
		n = idiom_stop_read(&line, &name, &times);
		if (n == 0 || name.len == 0 || (all != 0 && n != all))
			return 0;
		all = n;
		lines++;
	}
	return lines > 1 ? all : 0;
}
