/* SPDX-License-Identifier: ISC */
/* Evidence: what holds, there and back, and everything that proves nothing. */
#include "base/buf.h"
#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/evidence.h"
#include "package/hash.h"

static struct sign_key	*key[2];
static struct pub_key	 pub[2];

/* A head of `id', signed by key k, whose core is all c. */
static void
make(const char *id, uint64_t serial, uint8_t c, int k, struct buf *b)
{
	struct head	 h;

	memset(&h, 0, sizeof(h));
	strcpy(h.id, id);
	h.serial = serial;
	h.published = 1780000000;
	h.expires = 1811536000;
	memset(h.core, c, SHA_LEN);
	memset(h.wire, c, SHA_LEN);
	h.core_size = h.wire_size = 1000;
	buf_init(b);
	head_write(&h, b);
	assert_int_equal(sign_head(key[k], b, NULL), 0);
}

static void
test_pairs(void **state)
{
	static const struct {
		const char	*name, *a, *b;
		uint64_t	 sa, sb;
		uint8_t		 ca, cb;
		int		 ka, kb, said;	/* said: the key of b's side */
		int		 want;
		const char	*why;
	} cases[] = {
		{ "two contents", "abc", "abc", 7, 7, 1, 2, 0, 0, 0, 0, NULL },
		{ "the other order", "abc", "abc", 7, 7, 2, 1, 0, 0, 0, 0,
		    NULL },
		{ "old and new key", "abc", "abc", 7, 7, 1, 2, 0, 1, 1, 0,
		    NULL },
		{ "the same head twice", "abc", "abc", 7, 7, 1, 1, 0, 0, 0, -1,
		    "same core" },
		{ "two packages", "abc", "abd", 7, 7, 1, 2, 0, 0, 0, -1,
		    "two packages" },
		{ "two serials", "abc", "abc", 7, 8, 1, 2, 0, 0, 0, -1,
		    "two serials" },
		{ "another key than said", "abc", "abc", 7, 7, 1, 2, 0, 1, 0,
		    -1, "is not one of" }
	};
	struct buf	 a, b, out = BUF_INIT, again = BUF_INIT;
	struct evidence	 v, w;
	struct err	 e;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		printf("%s\n", cases[i].name);
		make(cases[i].a, cases[i].sa, cases[i].ca, cases[i].ka, &a);
		make(cases[i].b, cases[i].sb, cases[i].cb, cases[i].kb, &b);
		assert_int_equal(evidence_make(&v, a.data, a.len,
		    &pub[cases[i].ka], b.data, b.len, &pub[cases[i].said], &e),
		    cases[i].want);
		if (cases[i].why != NULL)
			assert_non_null(strstr(e.msg, cases[i].why));
		/* The same, written by somebody who does not ask. */
		buf_reset(&out);
		evidence_write(&v, &out);
		assert_true(out.len < EVIDENCE_MAX);
		assert_int_equal(evidence_parse(&w, out.data, out.len, &e),
		    cases[i].want);
		if (cases[i].want == 0) {
			buf_reset(&again);
			evidence_write(&w, &again);
			assert_string_equal(again.data, out.data);
			assert_true(w.side[0].head.core[0] == 1);
		}
		buf_free(&a);
		buf_free(&b);
	}
	buf_free(&out);
	buf_free(&again);
}

/* Each byte changed: refused, or one that no signature needs. */
static void
test_forged(void **state)
{
	struct buf	 a, b, out = BUF_INIT;
	struct evidence	 v;
	struct err	 e;
	size_t		 i;

	(void)state;
	make("abc", 7, 1, 0, &a);
	make("abc", 7, 2, 0, &b);
	assert_int_equal(evidence_make(&v, a.data, a.len, &pub[0], b.data,
	    b.len, &pub[0], &e), 0);
	evidence_write(&v, &out);
	for (i = 0; i < out.len; i++) {
		out.data[i] ^= 1;
		assert_int_equal(evidence_parse(&v, out.data, out.len, &e),
		    -1);
		out.data[i] ^= 1;
		assert_int_equal(evidence_parse(&v, out.data, i, &e), -1);
	}
	assert_int_equal(evidence_parse(&v, out.data, out.len, &e), 0);
	buf_ch(&out, '\n');
	assert_int_equal(evidence_parse(&v, out.data, out.len, &e), -1);
	/* The heads in the other order. */
	buf_reset(&out);
	buf_str(&out, EVIDENCE_FIRST "\n");
	for (i = 0; i < 2; i++) {
		char	 text[KEY_STRING + 1];

		key_format(&pub[0], text);
		buf_fmt(&out, "key %s\n", text);
		buf_add(&out, (i == 0 ? &b : &a)->data, (i == 0 ? &b :
		    &a)->len);
	}
	assert_int_equal(evidence_parse(&v, out.data, out.len, &e), -1);
	assert_non_null(strstr(e.msg, "order"));
	buf_free(&a);
	buf_free(&b);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_forged),
	};
	int			 rv;

	key[0] = pkgs_key(1, &pub[0]);
	key[1] = pkgs_key(2, &pub[1]);
	rv = cmocka_run_group_tests(tests, NULL, NULL);
	sign_key_free(key[0]);
	sign_key_free(key[1]);
	return rv;
}
