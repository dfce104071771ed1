/* SPDX-License-Identifier: ISC */
/* Records, fields and numbers of what spreadsheets save. */
#include <stdlib.h>

#include "base/buf.h"
#include "lib/test.h"
#include "proto/csv.h"

/* All fields, with | between them and / behind a record; ! on an error. */
static void
join(const char *s, struct buf *out)
{
	struct csv	 c;
	char		*copy, *field[4];
	size_t		 i, n;
	int		 got;

	assert_non_null(copy = strdup(s));
	buf_reset(out);
	csv_start(&c, copy, strlen(s));
	while ((got = csv_next(&c, field, 4, &n)) == 1) {
		for (i = 0; i < n; i++)
			buf_fmt(out, "%s%s", i > 0 ? "|" : "", field[i]);
		buf_ch(out, '/');
	}
	buf_str(out, got == -1 ? "!" : "");
	assert_int_equal(got == -1, c.why != NULL);
	free(copy);
}

static void
records(void **state)
{
	static const struct {
		const char	*s, *want;
	} cases[] = {
		{ "a,b\r\n1,2\r\n", "a|b/1|2/" },
		{ "\xef\xbb\xbf" "a;b\n1,5;2\n", "a|b/1,5|2/" },
		{ "a\tb\n1\t2", "a|b/1|2/" },
		{ "a,b\n\n\r\n1,\n", "a|b/1|/" },
		{ "\"a,\"\"x\"\"\",b\n\"1\n2\",\n", "a,\"x\"|b/1\n2|/" },
		{ "\"a;b;c\",d\n", "a;b;c|d/" },	/* marks in quotes */
		{ "a,b\n\"1", "a|b/!" }, { "a,b\n\"1\"x,2\n", "a|b/!" },
		{ "a\n1,2,3,4,5\n", "a/!" }, { "", "" }, { "a", "a/" },
		{ "a,b\nx \"y\" z,2", "a|b/x \"y\" z|2/" },
	};
	struct buf	 b = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		join(cases[i].s, &b);
		buf_str(&b, "");
		if (strcmp(b.len > 0 ? b.data : "", cases[i].want) != 0)
			fail_msg("%s gives %s, want %s", cases[i].s, b.data,
			    cases[i].want);
	}
	buf_free(&b);
}

static void
lines(void **state)
{
	char		 s[] = "a,b\n\n\"1\n2\",x\n3,4\n\"";
	char		*field[4];
	struct csv	 c;
	size_t		 n;

	(void)state;
	csv_start(&c, s, sizeof(s) - 1);
	assert_int_equal(csv_next(&c, field, 4, &n), 1);
	assert_int_equal(c.line, 1);
	assert_int_equal(csv_next(&c, field, 4, &n), 1);
	assert_int_equal(c.line, 3);
	assert_int_equal(csv_next(&c, field, 4, &n), 1);
	assert_int_equal(c.line, 5);
	assert_int_equal(csv_next(&c, field, 4, &n), -1);
}

static void
numbers(void **state)
{
	static const struct {
		const char	*s;
		char		 decimal;
		const char	*want;		/* NULL: no number */
	} cases[] = {
		{ "12000", '.', "12000" }, { "12,000", '.', "12000" },
		{ "12.000", ',', "12000" }, { "12,5", ',', "12.5" },
		{ "12.5", '.', "12.5" }, { "12.5", ',', NULL },
		{ "12,5", '.', NULL }, { "1 234 567", '.', "1234567" },
		{ "1\u00a0234,50", ',', "1234.50" },
		{ "1\u202f234,5", ',', "1234.5" }, { "1'234", '.', "1234" },
		{ "1\u2019234.5", '.', "1234.5" },
		{ "5,54,000", '.', "554000" }, { "5,54,00", '.', NULL },
		{ "12,34,567.8", '.', "1234567.8" },
		{ "1,234,56,789", '.', NULL }, { "1 23", '.', NULL },
		{ "1234 567", '.', NULL }, { "1,234 567", '.', NULL },
		{ "५५४", '.', "554" }, { "١٢٫٥", '.', NULL },
		{ "１２３", '.', "123" }, { "-3.5", '.', "-3.5" },
		{ "\u22127", '.', "-7" }, { "--7", '.', NULL },
		{ "1800+", '.', "1800+" }, { "+7", '.', NULL },
		{ "7%", '.', NULL }, { "7 ", '.', NULL }, { " 7", '.', "7" },
		{ "", '.', NULL }, { ".5", '.', NULL }, { "5.", '.', NULL },
		{ "007", '.', NULL }, { "0", '.', "0" }, { "0.5", '.', "0.5" },
		{ "1.2.3", '.', NULL }, { "1.234.567", '.', NULL },
		{ "999999999999999", '.', "999999999999999" },
		{ "9999999999999999", '.', NULL }, { "1e5", '.', NULL },
		{ "12 ca.", '.', NULL }, { "1,,000", '.', NULL },
		{ ",000", '.', NULL }, { "0,764", '.', NULL },
	};
	struct buf	 b = BUF_INIT;
	size_t		 i;
	int		 got;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		buf_reset(&b);
		got = csv_number(cases[i].s, cases[i].decimal, &b);
		if (got != (cases[i].want != NULL) || (got &&
		    strcmp(b.data, cases[i].want) != 0))
			fail_msg("%s with %c gives %s", cases[i].s,
			    cases[i].decimal, got ? b.data : "nothing");
	}
	buf_free(&b);
	assert_int_equal(csv_looks_number("17 845"), 1);
	assert_int_equal(csv_looks_number("12.5.2026"), 1);
	assert_int_equal(csv_looks_number("2081/82"), 0);
	assert_int_equal(csv_looks_number("<5"), 0);
	assert_int_equal(csv_looks_number("n/a"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records),
		cmocka_unit_test(lines),
		cmocka_unit_test(numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
