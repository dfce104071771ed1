#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/rest.h"
#include "lib/test.h"

#define SIZE	(1 << 18)

/* Read only, so it lies in the file and can come back from there. */
static const unsigned char	 big[SIZE] = { 1, [SIZE / 2] = 2,
				    [SIZE - 1] = 3 };
/* Its pointers were relocated: that must not be undone. */
static const char *const	 words[] = { "clinic", "ferry", "school" };
static unsigned char		 mine[SIZE];

static long	 mapped(void);
static unsigned	 sum(const unsigned char *);

/* KiB of files that are mapped into this process; -1: not known. */
static long
mapped(void)
{
	char	 line[128];
	FILE	*f;
	long	 kib = -1;

	if ((f = fopen("/proc/self/status", "r")) == NULL)
		return -1;
	while (kib == -1 && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "RssFile:", 8) == 0)
			kib = atol(line + 8);
	fclose(f);
	return kib;
}

static unsigned
sum(const unsigned char *p)
{
	unsigned	 n = 0;
	size_t		 i;

	for (i = 0; i < SIZE; i++)
		n += p[i];
	return n;
}

static void
code_rests(void **state)
{
	long	 before, after;

	(void)state;
	memset(mine, 1, sizeof(mine));
	assert_int_equal(sum(big), 6);
	before = mapped();
	rest_code();
	after = mapped();
	/* What is in use comes back at once, and its neighbours with it. */
	if (before > 0)			/* an emulator may not know */
		assert_in_range(after, 1, before - before / 8);
	assert_int_equal(sum(big), 6);
	assert_string_equal(words[0], "clinic");
	assert_string_equal(words[2], "school");
	assert_int_equal(sum(mine), SIZE);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(code_rests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
