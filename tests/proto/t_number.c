/* SPDX-License-Identifier: ISC */
/* Numbers in the digits of other scripts, written and read back. */
#include "base/buf.h"
#include "base/text.h"
#include "lang/lang.h"
#include "lib/test.h"
#include "proto/idiom.h"
#include "proto/number.h"

static const struct number_form nepali = {
	.thousands = ",", .decimal = ".", .more = "+", .lakh = 1,
	.digits = "०१२३४५६७८९",
};
static const struct number_form persian = {
	.thousands = "٬", .decimal = "٫", .more = "+",
	.digits = "۰۱۲۳۴۵۶۷۸۹",
};

static void
digits(void **state)
{
	static const struct {
		const struct number_form *form;
		const char	*value, *want;
	} all[] = {
		{ &nepali, "1234567", "१२,३४,५६७" }, { &nepali, "0", "०" },
		{ &nepali, "-12.5", "-१२.५" }, { &nepali, "1800+", "१८००+" },
		{ &persian, "17845.25", "۱۷٬۸۴۵٫۲۵" },
		{ &number_english, "17845", "17,845" },
	};
	struct buf	 b = BUF_INIT;
	double		 got, want;
	size_t		 i, n;

	(void)state;
	for (i = 0; i < N(all); i++) {
		buf_reset(&b);
		buf_str(&b, "12 ");		/* not the number's */
		assert_int_equal(number_write(&b, all[i].value, all[i].form,
		    1), 1);
		if (strcmp(b.data + 3, all[i].want) != 0)
			fail_msg("%s: %s", all[i].value, b.data);
		/* Whatever follows, it is read back whole. */
		buf_str(&b, " km");
		want = strtod(all[i].value, NULL);
		n = number_read(b.data + 3, b.len - 3, all[i].form, &got);
		if (got != want || n != strlen(all[i].want) -
		    (strchr(all[i].want, '+') != NULL))
			fail_msg("%s: %zu bytes, %f", b.data, n, got);
	}
	buf_free(&b);
}

/* Every number a language writes is the one that its pages are read to have. */
static void
languages(void **state)
{
	static const char *const values[] = { "1", "999", "1000", "9999",
	    "10000", "12345", "100000", "1234567", "12345678", "123456789",
	    "100000000", "999999999999", "0.5", "12.25", "123456.789" };
	struct buf	 b = BUF_INIT;
	double		 got;
	size_t		 i, k, n;

	(void)state;
	for (i = 0; i < lang_nall; i++)
		for (k = 0; k < N(values); k++) {
			buf_reset(&b);
			number_write(&b, values[k], &lang_all[i].number, 1);
			n = number_read(b.data, b.len, &lang_all[i].number,
			    &got);
			if (n != b.len || got != strtod(values[k], NULL))
				fail_msg("%s: %s is %s, read %f",
				    lang_all[i].english, values[k], b.data,
				    got);
		}
	buf_free(&b);
}

static void
hostile(void **state)
{
	struct buf		 b = BUF_INIT;
	struct idiom_item	 item;
	double			 got;
	size_t			 i;

	(void)state;
	for (i = 0; i < 2000; i++)
		buf_str(&b, "९");
	i = number_read(b.data, b.len, &nepali, &got);
	assert_true(i <= b.len && i % 3 == 0);
	assert_int_equal(number_read("\xe0\xa5", 2, &nepali, &got), 0);
	assert_int_equal(number_read("-", 1, &nepali, &got), 0);
	assert_int_equal(number_read("१\xff", 4, &nepali, &got), 3);
	assert_int_equal(number_digit("", 0), 0);
	/* An item with a year and a value in those digits is a figure. */
	idiom_item_read("क्षेत्रफल: १२,३४५ (२०८१)", strlen(
	    "क्षेत्रफल: १२,३४५ (२०८१)"), &item);
	assert_true(idiom_is_figure(&item));
	assert_int_equal(item.year.len, strlen("२०८१"));
	idiom_item_read("a: b (२०८१२)", strlen("a: b (२०८१२)"), &item);
	assert_null(item.year.at);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits),
		cmocka_unit_test(languages),
		cmocka_unit_test(hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
