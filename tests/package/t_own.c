/* SPDX-License-Identifier: ISC */
/* Copies that nobody else can change, small and large. */
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>

#include "base/err.h"
#include "lib/test.h"
#include "package/own.h"

static char	 dir[] = "/tmp/apeng-own-XXXXXX";
static char	 path[64];

/* A file of n bytes, each its offset modulo 251.  Open to be read. */
static int
sample(size_t n)
{
	uint8_t	*b;
	size_t	 i;
	int	 fd;

	b = malloc(n + 1);
	assert_non_null(b);
	for (i = 0; i < n; i++)
		b[i] = (uint8_t)(i % 251);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, b, n), (ssize_t)n);
	close(fd);
	free(b);
	fd = open(path, O_RDONLY);
	assert_int_not_equal(fd, -1);
	return fd;
}

static int
is_sample(const struct own *o, size_t n)
{
	size_t	 i;

	if (o->size != n)
		return 0;
	for (i = 0; i < n; i++)
		if (o->data[i] != (uint8_t)(i % 251))
			return 0;
	return 1;
}

/* Its descriptor allows no change, neither through it nor by mapping it. */
static void
is_fixed(const struct own *o)
{
	void	*p;

	assert_int_equal(pwrite(o->fd, "x", 1, 0), -1);
	assert_int_equal(ftruncate(o->fd, (off_t)o->size + 1), -1);
	p = mmap(NULL, o->size, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0);
	assert_ptr_equal(p, MAP_FAILED);
}

/* Whatever becomes of the original: written over, cut short, deleted. */
static void
originals(void **state)
{
	static const size_t	 size[] = { 1, 4096, 100000, OWN_MEMORY,
				    OWN_MEMORY + 1 };
	struct own		 o;
	struct stat		 st;
	struct err		 e = { .msg = "" };
	size_t			 i;
	int			 fd, w;

	(void)state;
	for (i = 0; i < N(size); i++) {
		fd = sample(size[i]);
		if (own_copy(&o, fd, path, &e) == -1)
			fail_msg("%s", e.msg);
		close(fd);
		assert_true(is_sample(&o, size[i]));
		is_fixed(&o);
		assert_int_equal(fstat(o.fd, &st), 0);
		assert_int_equal(st.st_nlink, 0);
		w = open(path, O_WRONLY);
		assert_int_equal(write(w, "over", 4), 4);
		assert_true(is_sample(&o, size[i]));
		assert_int_equal(ftruncate(w, 0), 0);
		close(w);
		assert_true(is_sample(&o, size[i]));
		unlink(path);
		own_shut(&o);
		assert_true(is_sample(&o, size[i]));
		own_free(&o);
	}
}

static void
own_files(void **state)
{
	struct own	 o;
	struct err	 e = { .msg = "" };
	uint8_t		 b[10000];
	size_t		 i;
	uint64_t	 expect[] = { 10, OWN_MEMORY + 1 };
	size_t		 k;

	(void)state;
	for (i = 0; i < sizeof(b); i++)
		b[i] = (uint8_t)(i % 251);
	for (k = 0; k < N(expect); k++) {
		assert_int_equal(own_begin(&o, expect[k], path, &e), 0);
		assert_int_equal(write(o.fd, b, sizeof(b)), sizeof(b));
		assert_int_equal(own_finish(&o, &e), 0);
		assert_true(is_sample(&o, sizeof(b)));
		is_fixed(&o);
		own_free(&o);
	}
	own_free(&o);			/* twice does no harm */
}

/* What all copies take of memory is bounded: further ones are files. */
static void
memory(void **state)
{
	const size_t	 n = OWN_MEMORY_ALL / OWN_MEMORY;
	struct own	 o[OWN_MEMORY_ALL / OWN_MEMORY + 1], again;
	struct err	 e = { .msg = "" };
	size_t		 i;
	int		 fd;

	(void)state;
	fd = sample(OWN_MEMORY);
	for (i = 0; i <= n; i++) {
		assert_int_equal(own_copy(&o[i], fd, path, &e), 0);
		assert_int_equal(o[i].memory, i < n ? OWN_MEMORY : 0);
		assert_true(is_sample(&o[i], OWN_MEMORY));
		is_fixed(&o[i]);
	}
	own_free(&o[0]);
	assert_int_equal(own_copy(&again, fd, path, &e), 0);
	assert_int_equal(again.memory, OWN_MEMORY);
	own_free(&again);
	for (i = 1; i <= n; i++)
		own_free(&o[i]);
	close(fd);
	unlink(path);
}

static void
odd(void **state)
{
	struct own	 o;
	struct err	 e = { .msg = "" };
	int		 fd, p[2];

	(void)state;
	fd = sample(0);
	assert_int_equal(own_copy(&o, fd, path, &e), 0);
	assert_int_equal(o.size, 0);
	own_free(&o);
	close(fd);
	unlink(path);
	assert_int_equal(pipe(p), 0);
	assert_int_equal(own_copy(&o, p[0], path, &e), -1);
	assert_string_equal(e.msg, "not a regular file");
	assert_int_equal(own_take(&o, p[0], &e), -1);
	close(p[1]);
	fd = open(dir, O_RDONLY);
	assert_int_equal(own_copy(&o, fd, path, &e), -1);
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(originals), cmocka_unit_test(own_files),
		cmocka_unit_test(memory), cmocka_unit_test(odd),
	};
	int	 rv;

	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(path, sizeof(path), "%s/file", dir);
	rv = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	rmdir(dir);
	return rv;
}
