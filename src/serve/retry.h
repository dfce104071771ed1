/* SPDX-License-Identifier: ISC */
/*
 * When to start again what has died or could not be started (a process, a
 * generation, the opening of a file): at once if it had run well, else after a
 * pause that doubles up to a bound.
 */
#ifndef SERVE_RETRY_H
#define SERVE_RETRY_H

#include <stdint.h>

#define RETRY_FIRST_MS	100		/* the first pause */
#define RETRY_SOON_MS	5000		/* the longest pause while something is
					   missing */
#define RETRY_LATER_MS	60000		/* and while all is served as before */
#define RETRY_WELL_MS	10000		/* what ran so long ran well */

/* All 0 is a valid beginning.  Times are milliseconds, monotonic. */
struct retry {
	uint64_t	 due;		/* when to start it; 0: it need not
					   be */
	uint64_t	 since;		/* when it was started */
	unsigned	 pause;		/* how long the next pause is */
	uint32_t	 said;		/* hash of the complaint told last */
};

/* It has been started. */
void	retry_began(struct retry *, uint64_t now);
/* It is wanted: start it now, whatever was planned. */
void	retry_wanted(struct retry *, uint64_t now);
/* It ran and has ended. */
void	retry_died(struct retry *, uint64_t now);
/* It could not be started. most: the longest pause. */
void	retry_failed(struct retry *, uint64_t now, unsigned most);
int	retry_is_due(const struct retry *, uint64_t now);
/* The earlier of next and the time at which it is due. */
uint64_t retry_next(const struct retry *, uint64_t next);
/* 1: this complaint is not the one told last for the same cause. */
int	retry_is_news(struct retry *, const char *complaint);

#endif
