/* SPDX-License-Identifier: ISC */
/*
 * The n-th malloc fails, the n-th write, fsync, rename fails or is the last
 * thing that the process does, for every n: never a crash, never a published
 * edition that is neither the old nor the new one, and the next try works.
 */
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/publish.h"
#include "package/store.h"
#include "package/sweep.h"
#include "package/wire.h"
#include "package/writer.h"

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN
#endif
#endif

static long	 mem_left = -1;		/* good mallocs before the bad one */
static long	 sys_left = -1;		/* the same of system calls */
static int	 sys_errno;		/* 0: end the process there */
static long	 mem_seen, sys_seen;

static int	 strike(void);
static int	 fds(void);
static void	 put_new(struct pkg **, const char *, unsigned, int *,
		    struct err *);
static int	 publish(unsigned, struct err *);
static unsigned	 fresh(void);
static unsigned	 published(int);
static int	 use_all(struct err *);
static void	 test_system_calls(void **);
static void	 test_killed(void **);
static void	 test_memory(void **);

static char		 dir[] = "/tmp/apeng-fault-XXXXXX";
static char		 gpub[64];
static struct sign_key	*key;
static struct pub_key	 pub;

#ifndef HAVE_ASAN
extern void	*__libc_malloc(size_t);
extern void	*__libc_calloc(size_t, size_t);
extern void	*__libc_realloc(void *, size_t);

static int
no_memory(void)
{
	mem_seen++;
	return mem_left >= 0 && mem_left-- == 0;
}

void *
malloc(size_t n)
{
	return no_memory() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t m)
{
	return no_memory() ? NULL : __libc_calloc(n, m);
}

void *
realloc(void *p, size_t n)
{
	return no_memory() ? NULL : __libc_realloc(p, n);
}
#endif

static int
strike(void)
{
	sys_seen++;
	if (sys_left < 0 || sys_left-- != 0)
		return 0;
	if (sys_errno == 0)
		_exit(77);
	errno = sys_errno;
	return 1;
}

ssize_t
write(int fd, const void *p, size_t n)
{
	if (fd > 2 && strike()) {
		syscall(SYS_write, fd, p, n / 2);	/* torn, too */
		return -1;
	}
	return syscall(SYS_write, fd, p, n);
}

int
fsync(int fd)
{
	(void)fd;			/* the power stays on here */
	return strike() ? -1 : 0;
}

int
rename(const char *a, const char *b)
{
	return strike() ? -1 :
	    (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 0);
}

int
unlink(const char *a)
{
	return strike() ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, a, 0);
}

static int
fds(void)
{
	int	 fd, n = 0;

	for (fd = 3; fd < 64; fd++)
		n += fcntl(fd, F_GETFD) != -1;
	return n;
}

/* As build does: the new package beside the old one, open. */
static void
put_new(struct pkg **p, const char *tmp, unsigned n, int *fd, struct err *e)
{
	struct head		 h = { .id = "test", .serial = n,
				    .published = 1795392000,
				    .expires = 1826928000 };
	struct pkg_writer	*w;
	char			 body[64];
	size_t			 i;

	*p = NULL;
	snprintf(body, sizeof(body), "edition %u", n);
	if ((w = pkg_writer_new(tmp, e)) == NULL)
		return;
	for (i = 0; i < 3; i++) {
		body[0] = (char)('a' + i);
		if (pkg_add(w, i == 0 ? "a" : i == 1 ? "b/c" : "b/d", body,
		    strlen(body), e) == -1)
			goto out;
	}
	if (pkg_seal(w, &h, e) == 0 && pkg_write(w, *fd, &h, key, e) == 0)
		*p = pkg_open(dup(*fd), tmp, &pub, 1, e);
 out:
	pkg_writer_free(w);
}

/* Another folder, with edition 1 published. */
static unsigned
fresh(void)
{
	static int	 n;
	struct err	 e;

	snprintf(gpub, sizeof(gpub), "%s/%d.gpub", dir, n++);
	assert_int_equal(publish(1, &e), 0);
	return 1;
}

/* 0, or -1: see e. */
static int
publish(unsigned n, struct err *e)
{
	struct file_new	 f;
	struct pkg	*new = NULL, *old = NULL;
	int		 fd, rv = -1;

	if ((fd = open(gpub, O_RDONLY | O_CLOEXEC)) != -1 &&
	    (old = pkg_open(fd, gpub, &pub, 1, e)) == NULL)
		return -1;
	if (file_begin(&f, gpub, 0644, e) == -1)
		goto out;
	put_new(&new, f.tmp, n, &f.fd, e);
	if (new == NULL || store_publish(gpub, new, old, -1, 0, NULL, NULL,
	    e) == -1) {
		file_abandon(&f);
		goto out;
	}
	if (file_commit(&f, e) == -1)
		goto out;
	rv = store_sweep(gpub, new, e);
 out:
	pkg_close(new);
	pkg_close(old);
	return rv;
}

/* The serial of what is published, which is whole, with its blobs. */
static unsigned
published(int with_blobs)
{
	struct store	*s;
	struct pkg	*p;
	struct err	 e;
	struct buf	 b = BUF_INIT;
	const uint8_t	*data;
	size_t		 n;
	unsigned	 serial;
	int		 fd;

	if ((fd = open(gpub, O_RDONLY | O_CLOEXEC)) == -1)
		return 0;
	if ((p = pkg_open(fd, gpub, &pub, 1, &e)) == NULL)
		fail_msg("%s", e.msg);
	serial = (unsigned)pkg_head(p)->serial;
	if ((s = store_open(gpub, p, &e)) == NULL)
		fail_msg("%s", e.msg);
	assert_int_equal(store_made(s), !with_blobs);
	assert_int_equal(store_bad(s), 0);
	assert_int_equal(store_up(s, "-", 1, &b, &data, &n), 0);
	assert_true(n > 0);
	buf_free(&b);
	store_close(s);
	pkg_close(p);
	return serial;
}

static void
test_system_calls(void **state)
{
	static const int	 kinds[] = { ENOSPC, EIO };
	struct err		 e;
	unsigned		 serial, now;
	size_t			 i;
	long			 k;
	int			 rv = -1, was;

	(void)state;
	for (i = 0; i < N(kinds); i++) {
		serial = fresh();
		for (k = 0, rv = -1; rv == -1; k++) {
			was = fds();
			sys_errno = kinds[i];
			sys_left = k;
			rv = publish(serial + 1, &e);
			/* Some failures are no matter: a sweep's unlink. */
			if (rv == 0 && sys_left < 0)
				rv = -1;
			else if (sys_left < 0)
				assert_int_equal(e.sys, kinds[i]);
			sys_left = -1;
			assert_int_equal(fds(), was);
			now = published(1);
			assert_true(now == serial || now == serial + 1);
			serial = now > 3 ? fresh() : now;
		}
		print_message("%ld places for %s\n", k - 1,
		    strerror(kinds[i]));
	}
	assert_int_equal(publish(serial + 1, &e), 0);
	assert_int_equal(published(1), serial + 1);
}

static void
test_killed(void **state)
{
	struct err	 e;
	unsigned	 serial, now;
	long		 k;
	int		 st, ended = 0;
	pid_t		 pid;

	(void)state;
	serial = fresh();
	for (k = 0; !ended; k++) {
		if ((pid = fork()) == 0) {
			sys_errno = 0;
			sys_left = k;
			_exit(publish(serial + 1, &e) == 0 ? 0 : 1);
		}
		assert_int_equal(waitpid(pid, &st, 0), pid);
		assert_true(WIFEXITED(st));
		assert_int_not_equal(WEXITSTATUS(st), 1);
		ended = WEXITSTATUS(st) == 0;
		now = published(1);
		assert_true(now == serial || now == serial + 1);
		serial = now > 3 ? fresh() : now;
	}
	print_message("%ld places to be killed at\n", k - 1);
	assert_int_equal(publish(serial + 1, &e), 0);
	assert_int_equal(published(1), serial + 1);
}

/* Everything the folder does, once. */
static int
use_all(struct err *e)
{
	static const struct pkgs_file	 f = { "index.gmi", "x" };
	struct buf			 b = BUF_INIT;
	struct store			*s = NULL;
	struct pkg			*p = NULL;
	const uint8_t			*data;
	const char			*head;
	size_t				 n, len;
	long				 left = mem_left;
	int				 fd, got = -1, out = -1, rv = -1;

	mem_left = -1;
	fd = pkgs_make(&f, 1, 5, key);
	mem_left = left;
	if ((p = pkg_open(fd, "x", &pub, 1, e)) == NULL)
		goto out;
	if ((s = store_open("/tmp/none.gpub", p, e)) == NULL)
		goto out;
	if (store_up(s, "-", 1, &b, &data, &n) == -1) {
		err_nomem(e);
		goto out;
	}
	left = mem_left;
	mem_left = -1;
	got = pkgs_file(data, n);
	out = pkgs_file("", 0);
	mem_left = left;
	head = pkg_comment(p, &len);
	if (pkg_from_blob(got, NULL, head, len, "/tmp/x", out, e) == -1)
		goto out;
	rv = 0;
 out:
	if (got != -1)
		close(got);
	if (out != -1)
		close(out);
	buf_free(&b);
	store_close(s);
	pkg_close(p);
	return rv;
}

static void
test_memory(void **state)
{
	struct err	 e;
	unsigned	 serial, now;
	long		 k;
	size_t		 live = 0;
	int		 rv, was;

	(void)state;
	mem_seen = 0;
	assert_int_equal(use_all(&e), 0);
	if (mem_seen == 0) {
		print_message("malloc is the sanitizer's: not tried\n");
		return;
	}
	for (k = 0, rv = -1; rv == -1; k++) {
		if (k == 20)		/* by then all is set up for good */
			live = mallinfo2().uordblks;
		was = fds();
		e.status = 0;
		mem_left = k;
		rv = use_all(&e);
		if (rv == 0 && mem_left < 0)
			rv = -1;	/* somebody did without */
		else if (rv == -1)
			assert_true(e.status == STATUS_CANNOT ||
			    strstr(e.msg, "signature") != NULL);
		mem_left = -1;
		assert_int_equal(fds(), was);
	}
	live = mallinfo2().uordblks - live;
	print_message("%ld mallocs of reading, %zu bytes kept\n", k - 1,
	    live);
	assert_true(live < 1024 || live > SIZE_MAX / 2);
	serial = fresh();
	/* Later ones are the same again, delta after delta. */
	for (k = 0, rv = -1; rv == -1; k += k < 150 ? 1 : 17) {
		was = fds();
		mem_left = k;
		rv = publish(serial + 1, &e);
		if (rv == 0 && mem_left < 0)
			rv = -1;
		mem_left = -1;
		assert_int_equal(fds(), was);
		now = published(1);
		assert_true(now == serial || now == serial + 1);
		serial = now > 3 ? fresh() : now;
	}
	print_message("up to %ld mallocs of publishing\n", k);
}

static int
setup(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	key = pkgs_key(9, &pub);
	return 0;
}

static int
teardown(void **state)
{
	char	 cmd[64];

	(void)state;
	sign_key_free(key);
	snprintf(cmd, sizeof(cmd), "rm -rf %s", dir);
	return system(cmd);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_system_calls),
		cmocka_unit_test(test_killed),
		cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
