/* SPDX-License-Identifier: ISC */
/*
 * Jobs that do not depend on each other, done by the calling thread and a
 * few more; what each gave is taken in the jobs' order by the calling thread
 * alone, so that the outcome is the same however many there were.
 */
#ifndef BASE_CREW_H
#define BASE_CREW_H

#include <stddef.h>

#define CREW_SLOTS	16	/* jobs on their way at a time */
#define CREW_MOST	4	/* threads */

struct crew {
	/*
	 * Do job i (0 .. n - 1) in any thread, with nothing but the room of
	 * that slot (0 .. CREW_SLOTS - 1) to write to: no two jobs at a time
	 * have the same.
	 */
	void	(*make)(void *arg, size_t slot, size_t i);
	/* What came of it, in the calling thread.  -1: no more of them. */
	int	(*take)(void *arg, size_t slot, size_t i);
	void	*arg;
};

/* Processors that this process may use, at least 1. */
size_t	crew_processors(void);
/* The same, CREW_MOST at most. */
size_t	crew_threads(void);
/*
 * 0 when all n jobs are made and taken, -1 when take() said so; those that
 * were begun have ended then.  There is a thread for each `least' jobs, for
 * fewer are not worth one, but no more than crew_threads(), the calling one
 * among them; one that cannot be had is done without.
 */
int	crew_run(const struct crew *, size_t n, size_t least);

#endif
