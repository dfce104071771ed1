/* SPDX-License-Identifier: ISC */
#include <pthread.h>
#include <stdatomic.h>

#include "base/crew.h"
#include "lib/test.h"

#define JOBS	5000

struct seen {
	_Atomic int	 busy[CREW_SLOTS];	/* 1: a job has that slot */
	size_t		 made[CREW_SLOTS];	/* job + 1, until it is taken */
	_Atomic size_t	 nmade;
	size_t		 ntaken, stop;
	pthread_t	 taker;
	_Atomic int	 wrong, helped;
};

/* Work of different lengths; each 97th job is a long one. */
static unsigned
toil(size_t i)
{
	volatile unsigned	 x = 0;
	size_t			 n;

	for (n = i % 97 == 0 ? 200000 : i % 7 * 300; n > 0; n--)
		x += (unsigned)n;
	return x;
}

static void
make(void *arg, size_t slot, size_t i)
{
	struct seen	*s = arg;

	if (atomic_exchange(&s->busy[slot], 1) != 0)
		s->wrong = 1;
	if (!pthread_equal(pthread_self(), s->taker))
		s->helped = 1;
	toil(i);
	s->made[slot] = i + 1;
	s->nmade++;
}

static int
take(void *arg, size_t slot, size_t i)
{
	struct seen	*s = arg;

	if (i != s->ntaken++ || s->made[slot] != i + 1 ||
	    !pthread_equal(pthread_self(), s->taker))
		s->wrong = 1;
	s->made[slot] = 0;
	if (atomic_exchange(&s->busy[slot], 0) != 1)
		s->wrong = 1;
	return s->ntaken == s->stop ? -1 : 0;
}

static struct seen *
run(size_t n, size_t least, size_t stop, int want)
{
	static struct seen	 s;
	const struct crew	 crew = { make, take, &s };

	memset(&s, 0, sizeof(s));
	s.stop = stop;
	s.taker = pthread_self();
	assert_int_equal(crew_run(&crew, n, least), want);
	assert_int_equal(s.wrong, 0);
	return &s;
}

static void
all_in_order(void **state)
{
	struct seen	*s;
	unsigned	 k;

	(void)state;
	for (k = 0; k < 5; k++) {
		s = run(JOBS, 1, 0, 0);
		assert_int_equal(s->nmade, JOBS);
		assert_int_equal(s->ntaken, JOBS);
	}
}

static void
few_jobs_one_thread(void **state)
{
	struct seen	*s;

	(void)state;
	s = run(0, 1, 0, 0);
	assert_int_equal(s->nmade, 0);
	s = run(1, 1, 0, 0);
	assert_int_equal(s->ntaken, 1);
	s = run(199, 100, 0, 0);
	assert_int_equal(s->ntaken, 199);
	assert_int_equal(s->helped, 0);
	s = run(3, 0, 0, 0);
	assert_int_equal(s->ntaken, 3);
}

static void
stops(void **state)
{
	struct seen	*s;
	size_t		 at;

	(void)state;
	for (at = 1; at < JOBS; at += 611) {
		s = run(JOBS, 1, at, -1);
		assert_int_equal(s->ntaken, at);
		assert_true(s->nmade >= at && s->nmade <= at + CREW_SLOTS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_in_order),
		cmocka_unit_test(few_jobs_one_thread),
		cmocka_unit_test(stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
