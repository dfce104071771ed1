/* SPDX-License-Identifier: ISC */
/* Wire forms and blobs that lie. */
#include <zstd.h>

#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/blob.h"
#include "package/hash.h"
#include "package/list.h"
#include "package/spool.h"
#include "package/wire.h"

static size_t	 frame(uint8_t *, size_t, const void *, size_t, int, int);
static size_t	 plain(uint8_t *, const void *, size_t, int);
static void	 expands(const char *, const uint8_t *, size_t, size_t,
		    const char *);
static void	 test_wire(void **);
static void	 test_roundtrip(void **);
static void	 test_hostile(void **);
static void	 test_bomb(void **);
static void	 test_wrong_base(void **);
static void	 test_from_wire(void **);

static void
test_wire(void **state)
{
	static const struct {
		const char	*name, *text, *want;
	} cases[] = {
		{ "good", "metadata.txt 1\na 2\nb/c 0\n\nmaa", NULL },
		{ "empty", "", "line 1" },
		{ "no entries", "\n", "no entries" },
		{ "no empty line", "a 1\n", "line 2" },
		{ "body too short", "a 2\n\na", "its lines say" },
		{ "body too long", "a 2\n\naaa", "its lines say" },
		{ "no size", "a\n\n", "want `path size'" },
		{ "no path", " 1\n\na", "not a safe name" },
		{ "size 01", "a 01\n\na", "want `path size'" },
		{ "size negative", "a -1\n\n", "want `path size'" },
		{ "size 2 GiB", "a 2147483648\n\n", "at most" },
		{ "sizes 2 GiB in all", "a 2147483000\nb 2147483000\n\n",
		    "in all" },
		{ "size wraps 64 bits", "a 18446744073709551617\n\na",
		    "want `path size'" },
		{ "blank behind", "a 1 \n\na", "want `path size'" },
		{ "two blanks", "a  1\n\na", "want `path size'" },
		{ "CRLF", "a 1\r\n\na", "want `path size'" },
		{ "order", "b 1\na 1\n\nba", "out of order" },
		{ "metadata.txt not first", "a 1\nmetadata.txt 1\n\nam",
		    "out of order" },
		{ "twice", "a 1\na 1\n\nba", "twice" },
		{ "file and folder", "a 1\na-b 1\na/b 1\n\nabc", "folder" },
		{ "traversal", "../a 1\n\na", "not a safe name" },
		{ "capital", "A 1\n\na", "not a safe name" },
		{ "long line", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaa 1\n\na", "no end within" },
	};
	struct pkg_list	 l;
	struct err	 e;
	size_t		 i;
	int		 rv;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		memset(&l, 0, sizeof(l));
		rv = wire_parse((const uint8_t *)cases[i].text,
		    strlen(cases[i].text), &l, &e);
		list_free(&l);
		if ((rv == 0) != (cases[i].want == NULL))
			fail_msg("%s: %d", cases[i].name, rv);
		if (rv == -1 && strstr(e.msg, cases[i].want) == NULL)
			fail_msg("%s: %s", cases[i].name, e.msg);
	}
	memset(&l, 0, sizeof(l));
	assert_int_equal(wire_parse((const uint8_t *)"a\0b 1\n\na", 8, &l,
	    &e), -1);
	list_free(&l);
}

static void
test_roundtrip(void **state)
{
	static const size_t	 sizes[] = { 1, 2, 100, 65536, 131072,
	    131073, 1000000, 9000000 };
	struct err		 e;
	const uint8_t		*blob;
	uint8_t			*wire, sha[32], want[32];
	size_t			 i, j, n;
	int			 fd;

	(void)state;
	wire = malloc(9000000);
	for (j = 0; j < 9000000; j++)
		wire[j] = (uint8_t)(j * j >> 7 ^ j);
	for (i = 0; i < N(sizes); i++) {
		for (j = 0; j < 2; j++) {
			fd = pkgs_file("", 0);
			assert_int_equal(blob_make(wire, sizes[i],
			    j ? wire : NULL, j ? 500 : 0, 3, 1, fd, NULL,
			    NULL, &e), 0);
			assert_int_equal(spool_map(fd, &blob, &n, &e), 0);
			assert_true(n <= blob_max(sizes[i]));
			if (blob_expand(blob, n, j ? wire : NULL,
			    j ? 500 : 0, sizes[i], -1, sha, &e) == -1)
				fail_msg("%zu: %s", sizes[i], e.msg);
			assert_int_equal(sha_bytes(wire, sizes[i], want, &e),
			    0);
			assert_memory_equal(sha, want, 32);
			spool_unmap(blob, n);
			close(fd);
		}
	}
	free(wire);
}

/* A frame by hand: one raw block, no content size, this window. */
static size_t
plain(uint8_t *out, const void *data, size_t n, int window_log)
{
	memcpy(out, "\x28\xb5\x2f\xfd\0", 5);
	out[5] = (uint8_t)((window_log - 10) << 3);
	out[6] = (uint8_t)(1 | n << 3);
	out[7] = (uint8_t)(n >> 5);
	out[8] = (uint8_t)(n >> 13);
	memcpy(out + 9, data, n);
	return n + 9;
}

static size_t
frame(uint8_t *out, size_t size, const void *data, size_t n, int content,
    int sum)
{
	ZSTD_CCtx	*c = ZSTD_createCCtx();
	ZSTD_inBuffer	 in = { data, n, 0 };
	ZSTD_outBuffer	 ob = { out, size, 0 };

	ZSTD_CCtx_setParameter(c, ZSTD_c_compressionLevel, 1);
	ZSTD_CCtx_setParameter(c, ZSTD_c_contentSizeFlag, content);
	ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, sum);
	while (ZSTD_compressStream2(c, &ob, &in, ZSTD_e_end) != 0)
		assert_true(ob.pos < ob.size);
	ZSTD_freeCCtx(c);
	return ob.pos;
}

static void
expands(const char *name, const uint8_t *blob, size_t n, size_t want,
    const char *msg)
{
	struct err	 e;
	uint8_t		 sha[32], *copy = malloc(n + !n);
	int		 rv;

	memcpy(copy, blob, n);		/* exact, so that ASan sees */
	rv = blob_expand(copy, n, NULL, 0, want, -1, sha, &e);
	free(copy);
	if ((rv == 0) != (msg == NULL))
		fail_msg("%s: %s", name, rv == 0 ? "accepted" : e.msg);
	if (rv == -1 && strstr(e.msg, msg) == NULL)
		fail_msg("%s: \"%s\", want \"%s\"", name, e.msg, msg);
	if (rv == -1)
		assert_int_equal(e.status, STATUS_REFUSED);
}

static void
test_hostile(void **state)
{
	uint8_t	 blob[2000], other[2000];
	char	 text[900];
	size_t	 i, n, m;

	(void)state;
	for (i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * i % 251);
	n = frame(blob, sizeof(blob), text, sizeof(text), 1, 0);
	expands("good", blob, n, sizeof(text), NULL);
	for (i = 0; i < n; i++)
		expands("cut", blob, i, sizeof(text), "");
	expands("signed size smaller", blob, n, sizeof(text) - 1, "expands");
	expands("signed size larger", blob, n, sizeof(text) + 1, "expands");
	memcpy(other, blob, n);
	other[n] = 0;
	expands("a byte behind", other, n + 1, sizeof(text), "behind");
	memcpy(other + n, blob, n);
	expands("two frames", other, 2 * n, sizeof(text), "behind");
	memcpy(other, blob, n);
	other[4] |= 1;
	expands("dictionary id", other, n, sizeof(text), "dictionary");
	other[4] = blob[4] | 2;
	expands("dictionary id of 2", other, n, sizeof(text), "dictionary");
	other[4] = blob[4] | 8;
	expands("reserved bit", other, n, sizeof(text), "blob");
	memcpy(other, "\x50\x2a\x4d\x18\4\0\0\0....", 12);
	memcpy(other + 12, blob, n);
	expands("skippable frame", other, n + 12, sizeof(text), "no zstd");
	expands("error text", (const uint8_t *)"3Not found\t\te\t1\r\n", 17,
	    9, "no zstd");
	m = frame(other, sizeof(other), text, sizeof(text), 0, 1);
	expands("checksum", other, m, sizeof(text), NULL);
	other[m - 1] ^= 1;
	expands("wrong checksum", other, m, sizeof(text), "blob");
	m = plain(other, text, sizeof(text), 23);
	expands("window 8 MiB", other, m, sizeof(text), NULL);
	other[5]++;
	expands("window 9 MiB", other, m, sizeof(text), "blob");
	m = plain(other, text, sizeof(text), 24);
	expands("window 16 MiB", other, m, sizeof(text), "blob");
	m = plain(other, text, sizeof(text), 41);
	expands("window 2 TiB", other, m, sizeof(text), "blob");
	m = frame(other, sizeof(other), text, sizeof(text), 0, 0);
	expands("no content size", other, m, sizeof(text), NULL);
	expands("no content size, longer", other, m, 100, "more than");
	expands("no content size, shorter", other, m, 1000, "expanded");
}

/* 200 MB of zeros in a few KB: not expanded beyond the signed size. */
static void
test_bomb(void **state)
{
	struct err	 e;
	uint8_t		*zeros = calloc(1, 200 << 20), *blob, sha[32];
	size_t		 n, size = 1 << 20;
	int		 out = pkgs_file("", 0);

	(void)state;
	blob = malloc(size);
	n = frame(blob, size, zeros, 200 << 20, 0, 0);
	assert_int_equal(blob_expand(blob, n, NULL, 0, 100000, out, sha,
	    &e), -1);
	assert_non_null(strstr(e.msg, "more than 100000"));
	assert_true(lseek(out, 0, SEEK_END) <= 100000);
	close(out);
	free(blob);
	free(zeros);
}

static void
test_wrong_base(void **state)
{
	struct pkgs_file	 f[] = { { "index.gmi", "one two three" } };
	struct sign_key		*k = pkgs_key(1, NULL);
	struct pkg		*a, *b, *c;
	struct err		 e;
	const uint8_t		*wa, *wb;
	const char		*head;
	size_t			 na, nb, len;
	int			 fa, fb, blob, out;

	(void)state;
	a = pkgs_open(f, 1, 1, k);
	f[0].body = "one two three four, and as much again: one two three";
	b = pkgs_open(f, 1, 2, k);
	f[0].body = "ONE TWO THREE";
	c = pkgs_open(f, 1, 1, k);
	fa = pkgs_file("", 0);
	fb = pkgs_file("", 0);
	blob = pkgs_file("", 0);
	out = pkgs_file("", 0);
	assert_int_equal(pkg_to_wire(a, fa, &e), 0);
	assert_int_equal(pkg_to_wire(b, fb, &e), 0);
	assert_int_equal(spool_map(fa, &wa, &na, &e), 0);
	assert_int_equal(spool_map(fb, &wb, &nb, &e), 0);
	assert_int_equal(blob_make(wb, nb, wa, na, BLOB_LEVEL, 1, blob,
	    NULL, NULL, &e), 0);
	head = pkg_comment(b, &len);
	assert_int_equal(pkg_from_blob(blob, a, head, len, "/tmp/x", out,
	    &e), 0);
	assert_int_equal(pkg_from_blob(blob, c, head, len, "/tmp/x", out,
	    &e), -1);
	assert_int_equal(e.status, STATUS_REFUSED);
	assert_int_equal(pkg_from_blob(blob, NULL, head, len, "/tmp/x", out,
	    &e), -1);
	assert_int_equal(e.status, STATUS_REFUSED);
	spool_unmap(wa, na);
	spool_unmap(wb, nb);
	pkg_close(a);
	pkg_close(b);
	pkg_close(c);
	close(fa);
	close(fb);
	close(blob);
	close(out);
	sign_key_free(k);
}

/* A wire form of the right hash that makes another core: refused. */
static void
test_from_wire(void **state)
{
	struct pkgs_file	 f[] = { { "index.gmi", "x" } };
	struct pkg		*p = pkgs_open(f, 1, 1, NULL);
	struct err		 e;
	const char		*head;
	char			*bad;
	size_t			 len;
	int			 wire = pkgs_file("", 0);
	int			 out = pkgs_file("", 0);

	(void)state;
	assert_int_equal(pkg_to_wire(p, wire, &e), 0);
	head = pkg_comment(p, &len);
	assert_int_equal(pkg_from_wire(wire, head, len, out, &e), 0);
	bad = strdup("");
	bad = realloc(bad, len);
	memcpy(bad, head, len);
	strstr(bad, "\ncore ")[6] ^= 1;
	assert_int_equal(pkg_from_wire(wire, bad, len, out, &e), -1);
	memcpy(bad, head, len);
	strstr(bad, "\nwire ")[6] = '\0';
	assert_int_equal(pkg_from_wire(wire, bad, len, out, &e), -1);
	assert_int_equal(lseek(wire, 0, SEEK_END), 14);
	assert_int_equal(write(wire, "y", 1), 1);
	assert_int_equal(pkg_from_wire(wire, head, len, out, &e), -1);
	assert_non_null(strstr(e.msg, "wire form"));
	assert_int_equal(ftruncate(wire, 0), 0);
	assert_int_equal(pkg_from_wire(wire, head, len, out, &e), -1);
	free(bad);
	pkg_close(p);
	close(wire);
	close(out);
}

/* Shared among threads: it expands the same, and is the same for any. */
static void
threads(void **state)
{
	const size_t	 n = 40000000;
	const uint8_t	*blob[2];
	uint8_t		*wire = malloc(n), sha[SHA_LEN], want[SHA_LEN];
	size_t		 i, len[2];
	struct err	 e;
	int		 fd;

	(void)state;
	assert_non_null(wire);
	for (i = 0; i < n; i++)
		wire[i] = (uint8_t)(i * (i >> 9) >> 11 ^ i % 251);
	assert_int_equal(sha_bytes(wire, n, want, &e), 0);
	for (i = 0; i < 2; i++) {
		fd = pkgs_file("", 0);
		assert_int_equal(blob_make(wire, n, NULL, 0, 3,
		    2 + 2 * (unsigned)i, fd, NULL, NULL, &e), 0);
		assert_int_equal(spool_map(fd, &blob[i], &len[i], &e), 0);
		assert_int_equal(blob_expand(blob[i], len[i], NULL, 0, n, -1,
		    sha, &e), 0);
		assert_memory_equal(sha, want, SHA_LEN);
		close(fd);
	}
	assert_int_equal(len[0], len[1]);
	assert_memory_equal(blob[0], blob[1], len[0]);
	for (i = 0; i < 2; i++)
		spool_unmap(blob[i], len[i]);
	free(wire);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(threads),
		cmocka_unit_test(test_wire),
		cmocka_unit_test(test_roundtrip),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_wrong_base),
		cmocka_unit_test(test_from_wire),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
