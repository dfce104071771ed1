/* SPDX-License-Identifier: ISC */
#include "base/err.h"
#include "cmd/config.h"
#include "content/diag.h"
#include "lib/test.h"

static int
load(struct config *c, const char *text, char *first, size_t size)
{
	struct diag	*d = diag_new();
	const char	*line;
	int		 rv;

	rv = config_load_text(c, "t.yml", text, strlen(text), d);
	line = diag_line(d, 0, NULL);
	snprintf(first, size, "%s", line != NULL ? line : "");
	diag_free(d);
	return rv;
}

static void
good(void **state)
{
	struct config	 c;
	char		 first[256];

	(void)state;
	assert_int_equal(config_init(&c), 0);
	assert_int_equal(load(&c, "packages: [a.gpub, b.gpub]\n"
	    "hosts: one.example\nlimits:\n  burst: 7\n  loopback: yes\n"
	    "gopher:\n  listen: off\nlog: {to: /var/log/apeng}\n", first,
	    sizeof(first)), 0);
	assert_int_equal(c.packages.n, 2);
	assert_string_equal(c.packages.item[1], "b.gpub");
	assert_string_equal(c.hosts.item[0], "one.example");
	assert_int_equal(c.burst, 7);
	assert_int_equal(c.loopback, 1);
	assert_int_equal(c.per_address, 200);
	assert_int_equal(c.reply_rate, 8);
	assert_int_equal(c.reply_span, 600);
	assert_int_equal(c.resume, 600);
	assert_string_equal(c.listen[PROTO_GOPHER].item[0], "off");
	assert_string_equal(c.log_to, "/var/log/apeng");
	config_overrule(&c);
	assert_int_equal(config_set(&c, "packages", "c.gpub", NULL), 0);
	assert_int_equal(config_set(&c, "packages", "d.gpub", NULL), 0);
	assert_int_equal(c.packages.n, 2);
	assert_string_equal(c.packages.item[0], "c.gpub");
	assert_int_equal(config_set(&c, "limits.burst", "8", NULL), 0);
	assert_int_equal(c.burst, 8);
	config_free(&c);
}

static void
bad(void **state)
{
	static const struct { const char *text, *says; } cases[] = {
		{ "limits:\n  brust: 5\n", "t.yml:2:3: limits.brust: no such "
		    "setting; is limits.burst meant?" },
		{ "limit:\n  burst: 5\n", "t.yml:1:1: limit: no such "
		    "setting; is limits meant?" },
		{ "burst: 5\n", "t.yml:1:1: burst: no such setting" },
		{ "xyzzy: 5\n", "t.yml:1:1: xyzzy: no such setting, see "
		    "apeng.yml(5)" },
		{ "workers: 65\n", "t.yml:1:10: workers: want a whole "
		    "number, 0 to 64" },
		{ "workers: -1\n", "t.yml:1:10: workers: want" },
		{ "workers: 99999999999\n", "t.yml:1:10: workers: want" },
		{ "workers: [2]\n", "t.yml:1:10: workers: found a list" },
		{ "unsigned: maybe\n", "t.yml:1:11: unsigned: want yes or "
		    "no" },
		{ "limits: 5\n", "t.yml:1:9: limits: found" },
		{ "gemini:\n  listen:\n    - {a: b}\n",
		    "t.yml:3:7: gemini.listen: found" },
		{ "- a\n", "t.yml:1:1: found a list, want settings" },
		{ "certs: \"\"\n", "t.yml:1:8: certs: want a value" },
	};
	struct config	 c;
	char		 first[256];
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		assert_int_equal(config_init(&c), 0);
		if (load(&c, cases[i].text, first, sizeof(first)) != -1)
			fail_msg("taken: %s", cases[i].text);
		if (strncmp(first, cases[i].says, strlen(cases[i].says)) != 0)
			fail_msg("%s says %s", cases[i].text, first);
		config_free(&c);
	}
}

/* Every key has an option, and no two the same. */
static void
keys(void **state)
{
	const char	*key, *option, *k2, *o2;
	char		 made[64];
	size_t		 i, j, n;

	(void)state;
	for (i = 0; (key = config_key(i, &option)) != NULL; i++) {
		snprintf(made, sizeof(made), "%s", key);
		for (n = 0; made[n] != '\0'; n++)
			if (made[n] == '.' || made[n] == '_')
				made[n] = '-';
		assert_string_equal(made, option);
		for (j = 0; j < i; j++) {
			k2 = config_key(j, &o2);
			assert_string_not_equal(key, k2);
			assert_string_not_equal(option, o2);
		}
	}
	assert_true(i > 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good), cmocka_unit_test(bad),
		cmocka_unit_test(keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
