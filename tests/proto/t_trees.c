/* SPDX-License-Identifier: ISC */
/* The rows of trees, and whose languages they are for. */
#include "lib/test.h"
#include "proto/trees.h"

static void
rows(void **state)
{
	const struct tree_row	*r;
	size_t			 i, k;

	(void)state;
	for (i = 0; i < tree_nrows; i++) {
		r = &tree_rows[i];
		assert_ptr_equal(trees_find(r->name), r);
		assert_non_null(trees_find(r->with));
		assert_true(trees_is_chosen(trees_find(r->with)));
		assert_true(trees_is_chosen(r) == (r->tags != NULL));
		assert_true(trees_is_chosen(r) == (r->what != NULL));
		for (k = 0; k < N(r->sibling); k++)
			assert_true(r->sibling[k] == NULL ||
			    trees_find(r->sibling[k]) != NULL);
	}
	assert_null(trees_find("latin2"));
	assert_null(trees_find(""));
}

static void
speaks(void **state)
{
	static const struct { const char *tree, *tag; int yes; } cases[] = {
		{ "ascii", "en", 1 },		{ "ascii", "en-GB", 1 },
		{ "ascii", "enm", 0 },		{ "ascii", "fr", 0 },
		{ "gb", "zh", 1 },		{ "gb", "zh-Hans-CN", 1 },
		{ "gb", "zh-TW", 0 },		{ "gb", "zh-Hant", 0 },
		{ "gb", "ZH-hans", 1 },		{ "gb", "z", 0 },
		{ "latin1", "fr", 1 },		{ "latin1", "fr-CA", 1 },
		{ "latin1", "nb-NO", 1 },	{ "latin1", "en", 0 },
		{ "latin1", "zh", 0 },		{ "latin1", "pl", 0 },
		{ "latin1", "vi", 0 },		{ "latin1", "br", 1 },
		{ "latin1", "", 0 },		{ "40", "en", 0 },
	};
	size_t	 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (trees_speaks(trees_find(cases[i].tree), cases[i].tag) !=
		    cases[i].yes)
			fail_msg("%s %s", cases[i].tree, cases[i].tag);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows), cmocka_unit_test(speaks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
