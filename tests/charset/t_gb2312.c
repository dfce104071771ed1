/* SPDX-License-Identifier: ISC */
/*
 * apeng's table gives the same as iconv for the whole BMP except five
 * characters.
 */
#include <iconv.h>

#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"
#include "charset/gb2312.h"
#include "lib/test.h"

/* What iconv says of cp: its two bytes, or 0. */
static unsigned
ask(iconv_t cd, uint32_t cp)
{
	unsigned char	 out[4];
	char		 utf8[4], *in = utf8, *to = (char *)out;
	size_t		 inlen = text_utf8_put(utf8, cp), outlen = sizeof(out);

	iconv(cd, NULL, NULL, NULL, NULL);
	if (inlen == 0 || iconv(cd, &in, &inlen, &to, &outlen) != 0 ||
	    outlen != 2)
		return 0;
	return (unsigned)out[0] << 8 | out[1];
}

static void
like_iconv(void **state)
{
	static const struct { uint32_t cp; unsigned code; } typed[] = {
		{ 0x2014, 0xa1aa }, { 0x2015, 0xa1aa }, { 0x00b7, 0xa1a4 },
		{ 0x30fb, 0xa1a4 }, { 0x3007, 0xa1f0 },
	};
	iconv_t		 cd = iconv_open("GB2312", "UTF-8");
	uint32_t	 cp;
	unsigned	 want, n = 0;
	size_t		 i;

	(void)state;
	assert_true(cd != (iconv_t)-1);
	for (cp = 0x80; cp <= 0xffff; cp++) {
		for (i = 0; i < N(typed); i++)
			if (typed[i].cp == cp)
				break;
		want = i < N(typed) ? typed[i].code : ask(cd, cp);
		if (gb2312_from(cp) != want)
			fail_msg("U+%04X: %04x, want %04x", cp,
			    gb2312_from(cp), want);
		n += want != 0;
	}
	iconv_close(cd);
	assert_int_equal(n, 7445 + 3);
}

/* gb2312_run() against gb2312_to(), for any two bytes. */
static void
run(void **state)
{
	unsigned	 code;
	char		 s[4] = { 0, 0, '\xb0', '\xa1' };
	size_t		 want;

	(void)state;
	for (code = 0; code <= 0xffff; code++) {
		s[0] = (char)(code >> 8);
		s[1] = (char)code;
		want = gb2312_to(code) != 0 ? 4 : 0;
		assert_int_equal(gb2312_run(s, 4, 0), want);
		assert_int_equal(gb2312_run(s, 3, 0), want / 2);
		want = gb2312_to(code | 0x8080) != 0 ? 4 : 0;
		assert_int_equal(gb2312_run(s, 4, 0x80), want);
	}
	assert_int_equal(gb2312_run(s + 2, 1, 0), 0);
}

static void
round_trip(void **state)
{
	unsigned	 code, n = 0;
	uint32_t	 cp;

	(void)state;
	for (code = 0; code <= 0xffff; code++) {
		if ((cp = gb2312_to(code)) == 0)
			continue;
		n++;
		if (gb2312_from(cp) != code)
			fail_msg("%04x is U+%04X, which is %04x", code, cp,
			    gb2312_from(cp));
	}
	assert_int_equal(n, 7445);
	assert_int_equal(gb2312_to(0xa1aa), 0x2014);
	assert_int_equal(gb2312_to(0xa1a4), 0xb7);
	assert_int_equal(gb2312_from(0x10000 + 0x4e00), 0);
	assert_int_equal(gb2312_from('A'), 0);
}

static void
hz_lines(void **state)
{
	static const struct { const char *name, *utf8, *hz; } cases[] = {
		{ "empty", "", "" },
		{ "ascii", "Apeng", "Apeng" },
		{ "tilde", "~1~", "~~1~~" },
		{ "chinese", "已所不欲", "~{RQKy2;S{~}" },
		{ "mixed", "a你b", "a~{Dc~}b" },
	};
	struct buf	 b = BUF_INIT, back = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		buf_reset(&b);
		buf_reset(&back);
		buf_str(&b, "");
		charset_hz.encode(cases[i].utf8, strlen(cases[i].utf8), &b);
		if (strcmp(b.data, cases[i].hz) != 0)
			fail_msg("%s: %s", cases[i].name, b.data);
		buf_str(&back, "");
		assert_int_equal(charset_hz.decode(b.data, b.len, &back), 0);
		assert_string_equal(back.data, cases[i].utf8);
	}
	buf_free(&b);
	buf_free(&back);
}

static void
bad_bytes(void **state)
{
	static const struct { const char *name, *s; int hz; int rv; } cases[] = {
		{ "whole", "\xc7\xad\xbd\xad", 0, 0 },
		{ "half a pair", "\xc7\xad\xbd", 0, -1 },
		{ "GBK", "\x81\x40", 0, -1 },
		{ "GBK second byte", "\xc7\x40", 0, -1 },
		{ "unassigned", "\xaa\xa1", 0, -1 },
		{ "UTF-8", "\xe9\xbb\x94\xe6\xb1\x9f", 0, -1 },
		{ "hz not closed", "~{G-", 1, 0 },
		{ "hz half a pair", "~{G-=", 1, -1 },
		{ "hz 8 bits", "\xc7\xad", 1, -1 },
		{ "hz tilde alone", "a~", 1, -1 },
		{ "hz tilde and letter", "~a", 1, -1 },
		{ "hz line goes on", "a~\nb", 1, 0 },
	};
	struct buf	 b = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		const char *s = cases[i].s;

		buf_reset(&b);
		if ((cases[i].hz ? charset_hz.decode(s, strlen(s), &b) :
		    charset_gb2312.decode(s, strlen(s), &b)) != cases[i].rv)
			fail_msg("%s", cases[i].name);
	}
	buf_free(&b);
}

/* Lines of HZ whose columns are counted without decoding, and others. */
static void
hz_plain(void **state)
{
	static const struct { const char *s; size_t used, cols; } cases[] = {
		{ "~{G-=-~}", 8, 4 },
		{ "ab~{G-~}", 2, 2 },
		{ "~~", 0, 0 },
		{ "~{G-", 0, 0 },
		{ "\x01{G-=-~}", 0, 0 },
		{ "\xfe{G-=-~}", 0, 0 },
	};
	size_t	 i, cols;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		cols = 0;
		if (charset_hz.plain(cases[i].s, strlen(cases[i].s), &cols) !=
		    cases[i].used || (cases[i].used > 0 &&
		    cols != cases[i].cols))
			fail_msg("case %zu", i);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(like_iconv),
		cmocka_unit_test(round_trip), cmocka_unit_test(run),
		cmocka_unit_test(hz_lines), cmocka_unit_test(hz_plain),
		cmocka_unit_test(bad_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
