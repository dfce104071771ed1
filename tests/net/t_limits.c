#include <sys/wait.h>

#include "base/clock.h"
#include "lib/test.h"
#include "net/addr.h"
#include "serve/limits.h"

static const struct limits_conf	 conf = {
	.connections = 100, .half_open = 10, .per_address = 3,
	.per_prefix = 5, .requests = 60, .burst = 4, .loopback = 0,
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

/* A network of IPv6 is a /56, whatever the rest of the address says. */
static void
village(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("2001:db8:1:200::1");
	struct net_addr	 b = addr("2001:db8:1:2ff:9:8:7:6");
	struct net_addr	 next = addr("2001:db8:1:300::1");
	int		 i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_true(limits_admit(l, &a));
	assert_true(limits_admit(l, &b));
	assert_true(limits_admit(l, &b));
	assert_false(limits_admit(l, &b));	/* the /56 has 5 */
	assert_true(limits_admit(l, &next));
	limits_leave(l, &a);
	assert_true(limits_admit(l, &b));
	limits_free(l);
}

static void
requests(void **state)
{
	struct limits	*l = limits_new(&conf, NULL);
	struct net_addr	 a = addr("2001:db8::1"), b = addr("2001:db8::2");
	uint64_t	 t = clock_mono_ms() * 1000;
	int		 i;

	(void)state;
	for (i = 0; i < 4; i++)
		assert_int_equal(limits_request(l, &a, t), 0);
	assert_int_equal(limits_request(l, &a, t), 1 + 1);
	assert_int_equal(limits_request(l, &b, t), 0);
	assert_int_equal(limits_request(l, &a, t + 500000), 1);
	assert_int_equal(limits_request(l, &a, t + 1000000), 0);
	assert_int_not_equal(limits_request(l, &a, t + 1000000), 0);
	for (i = 0; i < 4; i++)
		assert_int_equal(limits_request(l, &a, t + 60000000), 0);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(connections), cmocka_unit_test(village),
		cmocka_unit_test(requests),
		cmocka_unit_test(crowded), cmocka_unit_test(shared),
		cmocka_unit_test(full_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
