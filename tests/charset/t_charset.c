/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"
#include "lib/test.h"
#include "proto/site.h"

static struct replace	 replaces[] = {
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
	const struct charset	*charset;
	const char	*in, *out;
	size_t		 lacking;
} cases[] = {
	{ "plain", &charset_ascii, "Apeng River", "Apeng River", 0 },
	{ "quotes", &charset_ascii, "“a” ‘b’s «c»", "\"a\" 'b's \"c\"", 0 },
	{ "dashes", &charset_ascii, "1–2 a—b", "1-2 a--b", 0 },
	{ "ellipsis", &charset_ascii, "and…", "and...", 0 },
	{ "degree C", &charset_ascii, "13.5 °C now", "13.5 deg C now", 0 },
	{ "degree close", &charset_ascii, "13.5°C.", "13.5 deg C.", 0 },
	{ "degree sign of C", &charset_ascii, "13.5℃", "13.5 deg C", 0 },
	{ "superscript", &charset_ascii, "2402 km² m³", "2402 km2 m3", 0 },
	{ "currency", &charset_ascii, "€5, ¥ 7, £8", "EUR 5, CNY 7, GBP 8", 0 },
	{ "accents", &charset_ascii, "Qiánjiāng Zürich Ærø",
	    "Qianjiang Zurich AEro", 0 },
	{ "loose accent", &charset_ascii, "e\xcc\x81", "e", 0 },
	{ "half", &charset_ascii, "2½ km", "2 1/2 km", 0 },
	{ "full width", &charset_ascii, "ＡＢ１２，（a）", "AB12,(a)", 0 },
	{ "group", &charset_ascii, "Zhuoshui (濯水) is old",
	    "Zhuoshui is old", 0 },
	{ "group of full width", &charset_ascii, "Zhuoshui（濯水）, old",
	    "Zhuoshui, old", 0 },
	{ "group at the start", &charset_ascii, "(濯水) old", "old", 0 },
	{ "group without a space", &charset_ascii, "A(濯) B", "A B", 0 },
	{ "group with a dot", &charset_ascii, "Li (李·白) x", "Li x", 0 },
	{ "group with a word stays", &charset_ascii, "(GDP 亿)", "(GDP ?)", 1 },
	{ "group of a replacement", &charset_ascii, "(渝)", "(Yu)", 0 },
	{ "open group", &charset_ascii, "(濯", "(?", 1 },
	{ "longest replacement", &charset_ascii, "渝ICP备1号 渝", "Yu ICP 1 Yu",
	    0 },
	{ "replaced by nothing", &charset_ascii, "agoneb", "ab", 0 },
	{ "no place", &charset_ascii, "a 黔 b", "a ? b", 1 },
	{ "controls", &charset_ascii, "a\tb\x1b[1m\x7f", "a b[1m", 0 },
	{ "chart", &charset_ascii, "██░ │", "##: |", 0 },
	{ "gb as typed", &charset_gb2312, "——·〇", "——·〇", 0 },
	{ "gb lacks", &charset_gb2312, "张堃与祎", "张方方土与?", 1 },
	{ "gb by ascii", &charset_gb2312, "m² é €", "m2 é EUR", 0 },
	{ "gb keeps brackets", &charset_gb2312, "（祎）", "（?）", 1 },
	{ "latin1 as it is", &charset_latin1, "« Où ? » £5 2½ °C Ærø ¿",
	    "« Où ? » £5 2½ °C Ærø ¿", 0 },
	{ "latin1 by ascii", &charset_latin1, "l’œuvre — 5 € “a” ẞ",
	    "l'oeuvre -- 5 EUR \"a\" SS", 0 },
	{ "latin1 keeps what ascii replaces", &charset_latin1, "Łódź", "Lódz",
	    0 },
	{ "latin1 group", &charset_latin1, "Zhuoshui (濯·水) é", "Zhuoshui é",
	    0 },
	{ "latin1 group with a letter", &charset_latin1, "(é 亿)", "(é ?)", 1 },
	{ "latin1 keeps no-break spaces", &charset_latin1, "10\u00a0000",
	    "10\u00a0000", 0 },
	{ "latin1 has no soft hyphen", &charset_latin1, "a\u00adb", "ab", 0 },
	{ "latin1 lacks", &charset_latin1, "黔", "?", 1 },
	{ "utf-8 as it is", &charset_utf8, "张堃 m²", "张堃 m²", 0 },
	{ "no direction", &charset_utf8, "a\u202eb\ufeff", "ab", 0 },
	{ "broken", &charset_utf8, "a\xff", "a?", 1 },
	{ "cut short", &charset_utf8, "a\xe9\xbb", "a??", 2 },
};

static void
fits(void **state)
{
	struct buf	 b = BUF_INIT;
	struct fit	 f;
	size_t		 i, n;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		charset_init(&f, cases[i].charset, site.replace, site.nreplace);
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
	charset_init(&f, &charset_gb2312, NULL, 0);
	f.lacks = named;
	f.arg = &cp;
	assert_int_equal(charset_fit(&f, "祎", 3, &b), 1);
	assert_int_equal(cp, 0x794e);
	buf_free(&b);
}

/* Each character, of the BMP and beyond, becomes characters of the charset. */
static void
every_character(void **state)
{
	static const struct charset *const sets[] = {
		&charset_utf8, &charset_ascii, &charset_latin1,
		&charset_gb2312, &charset_hz
	};
	struct buf	 fit = BUF_INIT, out = BUF_INIT, back = BUF_INIT;
	struct fit	 f;
	uint32_t	 cp;
	size_t		 k, i, n;
	char		 s[4];

	(void)state;
	for (k = 0; k < N(sets); k++) {
		charset_init(&f, sets[k], NULL, 0);
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
				    &charset_utf8 && !sets[k]->is_8bit
				    && (unsigned char)out.data[i] > 0x7e))
					fail_msg("U+%04X in %zu", cp, k);
			if (sets[k]->decode(out.data, out.len,
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
	charset_init(&f, &charset_utf8, NULL, 0);
	charset_fit(&f, s, sizeof(s), &b);
	assert_int_equal(b.len, 1 + 4 * 2);
	buf_free(&b);
}

static void
widths(void **state)
{
	(void)state;
	assert_int_equal(charset_width(&charset_utf8, "阿e\xcc\x81—", 9), 4);
	assert_int_equal(charset_width(&charset_gb2312, "阿—a", 7), 5);
	assert_int_equal(charset_width(&charset_hz, "×·", 4), 4);
	assert_int_equal(charset_width(&charset_latin1, "×é·", 6), 3);
}

/*
 * Each byte of ISO 8859-1 is decoded and encoded again; C1 controls and the
 * soft hyphen are refused.
 */
static void
latin1_bytes(void **state)
{
	struct buf	 in = BUF_INIT, out = BUF_INIT;
	unsigned	 i;
	char		 c;

	(void)state;
	for (i = 0x20; i < 0x100; i++) {
		c = (char)i;
		buf_reset(&in);
		buf_reset(&out);
		if ((i >= 0x80 && i < 0xa0) || i == 0xad) {
			assert_int_equal(charset_latin1.decode(&c, 1, &in), -1);
			continue;
		}
		assert_int_equal(charset_latin1.decode(&c, 1, &in), 0);
		charset_encode(&charset_latin1, in.data, in.len, &out);
		assert_int_equal(out.len, 1);
		assert_int_equal((uint8_t)out.data[0], i);
	}
	buf_free(&in);
	buf_free(&out);
}

/* Every charset is found by its name. */
static void
names(void **state)
{
	(void)state;
	assert_ptr_equal(charset_named("latin1"), &charset_latin1);
	assert_ptr_equal(charset_named("hz"), &charset_hz);
	assert_null(charset_named("latin2"));
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
		cmocka_unit_test(latin1_bytes), cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
