/* SPDX-License-Identifier: ISC */
/*
 * breaks_plain() against the way through UAX #14, which it is to save: the
 * same breaks for any text of its characters.
 */
#include "charset/breaks.c"

#include "lib/test.h"

static const char *const	 parts[] = {
	"河", "路", "一", "龥", "。", "，", "、", "；", "：", "！", "？",
	"）", "》", "」", "』", "】", "（", "《", "「", "『", "【", "a", "Z",
	"b", "7", "0", " ", " ", "字", "人", "年", "万",
};

/* breaks_find() without its short cut. */
static void
slow(const char *s, size_t len, char *brk)
{
	char	 text[1024];

	/* A character that the short cut does not know, far from the rest. */
	memcpy(text, s, len);
	memcpy(text + len, " \xe3\x80\x93", 5);	/* geta mark, NUL */
	breaks_find(text, len + 4, brk);
}

static void
same(void **state)
{
	char		 s[600], fast[1024], want[1024];
	unsigned	 seed = 1, i, n, k, taken = 0;
	size_t		 len, p;

	(void)state;
	for (i = 0; i < 200000; i++) {
		for (len = 0, n = 2 + i % 9; n > 0; n--) {
			seed = seed * 1103515245 + 12345;
			k = (seed >> 16) % N(parts);
			memcpy(s + len, parts[k], strlen(parts[k]) + 1);
			len += strlen(parts[k]);
		}
		/* wrap_text() has taken the outer spaces off. */
		if (s[0] == ' ' || s[len - 1] == ' ' ||
		    !breaks_plain(s, len, fast))
			continue;
		taken++;
		slow(s, len, want);
		for (p = 0; p < len; p++)
			if ((fast[p] == BRK_YES) != (want[p] == BRK_YES) ||
			    fast[p] == BRK_WEAK || want[p] == BRK_WEAK)
				fail_msg("\"%s\" at %zu: %d, not %d", s, p,
				    fast[p], want[p]);
	}
	assert_true(taken > 20000);
}

/* What is answered without the tables is what the tables say. */
static void
joins(void **state)
{
	uint32_t	 b;

	(void)state;
	for (b = 0x300; b < 0x20000; b++)
		if ((b < 0xd800 || b >= 0xe000) &&
		    breaks_joins('a', b) != breaks_cluster('a', b))
			fail_msg("U+%04X", (unsigned)b);
	/* Burmese AA and visarga, which are no SpacingMark of UAX #29. */
	assert_true(breaks_joins(0x1019, 0x102c));
	assert_true(breaks_joins(0x102c, 0x1038));
	assert_false(breaks_joins(0x1019, 0x1000));
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(same), cmocka_unit_test(joins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
