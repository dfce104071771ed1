/* SPDX-License-Identifier: ISC */
#include "base/clock.h"
#include "lib/test.h"
#include "net/limits.h"
#include "net/turns.h"

#define SLICE	1000000

static struct net_addr
addr(const char *s)
{
	struct net_addr	 a;

	assert_int_equal(addr_parse(s, 1, &a, NULL), 0);
	return a;
}

/* Eight of one address and one of another: each address has half. */
static void
fair(void **state)
{
	static const struct limits_conf	 conf = { .connections = 100,
					    .search = 600 };
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 many = addr("192.0.2.1"), one = addr("192.0.2.2");
	struct turn	 turn[9], *t;
	struct turns	 ts;
	uint64_t	 now = clock_mono_ms() * 1000;
	unsigned	 i, got = 0;

	(void)state;
	turns_init(&ts);
	assert_null(turns_next(&ts, l, now));
	for (i = 0; i < 8; i++)
		assert_int_equal(turns_add(&ts, &turn[i], &many), 0);
	assert_int_equal(turns_add(&ts, &turn[8], &many), -1);
	assert_int_equal(turns_add(&ts, &turn[8], &one), 0);
	for (i = 0; i < 80; i++) {
		assert_non_null(t = turns_next(&ts, l, now));
		limits_searched(l, t->peer, SLICE, now);
		got += t == &turn[8];
	}
	assert_true(got >= 39 && got <= 41);
	/* Those of one address take turns. */
	for (i = 0; i < 8; i++)
		assert_true(turn[i].had >= 4 && turn[i].had <= 6);
	for (i = 0; i < 9; i++)
		turns_remove(&ts, &turn[i]);
	assert_null(turns_next(&ts, l, now));
	limits_free(l);
}

/* Nothing limits the loopback: all take turns; and all have an end. */
static void
unlimited(void **state)
{
	static const struct limits_conf	 conf = { .connections = 100,
					    .search = 600 };
	static struct turn	 turn[TURNS_MAX + 1];
	static struct net_addr	 peer[TURNS_MAX + 1];
	struct limits		*l = limits_new(&conf, NULL);
	struct turns		 ts;
	struct turn		*t;
	unsigned		 i, k;

	(void)state;
	turns_init(&ts);
	for (i = 0; i < TURNS_MAX; i++) {
		peer[i] = addr("127.0.0.1");
		peer[i].ip[14] = (uint8_t)(i >> 8);
		peer[i].ip[13] = (uint8_t)i;
		assert_int_equal(turns_add(&ts, &turn[i], &peer[i]), 0);
	}
	peer[i] = addr("127.9.9.9");
	assert_int_equal(turns_add(&ts, &turn[i], &peer[i]), -1);
	for (k = 0; k < 2 * TURNS_MAX; k++) {
		assert_non_null(t = turns_next(&ts, l, 1));
		limits_searched(l, t->peer, SLICE, 1);
	}
	for (i = 0; i < TURNS_MAX; i++)
		assert_int_equal(turn[i].had, 2);
	limits_free(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fair), cmocka_unit_test(unlimited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
