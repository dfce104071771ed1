/* SPDX-License-Identifier: ISC */
/*
 * Opening hours as an office writes them, "Mo-Fr,Su 08:30-12:00 14:00-17:30":
 * days of the week, then times of the day.  Days count from 0, Monday; times
 * are minutes since midnight, and 24:00 is the end of a day.
 */
#ifndef PROTO_HOURS_H
#define PROTO_HOURS_H

#include <stddef.h>

#define HOURS_DAYS	7
#define HOURS_SPANS	6		/* times of one rule */
#define DAY_MINUTES	(24 * 60)

struct hours_span {
	unsigned	 from, to;	/* to may be below from: Sa-Mo, and
					   22:00-02:00; both days are in it */
};

struct hours {
	size_t			 nday, ntime;
	struct hours_span	 day[HOURS_DAYS];
	struct hours_span	 time[HOURS_SPANS];
};

/* Read a rule.  NULL: fine; else what is wrong, in words. */
const char	*hours_parse(const char *, struct hours *);
/* Read "08:30", at most 24:00, as minutes.  1; 0: it is no time of the day. */
int		 hours_time(const char *, size_t len, unsigned *minutes);

#endif
