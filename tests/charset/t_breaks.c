/* SPDX-License-Identifier: ISC */
/*
 * breaks_plain() finds the same breaks as UAX #14, whose tables it saves, for
 * any text of its characters.
 */
#include "charset/breaks.c"

#include "lib/test.h"

static const char *const	 parts[] = {
	"河", "路", "一", "龥", "。", "，", "、", "；", "：", "！", "？",
	"）", "》", "」", "』", "】", "（", "《", "「", "『", "【", "a", "Z",
	"b", "7", "0", " ", " ", "字", "人", "年", "万",
};

/* breaks_find() without breaks_plain(). */
static void
slow(const char *s, size_t len, char *brk)
{
	char	 text[1024];

	/* A character that breaks_plain() does not take, behind a space. */
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
		/* wrap_text() has cut off spaces at both ends. */
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

/* breaks_joins() gives the same answers as the tables. */
static void
joins(void **state)
{
	uint32_t	 b;

	(void)state;
	for (b = 0x300; b < 0x20000; b++)
		if ((b < 0xd800 || b >= 0xe000) &&
		    breaks_joins('a', b) != breaks_cluster('a', b))
			fail_msg("U+%04X", (unsigned)b);
	/* UAX #29 does not call Burmese AA and visarga a SpacingMark. */
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
