/* SPDX-License-Identifier: ISC */
/* Packages that are as they should be: written, read, found, proven. */
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/writer.h"

static const struct pkgs_file small[] = {
	{ "zh/b.gmi", "# \xe4\xba\x8c\n" },
	{ "en/a.gmi", "# One\n" },
	{ "metadata.txt", "gpubVersion: 1.0.0\n" },
	{ "index.gmi", "=> en/a.gmi\n" },
	{ "data/empty.csv", "" },
	{ "en/a-b.gmi", "x" },
};

static void	 test_roundtrip(void **);
static void	 test_keys(void **);
static void	 test_refused_names(void **);
static void	 test_every_byte(void **);
static int	 opens(const uint8_t *, size_t, const struct pub_key *,
		    size_t);

static void
test_roundtrip(void **state)
{
	static const char *const	 order[] = { "metadata.txt",
	    "data/empty.csv", "en/a-b.gmi", "en/a.gmi", "index.gmi",
	    "zh/b.gmi" };
	struct pkg_entry		 it;
	struct pkg			*p;
	uint8_t				*a, *b;
	size_t				 i, na, nb;
	int				 fa, fb;

	(void)state;
	fa = pkgs_make(small, N(small), 0, NULL);
	fb = pkgs_make(small, N(small), 0, NULL);
	a = pkgs_read(fa, &na);
	b = pkgs_read(fb, &nb);
	assert_int_equal(na, nb);
	assert_memory_equal(a, b, na);
	close(fb);
	p = pkg_open(fa, "x", NULL, 0, NULL);
	assert_non_null(p);
	assert_int_equal(pkg_count(p), N(small));
	for (i = 0; i < N(order); i++) {
		pkg_at(p, i, &it);
		assert_string_equal(it.path, order[i]);
		assert_int_equal(it.index, i);
		assert_int_equal(pkg_find(p, order[i], strlen(order[i]),
		    &it), 1);
		assert_int_equal(it.index, i);
	}
	assert_int_equal(pkg_find(p, "zh/b.gmi", 8, &it), 1);
	assert_memory_equal(it.data, "# \xe4\xba\x8c\n", it.size);
	assert_int_equal(pkg_find(p, "zh/b.gm", 7, &it), 0);
	assert_int_equal(pkg_find(p, "", 0, &it), 0);
	assert_int_equal(pkg_find(p, "zh/b.gmi\0x", 10, &it), 0);
	assert_memory_equal(pkg_bytes(p, &nb), a, na);
	assert_int_equal(pkg_head(p)->core_size +
	    (pkg_comment(p, &i), i), na);
	pkg_ref(p);
	pkg_close(p);
	pkg_close(p);
	free(a);
	free(b);
}

/*
 * 4 GiB of nothing behind it: on 32 bits the size must not wrap to fit, and
 * such a file is refused before it is copied (a write would end this process).
 */
static void
test_huge(void **state)
{
	int		 fd = pkgs_make(small, N(small), 0, NULL);
	struct err	 e;
	struct rlimit	 was, none;
	struct stat	 st;

	(void)state;
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(ftruncate(fd, st.st_size + ((off_t)1 << 32)), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	none = was;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_null(pkg_open(fd, "x", NULL, 0, &e));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_int_equal(e.status, STATUS_REFUSED);
	assert_non_null(strstr(e.msg, "at most"));
}

static void
test_keys(void **state)
{
	struct pub_key	 pub[3];
	struct sign_key	*k[3];
	struct err	 e;
	struct pkg	*p;
	uint8_t		 i;

	(void)state;
	for (i = 0; i < 3; i++)
		k[i] = pkgs_key((uint8_t)(i + 1), &pub[i]);
	p = pkg_open(pkgs_make(small, N(small), 0, k[1]), "x", pub, 3, &e);
	assert_non_null(p);
	assert_int_equal(pkg_head(p)->is_signed, 1);
	assert_memory_equal(pkg_head(p)->key_id, pub[1].id, 8);
	pkg_close(p);
	p = pkg_open(pkgs_make(small, N(small), 0, k[1]), "x", pub, 1, &e);
	assert_null(p);
	assert_non_null(strstr(e.msg, "0202020202020202"));
	assert_int_equal(e.status, STATUS_REFUSED);
	pub[0] = pub[1];
	pub[0].key[0] ^= 1;		/* the same id, another key */
	p = pkg_open(pkgs_make(small, N(small), 0, k[1]), "x", pub, 1, &e);
	assert_null(p);
	p = pkg_open(pkgs_make(small, N(small), 0, NULL), "x", pub, 3, &e);
	assert_null(p);
	assert_non_null(strstr(e.msg, "not signed"));
	for (i = 0; i < 3; i++)
		sign_key_free(k[i]);
}

static void
test_refused_names(void **state)
{
	static const char *const	 bad[] = { "", "/a", "a/", "a//b",
	    "../a", "a/../b", "A", "a b", "a\\b", "c:a", ".a", "a/.b", "-a",
	    "a\nb", "a\xff", "1/2/3/4/5/6/7/8/9" };
	struct pkg_writer		*w;
	struct head			 h;
	struct err			 e;
	size_t				 i;
	char				 name[102];

	(void)state;
	w = pkg_writer_new("/tmp/x", &e);
	for (i = 0; i < N(bad); i++)
		assert_int_equal(pkg_add(w, bad[i], "x", 1, &e), -1);
	memset(name, 'a', 101);
	name[101] = '\0';
	assert_int_equal(pkg_add(w, name, "x", 1, &e), -1);
	name[100] = '\0';
	assert_int_equal(pkg_add(w, name, "x", 1, &e), 0);
	assert_int_equal(pkg_add(w, name, "x", 1, &e), 0);
	assert_int_equal(pkg_seal(w, &h, &e), -1);
	assert_non_null(strstr(e.msg, "twice"));
	assert_int_equal(pkg_add(w, "late", "x", 1, &e), -1);
	pkg_writer_free(w);
	w = pkg_writer_new("/tmp/x", &e);
	assert_int_equal(pkg_seal(w, &h, &e), -1);
	pkg_writer_free(w);
	w = pkg_writer_new("/tmp/x", &e);
	pkg_add(w, "a/b", "x", 1, &e);
	pkg_add(w, "a/b.c", "x", 1, &e);
	pkg_add(w, "a/b/c", "x", 1, &e);
	assert_int_equal(pkg_seal(w, &h, &e), -1);
	assert_non_null(strstr(e.msg, "both a file and a folder"));
	pkg_writer_free(w);
}

static int
opens(const uint8_t *data, size_t n, const struct pub_key *pub, size_t npub)
{
	struct pkg	*p;

	p = pkg_open(pkgs_file(data, n), "x", pub, npub, NULL);
	pkg_close(p);
	return p != NULL;
}

/* Any one byte changed, added or taken away: refused. */
static void
test_every_byte(void **state)
{
	struct pub_key	 pub;
	struct sign_key	*k = pkgs_key(7, &pub);
	uint8_t		*good, *bad;
	size_t		 i, n;
	int		 fd;

	(void)state;
	fd = pkgs_make(small, 3, 0, k);
	good = pkgs_read(fd, &n);
	close(fd);
	bad = malloc(n + 1);
	assert_true(opens(good, n, &pub, 1));
	for (i = 0; i < n; i++) {
		memcpy(bad, good, n);
		bad[i] ^= 1;
		assert_false(opens(bad, n, &pub, 1));
		bad[i] = (uint8_t)~good[i];
		assert_false(opens(bad, n, &pub, 1));
		bad[i] ^= 0x20;
		assert_false(opens(bad, n, &pub, 1));
		memcpy(bad, good, i);
		memcpy(bad + i, good + i + 1, n - i - 1);
		assert_false(opens(bad, n - 1, &pub, 1));
		memcpy(bad + i + 1, good + i, n - i);
		bad[i] = 0;
		assert_false(opens(bad, n + 1, &pub, 1));
		bad[i] = good[i];
		assert_false(opens(bad, n + 1, &pub, 1));
	}
	memcpy(bad, good, n);
	bad[n] = '\n';
	assert_false(opens(bad, n + 1, &pub, 1));
	for (i = 0; i < n; i++)
		assert_false(opens(good, i, &pub, 1));
	free(good);
	free(bad);
	sign_key_free(k);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_roundtrip),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_huge),
		cmocka_unit_test(test_refused_names),
		cmocka_unit_test(test_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
