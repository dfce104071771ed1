/* SPDX-License-Identifier: ISC */
/* Anchors, lines of succession, and who may vouch for a package. */
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/trust.h"

#define NKEY	(CHAIN_STEPS + 4)

static struct sign_key	*sk[NKEY];
static struct pub_key	 pk[NKEY];

static int
setup(void **state)
{
	uint8_t	 i;

	(void)state;
	for (i = 0; i < NKEY; i++)
		sk[i] = pkgs_key((uint8_t)(i + 1), &pk[i]);
	return 0;
}

static int
teardown(void **state)
{
	int	 i;

	(void)state;
	for (i = 0; i < NKEY; i++)
		sign_key_free(sk[i]);
	return 0;
}

/* Append a head that key `by' signs; next -1: it announces nobody. */
static void
head(struct buf *b, const char *id, uint64_t serial, int by, int next)
{
	struct head	 h;
	struct buf	 one = BUF_INIT;

	memset(&h, 0, sizeof(h));
	snprintf(h.id, sizeof(h.id), "%s", id);
	h.serial = serial;
	h.published = 1795392000;
	h.expires = 1826928000;
	h.core[0] = h.wire[0] = (uint8_t)serial;
	h.core_size = 5000;
	h.wire_size = 4000;
	if (next >= 0) {
		h.has_next = 1;
		h.next = pk[next];
	}
	head_write(&h, &one);
	if (by >= 0)
		assert_int_equal(sign_head(sk[by], &one, NULL), 0);
	buf_add(b, one.data, one.len);
	assert_true(buf_ok(b));
	buf_free(&one);
}

/* A line of succession from names such as "abc": a announces b, b c. */
static void
line(struct buf *b, const char *who)
{
	buf_str(b, CHAIN_FIRST "\n");
	for (; who[1] != '\0'; who++)
		head(b, "test", 5, who[0] - 'a', who[1] - 'a');
}

static void
chains(void **state)
{
	static const struct {
		const char	*who, *want;
	} t[] = {
		{ "ab", NULL },
		{ "abc", NULL },
		{ "abcd", NULL },
		{ "aba", "leads back to key" },
		{ "abcb", "leads back to key" },
		{ "abca", "leads back to key" },
		{ "aa", "leads back to key" },
	};
	struct chain	 c;
	struct buf	 b = BUF_INIT, again = BUF_INIT;
	struct err	 e;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(t); i++) {
		print_message("# %s\n", t[i].who);
		buf_reset(&b);
		buf_reset(&again);
		line(&b, t[i].who);
		if (t[i].want != NULL) {
			assert_int_equal(chain_parse(&c, b.data, b.len, &e),
			    -1);
			assert_non_null(strstr(e.msg, t[i].want));
			continue;
		}
		assert_int_equal(chain_parse(&c, b.data, b.len, &e), 0);
		assert_int_equal(c.n, strlen(t[i].who) - 1);
		chain_write(&c, &again);
		assert_int_equal(again.len, b.len);
		assert_memory_equal(again.data, b.data, b.len);
	}
	buf_free(&b);
	buf_free(&again);
}

static void
broken_chains(void **state)
{
	struct chain	 c;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	char		 was;
	size_t		 i, second;

	(void)state;
	line(&b, "abc");
	/* Cut anywhere: only after a whole step is it a line of its own. */
	assert_int_equal(chain_parse(&c, b.data, b.len, &e), 0);
	second = (size_t)(c.step[1].text - b.data);
	for (i = 0; i < b.len; i++)
		assert_int_equal(chain_parse(&c, b.data, i, &e),
		    i == second ? 0 : -1);
	/* A changed byte: the second step is proven, the first is not. */
	for (i = 0; i < b.len; i++) {
		was = b.data[i];
		b.data[i] ^= 1;
		if (i >= second)
			assert_int_equal(chain_parse(&c, b.data, b.len, &e),
			    -1);
		else
			(void)chain_parse(&c, b.data, b.len, &e);
		b.data[i] = was;
	}
	buf_ch(&b, '\n');
	assert_int_equal(chain_parse(&c, b.data, b.len, &e), -1);

	buf_reset(&b);
	buf_str(&b, CHAIN_FIRST "\n");
	head(&b, "test", 5, 0, 1);
	head(&b, "other", 6, 1, 2);
	assert_int_equal(chain_parse(&c, b.data, b.len, &e), -1);
	assert_non_null(strstr(e.msg, "want one id"));
	buf_reset(&b);
	buf_str(&b, CHAIN_FIRST "\n");
	head(&b, "test", 5, 0, -1);
	assert_int_equal(chain_parse(&c, b.data, b.len, &e), -1);
	assert_non_null(strstr(e.msg, "announces no next key"));
	buf_reset(&b);
	buf_str(&b, CHAIN_FIRST "\n");
	head(&b, "test", 5, -1, 1);
	assert_int_equal(chain_parse(&c, b.data, b.len, &e), -1);
	assert_non_null(strstr(e.msg, "is not signed"));
	buf_reset(&b);
	buf_str(&b, CHAIN_FIRST "\n");
	head(&b, "test", 5, 0, 1);
	head(&b, "test", 6, 2, 3);	/* not by the key announced */
	assert_int_equal(chain_parse(&c, b.data, b.len, &e), -1);
	assert_non_null(strstr(e.msg, "is not signed by key"));
	buf_free(&b);
}

static void
long_chains(void **state)
{
	struct chain	 c;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	int		 i;

	(void)state;
	buf_str(&b, CHAIN_FIRST "\n");
	for (i = 0; i < CHAIN_STEPS; i++)
		head(&b, "test", 5, i, i + 1);
	assert_int_equal(chain_parse(&c, b.data, b.len, &e), 0);
	assert_true(b.len <= CHAIN_MAX);
	head(&b, "test", 5, i, i + 1);
	assert_int_equal(chain_parse(&c, b.data, b.len, &e), -1);
	assert_non_null(strstr(e.msg, "more than"));
	while (b.len <= CHAIN_MAX)
		buf_str(&b, "endless");
	assert_int_equal(chain_parse(&c, b.data, b.len, &e), -1);
	assert_non_null(strstr(e.msg, "bytes, at most"));
	buf_free(&b);
}

/*
 * Anchors are written "aO": key a, Open, Alone, Gone; small letters hold for
 * this package alone, `o' with id test, `x' with another one.
 */
static size_t
anchors(const char *s, struct anchor *a)
{
	size_t	 n;

	for (n = 0; s[0] != '\0'; s += 2, n++) {
		memset(&a[n], 0, sizeof(a[n]));
		a[n].key = pk[s[0] - 'a'];
		a[n].how = s[1] == 'A' ? ANCHOR_ALONE : s[1] == 'G' ?
		    ANCHOR_GONE : ANCHOR_OPEN;
		if (s[1] == 'o' || s[1] == 'x')
			strcpy(a[n].id, s[1] == 'o' ? "test" : "other");
	}
	return n;
}

static void
judgements(void **state)
{
	static const struct {
		const char	*name, *anchors, *chain;	/* "": none */
		int		 by;
		enum trust	 want;
		const char	*why;		/* or the line that proves */
	} t[] = {
		{ "own signature", "aO", "", 'a', TRUST_PROVEN, "a" },
		{ "one of two", "bOaO", "", 'a', TRUST_PROVEN, "a" },
		{ "nobody's", "aO", "", 'b', TRUST_UNKNOWN, "not one of" },
		{ "unsigned", "aO", "", 0, TRUST_REFUSED, "not signed" },
		{ "by succession", "aO", "ab", 'b', TRUST_PROVEN, "ab" },
		{ "of three", "aO", "abcd", 'd', TRUST_PROVEN, "abcd" },
		{ "from its middle", "bO", "abcd", 'd', TRUST_PROVEN, "bcd" },
		{ "the nearest counts", "aOcO", "abcd", 'd', TRUST_PROVEN,
		    "cd" },
		{ "not backwards", "bO", "ab", 'a', TRUST_REFUSED,
		    "does not end at" },
		{ "of strangers", "eO", "abc", 'c', TRUST_REFUSED,
		    "not one of the 1 given" },
		{ "ends elsewhere", "aO", "abc", 'd', TRUST_REFUSED,
		    "does not end at" },
		{ "ends too late", "aO", "abc", 'b', TRUST_REFUSED,
		    "does not end at" },
		{ "loops", "aO", "abab", 'b', TRUST_REFUSED, "leads back" },
		{ "own signature, whatever the line says", "cO", "aba", 'c',
		    TRUST_PROVEN, "c" },
		/* What a mirror knows: a's successor is b. */
		{ "the first successor", "aAbO", "", 'b', TRUST_PROVEN, "b" },
		{ "another one", "aAbO", "ac", 'c', TRUST_REFUSED,
		    "only the first counts" },
		{ "another one without a line", "aAbO", "", 'c',
		    TRUST_UNKNOWN, "not one of" },
		{ "from the first on", "aAbO", "abc", 'c', TRUST_PROVEN,
		    "bc" },
		{ "who is known alone may sign", "aAbO", "", 'a',
		    TRUST_PROVEN, "a" },
		{ "who has been replaced", "aGbO", "", 'a', TRUST_REFUSED,
		    "has been replaced" },
		{ "a line from there", "aGbO", "ac", 'c', TRUST_REFUSED,
		    "not one of" },
		{ "a line through there", "aGbO", "abc", 'c', TRUST_PROVEN,
		    "bc" },
		/* Keys given for one package. */
		{ "for this one", "ao", "", 'a', TRUST_PROVEN, "a" },
		{ "for another one", "ax", "", 'a', TRUST_REFUSED,
		    "not given for \"test\"" },
		{ "for both", "axao", "", 'a', TRUST_PROVEN, "a" },
		{ "succession, for this one", "ao", "ab", 'b', TRUST_PROVEN,
		    "ab" },
		{ "succession, for another one", "ax", "ab", 'b',
		    TRUST_REFUSED, "not one of" },
	};
	struct anchor	 a[8];
	struct proof	 p;
	struct buf	 keys = BUF_INIT, h = BUF_INIT;
	struct err	 e;
	size_t		 i, k, n;

	(void)state;
	for (i = 0; i < N(t); i++) {
		print_message("# %s\n", t[i].name);
		buf_reset(&keys);
		buf_reset(&h);
		if (t[i].chain[0] != '\0')
			line(&keys, t[i].chain);
		head(&h, "test", 9, t[i].by == 0 ? -1 : t[i].by - 'a', -1);
		n = anchors(t[i].anchors, a);
		assert_int_equal(trust_judge(a, n, h.data, h.len, keys.data,
		    keys.len, &p, &e), t[i].want);
		if (t[i].want != TRUST_PROVEN) {
			assert_non_null(strstr(e.msg, t[i].why));
			continue;
		}
		assert_int_equal(p.n, strlen(t[i].why));
		for (k = 0; k < p.n; k++)
			assert_memory_equal(&p.key[k],
			    &pk[t[i].why[k] - 'a'], sizeof(p.key[k]));
		assert_memory_equal(&a[p.anchor].key, &p.key[0],
		    sizeof(p.key[0]));
	}
	buf_free(&keys);
	buf_free(&h);
}

/* Another key under the id of the one that is trusted. */
static void
same_id(void **state)
{
	struct anchor	 a[2];
	struct buf	 keys = BUF_INIT, h = BUF_INIT;
	struct err	 e;

	(void)state;
	anchors("aObO", a);
	memcpy(a[0].key.id, pk[1].id, 8);	/* a's key, b's id */
	head(&h, "test", 9, 1, -1);
	assert_int_equal(trust_judge(a, 1, h.data, h.len, NULL, 0, NULL, &e),
	    TRUST_REFUSED);
	assert_non_null(strstr(e.msg, "is wrong"));
	assert_int_equal(trust_judge(a, 2, h.data, h.len, NULL, 0, NULL, &e),
	    TRUST_PROVEN);
	line(&keys, "bc");
	buf_reset(&h);
	head(&h, "test", 9, 2, -1);
	assert_int_equal(trust_judge(a, 1, h.data, h.len, keys.data, keys.len,
	    NULL, &e), TRUST_REFUSED);
	assert_non_null(strstr(e.msg, "is wrong"));
	assert_int_equal(trust_judge(a, 2, h.data, h.len, keys.data, keys.len,
	    NULL, &e), TRUST_PROVEN);
	/* The line's keys belong to another package. */
	buf_reset(&h);
	head(&h, "other", 9, 2, -1);
	assert_int_equal(trust_judge(a, 2, h.data, h.len, keys.data, keys.len,
	    NULL, &e), TRUST_REFUSED);
	assert_non_null(strstr(e.msg, "of the keys of \"test\""));
	buf_free(&keys);
	buf_free(&h);
}

/* The same judgement on whole files. */
static void
packages(void **state)
{
	struct pkgs_file f[] = { { "metadata.txt", "x\n" },
			    { "index.gmi", "hello\n" },
			    { CHAIN_PATH, NULL } };
	struct anchor	 a[2];
	struct proof	 proof;
	struct buf	 keys = BUF_INIT;
	struct err	 e;
	struct pkg	*p;

	(void)state;
	line(&keys, "abc");
	f[2].body = keys.data;
	anchors("aObO", a);
	p = pkg_prove(pkgs_make(f, 3, 0, sk[2]), "x", a, 1, &proof, &e);
	assert_non_null(p);
	assert_int_equal(proof.n, 3);
	pkg_close(p);
	assert_non_null(p = pkg_open(pkgs_make(f, 3, 0, sk[2]), "x", &pk[1],
	    1, &e));
	pkg_close(p);
	assert_null(pkg_open(pkgs_make(f, 3, 0, sk[3]), "x", &pk[0], 1, &e));
	assert_int_equal(e.status, STATUS_REFUSED);
	assert_null(pkg_open(pkgs_make(f, 2, 0, sk[2]), "x", &pk[0], 1, &e));
	assert_non_null(strstr(e.msg, "not one of the 1 given"));
	assert_null(pkg_open(pkgs_make(f, 3, 0, NULL), "x", &pk[0], 1, &e));
	assert_non_null(strstr(e.msg, "not signed"));
	/* Who signed itself is not held to the line. */
	f[2].body = "apeng-keys 2\n";
	assert_null(pkg_open(pkgs_make(f, 3, 0, sk[2]), "x", &pk[0], 1, &e));
	assert_non_null(strstr(e.msg, "first line"));
	assert_non_null(p = pkg_open(pkgs_make(f, 3, 0, sk[2]), "x", &pk[2],
	    1, &e));
	pkg_close(p);
	buf_free(&keys);
}

/* -p FILE[=ID,...], -P KEYSTRING[=ID,...] */
static void
given(void **state)
{
	static const struct {
		const char	*end;
		size_t		 n;	/* 0: taken for the file's name */
		const char	*first, *last;
	} t[] = {
		{ "", 1, "", "" },
		{ "=test", 1, "test", "test" },
		{ "=test,other-1,third", 3, "test", "third" },
		{ "=ab", 0, NULL, NULL },
		{ "=test,", 0, NULL, NULL },
		{ "=Test", 0, NULL, NULL },
		{ "=", 0, NULL, NULL },
	};
	struct anchors	 a = { NULL, 0 };
	struct err	 e;
	char		 path[256], text[512], key[KEY_STRING + 1];
	size_t		 i;
	FILE		*fp;

	(void)state;
	snprintf(path, sizeof(path), "%s/a.pub", getenv("TMP") != NULL ?
	    getenv("TMP") : "/tmp");
	unlink(path);
	assert_int_equal(sign_public_save(&pk[0], path, &e), 0);
	key_format(&pk[0], key);
	for (i = 0; i < 2 * N(t); i++) {
		snprintf(text, sizeof(text), "%s%s", i % 2 ? key : path,
		    t[i / 2].end);
		assert_int_equal(anchors_add(&a, text, i % 2, &e),
		    t[i / 2].n == 0 ? -1 : 0);
		assert_int_equal(anchors_is_string(text), i % 2 == 1 &&
		    t[i / 2].n != 0);
		assert_int_equal(a.n, t[i / 2].n);
		if (a.n > 0) {
			assert_string_equal(a.v[0].id, t[i / 2].first);
			assert_string_equal(a.v[a.n - 1].id, t[i / 2].last);
			assert_memory_equal(&a.v[0].key, &pk[0],
			    sizeof(pk[0]));
		}
		anchors_free(&a);
	}
	/* A file may have an equals sign in its name. */
	snprintf(text, sizeof(text), "%s=1", path);
	assert_int_equal(rename(path, text), 0);
	assert_int_equal(anchors_add(&a, text, 0, &e), 0);
	assert_string_equal(a.v[0].id, "");
	unlink(text);
	anchors_free(&a);
	assert_non_null(fp = fopen(path, "w"));
	fclose(fp);
	unlink(path);
}

int
main(void)
{
	static const struct CMUnitTest	 t[] = {
		cmocka_unit_test(chains),
		cmocka_unit_test(broken_chains),
		cmocka_unit_test(long_chains),
		cmocka_unit_test(judgements),
		cmocka_unit_test(same_id),
		cmocka_unit_test(packages),
		cmocka_unit_test(given),
	};

	return cmocka_run_group_tests(t, setup, teardown);
}
