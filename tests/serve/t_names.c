/* SPDX-License-Identifier: ISC */
/* The hash table of names, against a plain list of them. */
#include "lib/test.h"
#include "serve/names.h"
#include "serve/open.h"

#define NAMES	300

static struct site	 site[NAMES];
static char		 name[NAMES][16];
static int		 in[NAMES];

static void
check(const struct names *t)
{
	size_t	 i, n = 0;

	for (i = 0; i < NAMES; i++) {
		n += (size_t)in[i];
		assert_ptr_equal(names_find(t, name[i], strlen(name[i])),
		    in[i] ? &site[i] : NULL);
	}
	assert_int_equal(t->n, n);
}

/* A long walk of adding and dropping; chains wrap around and move up. */
static void
many(void **state)
{
	struct names	 t = { .fold = 0 };
	unsigned	 seed = 1;
	size_t		 i, k;

	(void)state;
	for (i = 0; i < NAMES; i++)
		snprintf(name[i], sizeof(name[i]), "d%zu", i * 7919 % 1000);
	for (k = 0; k < 20000; k++) {
		seed = seed * 1103515245 + 12345;
		i = (seed >> 8) % NAMES;
		if (in[i])
			names_drop(&t, name[i], &site[i]);
		else {
			assert_int_equal(names_room(&t, 1), 0);
			names_add(&t, name[i], &site[i]);
		}
		in[i] = !in[i];
		if (k % 97 == 0)
			check(&t);
	}
	check(&t);
	names_drop(&t, "nobody", &site[0]);
	for (i = 0; i < NAMES; i++)		/* another's stays */
		names_drop(&t, name[i], &site[(i + 1) % NAMES]);
	check(&t);
	names_free(&t);
	assert_null(names_find(&t, "d0", 2));
}

static void
cases(void **state)
{
	struct names	 t = { .fold = 1 }, exact = { .fold = 0 };

	(void)state;
	assert_null(names_find(&t, "a", 1));
	names_drop(&t, "a", &site[0]);
	assert_int_equal(names_room(&t, 100), 0);
	assert_true(t.room >= 200);
	names_add(&t, "Valley.Example", &site[1]);
	assert_ptr_equal(names_find(&t, "vALLEY.eXAMPLE", 14), &site[1]);
	assert_null(names_find(&t, "valley.exampl", 13));
	assert_null(names_find(&t, "", 0));
	assert_int_equal(names_room(&exact, 1), 0);
	names_add(&exact, "valley", &site[1]);
	assert_null(names_find(&exact, "Valley", 6));
	assert_ptr_equal(names_find(&exact, "valley/en", 6), &site[1]);
	names_free(&t);
	names_free(&exact);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many), cmocka_unit_test(cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
