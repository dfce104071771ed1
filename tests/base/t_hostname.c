/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/err.h"
#include "base/hostname.h"
#include "lib/test.h"

/*
 * Names and their xn-- forms from RFC 3492, Python's idna codec and registries.
 */
static void
ascii(void **state)
{
	static const struct { const char *name, *want; } cases[] = {
		{ "磨坊.example", "xn--2es359e.example" },
		{ "Bücher.example", "xn--bcher-kva.example" },
		{ "BÜCHER.EXAMPLE", "xn--bcher-kva.example" },
		{ "ພາສາ.la", "xn--j7cyxb.la" },
		{ "磨坊。中国", "xn--2es359e.xn--fiqs8s" },
		{ "他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye" },
		{ "почемужеонинеговорятпорусски",
		    "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l" },
		{ "3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b" },
		{ "town.example", NULL }, { "", NULL }, { "磨坊..a", NULL },
		{ "a b.磨", NULL }, { "\xff磨", NULL },
		{ "磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊"
		    "磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊磨坊",
		    NULL },
	};
	char	 out[HOSTNAME_MAX];
	size_t	 i;
	int	 rv;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		rv = hostname_ascii(cases[i].name, out);
		if ((rv == 0) != (cases[i].want != NULL) ||
		    (rv == 0 && strcmp(out, cases[i].want) != 0))
			fail_msg("%s: %s", cases[i].name, rv == 0 ? out :
			    "none");
	}
}

static void
lower(void **state)
{
	char	 out[16];

	(void)state;
	hostname_lower("Town.EXAMPLE", out, sizeof(out));
	assert_string_equal(out, "town.example");
	hostname_lower("Town.EXAMPLE", out, 5);
	assert_string_equal(out, "town");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii),
		cmocka_unit_test(lower),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
