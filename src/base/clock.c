/* SPDX-License-Identifier: ISC */
/*
 * The time of day, the monotonic clock, and dates as text.  Days are counted in
 * the Gregorian calendar by arithmetic only: time zone, locale and files of the
 * system are not used, because pages must be the same on every machine.  Text
 * that is read may be anybody's: only the one exact form is accepted, and only
 * a day that exists.
 */
#include <string.h>
#include <time.h>

#include "base/clock.h"

#define DAY	86400
#define LAST	INT64_C(253402300799)	/* 9999-12-31T23:59:59Z */

uint64_t
clock_mono_ms(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

int64_t
clock_wall(void)
{
	return (int64_t)time(NULL);
}

static int
digits(const char *s, int n)
{
	int	 v = 0;

	while (n-- > 0) {
		if (*s < '0' || *s > '9')
			return -1;
		v = v * 10 + (*s++ - '0');
	}
	return v;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
static int64_t
days_from_civil(int y, int m, int d)
{
	int64_t	 era, yoe, doy, doe;

	y -= m <= 2;
	era = y / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

int
clock_is_day(int y, int m, int d)
{
	static const int	 len[] = { 31, 29, 31, 30, 31, 30, 31, 31,
				    30, 31, 30, 31 };

	if (y < 1 || m < 1 || m > 12 || d < 1 || d > len[m - 1])
		return 0;
	return m != 2 || d != 29 ||
	    (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
}

int64_t
clock_parse_date(const char *s)
{
	int	 y, m, d;

	if (strnlen(s, 10) < 10 || s[4] != '-' || s[7] != '-')
		return -1;
	y = digits(s, 4);
	m = digits(s + 5, 2);
	d = digits(s + 8, 2);
	if (y < 1970 || !clock_is_day(y, m, d))
		return -1;
	return days_from_civil(y, m, d) * DAY;
}

int64_t
clock_parse(const char *s)
{
	int64_t	 day;
	int	 h, m, sec;

	if (strlen(s) != 20 || (day = clock_parse_date(s)) == -1 ||
	    s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[19] != 'Z' ||
	    (h = digits(s + 11, 2)) < 0 || h > 23 ||
	    (m = digits(s + 14, 2)) < 0 || m > 59 ||
	    (sec = digits(s + 17, 2)) < 0 || sec > 59)
		return -1;
	return day + h * 3600 + m * 60 + sec;
}

static void
two(char *out, int n, char after)
{
	out[0] = (char)('0' + n / 10);
	out[1] = (char)('0' + n % 10);
	out[2] = after;
}

/* gmtime_r() is not used: where time_t has 32 bits it ends with 2038. */
void
clock_format(int64_t t, char out[21])
{
	int64_t	 days, era, doe, yoe, doy, mp;
	int	 y, m, d, sec;

	if (t < 0 || t > LAST)
		t = 0;
	days = t / DAY + 719468;		/* since 0000-03-01 */
	sec = (int)(t % DAY);
	era = days / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;		/* months since March */
	d = (int)(doy - (153 * mp + 2) / 5 + 1);
	m = (int)(mp < 10 ? mp + 3 : mp - 9);
	y = (int)(yoe + era * 400) + (m <= 2);
	out[0] = (char)('0' + y / 1000 % 10);
	out[1] = (char)('0' + y / 100 % 10);
	two(out + 2, y % 100, '-');
	two(out + 5, m, '-');
	two(out + 8, d, 'T');
	two(out + 11, sec / 3600, ':');
	two(out + 14, sec / 60 % 60, ':');
	two(out + 17, sec % 60, 'Z');
	out[20] = '\0';
}

uint32_t
clock_day(int64_t t)
{
	char	 text[21];

	clock_format(t, text);
	return (uint32_t)(digits(text, 4) * 10000 + digits(text + 5, 2) * 100 +
	    digits(text + 8, 2));
}
