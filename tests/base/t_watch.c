/* SPDX-License-Identifier: ISC */
/* Which changes of a folder watch_wait() reports, and that it does so once. */
#include "lib/test.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/watch.h"

static char	 top[] = "/tmp/apeng-watch-test-XXXXXX";

static void
put(const char *name, const char *text)
{
	FILE	*fp = fopen(name, "w");

	assert_non_null(fp);
	assert_true(fputs(text, fp) >= 0);
	assert_int_equal(fclose(fp), 0);
}

/* 1: a change is reported; a second report of it fails. */
static int
told(struct watch *w)
{
	sigset_t	 none;
	int		 got;

	sigemptyset(&none);
	got = watch_wait(w, 0, &none);
	assert_int_equal(watch_wait(w, 0, &none), 0);
	return got;
}

static void
changes(void **state)
{
	static const char *const	 dirs[] = { "a", "b" };
	struct watch			*w;

	(void)state;
	assert_int_equal(mkdir("a", 0700), 0);
	put("a/one", "x");
	assert_non_null(w = watch_new(dirs, 2));
	assert_int_equal(told(w), 0);
	put("a/one", "longer");
	assert_int_equal(told(w), 1);
	put("a/two", "new");
	assert_int_equal(told(w), 1);
	put("a/.two.swp", "litter");
	put("a/two~", "litter");
	put("a/#two#", "litter");
	assert_int_equal(told(w), 0);
	assert_int_equal(rename("a/two~", "a/two"), 0);
	assert_int_equal(told(w), 1);
	assert_int_equal(unlink("a/one"), 0);
	assert_int_equal(told(w), 1);
	/* A folder that is made later, renamed, and renamed back. */
	assert_int_equal(mkdir("b", 0700), 0);
	assert_int_equal(told(w), 1);
	put("b/three", "x");
	assert_int_equal(told(w), 1);
	assert_int_equal(rename("b", "c"), 0);
	assert_int_equal(told(w), 1);
	assert_int_equal(rename("c", "b"), 0);
	assert_int_equal(told(w), 1);
	put("b/three", "y");
	assert_int_equal(told(w), 1);
	watch_free(w);
	watch_free(NULL);
}

static int
begin(void **state)
{
	(void)state;
	return mkdtemp(top) == NULL || chdir(top) == -1;
}

static int
end(void **state)
{
	static const char *const	 files[] = { "a/two", "a/.two.swp",
					    "a/#two#", "b/three" };
	size_t				 i;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		unlink(files[i]);
	return rmdir("a") | rmdir("b") | chdir("/") | rmdir(top);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
