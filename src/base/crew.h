/* SPDX-License-Identifier: ISC */
/*
 * Jobs that do not depend on each other are done by the calling thread and a
 * few more.  Only the calling thread takes the results, in the order of the
 * jobs, so that the outcome does not depend on the number of threads.
 */
#ifndef BASE_CREW_H
#define BASE_CREW_H

#include <stddef.h>

#define CREW_SLOTS	16	/* jobs begun and not yet taken, at most */
#define CREW_MOST	4	/* threads */

struct crew {
	/*
	 * Do job i (0 .. n - 1) in any thread.  It may write only to what
	 * belongs to its slot (0 .. CREW_SLOTS - 1); no two jobs have the same
	 * slot at a time.
	 */
	void	(*make)(void *arg, size_t slot, size_t i);
	/* Take the result, in the calling thread.  -1: begin no more jobs. */
	int	(*take)(void *arg, size_t slot, size_t i);
	void	*arg;
};

/* Processors that this process may use, at least 1. */
size_t	crew_processors(void);
/* The same, but at most CREW_MOST. */
size_t	crew_threads(void);
/*
 * 0 when all n jobs are made and taken, -1 when take() returned it; all jobs
 * that were begun have ended then.  There is one thread for each `least' jobs,
 * because a thread for fewer costs more than it saves, but at most
 * crew_threads(), the calling thread included.  A thread that the system does
 * not give is left out.
 */
int	crew_run(const struct crew *, size_t n, size_t least);

#endif
