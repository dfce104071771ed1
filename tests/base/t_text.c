/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "lib/test.h"

static void
utf8(void **state)
{
	static const struct { const char *name, *s; size_t len, bad; } cases[] = {
		{ "empty", "", 0, 0 },
		{ "chinese", "黔江", 6, 6 },
		{ "overlong slash", "a\xc0\xaf", 3, 1 },
		{ "surrogate", "\xed\xa0\x80", 3, 0 },
		{ "cut", "ab\xe9\xbb", 4, 2 },
		{ "nul is a character", "a\0b", 3, 3 },
	};
	size_t	 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (text_utf8_check(cases[i].s, cases[i].len) != cases[i].bad)
			fail_msg("%s", cases[i].name);
}

static void
width(void **state)
{
	(void)state;
	assert_int_equal(text_width("Apeng", 5), 5);
	assert_int_equal(text_width("阿蓬江", 9), 6);
	assert_int_equal(text_width("e\xcc\x81", 3), 1);
	assert_int_equal(text_width("，", 3), 2);
}

static void
escape(void **state)
{
	char	 out[16];

	(void)state;
	text_escape(out, sizeof(out), "a\x1b[1m", 5);
	assert_string_equal(out, "a\\x1b[1m");
	text_escape(out, sizeof(out), "\xff", 1);
	assert_string_equal(out, "\\xff");
	assert_int_equal(text_escape(out, 5, "黔江", 6), 3);
	assert_string_equal(out, "黔");
}

/* Characters that turn a line around, hide in it or end it become \xNN. */
static void
unseen(void **state)
{
	static const struct { const char *name, *s, *want; } cases[] = {
		{ "override", "a\u202eb", "a\\xe2\\x80\\xaeb" },
		{ "isolate", "\u2066", "\\xe2\\x81\\xa6" },
		{ "mark", "\u200f", "\\xe2\\x80\\x8f" },
		{ "Arabic mark", "\u061c", "\\xd8\\x9c" },
		{ "separator", "\u2028", "\\xe2\\x80\\xa8" },
		{ "tag", "\U000e0041", "\\xf3\\xa0\\x81\\x81" },
		{ "tag without a name", "\U000e0002",
		    "\\xf3\\xa0\\x80\\x82" },
		{ "soft hyphen", "\u00ad", "\\xc2\\xad" },
		{ "BOM", "\ufeff", "\\xef\\xbb\\xbf" },
		{ "annotation", "\ufff9", "\\xef\\xbf\\xb9" },
		{ "Persian joiner", "\u0645\u06cc\u200c\u062e",
		    "\u0645\u06cc\u200c\u062e" },
		{ "joiner in ASCII", "a\u200db", "a\\xe2\\x80\\x8db" },
		{ "end of ayah", "\u06dd", "\u06dd" },
		{ "Khmer, Chinese", "\u1797\u17bc 黔", "\u1797\u17bc 黔" },
	};
	char	 out[64];
	size_t	 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		text_escape(out, sizeof(out), cases[i].s, strlen(cases[i].s));
		if (strcmp(out, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].name, out);
	}
}

static void
distance(void **state)
{
	(void)state;
	assert_int_equal(text_distance("title", "title"), 0);
	assert_int_equal(text_distance("titel", "title"), 1);
	assert_int_equal(text_distance("", "abc"), 3);
}

static void
paths(void **state)
{
	static const struct { const char *path; int ok; } cases[] = {
		{ "en/economy.gmi", 1 }, { "a", 1 }, { "", 0 }, { "/a", 0 },
		{ "a/", 0 }, { "a//b", 0 }, { "../a", 0 }, { "a/.b", 0 },
		{ "A", 0 }, { "a\\b", 0 }, { "1/2/3/4/5/6/7/8", 1 },
		{ "1/2/3/4/5/6/7/8/9", 0 }, { "zh/\xe9", 0 },
	};
	size_t	 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (file_path_ok(cases[i].path, strlen(cases[i].path)) !=
		    cases[i].ok)
			fail_msg("\"%s\"", cases[i].path);
}

static void
replace(void **state)
{
	struct err	 e;
	char		 path[] = "/tmp/apeng-t-XXXXXX", *s;
	size_t		 len;
	int		 fd;

	(void)state;
	assert_true((fd = mkstemp(path)) != -1);
	close(fd);
	assert_int_equal(file_replace(path, 0644, "abc", 3, &e), 0);
	s = file_read(path, 3, &len, &e);
	assert_non_null(s);
	assert_string_equal(s, "abc");
	free(s);
	assert_null(file_read(path, 2, &len, &e));
	assert_int_equal(e.status, STATUS_REFUSED);
	unlink(path);
	assert_null(file_read(path, 2, &len, &e));
	assert_int_equal(e.status, STATUS_CANNOT);
}

/* An id of 3 to 5 bytes. */
static void
ids(void **state)
{
	static const struct { const char *s; int ok; } cases[] = {
		{ "abc", 1 }, { "a-9", 1 }, { "abcde", 1 }, { "ab", 0 },
		{ "abcdef", 0 }, { "", 0 }, { "9ab", 0 }, { "-ab", 0 },
		{ "aBc", 0 }, { "a_c", 0 }, { "a.c", 0 }, { "ab\xc3", 0 },
	};
	size_t	 i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (text_is_id(cases[i].s, strlen(cases[i].s), 3, 5) !=
		    cases[i].ok)
			fail_msg("\"%s\"", cases[i].s);
	assert_false(text_is_id("", 0, 0, 5));
}

static void
save(void **state)
{
	struct buf	 b = BUF_INIT, full = { .limit = 1 };
	struct err	 e;
	char		 path[] = "/tmp/apeng-t-XXXXXX", *s;
	size_t		 len;
	int		 fd;

	(void)state;
	assert_true((fd = mkstemp(path)) != -1);
	close(fd);
	buf_quoted(&b, "a\"b\\c");
	assert_int_equal(file_save(path, &b, &e), 0);
	buf_str(&full, "too much");
	assert_int_equal(file_save(path, &full, &e), -1);
	assert_int_equal(file_save(NULL, &b, &e), -1);
	s = file_read(path, 20, &len, &e);
	assert_non_null(s);
	assert_string_equal(s, "\"a\\\"b\\\\c\"");
	free(s);
	buf_reset(&b);
	assert_int_equal(file_save(path, &b, &e), 0);
	s = file_read(path, 20, &len, &e);
	assert_non_null(s);
	assert_int_equal(len, 0);
	free(s);
	unlink(path);
	buf_free(&b);
	buf_free(&full);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8), cmocka_unit_test(width),
		cmocka_unit_test(escape),
		cmocka_unit_test(unseen), cmocka_unit_test(distance),
		cmocka_unit_test(paths), cmocka_unit_test(replace),
		cmocka_unit_test(ids), cmocka_unit_test(save),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
