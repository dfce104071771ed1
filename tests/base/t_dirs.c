/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dirs.h"
#include "base/err.h"
#include "lib/test.h"

static char	top[] = "/tmp/apeng-dirs-XXXXXX";

static int
setup(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(top));
	assert_int_equal(chdir(top), 0);
	assert_int_equal(mkdir("d", 0700), 0);
	assert_int_equal(mkdir("away", 0700), 0);
	assert_int_equal(symlink("../away", "d/link"), 0);
	assert_int_equal(symlink("d", "d2"), 0);
	return 0;
}

static int
teardown(void **state)
{
	char	 cmd[64];

	(void)state;
	snprintf(cmd, sizeof(cmd), "rm -rf %s", top);
	return chdir("/") == 0 && system(cmd) == 0 ? 0 : -1;
}

/* A file in each of many folders, twice over: more than are kept. */
static void
many(void **state)
{
	struct dirs	 d = DIRS_INIT;
	struct stat	 st;
	struct err	 e;
	const char	*name;
	char		 path[64];
	int		 i, at, fd;

	(void)state;
	assert_int_equal(dirs_open(&d, "d2", &e), 0);
	for (i = 0; i < 4 * DIRS_KEPT; i++) {
		snprintf(path, sizeof(path), "a/%d/b/c/d/e/f/g/h/f%d",
		    i % (2 * DIRS_KEPT), i);
		at = dirs_of(&d, path, 1, &name, &e);
		assert_int_not_equal(at, -1);
		fd = openat(at, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
		assert_int_not_equal(fd, -1);
		close(fd);
	}
	assert_int_equal(dirs_of(&d, "file", 1, &name, &e), d.at);
	assert_string_equal(name, "file");
	dirs_close(&d);
	for (i = 0; i < 4 * DIRS_KEPT; i++) {
		snprintf(path, sizeof(path), "d/a/%d/b/c/d/e/f/g/h/f%d",
		    i % (2 * DIRS_KEPT), i);
		assert_int_equal(stat(path, &st), 0);
	}
}

/* A folder that begins as another one does is another one. */
static void
prefix(void **state)
{
	struct dirs	 d = DIRS_INIT;
	struct err	 e;
	const char	*name;
	int		 ab, a;

	(void)state;
	assert_int_equal(dirs_open(&d, "d", &e), 0);
	ab = dirs_of(&d, "p/ab/x", 1, &name, &e);
	a = dirs_of(&d, "p/a/x", 1, &name, &e);
	assert_int_not_equal(ab, a);
	assert_int_equal(dirs_of(&d, "p/ab/y", 0, &name, &e), ab);
	assert_int_equal(dirs_of(&d, "p/a/y", 0, &name, &e), a);
	dirs_close(&d);
}

static void
refused(void **state)
{
	static const struct {
		const char	*path;
		int		 make, want;
	} cases[] = {
		{ "none/f", 0, ENOENT }, { "link/f", 1, ENOTDIR },
		{ "link/f", 0, ENOTDIR }, { "../away/f", 0, EINVAL },
		{ "a/../../away/f", 1, EINVAL },
	};
	struct dirs	 d = DIRS_INIT;
	struct err	 e;
	const char	*name;
	size_t		 i;

	(void)state;
	assert_int_equal(dirs_open(&d, "nowhere", &e), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(dirs_open(&d, "d", &e), 0);
	for (i = 0; i < N(cases); i++) {
		assert_int_equal(dirs_of(&d, cases[i].path, cases[i].make,
		    &name, &e), -1);
		assert_true(errno == cases[i].want || errno == ELOOP);
	}
	dirs_close(&d);
	assert_int_equal(access("away/f", F_OK), -1);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = { cmocka_unit_test(many),
	    cmocka_unit_test(prefix), cmocka_unit_test(refused) };

	return cmocka_run_group_tests(tests, setup, teardown);
}
