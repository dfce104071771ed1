#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"
#include "lib/test.h"
#include "proto/site.h"

static struct site_replace	 replaces[] = {
	{ (char *)"ascii", (char *)"渝ICP备1号", (char *)"Yu ICP 1" },
	{ (char *)"ascii", (char *)"渝", (char *)"Yu" },
	{ (char *)"gb2312", (char *)"堃", (char *)"方方土" },
	{ (char *)"ascii", (char *)"gone", (char *)"" },
};
static const struct site_table	 site = {
	.nreplace = N(replaces), .replace = replaces
};

static const struct {
	const char	*name;
	enum charset	 charset;
	const char	*in, *out;
	size_t		 lacking;
} cases[] = {
	{ "plain", CHARSET_ASCII, "Apeng River", "Apeng River", 0 },
	{ "quotes", CHARSET_ASCII, "“a” ‘b’s «c»", "\"a\" 'b's \"c\"", 0 },
	{ "dashes", CHARSET_ASCII, "1–2 a—b", "1-2 a--b", 0 },
	{ "ellipsis", CHARSET_ASCII, "and…", "and...", 0 },
	{ "degree C", CHARSET_ASCII, "13.5 °C now", "13.5 deg C now", 0 },
	{ "degree close", CHARSET_ASCII, "13.5°C.", "13.5 deg C.", 0 },
	{ "degree sign of C", CHARSET_ASCII, "13.5℃", "13.5 deg C", 0 },
	{ "superscript", CHARSET_ASCII, "2402 km² m³", "2402 km2 m3", 0 },
	{ "currency", CHARSET_ASCII, "€5, ¥ 7, £8", "EUR 5, CNY 7, GBP 8", 0 },
	{ "accents", CHARSET_ASCII, "Qiánjiāng Zürich Ærø",
	    "Qianjiang Zurich AEro", 0 },
	{ "loose accent", CHARSET_ASCII, "e\xcc\x81", "e", 0 },
	{ "half", CHARSET_ASCII, "2½ km", "2 1/2 km", 0 },
	{ "full width", CHARSET_ASCII, "ＡＢ１２，（a）", "AB12,(a)", 0 },
	{ "group", CHARSET_ASCII, "Zhuoshui (濯水) is old",
	    "Zhuoshui is old", 0 },
	{ "group of full width", CHARSET_ASCII, "Zhuoshui（濯水）, old",
	    "Zhuoshui, old", 0 },
	{ "group at the start", CHARSET_ASCII, "(濯水) old", "old", 0 },
	{ "group without a space", CHARSET_ASCII, "A(濯) B", "A B", 0 },
	{ "group with a dot", CHARSET_ASCII, "Li (李·白) x", "Li x", 0 },
	{ "group with a word stays", CHARSET_ASCII, "(GDP 亿)", "(GDP ?)", 1 },
	{ "group of a replacement", CHARSET_ASCII, "(渝)", "(Yu)", 0 },
	{ "open group", CHARSET_ASCII, "(濯", "(?", 1 },
	{ "longest replacement", CHARSET_ASCII, "渝ICP备1号 渝", "Yu ICP 1 Yu",
	    0 },
	{ "replaced by nothing", CHARSET_ASCII, "agoneb", "ab", 0 },
	{ "no place", CHARSET_ASCII, "a 黔 b", "a ? b", 1 },
	{ "controls", CHARSET_ASCII, "a\tb\x1b[1m\x7f", "a b[1m", 0 },
	{ "chart", CHARSET_ASCII, "██░ │", "##: |", 0 },
	{ "gb as typed", CHARSET_GB2312, "——·〇", "——·〇", 0 },
	{ "gb lacks", CHARSET_GB2312, "张堃与祎", "张方方土与?", 1 },
	{ "gb by ascii", CHARSET_GB2312, "m² é €", "m2 é EUR", 0 },
	{ "gb keeps brackets", CHARSET_GB2312, "（祎）", "（?）", 1 },
	{ "utf-8 as it is", CHARSET_UTF8, "张堃 m²", "张堃 m²", 0 },
	{ "no direction", CHARSET_UTF8, "a\u202eb\ufeff", "ab", 0 },
	{ "broken", CHARSET_UTF8, "a\xff", "a?", 1 },
	{ "cut short", CHARSET_UTF8, "a\xe9\xbb", "a??", 2 },
};

static void
fits(void **state)
{
	struct buf	 b = BUF_INIT;
	struct fit	 f;
	size_t		 i, n;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		charset_init(&f, cases[i].charset, &site);
		buf_reset(&b);
		buf_str(&b, "");
		n = charset_fit(&f, cases[i].in, strlen(cases[i].in), &b);
		if (strcmp(b.data, cases[i].out) != 0)
			fail_msg("%s: \"%s\"", cases[i].name, b.data);
		if (n != cases[i].lacking)
			fail_msg("%s: %zu lack", cases[i].name, n);
	}
	buf_free(&b);
}

static void
named(void *arg, uint32_t cp)
{
	*(uint32_t *)arg = cp;
}

static void
tells(void **state)
{
	struct buf	 b = BUF_INIT;
	struct fit	 f;
	uint32_t	 cp = 0;

	(void)state;
	charset_init(&f, CHARSET_GB2312, NULL);
	f.lacks = named;
	f.arg = &cp;
	assert_int_equal(charset_fit(&f, "祎", 3, &b), 1);
	assert_int_equal(cp, 0x794e);
	buf_free(&b);
}

/* Every character of the BMP and beyond gives what the charset has. */
static void
every_character(void **state)
{
	static const enum charset sets[] = {
		CHARSET_UTF8, CHARSET_ASCII, CHARSET_GB2312, CHARSET_HZ
	};
	struct buf	 fit = BUF_INIT, out = BUF_INIT, back = BUF_INIT;
	struct fit	 f;
	uint32_t	 cp;
	size_t		 k, i, n;
	char		 s[4];

	(void)state;
	for (k = 0; k < N(sets); k++) {
		charset_init(&f, sets[k], NULL);
		for (cp = 0; cp < 0x20000; cp++) {
			if ((n = text_utf8_put(s, cp)) == 0)
				continue;
			buf_reset(&fit);
			buf_reset(&out);
			buf_reset(&back);
			charset_fit(&f, s, n, &fit);
			charset_encode(sets[k], fit.data == NULL ? "" :
			    fit.data, fit.len, &out);
			for (i = 0; i < out.len; i++)
				if ((unsigned char)out.data[i] < 0x20 ||
				    out.data[i] == 0x7f || (sets[k] !=
				    CHARSET_UTF8 && sets[k] != CHARSET_GB2312
				    && (unsigned char)out.data[i] > 0x7e))
					fail_msg("U+%04X in %zu", cp, k);
			if (charset_decode(sets[k], out.data, out.len,
			    &back) == -1)
				fail_msg("U+%04X in %zu back", cp, k);
		}
	}
	buf_free(&fit);
	buf_free(&out);
	buf_free(&back);
}

static void
accents_are_few(void **state)
{
	struct buf	 b = BUF_INIT;
	struct fit	 f;
	char		 s[2001];
	size_t		 i;

	(void)state;
	s[0] = 'e';
	for (i = 1; i < sizeof(s); i += 2)
		memcpy(s + i, "\xcc\x81", 2);
	charset_init(&f, CHARSET_UTF8, NULL);
	charset_fit(&f, s, sizeof(s), &b);
	assert_int_equal(b.len, 1 + 4 * 2);
	buf_free(&b);
}

static void
widths(void **state)
{
	(void)state;
	assert_int_equal(charset_width(CHARSET_UTF8, "阿e\xcc\x81—", 9), 4);
	assert_int_equal(charset_width(CHARSET_GB2312, "阿—a", 7), 5);
	assert_int_equal(charset_width(CHARSET_HZ, "×·", 4), 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fits),
		cmocka_unit_test(tells),
		cmocka_unit_test(every_character),
		cmocka_unit_test(accents_are_few),
		cmocka_unit_test(widths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
