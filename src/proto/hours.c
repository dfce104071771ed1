/* SPDX-License-Identifier: ISC */
/*
 * The grammar of opening hours.  A rule is days, one blank, times; commas stand
 * between several days, blanks between several times.  The text is an author's:
 * it may have any bytes but NUL.
 */
#include <string.h>

#include "proto/hours.h"

#define WANT	"want days and times, as Mo-Fr 08:30-12:00 14:00-17:30"

static const char	days[HOURS_DAYS][3] = { "Mo", "Tu", "We", "Th", "Fr",
			    "Sa", "Su" };

static int
day_of(const char *s, unsigned *day)
{
	unsigned	 i;

	for (i = 0; i < HOURS_DAYS; i++)
		if (strncmp(s, days[i], 2) == 0) {
			*day = i;
			return 1;
		}
	return 0;
}

int
hours_time(const char *s, size_t len, unsigned *minutes)
{
	size_t	 i;

	if (len != 5 || s[2] != ':')
		return 0;
	for (i = 0; i < len; i++)
		if (i != 2 && (s[i] < '0' || s[i] > '9'))
			return 0;
	*minutes = (unsigned)((s[0] - '0') * 10 + s[1] - '0') * 60 +
	    (unsigned)((s[3] - '0') * 10 + s[4] - '0');
	return s[3] <= '5' && *minutes <= DAY_MINUTES;
}

/* Read "Mo" or "Mo-Fr"; returns the text behind it, NULL: it is neither. */
static const char *
read_days(const char *s, struct hours_span *span)
{
	if (!day_of(s, &span->from))
		return NULL;
	span->to = span->from;
	if (s[2] != '-')
		return s + 2;
	return day_of(s + 3, &span->to) ? s + 5 : NULL;
}

/* Read "08:30-12:00"; returns the text behind it, NULL: it is no such text. */
static const char *
read_times(const char *s, struct hours_span *span)
{
	if (strlen(s) < 11 || s[5] != '-' ||
	    !hours_time(s, 5, &span->from) || !hours_time(s + 6, 5, &span->to))
		return NULL;
	return s + 11;
}

const char *
hours_parse(const char *s, struct hours *h)
{
	memset(h, 0, sizeof(*h));
	do {
		if (h->nday == HOURS_DAYS ||
		    (s = read_days(s, &h->day[h->nday++])) == NULL)
			return WANT;
	} while (*s++ == ',');
	if (s[-1] != ' ')
		return WANT;
	do {
		if (h->ntime == HOURS_SPANS)
			return "want at most 6 times of one day";
		if ((s = read_times(s, &h->time[h->ntime])) == NULL)
			return WANT;
		if (h->time[h->ntime].from == h->time[h->ntime].to)
			return "a time ends when it begins";
		h->ntime++;
	} while (*s++ == ' ');
	return s[-1] == '\0' ? NULL : WANT;
}
