/* SPDX-License-Identifier: ISC */
#include "base/err.h"
#include "lib/test.h"
#include "net/addr.h"

static void
parse(void **state)
{
	static const struct {
		const char	*name, *text, *back;	/* NULL: refused */
	} cases[] = {
		{ "v4", "192.0.2.1:1965", "192.0.2.1:1965" },
		{ "v4 usual port", "192.0.2.1", "192.0.2.1:7" },
		{ "v6", "[2001:db8::1]:70", "[2001:db8::1]:70" },
		{ "v6 usual port", "[::1]", "[::1]:7" },
		{ "v6 bare", "2001:db8::70", "[2001:db8::70]:7" },
		{ "port 0", "127.0.0.1:0", "127.0.0.1:0" },
		{ "highest port", "127.0.0.1:65535", "127.0.0.1:65535" },
		{ "port wraps", "127.0.0.1:65536", NULL },
		{ "port empty", "127.0.0.1:", NULL },
		{ "port sign", "127.0.0.1:+1", NULL },
		{ "port long", "127.0.0.1:0000000070", NULL },
		{ "a name", "localhost:70", NULL },
		{ "empty", "", NULL },
		{ "open bracket", "[::1", NULL },
		{ "bracket and dirt", "[::1]70", NULL },
		{ "v4 in brackets", "[127.0.0.1]:70", "127.0.0.1:70" },
		{ "leading space", " 127.0.0.1:70", NULL },
		{ "octal", "127.0.0.010:70", NULL },
	};
	struct net_addr	 a;
	struct err	 e;
	char		 text[ADDR_TEXT];
	size_t		 i;
	int		 rv;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		rv = addr_parse(cases[i].text, 7, &a, &e);
		if ((rv == 0) != (cases[i].back != NULL))
			fail_msg("%s: %d", cases[i].name, rv);
		if (rv == -1)
			continue;
		addr_text(&a, text);
		if (strcmp(text, cases[i].back) != 0)
			fail_msg("%s: %s", cases[i].name, text);
	}
}

static void
short_form(void **state)
{
	static const struct { const char *from, *to; } cases[] = {
		{ "192.0.2.77", "192.0.2.0/24" },
		{ "2001:db8:1:2ff:3:4:5:6", "2001:db8:1:200::/56" },
		{ "::ffff:192.0.2.77", "192.0.2.0/24" },
	};
	struct net_addr	 a;
	char		 text[ADDR_TEXT];
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		assert_int_equal(addr_parse(cases[i].from, 1, &a, NULL), 0);
		addr_short(&a, text);
		assert_string_equal(text, cases[i].to);
	}
}

static void
networks(void **state)
{
	static const struct { const char *net, *addr; int in; } cases[] = {
		{ "192.0.2.0/24", "192.0.2.255", 1 },
		{ "192.0.2.0/24", "192.0.3.0", 0 },
		{ "192.0.2.1", "192.0.2.1", 1 },
		{ "192.0.2.1", "192.0.2.0", 0 },
		{ "192.0.2.128/25", "192.0.2.127", 0 },
		{ "0.0.0.0/0", "192.0.2.1", 1 },
		{ "0.0.0.0/0", "2001:db8::1", 0 },
		{ "2001:db8::/33", "2001:db8:7fff::", 1 },
		{ "2001:db8::/33", "2001:db8:8000::", 0 },
		/* Who names IPv6 alone has not spoken of IPv4. */
		{ "::/0", "2001:db8::1", 1 },
		{ "::/0", "192.0.2.1", 0 },
		{ "::/80", "192.0.2.1", 0 },
		{ "::ffff:0:0/95", "192.0.2.1", 0 },
		{ "::ffff:0:0/96", "192.0.2.1", 1 },
		{ "::ffff:192.0.2.0/120", "192.0.2.1", 1 },
		{ "::ffff:192.0.2.0/120", "192.0.3.1", 0 },
	};
	struct net_addr	 net, a;
	unsigned	 bits;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		assert_int_equal(addr_parse_net(cases[i].net, &net, &bits,
		    NULL), 0);
		assert_int_equal(addr_parse(cases[i].addr, 1, &a, NULL), 0);
		if (addr_in_net(&a, &net, bits) != cases[i].in)
			fail_msg("%s %s", cases[i].net, cases[i].addr);
	}
	assert_int_equal(addr_parse_net("192.0.2.0/33", &net, &bits, NULL),
	    -1);
	assert_int_equal(addr_parse_net("here", &net, &bits, NULL), -1);
}

static void
kinds(void **state)
{
	static const struct { const char *s; int loop, any, v4; } cases[] = {
		{ "127.0.0.1", 1, 0, 1 }, { "127.9.9.9", 1, 0, 1 },
		{ "::1", 1, 0, 0 }, { "0.0.0.0", 0, 1, 1 },
		{ "::", 0, 1, 0 }, { "128.0.0.1", 0, 0, 1 },
		{ "::2", 0, 0, 0 },
	};
	struct sockaddr_storage	 ss;
	struct net_addr		 a, b;
	size_t			 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		assert_int_equal(addr_parse(cases[i].s, 9, &a, NULL), 0);
		assert_int_equal(addr_is_loopback(&a), cases[i].loop);
		assert_int_equal(addr_is_any(&a), cases[i].any);
		assert_int_equal(addr_is_v4(&a), cases[i].v4);
		addr_to_sa(&a, &ss);
		assert_int_equal(addr_from_sa((struct sockaddr *)&ss, &b), 0);
		assert_memory_equal(&a, &b, sizeof(a));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parse), cmocka_unit_test(short_form),
		cmocka_unit_test(networks), cmocka_unit_test(kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
