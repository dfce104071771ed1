/* SPDX-License-Identifier: ISC */
/* Dates as text, on machines of 32 bits, too, and after 2038. */
#include <inttypes.h>
#include <time.h>

#include "base/clock.h"
#include "lib/test.h"

static void
known(void **state)
{
	static const struct {
		int64_t		 t;
		const char	*text;
	} c[] = {
		{ 0, "1970-01-01T00:00:00Z" },
		{ 951782400, "2000-02-29T00:00:00Z" },
		{ 1795392000, "2026-11-23T00:00:00Z" },
		{ 2147483647, "2038-01-19T03:14:07Z" },
		{ 2147483648, "2038-01-19T03:14:08Z" },
		{ 4070908800, "2099-01-01T00:00:00Z" },
		{ 4107542400, "2100-03-01T00:00:00Z" },
		{ 253402300799, "9999-12-31T23:59:59Z" },
		{ 253402300800, "1970-01-01T00:00:00Z" },
		{ -1, "1970-01-01T00:00:00Z" },
	};
	char	 out[21];
	size_t	 i;

	(void)state;
	for (i = 0; i < N(c); i++) {
		clock_format(c[i].t, out);
		assert_string_equal(out, c[i].text);
		assert_int_equal(clock_day(c[i].t), atoi(c[i].text) * 10000 +
		    atoi(c[i].text + 5) * 100 + atoi(c[i].text + 8));
		if (i < N(c) - 2)
			assert_int_equal(clock_parse(c[i].text), c[i].t);
	}
}

/*
 * One second of each day of 8,030 years is written and read again; times rise.
 */
static void
every_day(void **state)
{
	char		 out[21], last[21] = "";
	int64_t		 t;
	struct tm	 tm;
	time_t		 tt;

	(void)state;
	for (t = 0; t < INT64_C(253402300800); t += 86399) {
		clock_format(t, out);
		if (strcmp(last, out) >= 0 || clock_parse(out) != t)
			fail_msg("%s, %" PRId64, out, t);
		memcpy(last, out, sizeof(last));
		tt = (time_t)t;
		if ((int64_t)tt != t || t % 7 != 0)
			continue;
		assert_non_null(gmtime_r(&tt, &tm));
		assert_int_equal(tm.tm_year + 1900, atoi(out));
		assert_int_equal(tm.tm_mday, atoi(out + 8));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known), cmocka_unit_test(every_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
