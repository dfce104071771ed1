/* SPDX-License-Identifier: ISC */
/*
 * When to start again what has died or could not be started: at once after
 * a good life, else after a pause that doubles up to a bound.
 */
#ifndef SERVE_RETRY_H
#define SERVE_RETRY_H

#include <stdint.h>

#define RETRY_FIRST_MS	100		/* the first pause */
#define RETRY_SOON_MS	5000		/* bound while something is missing */
#define RETRY_LATER_MS	60000		/* while all is served as before */
#define RETRY_WELL_MS	10000		/* a life as it should be */

/* All 0 is a good beginning.  Times are milliseconds, monotonic. */
struct retry {
	uint64_t	 due;		/* 0: nothing to start */
	uint64_t	 since;		/* it was started then */
	unsigned	 pause;		/* what the next one waits */
	uint32_t	 said;		/* hash of the complaint told last */
};

/* It runs. */
void	retry_began(struct retry *, uint64_t now);
/* Somebody asks for it: now, whatever was planned. */
void	retry_wanted(struct retry *, uint64_t now);
/* It ran and has ended. */
void	retry_died(struct retry *, uint64_t now);
/* It could not be started; most: the longest pause. */
void	retry_failed(struct retry *, uint64_t now, unsigned most);
int	retry_is_due(const struct retry *, uint64_t now);
/* The earlier of next and when it is due. */
uint64_t retry_next(const struct retry *, uint64_t next);
/* 1: this complaint is not the one told last for the same cause. */
int	retry_is_news(struct retry *, const char *complaint);

#endif
