/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/rest.h"
#include "lib/test.h"

#define SIZE	(1 << 18)

/* It is read only, so the file has it and it can be read again from there. */
static const unsigned char	 big[SIZE] = { 1, [SIZE / 2] = 2,
				    [SIZE - 1] = 3 };
/* Its pointers were relocated, and they must stay so. */
static const char *const	 words[] = { "clinic", "ferry", "school" };
static unsigned char		 mine[SIZE];

static long	 mapped(void);
static unsigned	 sum(const unsigned char *);

/*
 * The KiB of mapped files in this process's memory; 0: not known, as under an
 * emulator, where the system does not see our code as a mapped file.
 */
static long
mapped(void)
{
	unsigned long	 from, to, here = (unsigned long)(uintptr_t)&mapped;
	char		 line[512], x;
	FILE		*f;
	long		 kib = 0;
	int		 is_file = 0, is_ours = 0;

	if ((f = fopen("/proc/self/smaps", "r")) == NULL)
		return 0;
	while (fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "%lx-%lx %*2c%c", &from, &to, &x) == 3) {
			is_file = strchr(line, '/') != NULL;
			is_ours |= here >= from && here < to && x == 'x';
		} else if (is_file && strncmp(line, "Rss:", 4) == 0)
			kib += atol(line + 4);
	}
	fclose(f);
	return is_ours ? kib : 0;
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
	/* Pages in use are read again at once, and those beside them, too. */
	if (before > 0)
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
