/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/test.h"

/*
 * Formatted text that fits into the allocated bytes, just fits, and does not.
 */
static void
fmt(void **state)
{
	struct buf	 b = BUF_INIT;
	char		 long_one[400];
	size_t		 n, len;

	(void)state;
	memset(long_one, 'x', sizeof(long_one) - 1);
	long_one[sizeof(long_one) - 1] = '\0';
	for (n = 0; n < sizeof(long_one) - 1; n++) {
		buf_free(&b);
		buf_fmt(&b, "%.*s", (int)n, long_one);
		assert_int_equal(b.len, n);
		buf_fmt(&b, "%.*s|%d", (int)(sizeof(long_one) - 1 - n),
		    long_one, 7);
		len = sizeof(long_one) + 1;
		assert_true(buf_ok(&b));
		assert_int_equal(b.len, len);
		assert_int_equal(strlen(b.data), len);
		assert_memory_equal(b.data, long_one, n);
		assert_string_equal(b.data + len - 2, "|7");
	}
	buf_free(&b);
}

/* An append above the limit adds nothing, and the buffer has failed. */
static void
limit(void **state)
{
	struct buf	 b = BUF_INIT;

	(void)state;
	buf_add(&b, "abc", 3);
	b.limit = 8;
	buf_fmt(&b, "%s", "defgh");
	assert_true(buf_ok(&b));
	assert_string_equal(b.data, "abcdefgh");
	buf_fmt(&b, "%c", 'i');
	assert_false(buf_ok(&b));
	assert_int_equal(b.len, 8);
	assert_string_equal(b.data, "abcdefgh");
	buf_reset(&b);
	buf_fmt(&b, "%09d", 1);
	assert_false(buf_ok(&b));
	assert_int_equal(b.len, 0);
	assert_string_equal(b.data, "");
	buf_fmt(&b, "%d", 1);		/* failed stays failed */
	assert_int_equal(b.len, 0);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fmt), cmocka_unit_test(limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
