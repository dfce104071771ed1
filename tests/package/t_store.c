/* SPDX-License-Identifier: ISC */
/* Blobs: made, kept, offered, expanded to the very same package again. */
#include <sys/stat.h>

#include <dirent.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/blob.h"
#include "package/hash.h"
#include "package/index.h"
#include "package/offer.h"
#include "package/publish.h"
#include "package/spool.h"
#include "package/store.h"
#include "package/sweep.h"
#include "package/wire.h"

static char		 dir[] = "/tmp/apeng-store-XXXXXX";
static char		 gpub[64];
static struct sign_key	*key;
static struct pub_key	 pub;
static char		 text[20000];

static struct pkg *edition(unsigned);
static size_t	 count(const char *);
static void	 up(const struct store *, const struct pkg *, struct offer *,
		    const uint8_t **, size_t *);
static void	 leads_to(const uint8_t *, size_t, const struct pkg *,
		    const struct pkg *);
static void	 test_chain(void **);
static void	 test_mirror_store(void **);
static void	 test_damage(void **);
static void	 test_renewed(void **);
static void	 test_without(void **);
static void	 test_at(void **);
static void	 test_big(void **);

/* Edition n: a body that differs by a few words from that before it. */
static struct pkg *
edition(unsigned n)
{
	struct pkgs_file	 f[] = { { "metadata.txt", "x" },
				    { "index.gmi", text }, { "b.gmi", "b" } };
	size_t			 i;

	char			 line[32];

	for (i = 0; i + 12 < sizeof(text); i += 11) {
		snprintf(line, sizeof(line), "%3zu line %zu\n", 100 + i % 97,
		    100 + i * i % 899);
		memcpy(text + i, line, 11);
	}
	snprintf(line, sizeof(line), "news  %05u\n", n);
	memcpy(text + 110 * (n % 90), line, 11);
	return pkgs_open(f, N(f), 2026112300 + n, key);
}

static size_t
count(const char *end)
{
	struct dirent	*d;
	DIR		*dp;
	char		 path[96];
	size_t		 n = 0;

	snprintf(path, sizeof(path), "%s.store", gpub);
	if ((dp = opendir(path)) == NULL)
		return 0;
	while ((d = readdir(dp)) != NULL)
		if (d->d_name[0] != '.' && (strcmp(end, "-") == 0) ==
		    (strchr(d->d_name, '-') != NULL))
			n++;
	closedir(dp);
	return n;
}

static void
up(const struct store *s, const struct pkg *have, struct offer *o,
    const uint8_t **data, size_t *n)
{
	struct edition	 ed;
	struct buf	 sel = BUF_INIT, start = BUF_INIT;
	size_t		 head_len, used;

	if (have == NULL)
		memset(&ed, 0, sizeof(ed));
	else
		storeix_edition(pkg_head(have), &ed);
	edition_write(&ed, &sel);
	assert_int_equal(store_up(s, sel.data, sel.len, &start, data, n), 0);
	assert_int_equal(offer_answer(start.data, start.len, &head_len, o,
	    &used, NULL), 1);
	assert_int_equal(used, start.len);
	assert_int_equal(o->size, *n);
	buf_free(&sel);
	buf_free(&start);
}

/* The blob makes want's very file, out of have's. */
static void
leads_to(const uint8_t *data, size_t n, const struct pkg *have,
    const struct pkg *want)
{
	struct err	 e;
	const char	*head;
	const uint8_t	*b;
	uint8_t		*a;
	size_t		 len, na, nb;
	int		 blob, out;

	blob = pkgs_file(data, n);
	out = pkgs_file("", 0);
	head = pkg_comment(want, &len);
	if (pkg_from_blob(blob, have, head, len, gpub, out, &e) == -1)
		fail_msg("%s", e.msg);
	a = pkgs_read(out, &na);
	b = pkg_bytes(want, &nb);
	assert_int_equal(na, nb);
	assert_memory_equal(a, b, na);
	free(a);
	close(blob);
	close(out);
}

static void
test_chain(void **state)
{
	struct pkg	*p[40] = { NULL }, *fresh;
	struct store	*s;
	struct offer	 o;
	struct err	 e;
	const uint8_t	*data;
	size_t		 n;
	unsigned	 i, j;

	(void)state;
	for (i = 1; i < 40; i++) {
		p[i] = edition(i);
		if (store_publish(gpub, p[i], p[i - 1], -1, 0, NULL, NULL,
		    &e) == -1 || store_sweep(gpub, p[i], &e) == -1)
			fail_msg("%s", e.msg);
		s = store_open(gpub, p[i], &e);
		assert_non_null(s);
		assert_int_equal(store_made(s), 0);
		assert_int_equal(store_bad(s), 0);
		up(s, p[i], &o, &data, &n);
		assert_int_equal(o.size, 0);
		up(s, NULL, &o, &data, &n);
		assert_int_equal(o.has_base, 0);
		leads_to(data, n, NULL, p[i]);
		for (j = 1; j < i; j += i % 10 == 0 || i > 36 ? 1 : 7) {
			up(s, p[j], &o, &data, &n);
			assert_int_equal(o.has_base, i - j <= 32);
			if (o.has_base)
				assert_memory_equal(o.base,
				    pkg_head(p[j])->core, SHORT_LEN);
			leads_to(data, n, o.has_base ? p[j] : NULL, p[i]);
		}
		store_close(s);
	}
	/* 33 fulls, 32 deltas, and the last edition's deltas. */
	assert_int_equal(count("-"), 2);
	assert_in_range(count(""), 33 + 32, 34 + 64);
	s = store_open(gpub, p[39], &e);
	fresh = edition(41);		/* a mirror that is ahead of us */
	up(s, fresh, &o, &data, &n);
	assert_int_equal(o.size, 0);
	pkg_close(fresh);
	store_close(s);
	for (i = 1; i < 40; i++)
		pkg_close(p[i]);
}

/* A mirror keeps the very blobs it got, and makes those it lacks. */
static void
test_mirror_store(void **state)
{
	struct pkg	*a = edition(1), *b = edition(2);
	struct store	*s, *m;
	struct offer	 o, om;
	struct err	 e;
	const uint8_t	*data, *mdata;
	size_t		 n, mn;
	char		 origin[64];
	int		 got;

	(void)state;
	snprintf(origin, sizeof(origin), "%s/origin.gpub", dir);
	assert_int_equal(store_publish(origin, a, NULL, -1, 0, NULL, NULL,
	    &e), 0);
	assert_int_equal(store_publish(origin, b, a, -1, 0, NULL, NULL,
	    &e), 0);
	s = store_open(origin, b, &e);
	up(s, a, &o, &data, &n);
	assert_int_equal(o.has_base, 1);
	got = pkgs_file(data, n);
	assert_int_equal(store_publish(gpub, b, a, got, 1, NULL, NULL, &e),
	    0);
	close(got);
	m = store_open(gpub, b, &e);
	up(m, a, &om, &mdata, &mn);
	assert_memory_equal(om.sha, o.sha, SHA_LEN);
	up(m, NULL, &om, &mdata, &mn);
	leads_to(mdata, mn, NULL, b);
	store_close(m);
	up(s, NULL, &o, &data, &n);
	got = pkgs_file(data, n);
	assert_int_equal(store_publish(gpub, b, a, got, 0, NULL, NULL, &e),
	    0);
	close(got);
	/* What does not lead to the edition is not kept. */
	got = pkgs_file("(\xb5/\xfd junk", 9);
	assert_int_equal(store_publish(gpub, b, a, got, 0, NULL, NULL, &e),
	    -1);
	close(got);
	store_close(s);
	pkg_close(a);
	pkg_close(b);
}

static void
test_damage(void **state)
{
	struct pkg	*a = edition(3), *b = edition(4);
	struct store	*s;
	struct offer	 o;
	struct err	 e;
	struct index	 x;
	struct edition	 ed;
	const uint8_t	*data;
	size_t		 n;
	char		*sdir = storeix_dir(gpub), *path;

	(void)state;
	assert_int_equal(store_publish(gpub, b, a, -1, 0, NULL, NULL, &e),
	    0);
	storeix_edition(pkg_head(b), &ed);
	assert_int_equal(storeix_load(sdir, &ed, &x, &e), 1);
	path = storeix_blob_path(sdir, &x.from[0].delta);
	assert_int_equal(file_replace(path, 0644, "rotten", 6, &e), 0);
	s = store_open(gpub, b, &e);
	assert_int_equal(store_bad(s), 1);
	up(s, a, &o, &data, &n);	/* then in full */
	assert_int_equal(o.has_base, 0);
	leads_to(data, n, NULL, b);
	store_close(s);
	unlink(path);
	free(path);
	path = storeix_blob_path(sdir, &x.full);
	unlink(path);
	s = store_open(gpub, b, &e);
	assert_int_equal(store_made(s), 1);
	up(s, NULL, &o, &data, &n);
	leads_to(data, n, NULL, b);
	store_close(s);
	/* The next edition does without the base that is gone. */
	assert_int_equal(store_publish(gpub, b, NULL, -1, 0, NULL, NULL, &e),
	    0);
	free(path);
	path = storeix_path(sdir, &ed);
	assert_int_equal(file_replace(path, 0644, "apeng-store 1\n", 14, &e),
	    0);
	s = store_open(gpub, b, &e);
	assert_int_equal(store_made(s), 1);
	store_close(s);
	free(path);
	free(sdir);
	pkg_close(a);
	pkg_close(b);
}

/* A new head for the same pages: whoever has the pages fetches no blob. */
static void
test_renewed(void **state)
{
	struct pkgs_file f = { "index.gmi", "the same" };
	struct pkg	*a = pkgs_open(&f, 1, 7, key), *b, *c;
	struct store	*s;
	struct offer	 o;
	struct err	 e;
	const uint8_t	*data;
	size_t		 n;

	(void)state;
	b = pkgs_open(&f, 1, 8, key);
	f.body = "not the same";
	c = pkgs_open(&f, 1, 7, key);
	s = store_open("/tmp/none.gpub", b, &e);
	up(s, a, &o, &data, &n);
	assert_int_equal(o.size, 0);
	up(s, c, &o, &data, &n);
	assert_true(o.size > 0);
	leads_to(data, n, NULL, b);
	store_close(s);
	pkg_close(a);
	pkg_close(b);
	pkg_close(c);
}

/* A stick without a store; on a medium that cannot be written. */
static void
test_without(void **state)
{
	struct pkg	*a = edition(5), *plain;
	struct pkgs_file f = { "index.gmi", "x" };
	struct store	*s;
	struct offer	 o;
	struct err	 e;
	const uint8_t	*data;
	size_t		 n;

	(void)state;
	s = store_open("/proc/nowhere/x.gpub", a, &e);
	if (s == NULL)
		fail_msg("%s", e.msg);
	assert_int_equal(store_made(s), 1);
	up(s, NULL, &o, &data, &n);
	leads_to(data, n, NULL, a);
	store_close(s);
	plain = pkgs_open(&f, 1, 0, NULL);
	assert_null(store_open(gpub, plain, &e));
	assert_int_equal(store_publish(gpub, plain, NULL, -1, 0, NULL, NULL,
	    &e), -1);
	pkg_close(plain);
	pkg_close(a);
}

static void
test_at(void **state)
{
	static const char *const	 bad[] = { "", "/", "0123456789abcdef",
	    "0123456789abcdef/", "0123456789abcdeF/0", "0123456789abcdef/-1",
	    "0123456789abcdef/01", "0123456789abcdef/1/",
	    "0123456789abcdef/99999999999999999999", "123456789abcdef/0" };
	struct pkg			*a = edition(6);
	struct store			*s;
	struct offer			 o;
	struct buf			 sel = BUF_INIT, b = BUF_INIT;
	struct blob_line		 l;
	struct err			 e;
	const uint8_t			*data, *all;
	size_t				 i, n, total;
	char				 hex[17];

	(void)state;
	s = store_open("/tmp/none.gpub", a, &e);
	up(s, NULL, &o, &all, &total);
	hex_format(o.sha, SHORT_LEN, hex);
	for (i = 0; i <= total; i += i + 99 < total ? 99 : 1) {
		buf_reset(&sel);
		buf_reset(&b);
		buf_fmt(&sel, "%s/%zu", hex, i);
		assert_int_equal(store_at(s, sel.data, sel.len, &b, &data,
		    &n), 1);
		assert_int_equal(blob_line_parse(b.data, b.len - 1, &l), 0);
		assert_int_equal(l.offset, i);
		assert_int_equal(l.total, total);
		assert_ptr_equal(data, all + i);
		assert_int_equal(n, total - i);
	}
	buf_reset(&sel);
	buf_fmt(&sel, "%s/%zu", hex, total + 1);
	assert_int_equal(store_at(s, sel.data, sel.len, &b, &data, &n), 0);
	assert_int_equal(store_at(s, "0123456789abcdef/0", 18, &b, &data,
	    &n), 0);
	for (i = 0; i < N(bad); i++)
		assert_int_equal(store_at(s, bad[i], strlen(bad[i]), &b,
		    &data, &n), -1);
	assert_int_equal(store_up(s, "", 0, &b, &data, &n), -1);
	assert_int_equal(store_up(s, "0-0123456789abcdef", 18, &b, &data,
	    &n), -1);
	assert_int_equal(store_up(s, "1-0123456789abcde", 17, &b, &data,
	    &n), -1);
	buf_free(&b);
	buf_free(&sel);
	store_close(s);
	pkg_close(a);
}

/* Above 8 MiB deltas are in windows, from each older edition. */
static void
test_big(void **state)
{
	struct pkgs_file	 f[2] = { { "index.gmi", "x" } };
	struct pkg		*a, *b, *c;
	struct store		*s;
	struct offer		 o;
	struct err		 e;
	const uint8_t		*data;
	size_t			 n;
	char			*big;

	(void)state;
	big = malloc(BLOB_BASE_MAX + 1);
	memset(big, 'a', BLOB_BASE_MAX);
	big[BLOB_BASE_MAX] = '\0';
	f[1].path = "data/big.csv";
	f[1].body = big;
	a = pkgs_open(f, 2, 1, key);
	big[77] = 'b';
	b = pkgs_open(f, 2, 2, key);
	assert_int_equal(store_publish(gpub, a, NULL, -1, 0, NULL, NULL,
	    &e), 0);
	assert_int_equal(store_publish(gpub, b, a, -1, 0, NULL, NULL, &e),
	    0);
	s = store_open(gpub, b, &e);
	up(s, a, &o, &data, &n);
	assert_int_equal(o.has_base, 1);
	assert_true(n < 100);
	leads_to(data, n, a, b);
	store_close(s);
	big[BLOB_BASE_MAX - 77] = 'c';
	c = pkgs_open(f, 2, 3, key);
	assert_int_equal(store_publish(gpub, c, b, -1, 0, NULL, NULL, &e),
	    0);
	s = store_open(gpub, c, &e);
	up(s, a, &o, &data, &n);
	assert_int_equal(o.has_base, 1);
	assert_true(n < 100);
	leads_to(data, n, a, c);
	store_close(s);
	assert_int_equal(store_sweep(gpub, c, &e), 0);
	pkg_close(a);
	pkg_close(b);
	pkg_close(c);
	free(big);
}

/* Somebody's folders between the blobs do not stop the sweep. */
static void
test_folders(void **state)
{
	static const char	 sha[] = "0123456789abcdef0123456789abcdef"
				    "0123456789abcdef0123456789abcdef";
	static const char *const names[] = { "new.folder", "a.tmp.1", sha,
				    "2026112301-0123456789abcdef" };
	struct pkg	*p = edition(1);
	struct err	 e;
	char		 path[200];
	FILE		*f;
	size_t		 i;

	(void)state;
	assert_int_equal(store_publish(gpub, p, NULL, -1, 0, NULL, NULL,
	    &e), 0);
	for (i = 0; i < N(names); i++) {
		snprintf(path, sizeof(path), "%s.store/%s", gpub, names[i]);
		assert_int_equal(mkdir(path, 0700), 0);
	}
	snprintf(path, sizeof(path), "%s.store/new.crashed", gpub);
	assert_non_null(f = fopen(path, "w"));
	fclose(f);
	if (store_sweep(gpub, p, &e) == -1)
		fail_msg("%s", e.msg);
	assert_int_equal(access(path, F_OK), -1);	/* a file is swept */
	for (i = 0; i < N(names); i++) {
		snprintf(path, sizeof(path), "%s.store/%s", gpub, names[i]);
		assert_int_equal(rmdir(path), 0);
	}
	pkg_close(p);
}

static int
setup(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(gpub, sizeof(gpub), "%s/a.gpub", dir);
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

/* An open store is a mapping: thousands of them take no descriptors. */
static void
test_descriptors(void **state)
{
	const struct pkgs_file	 f[] = { { "metadata.txt", "a: b\n" } };
	struct sign_key		*k = pkgs_key(1, NULL);
	struct pkg		*p = pkgs_open(f, 1, 1, k);
	struct store		*s;
	struct err		 e = { .msg = "" };
	int			 before, after;

	(void)state;
	before = dup(0);
	if ((s = store_open("/tmp/none.gpub", p, &e)) == NULL)
		fail_msg("%s", e.msg);
	after = dup(0);
	assert_int_equal(after, before + 1);
	close(before);
	close(after);
	store_close(s);
	pkg_close(p);
	sign_key_free(k);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_mirror_store),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_renewed),
		cmocka_unit_test(test_without),
		cmocka_unit_test(test_at),
		cmocka_unit_test(test_big),
		cmocka_unit_test(test_folders),
		cmocka_unit_test(test_descriptors),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
