/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "base/text.h"
#include "charset/charset.h"
#include "lib/test.h"
#include "lib/viewsite.h"
#include "serve/search_menu.h"
#include "view/search.h"
#include "view/search_query.h"
#include "view/check.h"
#include "view/tree.h"

#define SAMPLE	"tests/view/sample"

static struct viewsite		 site;
static struct search_result	 r;

static const struct {
	const char	*name, *dir, *words;
	const char	*pages;		/* those found, in order */
	const char	*context;	/* part of the first one's, or NULL */
} cases[] = {
	{ "a word", "en", "railway", "en/history", "Chongqing-Huaihua railway" },
	{ "case", "en", "RAILWAY", "en/history", NULL },
	{ "accent in the text", "en", "zurich cafe", "en/history", NULL },
	{ "accent in the query", "en", "Zürich", "en/history", NULL },
	{ "full width", "en", "ＲＡＩＬＷＡＹ", "en/history", NULL },
	{ "plural", "en", "railways", "en/history", NULL },
	{ "beginning of a word", "en", "rail", "en/history", NULL },
	{ "not its middle", "en", "ailway", "", NULL },
	{ "all words", "en", "tiger forest", "en/glance", NULL },
	{ "not one of them", "en", "tiger railway", "", NULL },
	{ "phrase", "en", "\"Apeng River\"", "en/index", "the Apeng River" },
	{ "not this phrase", "en", "\"River Apeng\"", "", NULL },
	{ "a phrase of typed quotes", "en", "“apeng river”", "en/index", NULL },
	{ "blanks as w3m sends them", "en", "tiger+forest", "en/glance", NULL },
	{ "a plus of its own", "en", "+tiger", "", NULL },
	{ "a plus at the end", "en", "tiger+", "", NULL },
	{ "one character", "zh", "虎", "zh/glance", "武陵山是虎的故乡" },
	{ "two characters", "zh", "濯水", "zh/history", "濯水古镇" },
	{ "two words of Chinese", "zh", "虎 脱贫", "zh/glance", NULL },
	{ "title first", "en", "figures", "en/figures en/glance", NULL },
	{ "heading before text", "en", "names", "en/history", NULL },
	{ "title alone: first text", "en", "contact", "en/contact",
	    "Write to us." },
	{ "every language, that of the words first", NULL, "qianjiang",
	    "en/index en/glance", NULL },
	{ "chinese in an english page", NULL, "阿蓬江", "zh/index en/index",
	    NULL },
	{ "labels of links are not text", "en", "following", "", NULL },
	{ "an address is not text", "en", "\"index.gmi\"", "", NULL },
	{ "nothing", "en", "volcano", "", NULL },
};

static void
finds(void **state)
{
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i, k;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		if (search_run(&site.src, cases[i].dir, cases[i].words,
		    strlen(cases[i].words), 0, &r, &e) == -1)
			fail_msg("%s: %s", cases[i].name, e.msg);
		buf_reset(&b);
		buf_str(&b, "");
		for (k = 0; k < r.n; k++)
			buf_fmt(&b, "%s%s/%s", k > 0 ? " " : "",
			    r.hit[k].page->dir, r.hit[k].page->id);
		if (strcmp(b.data, cases[i].pages) != 0)
			fail_msg("%s: %s", cases[i].name, b.data);
		if (cases[i].context != NULL &&
		    strstr(r.hit[0].context, cases[i].context) == NULL)
			fail_msg("%s: %s", cases[i].name, r.hit[0].context);
	}
	buf_free(&b);
}

static void
refuses(void **state)
{
	static const char *const bad[] = { "", "   ", "\"\"", "\" \"", "\xff",
	    "\xe9\xbb", "\xe3\x80\x80", "\t\x1b" };
	char		 big[QUERY_MAX + 1];
	struct err	 e;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(bad); i++)
		if (search_run(&site.src, "en", bad[i], strlen(bad[i]), 0, &r,
		    &e) != -1 || e.status != STATUS_REFUSED)
			fail_msg("case %zu", i);
	memset(big, 'a', sizeof(big));
	assert_int_equal(search_run(&site.src, "en", big, sizeof(big), 0, &r,
	    &e), -1);
	assert_int_equal(search_run(&site.src, "en", big, sizeof(big) - 1, 0,
	    &r, &e), 0);
}

static const char *
menu(const char *selector, const char *query, int want)
{
	static struct buf	 b;
	struct view		 list[VIEW_MAX];
	struct err		 e;
	size_t			 i, n;
	int			 rv;

	buf_reset(&b);
	buf_str(&b, "");
	rv = search_gopher(&site.src, NULL, selector, strlen(selector), query,
	    query == NULL ? 0 : strlen(query), &b, &e);
	if (rv != want)
		fail_msg("%s: %d", selector, rv);
	n = tree_list(site.table, list);
	for (i = 0; rv == 1 && i < n; i++) {
		if (strncmp(list[i].name, selector, strlen(list[i].name)) != 0
		    || selector[strlen(list[i].name)] != '/')
			continue;
		if (list[i].old && check_menu(&list[i], b.data, b.len,
		    VIEW_MENU_BYTES, NULL, NULL) != 0)
			fail_msg("breaks a rule:\n%s", b.data);
	}
	return b.data;
}

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in\n%s", part, text);
}

static void
gopher(void **state)
{
	struct buf	 gb = BUF_INIT;
	const char	*s;

	(void)state;
	s = menu("en/search", "tiger", 1);
	has(s, "iPages found: 1\t");
	has(s, "0Qianjiang at a glance\t/en/glance.txt\tlocalhost\t7070\r\n");
	has(s, "i  The tiger of the Wuling mountains");
	has(s, "7Search again\t/en/search\t");
	has(s, "1Home\t/en\t");
	s = menu("ascii/search", "tiger", 1);
	has(s, "0Qianjiang at a glance: The tiger of the Wuling");
	has(menu("40/search", "figures", 1), "1All figures\t/40/figures\t");
	has(menu("zh/search", "虎", 1), "\t/zh/glance.txt\t");
	charset_gb2312.encode("虎", 3, &gb);
	has(menu("gb/search", gb.data, 1), "\t/gb/glance.txt\t");
	has(menu("gb/search", "虎", 1), "\t/gb/glance.txt\t");
	has(menu("zh/search", gb.data, 1), "\t/zh/glance.txt\t");
	buf_reset(&gb);
	charset_hz.encode("虎", 3, &gb);
	has(menu("hz/search", gb.data, 1), "\t/hz/glance.txt\t");
	has(menu("en/search/", "volcano", 1), "iNothing found.");
	has(menu("en/search", NULL, 1), "iNo words arrived");
	has(menu("en/search", "\xff\xff", 1), "iNo words arrived");
	has(menu("hz/search", "~{", 1), "/hz/search\t");
	has(menu("ascii/search", "", 1), "iNo words arrived");
	menu("en/searching", "x", 0);
	menu("xx/search", "x", 0);
	menu("search", "x", 0);
	menu("en/search/2", "x", 0);
	menu("en/search/0/me", "x", 0);
	menu("en/search/2/ME", "x", 0);
	menu("en/search/2/77777777", "x", 0);	/* no UTF-8 */
	buf_free(&gb);
}

static void
lacks(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" in\n%s", part, text);
}

/* Behind the hits of the tree's own language, those of others. */
static void
gopher_others(void **state)
{
	const char	*s, *mark;

	(void)state;
	s = menu("en/search", "阿蓬江", 1);
	has(s, "\t/en/index.txt\t");
	has(s, "i\t\tx\t0\r\niOther languages\t\tx\t0\r\n");
	mark = strstr(s, "iOther languages");
	assert_true(strstr(s, "\t/en/") < mark);
	has(mark, "\t/zh/index.txt\t");
	s = menu("zh/search", "qianjiang", 1);
	has(s, "i其他语言\t");
	has(strstr(s, "i其他语言"), "\t/en/");
	has(s, "7重新搜索\t/zh/search\t");
	/* A 7-bit tree says and leads to nothing Chinese. */
	s = menu("ascii/search", "tourism", 1);
	lacks(s, "iOther languages\t");
	lacks(s, "/zh/");
	lacks(s, "/gb/");
	/* One of GB2312 leads to 7-bit texts, never to UTF-8. */
	s = menu("gb/search", "tiger", 1);
	has(s, "\t/ascii/glance.txt\t");
	lacks(s, "\t/en/");
	lacks(menu("hz/search", "tiger", 1), "\t/en/");
	has(menu("hz/search", "tiger", 1), "\t/ascii/glance.txt\t");
}

/*
 * A tree of ISO 8859-1 and one of ASCII lead to each other, in letters that
 * each has; Chinese is for UTF-8 alone here.
 */
static void
gopher_charsets(void **state)
{
	static const char	 table[] = "apeng-site 1\nid\tfjord\n"
	    "lang\ten\ten\tEnglish\tFjord\tFjord\n"
	    "lang\tnb\tnb\tNorsk\tFjord\tFjord\n"
	    "lang\tzh\tzh\t中文\t峡湾\t峡湾\n"
	    "tree\tascii\ten\ntree\tlatin1\tnb\ncontact\ta\n"
	    "section\ten\tall\tAll\tAll\nsection\tnb\tall\tAlt\tAlt\n"
	    "section\tzh\tall\t全\t全\n"
	    "page\ten\ta\tall\t2026-11-23\tFerries\tFerries\n"
	    "page\tnb\ta\tall\t2026-11-23\tFerjer på øya\tFerjer\n"
	    "page\tzh\ta\tall\t2026-11-23\t渡船 Tofte\t渡船\n";
	static const struct {
		const char	*tree, *has[3], *lacks[3];
	} all[] = {
		{ "en", { "0Ferries\t/en/a.txt", "\t/nb/a.txt",
		    "\t/zh/a.txt" }, { "/ascii/a", "/latin1/a", NULL } },
		{ "ascii", { "0Ferries: The boat to Tofte.\t/ascii/a.txt",
		    "iOther languages", "0Ferjer pa oya" },
		    { "/zh/", "/nb/", "\xe5" } },
		{ "40", { "0Ferries\t/40/a.txt", "\t/latin1/a.txt", NULL },
		    { "/zh/", "/nb/", NULL } },
		{ "latin1", { "0Ferjer p\xe5 \xf8ya: B\xe5ten", "iAndre spr\xe5k",
		    "0Ferries: The boat to Tofte.\t/ascii/a.txt" },
		    { "/zh/", "/en/", NULL } },
	};
	struct viewsite	 v;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	char		 selector[80];
	size_t		 i, k;

	(void)state;
	viewsite_make(&v, table);
	viewsite_add(&v, "en/a", "# F\nThe boat to Tofte.\n", 23);
	viewsite_add(&v, "nb/a", "# F\nBåten til Tofte.\n", 22);
	viewsite_add(&v, "zh/a", "# F\n到 Tofte。\n", 17);
	for (i = 0; i < N(all); i++) {
		buf_reset(&b);
		snprintf(selector, sizeof(selector), "%s/search", all[i].tree);
		assert_int_equal(search_gopher(&v.src, NULL, selector,
		    strlen(selector), "tofte", 5, &b, &e), 1);
		for (k = 0; k < 3; k++) {
			if (all[i].has[k] != NULL)
				has(b.data, all[i].has[k]);
			if (all[i].lacks[k] != NULL)
				lacks(b.data, all[i].lacks[k]);
		}
	}
	buf_free(&b);
	viewsite_free(&v);
}

/* Pages of the reader's language come first, whatever others would cost. */
static void
home_is_first(void **state)
{
	struct viewsite	 v;
	struct search	*s;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;

	(void)state;
	viewsite_make(&v, "apeng-site 1\nid\tbig\n"
	    "lang\ten\ten\tEnglish\tBig\tBig\n"
	    "lang\tnb\tnb\tNorsk\tStor\tStor\ncontact\ta\n"
	    "section\ten\tall\tAll\tAll\nsection\tnb\tall\tAlt\tAlt\n"
	    "page\ten\ta\tall\t2026-11-23\tA\tA\n"
	    "page\tnb\ta\tall\t2026-11-23\tA\tA\n");
	for (i = 0; i < 1000; i++)
		buf_str(&b, "A river in a land of rivers.\n");
	viewsite_add(&v, "en/a", b.data, b.len);
	viewsite_add(&v, "nb/a", "# A\nA river.\n", 14);
	assert_non_null(s = search_start(&v.src, NULL, "river", 5, b.len, &e));
	search_prefer(s, "nb");
	assert_int_equal(search_step(s, SIZE_MAX), 1);
	assert_int_equal(search_result(s, 0, &r, &e), 0);
	assert_int_equal(r.cut, 1);
	assert_int_equal(r.total, 1);
	assert_string_equal(r.hit[0].page->dir, "nb");
	search_free(s);
	buf_free(&b);
	viewsite_free(&v);
}

/* The words' script tells the language; Latin letters, the first such one. */
static void
homes(void **state)
{
	static const char	 text[] = "apeng-site 1\nid\tx\n"
	    "lang\tzh\tzh-Hant\t正體中文\t四島\t四島\n"
	    "lang\tja\tja\t日本語\t四島\t四島\n"
	    "lang\tko\tko\t한국어\t네 섬\t네 섬\n"
	    "lang\tnb\tnb\tNorsk\tØyer\tØyer\n"
	    "lang\tru\tru\tРусский\tОстрова\tОстрова\n"
	    "lang\tar\tar\tالعربية\tالجزر\tالجزر\n"
	    "lang\tth\tth\tไทย\tเกาะ\tเกาะ\n"
	    "contact\tc\n";
	static const struct { const char *words, *dir; } all[] = {
		{ "島", "zh" }, { "しま", "ja" }, { "ｼﾏ", "ja" },
		{ "섬", "ko" }, { "ferry", "nb" }, { "øyer", "nb" },
		{ "2026", "zh" }, { "\"", "zh" }, { "остров 5", "ru" },
		{ "جزيرة", "ar" }, { "เกาะ", "th" }, { "टापु", "zh" },
		{ "\xff", "zh" },
	};
	struct site_table	*t;
	struct err		 e;
	size_t			 i;

	(void)state;
	t = site_table_parse(text, sizeof(text) - 1, &e);
	if (t == NULL)
		fail_msg("%s", e.msg);
	for (i = 0; i < N(all); i++)
		if (strcmp(search_home(t, all[i].words,
		    strlen(all[i].words)), all[i].dir) != 0)
			fail_msg("%s: %s", all[i].words, search_home(t,
			    all[i].words, strlen(all[i].words)));
	site_table_free(t);
}

static void
gemini(void **state)
{
	struct buf	 b = BUF_INIT;
	struct err	 e;

	(void)state;
	assert_int_equal(search_gemini(&site.src, NULL, "/qj", "", "tiger", 5, 1, &b,
	    &e), 1);
	assert_string_equal(b.data, "# Search\n\nPages found: 1\n\n"
	    "=> /qj/en/glance.gmi Qianjiang at a glance\n"
	    "> The tiger of the Wuling mountains—so the old books say…\n\n"
	    "=> /qj/search Search again\n=> /qj/en/ Home\n");
	buf_reset(&b);
	assert_int_equal(search_gemini(&site.src, NULL, "", "", "虎", 3, 1, &b, &e), 1);
	has(b.data, "# 搜索\n");
	has(b.data, "=> /zh/glance.gmi 黔江一览\n");
	/* In the reader's language, the others behind a heading. */
	buf_reset(&b);
	assert_int_equal(search_gemini(&site.src, NULL, "", "zh", "qianjiang",
	    9, 1, &b, &e), 1);
	has(b.data, "# 搜索\n");
	has(b.data, "## 其他语言\n\n=> /en/");
	has(b.data, "\n=> /zh/search 重新搜索\n=> /zh/ 首页\n");
	buf_reset(&b);
	assert_int_equal(search_gemini(&site.src, NULL, "", "", "阿蓬江", 9, 1,
	    &b, &e), 1);
	has(b.data, "## 其他语言\n\n=> /en/index.gmi");
	assert_true(strstr(b.data, "=> /zh/index.gmi") < strstr(b.data, "##"));
	buf_reset(&b);
	assert_int_equal(search_gemini(&site.src, NULL, "", "en", "阿蓬江", 9,
	    1, &b, &e), 1);
	has(b.data, "## Other languages\n\n=> /zh/index.gmi");
	buf_reset(&b);
	assert_int_equal(search_gemini(&site.src, NULL, "", "", "\xff\x1b", 2, 1, &b,
	    &e), 1);
	has(b.data, "# Search\n\nNo words arrived");
	assert_null(strchr(b.data, '\x1b'));
	buf_reset(&b);
	assert_int_equal(search_gemini(&site.src, NULL, "", "", "tiger", 5, 7, &b, &e), 1);
	has(b.data, "There is no such page of results.");
	buf_free(&b);
}

/* 300 pages with the same word: each is shown once, in order. */
static void
many(void **state)
{
	struct viewsite	 big;
	struct buf	 b = BUF_INIT, out = BUF_INIT;
	struct err	 e;
	char		 id[64], selector[80], want[64];
	size_t		 i, n, found = 0;

	(void)state;
	buf_str(&b, "apeng-site 1\nid\tbig\nlang\ten\ten\tEnglish\tBig\tBig\n"
	    "tree\tascii\ten\ncontact\tp0\nsection\ten\tall\tAll\tAll\n");
	for (i = 0; i < 300; i++)
		buf_fmt(&b, "page\ten\tp%zu\tall\t2026-11-23\tPage %zu\t"
		    "Page %zu\n", i, i, i);
	viewsite_make(&big, b.data);
	for (i = 0; i < 300; i++) {
		snprintf(id, sizeof(id), "en/p%zu", i);
		viewsite_add(&big, id, "# Page\nA river.\n", 16);
	}
	for (i = 0; i < 300; i += r.n) {
		assert_int_equal(search_run(&big.src, "en", "river", 5, i, &r,
		    &e), 0);
		assert_int_equal(r.total, 300);
		assert_true(r.n > 0 && r.n <= SEARCH_PAGE);
		snprintf(id, sizeof(id), "p%zu", i);
		assert_string_equal(r.hit[0].page->id, id);
	}
	/* "river" in base 32 is in the selectors of further pages. */
	snprintf(selector, sizeof(selector), "ascii/search");
	for (n = 1; n < 100 && *selector != '\0'; n++) {
		buf_reset(&out);
		assert_int_equal(search_gopher(&big.src, NULL, selector,
		    strlen(selector), "river", 5, &out, &e), 1);
		for (i = 0; i < 300; i++) {
			snprintf(want, sizeof(want), "\t/ascii/p%zu.txt\t", i);
			found += strstr(out.data, want) != NULL;
		}
		snprintf(want, sizeof(want), "1Next\t/");
		if (strstr(out.data, want) == NULL)
			break;
		snprintf(selector, sizeof(selector), "%.*s",
		    (int)strcspn(strstr(out.data, want) + 7, "\t"),
		    strstr(out.data, want) + 7);
	}
	assert_int_equal(found, 300);
	buf_reset(&out);
	assert_int_equal(search_gemini(&big.src, NULL, "", "", "river", 5, 2, &out, &e), 1);
	has(out.data, "=> /search/3?river Next\n=> /search?river Previous\n");
	buf_free(&b);
	buf_free(&out);
	viewsite_free(&big);
}

static void
none(void *arg, const struct search_hit *h)
{
	(void)arg, (void)h;
}

/* Titles are work, too: 20 MB of them, and the last is the one. */
static void
long_titles(void **state)
{
	struct viewsite	 v;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i, total;
	static char	 title[20001];

	(void)state;
	memset(title, 'a', sizeof(title) - 1);
	buf_str(&b, "apeng-site 1\nid\tbig\nlang\ten\ten\tEnglish\tBig\tBig\n"
	    "contact\tp0\nsection\ten\tall\tAll\tAll\n");
	for (i = 0; i < 1000; i++)
		buf_fmt(&b, "page\ten\tp%zu\tall\t2026-11-23\t%s river\tP\n",
		    i, title);
	viewsite_make(&v, b.data);
	for (i = 0; i < 1000; i++) {
		snprintf(title, sizeof(title), "en/p%zu", i);
		viewsite_add(&v, title, "", 0);
	}
	assert_int_equal(search_run(&v.src, NULL, "river", 5, 0, &r, &e), 0);
	assert_true(r.cut);
	assert_int_equal(r.total, SEARCH_WORK / 4 / (20006 + 16));
	/* On one's own machine there is no bound. */
	assert_int_equal(search_each(&v.src, NULL, "river", 5, none, NULL,
	    &total, &e), 0);
	assert_int_equal(total, 1000);
	buf_free(&b);
	viewsite_free(&v);
}

static void
folds(void **state)
{
	static const struct { const char *in, *out; } pairs[] = {
		{ "ABC xyz", "abc xyz" }, { "Zürich", "zurich" },
		{ "e\xcc\x81", "e" }, { "ＡＢ１", "ab1" }, { "“x”—’", "\"x\"-'" },
		{ "黔江，", "黔江," }, { "ΑΒΓ", "αβγ" }, { "m²", "m2" },
		{ "\xff", "?" }, { "Ǻ", "a" }, { "", "" }, { "Œuvre", "oeuvre" },
		{ "Đà Nẵng", "da nang" }, { "Straße", "strasse" },
		/* Vowel signs are letters; composed or not is the same. */
		{ "फूल", "फूल" }, { "ปู่", "ปู่" }, { "ปี", "ปี" }, { "ភូមិ", "ភូមិ" },
		{ "\u09cb", "\u09c7\u09be" }, { "\u0958", "\u0915\u093c" },
		/* Digits of all scripts. */
		{ "२०८१", "2081" }, { "۱۴۰۳", "1403" }, { "٢٠٢٥", "2025" },
		{ "๒๕๖๘", "2568" }, { "၁၂", "12" }, { "７８", "78" },
		/* Kana both ways, half width, taken apart. */
		{ "カタカナ", "かたかな" }, { "ﾊﾞｽ", "ばす" }, { "ハ\u3099ス", "ばす" },
		{ "ば", "ば" }, { "ﾋﾟ", "ぴ" }, { "ヴ", "ゔ" }, { "ラーメン", "らーめん" },
		{ "あ\u3099", "あ" },
		/* Hangul, composed or not. */
		{ "한글", "한글" }, { "\u1112\u1161\u11ab\u1100\u1173\u11af", "한글" },
		{ "가", "가" },
		/* Arabic letters of one sound; vowels and the stretch go. */
		{ "أإآٱا", "ااااا" }, { "یىي", "ييي" }, { "کك", "كك" },
		{ "مدرسة", "مدرسه" }, { "مُحَمَّد", "محمد" }, { "جـــد", "جد" },
		{ "می\u200cخواهم", "ميخواهم" },
		{ "İIıi", "iiii" }, { "ΟΔΟΣ οδός", "οδοσ οδοσ" }, { "Ёлка", "елка" },
	};
	struct buf	 b = BUF_INIT;
	uint32_t	 cp;
	size_t		 i, n;
	char		 s[4], out[TEXT_FOLD_MAX], grow[2000];

	(void)state;
	for (i = 0; i < N(pairs); i++) {
		buf_reset(&b);
		buf_str(&b, "");
		text_fold(pairs[i].in, strlen(pairs[i].in), &b);
		if (strcmp(b.data, pairs[i].out) != 0)
			fail_msg("%s: %s", pairs[i].in, b.data);
	}
	/* Characters that grow, then a long plain run: room for both. */
	buf_free(&b);
	for (i = 0; i < 50; i++)
		memcpy(grow + 3 * i, "\xef\xb7\xba", 3);
	memset(grow + 150, 'A', sizeof(grow) - 150);
	text_fold(grow, sizeof(grow), &b);
	assert_int_equal(b.data[b.len - 1], 'a');
	for (cp = 1; cp < 0x30000; cp++) {
		if ((n = text_utf8_put(s, cp)) == 0)
			continue;
		buf_reset(&b);
		text_fold(s, n, &b);
		n = text_fold_char(cp, out);
		if (n != b.len || (n > 0 && memcmp(out, b.data, n) != 0))
			fail_msg("U+%04X", cp);
		if (text_digit(cp) != -1 && (n != 1 || out[0] != '0' +
		    text_digit(cp)))
			fail_msg("digit U+%04X", cp);
	}
	buf_free(&b);
}

/* Where in the text the folded bytes come from, whatever joins or grows. */
static void
fold_offsets(void **state)
{
	static const struct { const char *in; size_t folded, at; } places[] = {
		{ "abc", 2, 2 }, { "ＡＢc", 1, 3 }, { "e\xcc\x81x", 1, 1 },
		{ "ﾊﾞｽx", 3, 3 }, { "ﾊﾞｽx", 6, 9 }, { "Straße x", 6, 6 },
		{ "\xff\xffx", 2, 2 }, { "फूल x", 9, 9 }, { "ab", 9, 2 },
		{ "", 3, 0 }, { "\u1112\u1161\u11abx", 3, 3 },
	};
	size_t	 i;

	(void)state;
	for (i = 0; i < N(places); i++)
		assert_int_equal(text_fold_offset(places[i].in,
		    strlen(places[i].in), places[i].folded), places[i].at);
}

static int
load(void **state)
{
	(void)state;
	viewsite_load(&site, SAMPLE);
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	viewsite_free(&site);
	return 0;
}

/* Three pages that are more than a server looks at. */
#define LINE	1000
#define LARGE	(SEARCH_WORK / (LINE + 1 + 16) * (LINE + 1) / 5 * 2)

static int
large_page(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	(void)dir;
	(void)id;
	*text = arg;
	*len = LARGE;
	return 0;
}

static void
count_hit(void *arg, const struct search_hit *h)
{
	size_t	*n = arg;

	assert_non_null(h->page);
	++*n;
}

/* In slices the same is found; more words are more work a byte. */
static void
sliced(const struct view_source *src)
{
	static const char	 many[] = "needle x a b c d e f g h i j k l m n";
	struct search		*s;
	size_t			 one, steps = 0;
	struct err		 e;

	assert_non_null(s = search_start(src, "en", "needle", 6, SEARCH_WORK,
	    &e));
	while (!search_step(s, SEARCH_SLICE)) {
		assert_true(search_work(s) < (steps + 2) * SEARCH_SLICE);
		steps++;
	}
	assert_true(steps > 50 && steps < 100);
	assert_int_equal(search_result(s, 0, &r, &e), 0);
	assert_int_equal(r.total, 2);
	one = search_work(s);
	assert_true(one <= SEARCH_WORK + 100);
	search_free(s);
	assert_non_null(s = search_start(src, "en", many, strlen(many),
	    SIZE_MAX, &e));
	assert_int_equal(search_step(s, SIZE_MAX), 1);
	assert_true(search_work(s) > one / 2 * 3 / 9 * 24 - one / 100);
	search_free(s);
}

static void
bounded(void **state)
{
	static const char	 table[] = "apeng-site 1\nid\ttest\n"
	    "lang\ten\ten\tEnglish\tTest\tTest\ncontact\ta\n"
	    "section\ten\ts\tS\tS\n"
	    "page\ten\ta\ts\t2026-01-01\tFirst\tA\n"
	    "page\ten\tb\ts\t2026-01-01\tSecond\tB\n"
	    "page\ten\tc\ts\t2026-01-01\tThird\tC\n"
	    "page\ten\ts_s\t-\t2026-01-01\tThird list\tL\n";
	struct view_source	 src = { .page = large_page };
	struct site_table	*t;
	struct err		 e;
	size_t			 n = 0, total;
	char			*text;
	size_t			 i;

	(void)state;
	assert_non_null(t = site_table_parse(table, strlen(table), &e));
	assert_non_null(text = malloc(LARGE));
	memset(text, 'x', LARGE);
	for (i = 0; i < LARGE; i += LINE + 1)
		text[i] = '\n';
	memcpy(text + LARGE - 9, "\nneedle.\n", 9);
	src.site = t;
	src.arg = text;
	assert_int_equal(search_run(&src, "en", "needle", 6, 0, &r, &e), 0);
	assert_int_equal(r.total, 2);
	assert_true(r.cut);
	/* A title beyond is found; a list of pages never is. */
	assert_int_equal(search_run(&src, "en", "third", 5, 0, &r, &e), 0);
	assert_int_equal(r.total, 1);
	assert_string_equal(r.hit[0].page->id, "c");
	assert_int_equal(search_each(&src, "en", "needle", 6, count_hit, &n,
	    &total, &e), 0);
	assert_int_equal(total, 3);
	assert_int_equal(n, 3);
	sliced(&src);
	free(text);
	site_table_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(refuses),
		cmocka_unit_test(gopher),
		cmocka_unit_test(gopher_others),
		cmocka_unit_test(gopher_charsets),
		cmocka_unit_test(home_is_first),
		cmocka_unit_test(homes), cmocka_unit_test(gemini),
		cmocka_unit_test(many),
		cmocka_unit_test(long_titles),
		cmocka_unit_test(folds),
		cmocka_unit_test(fold_offsets),
		cmocka_unit_test(bounded),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
