/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "lib/test.h"

static char	dir[] = "/tmp/apeng-nofollow-XXXXXX";

/* Make d/sub/file, a secret outside d, and all kinds of links to both. */
static int
setup(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(mkdir("d", 0700), 0);
	assert_int_equal(mkdir("d/sub", 0700), 0);
	assert_int_equal(mkdir("away", 0700), 0);
	assert_int_equal(file_replace("d/sub/file", 0600, "good", 4, NULL), 0);
	assert_int_equal(file_replace("away/file", 0600, "secret", 6, NULL),
	    0);
	assert_int_equal(symlink("d", "link"), 0);
	assert_int_equal(symlink("../away", "d/out"), 0);
	assert_int_equal(symlink("../../away/file", "d/sub/leak"), 0);
	assert_int_equal(symlink("sub", "d/in"), 0);
	assert_int_equal(symlink("loop", "d/loop"), 0);
	assert_int_equal(mkfifo("d/fifo", 0600), 0);
	return 0;
}

static int
teardown(void **state)
{
	char	 cmd[64];

	(void)state;
	snprintf(cmd, sizeof(cmd), "rm -rf %s", dir);
	return chdir("/") == 0 && system(cmd) == 0 ? 0 : -1;
}

static void
below(void **state)
{
	static const struct {
		const char	*dir, *rel, *want;	/* NULL: refused */
	} cases[] = {
		{ "d", "sub/file", "good" }, { "link", "sub/file", "good" },
		{ "./link/.", "./sub/./file", "good" },
		{ "d", "sub/leak", NULL }, { "d", "in/file", NULL },
		{ "d", "out/file", NULL }, { "d", "loop", NULL },
		{ "d", "../away/file", NULL }, { "d", "sub/../sub/file", NULL },
		{ "d", "/etc/passwd", NULL }, { "d", "", NULL },
		{ "d", "sub//file", NULL }, { "d", "fifo", NULL },
		{ "d", "sub", NULL }, { "d", "none", NULL },
	};
	struct err	 e;
	size_t		 i, len;
	char		*s;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		s = file_read_below(cases[i].dir, cases[i].rel, 100, &len, &e);
		if ((s == NULL) != (cases[i].want == NULL) ||
		    (s != NULL && strcmp(s, cases[i].want) != 0))
			fail_msg("%s, %s: %s", cases[i].dir, cases[i].rel,
			    s == NULL ? e.msg : s);
		free(s);
	}
	assert_null(file_read_below("d", "sub/leak", 100, &len, &e));
	assert_non_null(strstr(e.msg, "symbolic link"));
	assert_int_equal(e.status, STATUS_REFUSED);
	assert_null(file_list_below("d", "out", &e));
	assert_non_null(strstr(e.msg, "symbolic link"));
	assert_null(file_read_below("none", "x", 100, &len, &e));
	assert_int_equal(e.sys, ENOENT);
}

static void
ours(void **state)
{
	static const struct { const char *path; int good; } cases[] = {
		{ "d/sub/file", 1 }, { "link/sub/file", 1 },
		{ "d/in/file", 0 }, { "d/sub/leak", 0 }, { "d/out/file", 0 },
		{ "d/none", 0 },
	};
	char		 path[PATH_MAX];
	struct err	 e;
	size_t		 i, len;
	char		*s;
	DIR		*dp;
	int		 fd;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		s = file_read_ours(cases[i].path, 100, &len, &e);
		if ((s != NULL) != cases[i].good)
			fail_msg("%s: %s", cases[i].path, e.msg);
		free(s);
		snprintf(path, sizeof(path), "%s/%s", dir, cases[i].path);
		s = file_read_ours(path, 100, &len, &e);
		if ((s != NULL) != cases[i].good)
			fail_msg("%s: %s", path, e.msg);
		free(s);
	}
	/* Nothing is made behind a link either. */
	assert_int_equal(symlink("../away/new", "d/new"), 0);
	assert_int_equal(file_open_ours("d/new", O_RDWR | O_CREAT, 0600, &e),
	    -1);
	assert_int_equal(access("away/new", F_OK), -1);
	assert_int_equal(file_dir_ours("d/out", 0700, &e), -1);
	assert_non_null(strstr(e.msg, "symbolic link"));
	assert_int_equal(file_dir_ours("d/a/b/", 0700, &e), -1);
	assert_int_equal(file_dir_ours("d/a/b", 0700, &e), 0);
	assert_int_equal(file_dir_ours("link/a/b", 0700, &e), 0);
	assert_null(file_list_ours("d/out", &e));
	assert_non_null(dp = file_list_ours("d/a", &e));
	closedir(dp);
	fd = file_open_ours("top", O_RDWR | O_CREAT, 0600, &e);
	assert_int_not_equal(fd, -1);
	close(fd);
}

static void
target(void **state)
{
	static const struct { const char *path, *want; } cases[] = {
		{ "d/sub/file", "d/sub/file" }, { "link", "./d" },
		{ "link/sub/file", "link/sub/file" },
		{ "d/sub/leak", "d/sub/../../away/file" },
		{ "d/none", "d/none" }, { "d/dangling", "d/x/y" },
		{ "d/two", "d/./sub" }, { "d/abs", "/nowhere/x" },
		{ "d/loop", NULL },
	};
	struct err	 e;
	size_t		 i;
	char		*s;

	(void)state;
	assert_int_equal(symlink("x/y", "d/dangling"), 0);
	assert_int_equal(symlink("./in", "d/two"), 0);
	assert_int_equal(symlink("/nowhere/x", "d/abs"), 0);
	for (i = 0; i < N(cases); i++) {
		s = file_target(cases[i].path, &e);
		if ((s == NULL) != (cases[i].want == NULL) || (s != NULL &&
		    strcmp(s, cases[i].want) != 0))
			fail_msg("%s: %s", cases[i].path, s == NULL ? e.msg :
			    s);
		free(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(below),
		cmocka_unit_test(ours),
		cmocka_unit_test(target),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
