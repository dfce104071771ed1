/* SPDX-License-Identifier: ISC */
/*
 * What a locked process may still open: an opener only files below its folders,
 * also new ones without a name; a signer no file.
 */
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/sandbox.h"

static char	 top[] = "/tmp/t_sandbox.XXXXXX";

static void
put(const char *name)
{
	char	 path[256];
	FILE	*f;

	snprintf(path, sizeof(path), "%s/%s", top, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("x", f);
	fclose(f);
}

/* Try open() in a process locked in this role: 0 or errno. */
static int
try_open(enum sandbox_role role, const char *name, int flags)
{
	char			 in[256], path[256], *folder[] = { in, NULL };
	struct sandbox		 box = { .on = 1, .root = -1 };
	struct sandbox_fds	 fds = { 3, -1, -1, folder, 2 };
	struct err		 e;
	pid_t			 pid;
	int			 status;

	snprintf(in, sizeof(in), "%s/in", top);
	folder[1] = (char *)(uintptr_t)"/nowhere/at/all";
	if (role != SANDBOX_OPENER)
		fds.nfolder = 0;
	snprintf(path, sizeof(path), *name == '/' ? "%.0s%s" : "%s/%s", top,
	    name);
	if ((pid = fork()) == 0) {
		if (sandbox_enter(&box, role, &fds, &e) == -1)
			_exit(255);
		_exit(open(path, flags | O_CLOEXEC, 0600) == -1 ? errno : 0);
	}
	assert_true(pid != -1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
folders(void **state)
{
	static const struct {
		const char	*name;
		int		 flags, in;
	} cases[] = {
		{ "in/a", O_RDONLY, 1 }, { "in", O_TMPFILE | O_RDWR, 1 },
		{ "in/below/b", O_RDONLY, 1 }, { "out", O_RDONLY, 0 },
		{ "in/../out", O_RDONLY, 0 }, { "in/link", O_RDONLY, 0 },
		{ "/etc/passwd", O_RDONLY, 0 }, { "", O_TMPFILE | O_RDWR, 0 },
		{ "new", O_WRONLY | O_CREAT, 0 }, { "out", O_WRONLY, 0 },
	};
	size_t	 i;
	int	 got;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		got = try_open(SANDBOX_OPENER, cases[i].name, cases[i].flags);
		if (cases[i].in ? got != 0 : got != EACCES)
			fail_msg("%s: %s", cases[i].name, strerror(got));
	}
	assert_int_not_equal(try_open(SANDBOX_SIGNER, "in/a", O_RDONLY), 0);
}

static int
set_up(void **state)
{
	char	 path[256];

	(void)state;
	assert_non_null(mkdtemp(top));
	snprintf(path, sizeof(path), "%s/in", top);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/in/below", top);
	assert_int_equal(mkdir(path, 0700), 0);
	put("in/a");
	put("in/below/b");
	put("out");
	snprintf(path, sizeof(path), "%s/in/link", top);
	assert_int_equal(symlink("../out", path), 0);
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "in/link", "in/below/b", "in/a",
	    "out" };
	char	 path[256];
	size_t	 i;

	(void)state;
	for (i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", top, names[i]);
		unlink(path);
	}
	snprintf(path, sizeof(path), "%s/in/below", top);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/in", top);
	rmdir(path);
	rmdir(top);
	return 0;
}

/* Sanitizers open files of their own, and old kernels have no Landlock. */
static int
can_lock(void)
{
#if defined(__SANITIZE_ADDRESS__) || !defined(SYS_landlock_create_ruleset)
	return 0;
#else
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) >= 1;
#endif
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = { cmocka_unit_test(folders) };

	if (!can_lock()) {
		puts("1..0 # skipped: no Landlock here");
		return 0;
	}
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
