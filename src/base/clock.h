/* SPDX-License-Identifier: ISC */
/* Time.  Spans and deadlines are milliseconds on the monotonic clock. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

uint64_t	clock_mono_ms(void);
int64_t		clock_wall(void);	/* seconds since 1970, UTC */
int		clock_is_day(int year, int month, int day);	/* from year 1 */
/* YYYY-MM-DD at s[0..9] -> seconds of its midnight UTC, -1 if no date. */
int64_t		clock_parse_date(const char *s);
/* YYYY-MM-DDTHH:MM:SSZ, exactly; -1 if it is not one. */
int64_t		clock_parse(const char *s);
/* Write the same form; a time before 1970 or after 9999 is written as 1970. */
void		clock_format(int64_t, char out[21]);
uint32_t	clock_day(int64_t);	/* the time's day as YYYYMMDD, as in
					   serials */

#endif
