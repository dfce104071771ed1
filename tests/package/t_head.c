/* SPDX-License-Identifier: ISC */
/* Heads, key strings, offers and the other words of the protocol. */
#include "base/buf.h"
#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/hash.h"
#include "package/offer.h"
#include "package/sign.h"

#define H	"apeng-head 1\nid abc\nserial 7\n" \
		"published 2026-11-23T00:00:00Z\n" \
		"expires 2027-11-23T00:00:00Z\n"
#define SHA	"0123456789abcdef0123456789abcdef0123456789abcdef" \
		"0123456789abcdef"
#define C	"core " SHA " 300\n"
#define W	"wire " SHA " 200\n"
#define KEY	"RWTyV4OOXc3hGydE2F3xm6FIrjuNddTjdB1pIcQjtS9MnJrbq0d2ZR4Q"

static void	 test_parse(void **);
static void	 test_roundtrip(void **);
static void	 test_keys(void **);
static void	 test_verify(void **);
static void	 test_words(void **);
static void	 test_answer(void **);

static const struct {
	const char	*name, *text, *want;	/* want NULL: fine */
} heads[] = {
	{ "plain", H C W, NULL },
	{ "next key", H C W "next-key " KEY "\n", NULL },
	{ "empty", "", "0 bytes" },
	{ "no LF", H C "wire " SHA " 200", "no LF" },
	{ "version 2", "apeng-head 2\n", "first line" },
	{ "id missing", "apeng-head 1\nserial 7\n", "`id'" },
	{ "id short", "apeng-head 1\nid ab\n", "`id'" },
	{ "id with capital", "apeng-head 1\nid Abc\n", "`id'" },
	{ "id starts with digit", "apeng-head 1\nid 1bc\n", "`id'" },
	{ "id of 41", "apeng-head 1\n"
	    "id a2345678901234567890123456789012345678901\n", "`id'" },
	{ "two blanks", "apeng-head 1\nid  abc\n", "`id'" },
	{ "serial 0", "apeng-head 1\nid abc\nserial 0\n", "`serial'" },
	{ "serial 07", "apeng-head 1\nid abc\nserial 07\n", "`serial'" },
	{ "serial of 20 digits",
	    "apeng-head 1\nid abc\nserial 10000000000000000000\n",
	    "`serial'" },
	{ "serial negative", "apeng-head 1\nid abc\nserial -1\n",
	    "`serial'" },
	{ "no such day", "apeng-head 1\nid abc\nserial 7\n"
	    "published 2026-02-29T00:00:00Z\n", "`published'" },
	{ "no Z", "apeng-head 1\nid abc\nserial 7\n"
	    "published 2026-02-28T00:00:00+\n", "`published'" },
	{ "expires missing", "apeng-head 1\nid abc\nserial 7\n"
	    "published 2026-02-28T00:00:00Z\n" C, "`expires'" },
	{ "order", H W C, "`core'" },
	{ "core upper case", H "core A" SHA " 3\n", "`core'" },
	{ "core without size", H "core " SHA "\n", "`core'" },
	{ "core 0", H "core " SHA " 0\n", "`core'" },
	{ "core 2 GiB", H "core " SHA " 2147483648\n" W, "`core'" },
	{ "core, more behind", H "core " SHA " 3 4\n" W, "`core'" },
	{ "wire missing", H C, "`wire'" },
	{ "wire twice", H C W W, "`untrusted comment" },
	{ "next key bad", H C W "next-key RW\n", "`next-key'" },
	{ "next key twice", H C W "next-key " KEY "\nnext-key " KEY "\n",
	    "`untrusted" },
	{ "unknown line", H C W "colour red\n", "`untrusted" },
	{ "empty line", H C W "\n", "`untrusted" },
	{ "signature cut", H C W "untrusted comment: apeng\n", "three more" },
	{ "TAB", "apeng-head 1\t\n", "printable" },
	{ "CR", "apeng-head 1\r\n", "printable" },
};

static void
test_parse(void **state)
{
	struct head	 h;
	struct err	 e;
	char		 much[HEAD_MAX + 2];
	size_t		 i;
	int		 rv;

	(void)state;
	for (i = 0; i < N(heads); i++) {
		rv = head_parse(heads[i].text, strlen(heads[i].text), &h,
		    &e);
		if ((rv == 0) != (heads[i].want == NULL))
			fail_msg("%s: %d", heads[i].name, rv);
		if (rv == -1 && strstr(e.msg, heads[i].want) == NULL)
			fail_msg("%s: %s", heads[i].name, e.msg);
	}
	memset(much, '\n', sizeof(much));
	assert_int_equal(head_parse(much, HEAD_MAX + 1, &h, &e), -1);
	assert_int_equal(head_parse("apeng-head 1\nid abc\0", 20, &h, &e),
	    -1);
}

static void
test_roundtrip(void **state)
{
	struct head	 h, again;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(heads); i++) {
		if (heads[i].want != NULL)
			continue;
		assert_int_equal(head_parse(heads[i].text,
		    strlen(heads[i].text), &h, &e), 0);
		head_write(&h, &b);
		assert_string_equal(b.data, heads[i].text);
		assert_int_equal(head_parse(b.data, b.len, &again, &e), 0);
		assert_memory_equal(&h, &again, sizeof(h));
		assert_int_equal(h.signed_len, b.len);
		assert_int_equal(h.serial, 7);
		buf_free(&b);
	}
}

static void
test_keys(void **state)
{
	static const char *const	 bad[] = { "", "RW", KEY "A",
	    "RW=yV4OOXc3hGydE2F3xm6FIrjuNddTjdB1pIcQjtS9MnJrbq0d2ZR4Q",
	    "AWTyV4OOXc3hGydE2F3xm6FIrjuNddTjdB1pIcQjtS9MnJrbq0d2ZR4Q",
	    " WTyV4OOXc3hGydE2F3xm6FIrjuNddTjdB1pIcQjtS9MnJrbq0d2ZR4Q",
	    "RUTyV4OOXc3hGydE2F3xm6FIrjuNddTjdB1pIcQjtS9MnJrbq0d2ZR4Q" };
	struct pub_key			 k;
	struct err			 e;
	char				 out[KEY_STRING + 1], id[17];
	size_t				 i;

	(void)state;
	assert_int_equal(key_parse(KEY, KEY_STRING, &k, &e), 0);
	key_format(&k, out);
	assert_string_equal(out, KEY);
	key_id_format(k.id, id);
	assert_string_equal(id, "1BE1CD5D8E8357F2");	/* minisign's */
	for (i = 0; i < N(bad); i++)
		if (key_parse(bad[i], strlen(bad[i]), &k, &e) == 0)
			fail_msg("\"%s\" is a key?", bad[i]);
}

/* Each byte of the signature lines matters, in each of its bits. */
static void
test_verify(void **state)
{
	struct pub_key	 pub[2];
	struct sign_key	*k = pkgs_key(1, &pub[1]);
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i, which;
	int		 bit;

	(void)state;
	memset(&pub[0], 0, sizeof(pub[0]));
	buf_str(&b, H C W);
	assert_int_equal(head_verify(b.data, b.len, pub, 2, &which, &e), -1);
	assert_int_equal(sign_head(k, &b, &e), 0);
	assert_int_equal(head_verify(b.data, b.len, pub, 2, &which, &e), 0);
	assert_int_equal(which, 1);
	assert_int_equal(head_verify(b.data, b.len, pub, 1, &which, &e), -1);
	assert_int_equal(head_verify(b.data, b.len, pub, 0, &which, &e), -1);
	for (i = 0; i < b.len; i++) {
		for (bit = 0; bit < 8; bit++) {
			b.data[i] ^= (char)(1 << bit);
			if (head_verify(b.data, b.len, pub, 2, NULL, &e) == 0)
				fail_msg("byte %zu, bit %d", i, bit);
			b.data[i] ^= (char)(1 << bit);
		}
		assert_int_equal(head_verify(b.data, i, pub, 2, NULL, &e),
		    -1);
	}
	buf_free(&b);
	sign_key_free(k);
}

static void
test_words(void **state)
{
	static const char *const	 editions[] = { "-",
	    "7-0123456789abcdef", "9999999999999999999-0123456789abcdef" };
	static const char *const	 bad[] = { "", "--", "0", "7", "7-",
	    "-0123456789abcdef", "7-0123456789ABCDEF",
	    "7-0123456789abcdef0", "07-0123456789abcdef",
	    "7 0123456789abcdef", "99999999999999999999-0123456789abcdef" };
	static const char *const	 offers[] = { "offer - 0 -\n",
	    "offer " SHA " 1 -\n", "offer " SHA " 77 0123456789abcdef\n" };
	static const char *const	 none[] = { "", "offer", "offer -",
	    "offer - 0", "offer - 1 -", "offer - 0 --", "offer " SHA,
	    "offer " SHA " 0 -", "offer " SHA " 1", "offer " SHA " 1 ",
	    "offer " SHA " 01 -", "offer " SHA " 1 0123456789abcde",
	    "offer " SHA " 1 0123456789abcdef0", "Offer - 0 -",
	    "offer  " SHA " 1 -", "offer " SHA " 1 - " };
	static const char *const	 lines[] = {
	    "apeng-blob 0123456789abcdef 0 0\n",
	    "apeng-blob 0123456789abcdef 700 1165\n" };
	static const char *const	 wrong[] = { "", "apeng-blob",
	    "apeng-blob 0123456789abcdef 2 1", "apeng-blob 0123456789abcdef",
	    "apeng-blob 0123456789abcdef 1 2 ", "3Not found\t\terror.host",
	    "apeng-blob 0123456789abcde  1 2" };
	struct edition			 ed;
	struct offer			 o;
	struct blob_line		 l;
	struct buf			 b = BUF_INIT;
	size_t				 i;

	(void)state;
	for (i = 0; i < N(editions); i++) {
		assert_int_equal(edition_parse(editions[i],
		    strlen(editions[i]), &ed), 0);
		buf_reset(&b);
		edition_write(&ed, &b);
		assert_string_equal(b.data, editions[i]);
	}
	for (i = 0; i < N(bad); i++)
		assert_int_equal(edition_parse(bad[i], strlen(bad[i]), &ed),
		    -1);
	for (i = 0; i < N(offers); i++) {
		assert_int_equal(offer_parse(offers[i],
		    strlen(offers[i]) - 1, &o), 0);
		buf_reset(&b);
		offer_write(&o, &b);
		assert_string_equal(b.data, offers[i]);
	}
	for (i = 0; i < N(none); i++)
		assert_int_equal(offer_parse(none[i], strlen(none[i]), &o),
		    -1);
	for (i = 0; i < N(lines); i++) {
		assert_int_equal(blob_line_parse(lines[i],
		    strlen(lines[i]) - 1, &l), 0);
		buf_reset(&b);
		blob_line_write(&l, &b);
		assert_string_equal(b.data, lines[i]);
	}
	for (i = 0; i < N(wrong); i++)
		assert_int_equal(blob_line_parse(wrong[i], strlen(wrong[i]),
		    &l), -1);
	buf_free(&b);
}

static void
test_answer(void **state)
{
	static const char	 ok[] = H C W "offer " SHA " 4 -\n\nBLOB";
	static const char	 error[] = "3Not found\t\terror.host\t1\r\n";
	struct offer		 o;
	struct err		 e;
	size_t			 i, head, used;
	char			 much[HEAD_MAX + 100];

	(void)state;
	for (i = 0; i < sizeof(ok) - 5; i++)
		assert_int_equal(offer_answer(ok, i, &head, &o, &used, &e),
		    0);
	for (; i < sizeof(ok); i++) {
		assert_int_equal(offer_answer(ok, i, &head, &o, &used, &e),
		    1);
		assert_int_equal(used, sizeof(ok) - 5);
		assert_int_equal(head, strlen(H C W));
	}
	assert_int_equal(offer_answer(error, 1, &head, &o, &used, &e), -1);
	assert_int_equal(offer_answer(error, sizeof(error), &head, &o, &used,
	    &e), -1);
	memset(much, 'x', sizeof(much));
	memcpy(much, "apeng-head 1\n", 13);
	assert_int_equal(offer_answer(much, HEAD_MAX, &head, &o, &used, &e),
	    0);
	assert_int_equal(offer_answer(much, sizeof(much), &head, &o, &used,
	    &e), -1);
	memcpy(much, H C W "offer ", sizeof(H C W "offer ") - 1);
	assert_int_equal(offer_answer(much, sizeof(much), &head, &o, &used,
	    &e), -1);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_roundtrip),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_verify),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
