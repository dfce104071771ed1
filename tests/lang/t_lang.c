/* SPDX-License-Identifier: ISC */
/* Which language is found for a tag. */
#include "lang/lang.h"
#include "lib/test.h"

static void
tags(void **state)
{
	static const struct { const char *tag, *english; } cases[] = {
		{ "en", "English" }, { "en-GB", "English" },
		{ "zh", "Chinese" }, { "zh-Hans", "Chinese" },
		{ "fr-CA", "French" }, { "ar", "Arabic" },
		{ "zh-TW", "Traditional Chinese" }, { "ja", "Japanese" },
		{ "ko-KR", "Korean" }, { "es-419", "Spanish" },
		{ "de-AT", "German" }, { "ru", "Russian" },
		{ "vi", "Vietnamese" }, { "th-TH", "Thai" },
		{ "pt-BR", "Portuguese" }, { "uk", "Ukrainian" },
		{ "nb-NO", "Norwegian Bokmål" }, { "no", "Norwegian Bokmål" },
		{ "tr", "Turkish" }, { "id", "Indonesian" },
		{ "sw-KE", "Swahili" }, { "lo", "Lao" }, { "km", "Khmer" },
		{ "hi-IN", "Hindi" }, { "ne", "Nepali" }, { "bn-BD", "Bengali" },
		{ "ur", "Urdu" }, { "fa-IR", "Persian" }, { "kk", "Kazakh" },
		{ "kk-Cyrl", "Kazakh" }, { "kk-Latn", NULL },
		{ "FR-ca", "French" }, { "zh-CN", "Chinese" },
		{ "zh-u-ca-chinese", "Chinese" },
		{ "frx", NULL }, { "f", NULL }, { "", NULL }, { "zhx", NULL },
		{ "xx", NULL },
	};
	const struct language	*l;
	size_t			 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		l = lang_of(cases[i].tag);
		if (cases[i].english == NULL)
			assert_null(l);
		else
			assert_string_equal(l->english, cases[i].english);
	}
	assert_ptr_equal(lang_or_english("xx"), &lang_all[0]);
	assert_string_equal(lang_all[0].english, "English");
}

static void
names(void **state)
{
	(void)state;
	assert_string_equal(lang_english_name("zh-Hans"), "Chinese");
	assert_string_equal(lang_english_name("kk"), "Kazakh");
	assert_null(lang_english_name("xx"));
	assert_string_equal(lang_own_name("fr"), "Français");
	assert_string_equal(lang_plural(lang_of("fr"), 2), "s");
	assert_string_equal(lang_plural(lang_of("fr"), 1), "");
	assert_string_equal(lang_plural(lang_of("fr"), 0), "");
	assert_string_equal(lang_plural(lang_of("en"), 0), "s");
	assert_string_equal(lang_plural(lang_of("zh"), 2), "");
	assert_string_equal(lang_own_name("pt-BR"), "Português");
	assert_null(lang_own_name("bo"));
	assert_string_equal(lang_id(LANG_NEXT), "next");
	assert_null(lang_id(LANG_N));
	assert_true(lang_npublic == LANG_MENU_SIZE_WIDE);
}

/* Readers of traditional characters never get simplified ones. */
static void
scripts(void **state)
{
	static const char *const hant[] = { "zh-TW", "zh-HK", "zh-MO",
	    "zh-Hant", "zh-hant-hk", "zh-Hant-CN", "ZH-tw" };
	const struct language	*l, *hans = lang_of("zh");
	size_t			 i;

	(void)state;
	assert_ptr_equal(lang_of("zh-Hans-TW"), hans);
	for (i = 0; i < N(hant); i++) {
		l = lang_of(hant[i]);
		assert_non_null(l);
		assert_ptr_not_equal(l, hans);
		assert_string_equal(l->text[LANG_MENU_HOME], "首頁");
		assert_string_equal(lang_english_name(hant[i]),
		    "Traditional Chinese");
	}
}

/* A text without an id is found by its English; a missing one stays English. */
static void
messages(void **state)
{
	static const struct lang_message	 said[] = {
		{ "a list", "une liste" }, { NULL, NULL }
	};
	struct language	 l = lang_all[0];

	(void)state;
	l.said = said;
	assert_string_equal(lang_say(&l, "a list"), "une liste");
	assert_string_equal(lang_say(&l, "a map"), "a map");
	assert_string_equal(lang_say(&lang_all[0], "a list"), "a list");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags),
		cmocka_unit_test(names),
		cmocka_unit_test(scripts),
		cmocka_unit_test(messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
