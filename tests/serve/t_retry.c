/* SPDX-License-Identifier: ISC */
#include "lib/test.h"
#include "serve/retry.h"

/* Pauses double up to the bound and end with a good life. */
static void
pauses(void **state)
{
	static const unsigned	 want[] = { 0, 100, 200, 400, 800, 1600,
				    3200, 5000, 5000 };
	struct retry		 r = { 0, 0, 0, 0 };
	uint64_t		 now = 1000000;
	size_t			 i;

	(void)state;
	assert_false(retry_is_due(&r, now));
	retry_began(&r, now);
	now += RETRY_WELL_MS;
	for (i = 0; i < N(want); i++) {
		retry_died(&r, now);
		assert_int_equal(r.due, now + want[i]);
		assert_int_equal(retry_is_due(&r, now), want[i] == 0);
		assert_int_equal(retry_next(&r, now + 1000),
		    now + (want[i] < 1000 ? want[i] : 1000));
		now += want[i];
		assert_true(retry_is_due(&r, now));
		retry_began(&r, now);
		assert_false(retry_is_due(&r, now));
		assert_int_equal(retry_next(&r, now + 1000), now + 1000);
		now += 10;
	}
	now += RETRY_WELL_MS;
	retry_died(&r, now);
	assert_int_equal(r.due, now);
}

static void
failures(void **state)
{
	struct retry	 r = { 0, 0, 0, 0 };
	uint64_t	 now = 1000000, span = 0;
	unsigned	 most = RETRY_LATER_MS, n;

	(void)state;
	retry_began(&r, now);
	retry_wanted(&r, now);
	for (n = 0; n < 20; n++) {
		assert_true(retry_is_due(&r, now));
		retry_failed(&r, now, most);
		assert_true(r.due > now && r.due - now <= most);
		assert_true(r.due - now >= span);
		span = r.due - now;
		now = r.due;
	}
	assert_int_equal(span, most);
	/* What serves is gone too: that is more urgent. */
	retry_died(&r, now);
	assert_int_equal(r.due, now);
	retry_failed(&r, now, RETRY_SOON_MS);
	assert_int_equal(r.due, now + RETRY_FIRST_MS);
	/* A long time later the first failure waits as little as ever. */
	retry_began(&r, now);
	now += 100 * RETRY_LATER_MS;
	retry_failed(&r, now, most);
	assert_int_equal(r.due, now + RETRY_FIRST_MS);
}

static void
news(void **state)
{
	struct retry	 r = { 0, 0, 0, 0 };

	(void)state;
	assert_true(retry_is_news(&r, "fork: no"));
	assert_false(retry_is_news(&r, "fork: no"));
	retry_failed(&r, 1, 1000);
	assert_false(retry_is_news(&r, "fork: no"));
	assert_true(retry_is_news(&r, "fork: not so"));
	retry_wanted(&r, 1);
	assert_true(retry_is_news(&r, "fork: not so"));
	retry_began(&r, 1);
	assert_true(retry_is_news(&r, "fork: not so"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses), cmocka_unit_test(failures),
		cmocka_unit_test(news),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
