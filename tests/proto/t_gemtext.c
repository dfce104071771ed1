/* SPDX-License-Identifier: ISC */
#include "lib/test.h"
#include "proto/gemtext.h"

static const char	*names[] = {
	"text", "link", "h1", "h2", "h3", "list", "quote", "toggle", "pre"
};

static void
one_line(void **state)
{
	static const struct {
		const char		*s;
		enum gemtext_type	 type;
		const char		*text, *url;
	} cases[] = {
		{ "", GEMTEXT_TEXT, "", NULL },
		{ "plain words", GEMTEXT_TEXT, "plain words", NULL },
		{ " * indented", GEMTEXT_TEXT, " * indented", NULL },
		{ "=> a.gmi A page", GEMTEXT_LINK, "A page", "a.gmi" },
		{ "=>a.gmi\t A page ", GEMTEXT_LINK, "A page ", "a.gmi" },
		{ "=> a.gmi", GEMTEXT_LINK, "", "a.gmi" },
		{ "=>", GEMTEXT_TEXT, "=>", NULL },
		{ "=>  \t", GEMTEXT_TEXT, "=>  \t", NULL },
		{ "= > a", GEMTEXT_TEXT, "= > a", NULL },
		{ "# One", GEMTEXT_HEADING1, "One", NULL },
		{ "##Two", GEMTEXT_HEADING2, "Two", NULL },
		{ "###  Three", GEMTEXT_HEADING3, "Three", NULL },
		{ "#### four", GEMTEXT_HEADING3, "# four", NULL },
		{ "#", GEMTEXT_HEADING1, "", NULL },
		{ "* item", GEMTEXT_LIST, "item", NULL },
		{ "*item", GEMTEXT_TEXT, "*item", NULL },
		{ "*", GEMTEXT_TEXT, "*", NULL },
		{ ">quote", GEMTEXT_QUOTE, "quote", NULL },
		{ "> 黔江", GEMTEXT_QUOTE, "黔江", NULL },
		{ "```", GEMTEXT_TOGGLE, "", NULL },
		{ "``` bars", GEMTEXT_TOGGLE, "bars", NULL },
		{ "``", GEMTEXT_TEXT, "``", NULL },
	};
	struct gemtext		 g;
	struct gemtext_line	 l;
	size_t			 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		/* An exact copy: a look past the end shows under ASan. */
		size_t n = strlen(cases[i].s) + 1;
		char *copy = malloc(n);

		assert_non_null(copy);
		memcpy(copy, cases[i].s, n - 1);
		copy[n - 1] = '\n';
		gemtext_start(&g, copy, n);
		assert_int_equal(gemtext_next(&g, &l), 1);
		if (l.type != cases[i].type ||
		    l.len != strlen(cases[i].text) ||
		    memcmp(l.text, cases[i].text, l.len) != 0)
			fail_msg("\"%s\": %s, \"%.*s\"", cases[i].s,
			    names[l.type], (int)l.len, l.text);
		if ((cases[i].url == NULL) != (l.url == NULL) ||
		    (l.url != NULL && (l.urllen != strlen(cases[i].url) ||
		    memcmp(l.url, cases[i].url, l.urllen) != 0)))
			fail_msg("\"%s\": wrong link", cases[i].s);
		assert_int_equal(gemtext_next(&g, &l), 0);
		free(copy);
	}
}

static void
whole(void **state)
{
	static const char text[] =
	    "# T\r\n\n``` alt\n# no heading\n=> no link\n```\r\n* last";
	static const enum gemtext_type want[] = {
		GEMTEXT_HEADING1, GEMTEXT_TEXT, GEMTEXT_TOGGLE, GEMTEXT_PRE,
		GEMTEXT_PRE, GEMTEXT_TOGGLE, GEMTEXT_LIST
	};
	struct gemtext		 g;
	struct gemtext_line	 l;
	size_t			 n = 0;

	(void)state;
	gemtext_start(&g, text, sizeof(text) - 1);
	while (gemtext_next(&g, &l)) {
		assert_true(n < N(want));
		assert_int_equal(l.type, want[n]);
		assert_int_equal(g.line, ++n);
	}
	assert_int_equal(n, N(want));
	assert_int_equal(g.pre, 0);
	gemtext_start(&g, "", 0);
	assert_int_equal(gemtext_next(&g, &l), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line), cmocka_unit_test(whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
