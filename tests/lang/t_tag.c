/* SPDX-License-Identifier: ISC */
/* Which tags are well formed, and their language, script and region. */
#include "lang/tag.h"
#include "lib/test.h"

static void
check(void **state)
{
	static const struct {
		const char	*tag;
		enum tag_fault	 fault;
		const char	*part;
	} cases[] = {
		{ "en", TAG_GOOD, NULL }, { "zh-Hans-CN", TAG_GOOD, NULL },
		{ "ZH-hant-tw", TAG_GOOD, NULL }, { "yue", TAG_GOOD, NULL },
		{ "es-419", TAG_GOOD, NULL }, { "zh-min-nan", TAG_GOOD, NULL },
		{ "sl-rozaj-biske", TAG_GOOD, NULL },
		{ "de-CH-1996", TAG_GOOD, NULL },
		{ "de-1901-1996", TAG_GOOD, NULL },
		{ "th-u-ca-buddhist-nu-thai", TAG_GOOD, NULL },
		{ "en-a-bbb-x-a-ccc", TAG_GOOD, NULL },
		{ "x-whatever", TAG_GOOD, NULL },
		{ "", TAG_LANGUAGE, "" }, { "z", TAG_LANGUAGE, "z" },
		{ "12", TAG_LANGUAGE, "12" }, { "-en", TAG_LANGUAGE, "" },
		{ "i-klingon", TAG_LANGUAGE, "i" },
		{ "abcdefghi", TAG_LANGUAGE, "abcdefghi" },
		{ "zh_TW", TAG_MARK, "_" }, { "zh TW", TAG_MARK, " " },
		{ "zh-\xe5\x8f\xb0", TAG_MARK, NULL },
		{ "zh-", TAG_PART, "" }, { "zh--TW", TAG_PART, "" },
		{ "zh-TW-Hant", TAG_PART, "Hant" },
		{ "en-a", TAG_PART, "" }, { "en-u-", TAG_PART, "" },
		{ "en-abcdefghi", TAG_PART, "abcdefghi" },
		{ "en-GB-USA", TAG_PART, "USA" },
		{ "en-a-bb-a-cc", TAG_TWICE, "a" },
		{ "de-1996-1996", TAG_TWICE, "1996" },
		{ "jp", TAG_COUNTRY, "ja" }, { "cn-Hans", TAG_COUNTRY, "zh" },
	};
	const char	*part;
	size_t		 i, len;
	enum tag_fault	 fault;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		fault = tag_check(cases[i].tag, &part, &len);
		if (fault != cases[i].fault)
			fail_msg("%s: %d", cases[i].tag, (int)fault);
		if (fault != TAG_GOOD && cases[i].part != NULL &&
		    (len != strlen(cases[i].part) ||
		    memcmp(part, cases[i].part, len) != 0))
			fail_msg("%s: %.*s", cases[i].tag, (int)len, part);
	}
}

static void
parts(void **state)
{
	static const struct {
		const char	*tag, *language, *script, *region;
	} cases[] = {
		{ "zh", "zh", "", "" }, { "zh-TW", "zh", "hant", "tw" },
		{ "zh-hk", "zh", "hant", "hk" },
		{ "zh-Hans-HK", "zh", "hans", "hk" },
		{ "zh-cmn-Hant-MO", "zh", "hant", "mo" },
		{ "PT-br", "pt", "", "br" }, { "es-419", "es", "", "419" },
		{ "kk-CN", "kk", "arab", "cn" }, { "de-1996", "de", "", "" },
		{ "", "", "", "" }, { "-", "", "", "" },
		{ "averyverylongone", "", "", "" },
	};
	struct tag	 t;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		tag_read(cases[i].tag, &t);
		assert_string_equal(t.language, cases[i].language);
		assert_string_equal(t.script, cases[i].script);
		assert_string_equal(t.region, cases[i].region);
	}
}

static void
direction(void **state)
{
	static const char *const	 rtl[] = { "ar", "fa", "FA-AF", "ur",
					    "ug", "kk-Arab", "kk-CN", "he-IL",
					    "pa-Arab", "ckb" };
	static const char *const	 ltr[] = { "", "en", "zh-Hant", "kk",
					    "uz-Cyrl", "ar-Latn", "far", "ku" };
	size_t				 i;

	(void)state;
	for (i = 0; i < N(rtl); i++)
		assert_true(tag_is_rtl(rtl[i]));
	for (i = 0; i < N(ltr); i++)
		assert_false(tag_is_rtl(ltr[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check),
		cmocka_unit_test(parts),
		cmocka_unit_test(direction),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
