/* SPDX-License-Identifier: ISC */
/* Chinese findings take the arguments of the English ones. */
#include "lib/test.h"

#include <string.h>

#include "content/diag.h"
#include "content/tongue.h"

/* The conversions of a format one after another: "%.64s%u". */
static void
conversions(const char *fmt, char *out, size_t size)
{
	size_t	 n, len = 0;

	for (; (fmt = strchr(fmt, '%')) != NULL; fmt += n) {
		n = 1 + strspn(fmt + 1, "-+ #0123456789.*hlzjt");
		n += fmt[n] != '\0';
		assert_true(len + n < size);
		memcpy(out + len, fmt, n);
		len += n;
	}
	out[len] = '\0';
}

/* The table of schema.json is no format: what it says of % is printed. */
static void
same_conversions(void **state)
{
	const struct tongue_pair	*p;
	char				 en[128], zh[128];

	(void)state;
	for (p = tongue_findings; p->en != NULL; p++) {
		conversions(p->en, en, sizeof(en));
		conversions(p->zh, zh, sizeof(zh));
		if (strcmp(en, zh) != 0)
			fail_msg("\"%s\": %s, in Chinese %s", p->en, en, zh);
	}
}

static int
count(const struct tongue_pair *p, const char *en)
{
	int	 n = 0;

	for (; p->en != NULL; p++)
		n += strcmp(p->en, en) == 0;
	return n;
}

static void
no_pair_twice(void **state)
{
	const struct tongue_pair	*p, *both[] = { tongue_findings,
					    tongue_schema };
	size_t				 i;

	(void)state;
	for (i = 0; i < 2; i++)
		for (p = both[i]; p->en != NULL; p++) {
			if (count(both[0], p->en) + count(both[1], p->en) != 1)
				fail_msg("\"%s\" stands there twice", p->en);
			if (strcmp(p->en, p->zh) == 0)
				fail_msg("\"%s\" is not translated", p->en);
		}
}

static void
a_finding_speaks(void **state)
{
	struct diag	*d = diag_new();

	(void)state;
	assert_non_null(d);
	diag_add(d, DIAG_WARNING, "a.yml", 1, 2, "words: \"%s\" is used "
	    "nowhere", "x");
	diag_speak(d, TONGUE_ZH);
	diag_add(d, DIAG_WARNING, "b.yml", 1, 2, "words: \"%s\" is used "
	    "nowhere", "x");
	diag_add(d, DIAG_ERROR, "c.yml", 3, 0, "unheard of: %d", 7);
	assert_string_equal(diag_line(d, 0, NULL),
	    "a.yml:1:2: warning: words: \"x\" is used nowhere");
	assert_string_equal(diag_line(d, 1, NULL),
	    "b.yml:1:2: 警告：words：没有用到 \"x\"");
	assert_string_equal(diag_line(d, 2, NULL), "c.yml:3: unheard of: 7");
	diag_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_conversions),
		cmocka_unit_test(no_pair_twice),
		cmocka_unit_test(a_finding_speaks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
