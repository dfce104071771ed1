/* SPDX-License-Identifier: ISC */
/* Parts of letters: fields, lengths, damage, the text form. */
#include "base/buf.h"
#include "base/err.h"
#include "lib/test.h"
#include "package/part.h"

static const struct part sample = {
	.id = "qianjiang", .serial = 2026112301,
	.tag = { 1, 2, 3, 4, 5, 6, 7, 0xff },
	.size = 450, .symbol = 107, .number = 2,
	.payload = (const uint8_t *)
	    "0123456789012345678901234567890123456789012345678901234567890123"
	    "4567890123456789012345678901234567890123456",
	.len = 107,
};

static const struct {
	const char	*name;
	uint32_t	 size, symbol, number;
	size_t		 len;
	const char	*want;		/* part of the message; NULL: fine */
} cases[] = {
	{ "first",	450, 107, 0, 107, NULL },
	{ "last is short", 450, 107, 4, 22, NULL },
	{ "last is long", 450, 107, 4, 107, "carries 107 bytes, want 22" },
	{ "coded",	450, 107, 5, 107, NULL },
	{ "coded, short", 450, 107, 5, 22, "want 107" },
	{ "one piece",	10, 107, 0, 10, NULL },
	{ "largest number", 450, 107, PART_NUMBER_MAX, 107, NULL },
	{ "number too large", 450, 107, PART_NUMBER_MAX + 1, 107, "fields" },
	{ "no size",	0, 107, 0, 0, "fields" },
	{ "no symbol",	450, 0, 0, 0, "fields" },
	{ "size too large", PART_SIZE_MAX + 1, 107, 0, 107, "fields" },
	{ "symbol too large", 9000, PART_SYMBOL_MAX + 1, 0, 107, "fields" },
};

static void
test_fields(void **unused)
{
	struct part	 p, q;
	struct buf	 b = BUF_INIT, again = BUF_INIT;
	struct err	 e;
	size_t		 i;
	int		 rv;

	(void)unused;
	for (i = 0; i < N(cases); i++) {
		p = sample;
		p.size = cases[i].size;
		p.symbol = cases[i].symbol;
		p.number = cases[i].number;
		p.len = cases[i].len;
		buf_reset(&b);
		part_write(&p, &b);
		assert_int_equal(b.len, part_over(&p) + p.len);
		rv = part_parse((uint8_t *)b.data, b.len, &q, &e);
		if (cases[i].want != NULL) {
			assert_int_equal(rv, -1);
			assert_non_null(strstr(e.msg, cases[i].want));
			continue;
		}
		assert_int_equal(rv, 0);
		assert_string_equal(q.id, p.id);
		assert_true(q.serial == p.serial && q.size == p.size &&
		    q.symbol == p.symbol && q.number == p.number);
		assert_memory_equal(q.tag, p.tag, PART_TAG);
		buf_reset(&again);
		part_write(&q, &again);
		assert_int_equal(again.len, b.len);
		assert_memory_equal(again.data, b.data, b.len);
	}
	buf_free(&b);
	buf_free(&again);
}

/* Any byte changed, or any cut: refused. */
static void
test_damage(void **unused)
{
	struct part	 q;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;

	(void)unused;
	part_write(&sample, &b);
	/* 32 bytes of a text message's 140 are not payload. */
	assert_int_equal(part_over(&sample), 32);
	for (i = 0; i < b.len; i++) {
		b.data[i] ^= 0x20;
		assert_int_equal(part_parse((uint8_t *)b.data, b.len, &q, &e),
		    -1);
		b.data[i] ^= 0x20;
		assert_int_equal(part_parse((uint8_t *)b.data, i, &q, &e), -1);
	}
	buf_free(&b);
}

static const struct {
	const char	*name, *plain, *text;	/* plain NULL: malformed */
} texts[] = {
	/* The examples of RFC 9285. */
	{ "two bytes",	"AB", "BB8" },
	{ "odd",	"Hello!!", "%69 VD92EX0" },
	{ "even",	"base-45", "UJCLQE7W581" },
	{ "ietf",	"ietf!", "QED8WEX0" },
	{ "empty",	"", "" },
	{ "over 65535",	NULL, "GGW" },
	{ "over 255",	NULL, "FGWZZ" },
	{ "one character", NULL, "A" },
	{ "small letter", NULL, "bB8" },
	{ "no such character", NULL, "A!8" },
};

static void
test_text(void **unused)
{
	struct buf	 b = BUF_INIT;
	size_t		 i;
	int		 rv;

	(void)unused;
	for (i = 0; i < N(texts); i++) {
		buf_reset(&b);
		rv = part_unarmour(texts[i].text, strlen(texts[i].text), &b);
		if (texts[i].plain == NULL) {
			assert_int_equal(rv, -1);
			continue;
		}
		assert_int_equal(rv, 0);
		assert_int_equal(b.len, strlen(texts[i].plain));
		if (b.len > 0)
			assert_memory_equal(b.data, texts[i].plain, b.len);
		buf_reset(&b);
		part_armour((const uint8_t *)texts[i].plain,
		    strlen(texts[i].plain), &b);
		assert_string_equal(b.data + strlen(PART_ARMOUR),
		    texts[i].text);
	}
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
