/* SPDX-License-Identifier: ISC */
/* TLS keys: who may read them is asked of the very file that is read. */
#include <sys/stat.h>
#include <sys/syscall.h>

#include <fcntl.h>

#include "base/err.h"
#include "lib/test.h"
#include "net/key.h"

static const char	 pem[] = "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtytCfioInp4nfYBy\n"
    "mEes9OPgSR0wjjl7tv1kxhp1gNChRANCAASOfN3IgZo8gTJvatiFn/REMeBZtfkS\n"
    "TEocZ7RgEi42Uy3YzJz4Vqru0K8lrIaboXTk7bI7jxSBU/Kt5CBftgk5\n"
    "-----END PRIVATE KEY-----\n";

static char		 path[64], other[80];
static int		 swap;		/* put other in path's place */

/* Between a look at the name and its opening much may happen. */
int
open(const char *name, int flags, ...)
{
	if (swap && strcmp(name, path) == 0) {
		swap = 0;
		assert_int_equal(rename(other, path), 0);
	}
	return (int)syscall(SYS_openat, AT_FDCWD, name, flags, 0);
}

/* What clang makes of open() without a mode where glibc (from 2.40) checks. */
int	open_checked(const char *, int) __asm__("__open64_2");

int
open_checked(const char *name, int flags)
{
	return open(name, flags, 0);
}

static void
put(const char *name, mode_t mode)
{
	FILE	*f = fopen(name, "w");

	assert_non_null(f);
	assert_true(fputs(pem, f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(name, mode), 0);
}

static void
modes(void **state)
{
	static const struct { mode_t mode; int good; } t[] = {
		{ 0600, 1 }, { 0400, 1 }, { 0640, 0 }, { 0604, 0 },
		{ 0601, 0 },
	};
	struct tls_key	*k;
	struct err	 e;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(t); i++) {
		put(path, t[i].mode);
		k = tls_key_load(path, 0, &e);
		if ((k != NULL) != t[i].good)
			fail_msg("mode %o", (unsigned)t[i].mode);
		if (k == NULL) {
			assert_int_equal(e.status, STATUS_REFUSED);
			assert_non_null(strstr(e.msg, "chmod 600"));
		}
		tls_key_free(k);
		unlink(path);
	}
}

static void
swapped(void **state)
{
	struct tls_key	*k;
	struct err	 e;

	(void)state;
	put(path, 0600);
	put(other, 0644);
	swap = 1;
	k = tls_key_load(path, 0, &e);
	assert_int_equal(swap, 0);		/* it was done */
	assert_null(k);
	assert_non_null(strstr(e.msg, "mode 0644"));
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modes), cmocka_unit_test(swapped),
	};
	int	 fd, rv;

	snprintf(path, sizeof(path), "/tmp/t_key.XXXXXX");
	if ((fd = mkstemp(path)) == -1)
		return 1;
	close(fd);
	snprintf(other, sizeof(other), "%s.other", path);
	rv = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	unlink(other);
	return rv;
}
