/* SPDX-License-Identifier: ISC */
#include <sys/wait.h>

#include <signal.h>

#include "base/clock.h"
#include "lib/test.h"
#include "net/addr.h"
#include "net/limits.h"

static const struct limits_conf	 conf = {
	.connections = 100, .half_open = 10, .per_address = 3,
	.per_prefix = 5, .requests = 60, .burst = 4, .search = 60,
	.loopback = 0,
};

static struct net_addr
addr(const char *s)
{
	struct net_addr	 a;

	assert_int_equal(addr_parse(s, 1, &a, NULL), 0);
	return a;
}

static void
connections(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("192.0.2.1"), b = addr("192.0.2.2");
	struct net_addr	 other = addr("192.0.3.1"), home = addr("127.0.0.1");
	int		 i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_true(limits_admit(l, &a));
	assert_false(limits_admit(l, &a));
	assert_true(limits_admit(l, &b));
	assert_true(limits_admit(l, &b));
	assert_false(limits_admit(l, &b));	/* the prefix has 5 */
	assert_true(limits_admit(l, &other));
	limits_leave(l, &a);
	assert_true(limits_admit(l, &b));
	assert_false(limits_admit(l, &a));
	for (i = 0; i < 100; i++)
		assert_true(limits_admit(l, &home));
	limits_free(l);
}

/* IPv6 counts by /64, /56 and /48, whatever the rest of the address says. */
static void
village(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("2001:db8:1:200::1");
	struct net_addr	 b = addr("2001:db8:1:2ff:9:8:7:6");
	struct net_addr	 next = addr("2001:db8:1:300::1");
	struct net_addr	 same = addr("2001:db8:1:200:f::2");
	int		 i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_true(limits_admit(l, &a));
	assert_true(limits_admit(l, &b));
	assert_true(limits_admit(l, &b));
	assert_false(limits_admit(l, &b));	/* the /56 has 5 */
	assert_false(limits_admit(l, &same));	/* its /64 has 3 */
	assert_true(limits_admit(l, &next));
	limits_leave(l, &next);
	for (i = 0; i < 100; i++) {		/* the /48 has 20 */
		next.ip[6] = (uint8_t)(16 + i);
		if (!limits_admit(l, &next))
			break;
	}
	assert_int_equal(i, 15);
	next = addr("2001:db8:2::");
	assert_true(limits_admit(l, &next));
	limits_leave(l, &a);
	assert_true(limits_admit(l, &b));
	limits_free(l);
}

static void
requests(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("192.0.2.1"), b = addr("192.0.2.2");
	uint64_t	 t = clock_mono_ms() * 1000;
	int		 i;

	(void)state;
	for (i = 0; i < 4; i++)
		assert_int_equal(limits_take(l, &a, LIMIT_REQUEST, t), 0);
	assert_int_equal(limits_take(l, &a, LIMIT_REQUEST, t), 1 + 1);
	assert_int_equal(limits_take(l, &b, LIMIT_REQUEST, t), 0);
	assert_int_equal(limits_take(l, &a, LIMIT_REQUEST, t + 500000), 1);
	assert_int_equal(limits_take(l, &a, LIMIT_REQUEST, t + 1000000), 0);
	assert_int_not_equal(limits_take(l, &a, LIMIT_REQUEST, t + 1000000), 0);
	for (i = 0; i < 4; i++)
		assert_int_equal(limits_take(l, &a, LIMIT_REQUEST, t + 60000000), 0);
	limits_free(l);
}

/* How many of n addresses in a row get a request through at t. */
static int
through(struct limits *l, const char *net, int byte, int n, uint64_t t)
{
	struct net_addr	 a = addr(net);
	int		 i, got = 0;

	for (i = 0; i < n; i++) {
		a.ip[byte] = (uint8_t)i;
		got += limits_take(l, &a, LIMIT_REQUEST, t) == 0;
	}
	return got;
}

/* A subscriber has a /64 and more: other addresses in it are the same one. */
static void
ipv6_rates(void **state)
{
	struct limits_conf	 wide = conf;
	struct limits		*l;
	uint64_t		 t = clock_mono_ms() * 1000;
	int			 i, got = 0;
	char			 net[64];

	(void)state;
	wide.connections = 10000;	/* room for all of them */
	l = limits_new(&wide, NULL);
	assert_int_equal(through(l, "2001:db8::", 15, 200, t), 4);
	assert_int_equal(through(l, "2001:db8:0:1::", 8, 200, t), 4);
	/* Of its /56 each /64 has 4, and together they have 5 times that. */
	assert_int_equal(through(l, "2001:db8::", 7, 200, t), 20 - 8);
	/* Of a /48 the same, 25 times. */
	for (i = 1; i < 100; i++) {
		snprintf(net, sizeof(net), "2001:db8:0:%x00::", i);
		got += through(l, net, 7, 4, t);
	}
	assert_int_equal(got, 100 - 20);
	assert_int_equal(through(l, "2001:db8:1::", 15, 200, t), 4);
	/* Each address of an IPv4 network may be a whole village. */
	assert_int_equal(through(l, "192.0.2.0", 15, 200, t), 200);
	limits_free(l);
}

/* Handshakes are twice as many as requests, and counted apart. */
static void
handshakes(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("192.0.2.1");
	uint64_t	 t = clock_mono_ms() * 1000;
	int		 i;

	(void)state;
	for (i = 0; i < 8; i++)
		assert_int_equal(limits_take(l, &a, LIMIT_HANDSHAKE, t), 0);
	assert_int_equal(limits_take(l, &a, LIMIT_HANDSHAKE, t), 1);
	for (i = 0; i < 4; i++)
		assert_int_equal(limits_take(l, &a, LIMIT_REQUEST, t), 0);
	assert_int_not_equal(limits_take(l, &a, LIMIT_REQUEST, t), 0);
	assert_int_equal(limits_take(l, &a, LIMIT_HANDSHAKE, t + 500000), 0);
	limits_free(l);
}

/*
 * 60 MB a minute, 20 at once.  What is charged is done already, so that one
 * burst more may be owed and not more than that.
 */
static void
searches(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("2001:db8::1"), b = addr("2001:db8::2");
	struct net_addr	 next = addr("2001:db8:0:1::");
	uint64_t	 t = clock_mono_ms() * 1000;
	int		 i;

	(void)state;
	assert_int_equal(limits_search_wait(l, &a, t), 0);
	assert_int_equal(limits_searched(l, &a, 19000000, t), 19000000);
	assert_int_equal(limits_search_wait(l, &a, t), 0);
	limits_searched(l, &b, 5000000, t);	/* the same /64 */
	assert_int_equal(limits_search_wait(l, &a, t), 4 + 1);
	assert_int_equal(limits_search_wait(l, &a, t + 4000000), 0);
	for (i = 0; i < 4; i++)
		limits_searched(l, &a, 9000000, t);
	assert_int_equal(limits_searched(l, &a, 0, t), 40000000);
	assert_int_equal(limits_search_wait(l, &a, t), 20 + 1);
	/* Its neighbour owes nothing, and their /56 not yet too much. */
	assert_int_equal(limits_searched(l, &next, 0, t), 0);
	assert_int_equal(limits_search_wait(l, &next, t), 0);
	limits_searched(l, &next, 20000000, t);
	for (i = 2; i < 9; i++) {
		next.ip[7] = (uint8_t)i;
		limits_searched(l, &next, 20000000, t);
	}
	next.ip[7] = 100;
	assert_int_not_equal(limits_search_wait(l, &next, t), 0);
	limits_free(l);
}

/* More addresses than places: nobody is shut out, nothing is mixed up. */
static void
crowded(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("10.0.0.0");
	unsigned	 i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		a.ip[13] = (uint8_t)(i >> 8);
		a.ip[14] = (uint8_t)i;
		assert_true(limits_admit(l, &a));
	}
	for (i = 0; i < 20000; i++) {
		a.ip[13] = (uint8_t)(i >> 8);
		a.ip[14] = (uint8_t)i;
		limits_leave(l, &a);
	}
	a = addr("192.0.2.1");
	for (i = 0; i < 3; i++)
		assert_true(limits_admit(l, &a));
	assert_false(limits_admit(l, &a));
	limits_free(l);
}

/* Several processes come and go at once: the count ends at 0. */
static void
shared(void **state)
{
	struct limits_conf	 wide = conf;
	struct limits		*l;
	struct net_addr		 a = addr("192.0.2.1");
	pid_t			 pid[4];
	int			 i, k, status;

	(void)state;
	wide.per_address = 8;
	wide.per_prefix = 8;
	l = limits_new(&wide, NULL);
	for (i = 0; i < 4; i++) {
		if ((pid[i] = fork()) != 0)
			continue;
		for (k = 0; k < 20000; k++) {
			if (!limits_admit(l, &a))
				_exit(1);
			limits_leave(l, &a);
		}
		_exit(0);
	}
	for (i = 0; i < 4; i++) {
		waitpid(pid[i], &status, 0);
		assert_int_equal(status, 0);
	}
	for (i = 0; i < 8; i++)
		assert_true(limits_admit(l, &a));
	assert_false(limits_admit(l, &a));
	limits_forget(l);
	assert_true(limits_admit(l, &a));
	limits_free(l);
}

/* A count that nothing honest reaches: it must end, whatever it answers. */
static void
full_count(void **state)
{
	struct limits_conf	 none = conf;
	struct limits		*l;
	struct net_addr		 a = addr("192.0.2.1");
	long			 i;

	(void)state;
	none.per_address = none.per_prefix = 0;
	l = limits_new(&none, NULL);
	alarm(60);			/* ends a circle */
	for (i = 0; i < (1L << 24) + 2; i++)
		if (!limits_admit(l, &a))
			fail_msg("turned away at %ld", i);
	alarm(0);
	limits_leave(l, &a);
	assert_true(limits_admit(l, &a));
	limits_free(l);
}

/* The table, which a worker that somebody broke into can write. */
static struct { uint64_t who, due[LIMIT_N]; }	*place;
static size_t				 nplace;

/* The only memory that this process shares. */
static void
find_table(void)
{
	char		 line[256];
	unsigned long	 from, to;
	FILE		*f = fopen("/proc/self/maps", "r");

	assert_non_null(f);
	place = NULL;
	while (fgets(line, sizeof(line), f) != NULL)
		if (strstr(line, " rw-s ") != NULL &&
		    sscanf(line, "%lx-%lx", &from, &to) == 2) {
			place = (void *)(uintptr_t)from;
			nplace = (to - from) / sizeof(*place);
		}
	fclose(f);
	assert_non_null(place);
}

static void
fill(int also_who, uint64_t due)
{
	size_t	 i;

	for (i = 0; i < nplace; i++) {
		if (also_who)
			place[i].who = (i * 0x9e3779b97f4a7c15ULL | 1) << 24;
		place[i].due[LIMIT_REQUEST] = place[i].due[LIMIT_SEARCH] = due;
	}
}

/* Nobody is sent away for longer than a burst lasts, whatever is written. */
static void
wild_due(void **state)
{
	static const uint64_t	 wild[] = { UINT64_MAX, UINT64_MAX - 1000000,
				    UINT64_MAX / 2, 1ULL << 62, 0 };
	struct limits		*l = limits_new(&conf, NULL);
	struct net_addr		 a = addr("192.0.2.1");
	uint64_t		 t = clock_mono_ms() * 1000;
	unsigned		 wait;
	size_t			 i;

	(void)state;
	find_table();
	for (i = 0; i < N(wild); i++, t += 60000000) {
		limits_take(l, &a, LIMIT_REQUEST, t);
		fill(0, wild[i]);
		wait = limits_take(l, &a, LIMIT_REQUEST, t);
		if (wait > conf.burst + 1 || (wait == 0) != (wild[i] == 0))
			fail_msg("%zu: %u s", i, wait);
		wait = limits_search_wait(l, &a, t);
		if (wait > 20 + 1 || (wait == 0) != (wild[i] == 0))
			fail_msg("%zu: search: %u s", i, wait);
		assert_int_equal(limits_search_wait(l, &a, t +
		    (uint64_t)wait * 1000000), 0);
		wait = limits_take(l, &a, LIMIT_REQUEST, t);
		/* Told to wait so long, it comes back and is served. */
		assert_int_equal(limits_take(l, &a, LIMIT_REQUEST, t + wait * 1000000),
		    0);
	}
	limits_free(l);
}

/* Places that nobody seems to need are taken again. */
static void
wild_places(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("192.0.2.1");
	int		 i;

	(void)state;
	find_table();
	fill(1, UINT64_MAX);
	for (i = 0; i < 3; i++)
		assert_true(limits_admit(l, &a));
	assert_false(limits_admit(l, &a));
	limits_free(l);
}

/* Somebody scribbles all the time: every call still comes back. */
static void
wild_for_ever(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("192.0.2.1");
	uint64_t	 v = 1;
	pid_t		 pid;
	size_t		 i;

	(void)state;
	find_table();
	if ((pid = fork()) == 0)
		for (i = 0; getppid() != 1; i = (i + 1) % nplace) {
			v = v * 6364136223846793005ULL + 1442695040888963407U;
			place[i].due[v % LIMIT_N] = v;
			/* Often the one that is looked for, with any count. */
			place[i].who ^= v & 0xffffff;
		}
	alarm(60);
	for (i = 0; i < 100000; i++) {
		if (limits_admit(l, &a))
			limits_leave(l, &a);
		limits_take(l, &a, LIMIT_REQUEST, clock_mono_ms() * 1000);
		limits_searched(l, &a, 1000000, clock_mono_ms() * 1000);
		limits_search_wait(l, &a, clock_mono_ms() * 1000);
	}
	alarm(0);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	limits_free(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(connections), cmocka_unit_test(village),
		cmocka_unit_test(requests), cmocka_unit_test(ipv6_rates),
		cmocka_unit_test(handshakes), cmocka_unit_test(searches),
		cmocka_unit_test(crowded), cmocka_unit_test(shared),
		cmocka_unit_test(full_count),
		cmocka_unit_test(wild_due), cmocka_unit_test(wild_places),
		cmocka_unit_test(wild_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
