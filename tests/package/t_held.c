/* SPDX-License-Identifier: ISC */
/*
 * Files beside a package: forged lists of signed packages, and what is put
 * into the folder and removed from it.
 */
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include "base/err.h"
#include "cmd/beside.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/held.h"
#include "package/sign.h"

#define H	"9de6e87a5c21cf0f4f2015c363d800624810e0770cda352390dcf4c4e396046c"

/* A publisher who signs nonsense: nothing of the list counts. */
static void
forged(void **unused)
{
	static const struct { const char *name, *list, *why; } cases[] = {
		{ "fine", "files/a.pdf application/pdf 3 " H " -\n", NULL },
		{ "duplicate path", "files/a.pdf application/pdf 3 " H " -\n"
		    "files/a.pdf application/pdf 4 " H " -\n", "do not rise" },
		{ "absurd size", "files/a.pdf application/pdf "
		    "18446744073709551615 " H " -\n", "want a size" },
		{ "no list", "hello", "no end" },
	};
	struct beside_list	 l;
	struct pub_key		 pub;
	struct sign_key		*key = pkgs_key(7, &pub);
	struct pkg		*p;
	struct err		 e;
	size_t			 i;
	int			 rv;

	(void)unused;
	for (i = 0; i < N(cases); i++) {
		struct pkgs_file	 f = { FILES_PATH, cases[i].list };

		p = pkgs_open(&f, 1, 0, key);
		assert_non_null(p);
		rv = beside_read(&l, p, &e);
		if (cases[i].why == NULL) {
			assert_int_equal(rv, 0);
			assert_int_equal(l.n, 1);
		} else if (rv != -1 || strstr(e.msg, cases[i].why) == NULL ||
		    l.n != 0)
			fail_msg("%s: %d %s", cases[i].name, rv, e.msg);
		beside_free(&l);
		pkg_close(p);
	}
	sign_key_free(key);
}

static int
there(const char *gpub, const struct held_file *h)
{
	struct err	 e;
	int		 rv = held_has(gpub, h, &e);

	assert_int_not_equal(rv, -1);
	return rv;
}

static void
folder(void **unused)
{
	char			 dir[] = "/tmp/t_held.XXXXXX", gpub[64];
	struct held_file	 a = { .size = 3 }, b = { .size = 5 };
	struct err		 e;
	char			*path;
	int			 fd;

	(void)unused;
	assert_non_null(mkdtemp(dir));
	snprintf(gpub, sizeof(gpub), "%s/q.gpub", dir);
	assert_int_equal(sha_bytes("abc", 3, a.sha, &e), 0);
	assert_int_equal(sha_bytes("hello", 5, b.sha, &e), 0);
	assert_int_equal(there(gpub, &a), 0);
	assert_int_equal(held_sweep(gpub, NULL, 0, &e), 0);

	/* Bytes of another file, or of another size, get no name. */
	fd = pkgs_file("abd", 3);
	assert_int_equal(held_put(gpub, &a, fd, "x", &e), -1);
	assert_int_equal(e.status, STATUS_REFUSED);
	assert_int_equal(there(gpub, &a), 0);
	close(fd);
	fd = pkgs_file("abcd", 4);
	assert_int_equal(held_put(gpub, &a, fd, "x", &e), -1);
	close(fd);
	fd = pkgs_file("abc", 3);
	assert_int_equal(held_put(gpub, &a, fd, "x", &e), 0);
	assert_int_equal(held_put(gpub, &a, fd, "x", &e), 0);
	close(fd);
	assert_int_equal(there(gpub, &a), 1);
	fd = pkgs_file("hello", 5);
	assert_int_equal(held_put(gpub, &b, fd, "x", &e), 0);
	close(fd);

	/* Same hash, another size in the list: that is no file of it. */
	a.size = 4;
	assert_int_equal(there(gpub, &a), 0);
	a.size = 3;

	/* What was written over is not removed as ours, nor found. */
	path = held_path(gpub, &a, &e);
	assert_non_null(path);
	fd = open(path, O_WRONLY);
	assert_int_equal(write(fd, "x", 1), 1);
	close(fd);
	assert_int_equal(there(gpub, &a), 0);
	assert_int_equal(held_sweep(gpub, &b, 1, &e), 0);
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(there(gpub, &b), 1);
	fd = pkgs_file("abc", 3);
	assert_int_equal(held_put(gpub, &a, fd, "x", &e), 0);
	close(fd);
	assert_int_equal(held_sweep(gpub, &b, 1, &e), 0);
	assert_int_equal(access(path, F_OK), -1);
	free(path);

	/* The last one goes with its folder. */
	assert_int_equal(held_sweep(gpub, NULL, 0, &e), 0);
	assert_int_equal(rmdir(dir), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forged),
		cmocka_unit_test(folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
