/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/test.h"
#include "view/plus.h"

static void
plus(void **state)
{
	static const char	 two[] = "iHello\t\tx\t0\r\n1A\ta\th\t70\r\n"
				    ".\r\n";
	struct buf		 b = BUF_INIT;

	(void)state;
	plus_dir(two, strlen(two), &b);
	assert_string_equal(b.data, "+-1\r\n+INFO: iHello\t\tx\t0\r\n"
	    "+INFO: 1A\ta\th\t70\r\n.\r\n");
	buf_reset(&b);
	plus_info(two, strlen(two), 1, "/en", 3, "h", 70, &b);
	assert_string_equal(b.data, "+-1\r\n+INFO: 1Hello\t/en\th\t70\r\n"
	    ".\r\n");
	buf_reset(&b);
	plus_info("\r\nTitle\r\n", 9, 0, "a", 1, "h", 70, &b);
	assert_string_equal(b.data, "+-1\r\n+INFO: 0Title\ta\th\t70\r\n"
	    ".\r\n");
	buf_reset(&b);
	plus_reply("Text\r\n", 6, &b);
	assert_string_equal(b.data, "+6\r\nText\r\n");
	buf_reset(&b);
	plus_reply("Text\r\n.\r\n", 9, &b);
	assert_string_equal(b.data, "+-1\r\nText\r\n.\r\n");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
