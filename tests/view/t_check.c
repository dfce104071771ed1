/* SPDX-License-Identifier: ISC */
/* Each rule finds what was put there to break it. */
#include "base/buf.h"
#include "base/err.h"
#include "charset/charset.h"
#include "lib/test.h"
#include "lib/viewsite.h"
#include "view/check.h"
#include "view/check_site.h"

static const struct view	 utf8 = {
	NULL, "en", "en", &charset_utf8, 67, 67, 0
};
static const struct view	 ascii = {
	NULL, "ascii", "en", &charset_ascii, 67, 67, 1
};
static const struct view	 latin1 = {
	NULL, "latin1", "fr", &charset_latin1, 67, 67, 1
};
static const struct view	 gb = {
	NULL, "gb", "zh", &charset_gb2312, 66, 66, 1
};
static const struct view	 hz = {
	NULL, "hz", "zh", &charset_hz, 66, 66, 1
};

#define TEN	"0123456789"
#define SIXTY	TEN TEN TEN TEN TEN TEN
#define ITEM	"0Page\t/en/a.txt\thost\t70\r\n"
#define INFO	"iText\t\tx\t0\r\n"
#define FIVE(x)	x x x x x

static const struct {
	const char		*rule;		/* its name; "": all is well */
	const struct view	*view;
	int			 menu;
	size_t			 line;
	const char		*bytes;
	size_t			 most;
} bytes[] = {
	{ "", &utf8, 0, 0, "text\r\n黔江\r\n", 100 },
	{ "", &ascii, 0, 0, "text\r\n.\r\n", 100 },
	{ "", &gb, 0, 0, "\xc7\xad\xbd\xad\r\n.\r\n", 100 },
	{ "", &hz, 0, 0, "~{G-=-~} ~~ a\r\n.\r\n", 100 },
	{ "", &utf8, 1, 0, "hPage\tURL:https://a/B?c\thost\t70\r\n" ITEM
	    ".\r\n", 100 },
	{ "", &latin1, 0, 0, "O\xf9 ?\xa0 7\xbd\r\n.\r\n", 100 },
	{ "crlf", &utf8, 0, 2, "a\r\nb\nc\r\n", 100 },
	{ "crlf", &utf8, 0, 1, "a", 100 },
	{ "end", &ascii, 0, 0, "text\r\n", 100 },
	{ "end", &utf8, 0, 0, "text\r\n.\r\n", 100 },
	{ "end", &ascii, 0, 3, "text\r\n.\r\nmore\r\n.\r\n", 100 },
	{ "end", &ascii, 1, 0, ITEM, 100 },
	{ "end", &utf8, 1, 0, ITEM, 100 },
	{ "width", &utf8, 0, 1, SIXTY "黔江好的\r\n", 100 },
	{ "width", &ascii, 1, 1, "i" SIXTY TEN "\t\tx\t0\r\n.\r\n", 100 },
	{ "width", &gb, 0, 1, SIXTY "1234567\r\n.\r\n", 100 },
	{ "width", &hz, 0, 1, SIXTY "12~{G-=-<R~}7\r\n.\r\n", 100 },
	{ "charset", &ascii, 0, 2, "a\r\ncaf\xc3\xa9\r\n.\r\n", 100 },
	{ "charset", &latin1, 0, 1, "\x85\r\n.\r\n", 100 },
	{ "width", &latin1, 0, 1, SIXTY "\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9"
	    "\r\n.\r\n", 100 },
	{ "type", &latin1, 1, 1, "hPage\tURL:http://a/\thost\t70\r\n.\r\n",
	    100 },
	{ "charset", &gb, 0, 1, "\x81\x40\r\n.\r\n", 100 },
	{ "charset", &hz, 0, 1, "\xc7\xad\r\n.\r\n", 100 },
	{ "charset", &utf8, 0, 1, "\xbd\xad\r\n", 100 },
	{ "hz", &hz, 0, 1, "~{G-=-\r\n~}\r\n.\r\n", 100 },
	{ "dot", &ascii, 0, 1, ".gpub\r\n.\r\n", 100 },
	{ "dot", &utf8, 0, 1, "..\r\n", 100 },
	{ "control", &utf8, 0, 1, "a\tb\r\n", 100 },
	{ "control", &ascii, 0, 1, "a\x1b[1m\r\n.\r\n", 100 },
	{ "fields", &ascii, 1, 1, "just text\r\n.\r\n", 100 },
	{ "fields", &ascii, 1, 1, "0Page\t/a\thost\r\n.\r\n", 100 },
	{ "fields", &ascii, 1, 1, "0Page\t/a\thost\t99999\r\n.\r\n", 100 },
	{ "fields", &ascii, 1, 1, "0Page\t/a\t\t70\r\n.\r\n", 100 },
	{ "fields", &ascii, 1, 1, "0\t/a\thost\t70\r\n.\r\n", 100 },
	{ "type", &ascii, 1, 1, "hPage\tURL:http://a/\thost\t70\r\n.\r\n", 100 },
	{ "type", &ascii, 1, 1, "ICover\t/c.png\thost\t70\r\n.\r\n", 100 },
	{ "type", &utf8, 1, 1, "dPage\t/a\thost\t70\r\n.\r\n", 100 },
	{ "selector", &ascii, 1, 1, "0Page\t/en/A\thost\t70\r\n.\r\n", 100 },
	{ "selector", &ascii, 1, 1, "0Page\t/en/a?b\thost\t70\r\n.\r\n", 100 },
	{ "selector", &utf8, 1, 1, "0Page\t/" SIXTY "\thost\t70\r\n.\r\n", 200 },
	{ "links", &ascii, 1, 0, FIVE(ITEM ITEM ITEM ITEM) ITEM ".\r\n", 999 },
	{ "lines", &utf8, 1, 0, FIVE(INFO INFO INFO INFO) FIVE(INFO) ".\r\n",
	    999 },
	{ "info", &ascii, 1, 0, FIVE(INFO) FIVE(INFO) ".\r\n", 999 },
	{ "bytes", &ascii, 1, 0, ITEM ".\r\n", 10 },
	{ "bytes", &utf8, 0, 0, "some text\r\n", 10 },
};

struct told {
	size_t	 n, line;
	char	 tree[32], path[64], rule[256];
};

static void
keep(void *arg, size_t line, const struct finding *f)
{
	struct told	*t = arg;

	if (t->n++ > 0)
		return;
	t->line = line;
	finding_say(f, f->text, t->rule, sizeof(t->rule));
}

static void
finished_bytes(void **state)
{
	size_t	 i, n;

	(void)state;
	for (i = 0; i < N(bytes); i++) {
		struct told	 t = { 0 };

		n = (bytes[i].menu ? check_menu : check_text)(bytes[i].view,
		    bytes[i].bytes, strlen(bytes[i].bytes), bytes[i].most,
		    keep, &t);
		assert_int_equal(n, t.n);
		if (*bytes[i].rule == '\0') {
			if (n != 0)
				fail_msg("case %zu: %s", i, t.rule);
			continue;
		}
		if (n == 0)
			fail_msg("case %zu: %s not found", i, bytes[i].rule);
		if (strncmp(t.rule, bytes[i].rule, strlen(bytes[i].rule)) != 0
		    || t.rule[strlen(bytes[i].rule)] != ':' ||
		    t.line != bytes[i].line)
			fail_msg("case %zu: line %zu: %s", i, t.line, t.rule);
	}
}

/* A site of one page, and what is wrong with page or table. */
static const struct {
	const char	*rule, *tree;
	size_t		 line;
	const char	*table;		/* more lines of the site table */
	const char	*lang;		/* title and short title */
	const char	*page;
} sites[] = {
	{ "", "", 0, "", "Town\tTown", "# Town\nAll is well.\n" },
	{ "charset", "ascii", 3, "", "Town\tTown", "# Town\n\nThe 黔 river\n" },
	{ "charset", "en", 2, "", "Town\tTown", "# Town\nab\xff\n" },
	{ "charset", "ascii", 0, "", "黔\tTown", "# Town\n" },
	{ "charset", "ascii", 0, "notice\ten\t2026-12-31\t黔\n", "Town\tTown",
	    "# Town\n" },
	{ "width", "en", 3, "", "Town\tTown", "# T\n```\n" SIXTY TEN
	    "\n```\n" },
	{ "width", "40", 3, "", "Town\tTown", "# T\n```\n" TEN TEN TEN TEN
	    "\n```\n" },
	{ "dot", "en", 2, "", "Town\tTown", "# T\n.gpub files\n" },
	{ "dot", "en", 3, "", "Town\tTown", "# T\n```\n.x\n```\n" },
	{ "link", "en", 2, "", "Town\tTown", "# T\n=> none.gmi None\n" },
	{ "link", "en", 2, "", "Town\tTown", "# T\n=> ../../x.txt None\n" },
	{ "scheme", "en", 2, "", "Town\tTown", "# T\n=> javascript:x Run\n" },
	{ "short", "40", 0, "section\ten\ts\tA title of more than 27 columns\t"
	    "It is no shorter than before\n", "Town\tTown", "# T\n" },
	{ "selector", "en", 0, "section\ten\tUPPER\tUpper\tUpper\n",
	    "Town\tTown", "# T\n" },
	{ "selector", "en", 0, "section\ten\t" SIXTY "\tLong\tLong\n",
	    "Town\tTown", "# T\n" },
	{ "size", "en", 0, "", "Town\tTown", NULL },	/* above 1 MiB */
};

static void
keep_site(void *arg, const char *tree, const char *path, size_t line,
    const struct finding *f)
{
	struct told	*t = arg;

	if (t->n++ > 0)
		return;
	t->line = line;
	snprintf(t->tree, sizeof(t->tree), "%s", tree);
	snprintf(t->path, sizeof(t->path), "%s", path);
	finding_say(f, f->text, t->rule, sizeof(t->rule));
}

static void
seeded(void **state)
{
	static char	 big[VIEW_PAGE_MAX + 1];
	struct viewsite	 v;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	const char	*page;
	size_t		 i;
	int		 n;

	(void)state;
	memset(big, 'a', sizeof(big));
	for (i = 0; i < N(sites); i++) {
		struct told	 t = { 0 };

		buf_reset(&b);
		buf_fmt(&b, "apeng-site 1\nid\ttown\nlang\ten\ten\tEnglish\t%s\n"
		    "tree\tascii\ten\ncontact\tindex\n%spage\ten\tindex\t-\t"
		    "2026-11-23\tTown\tTown\n", sites[i].lang,
		    sites[i].table);
		viewsite_make(&v, b.data);
		page = sites[i].page;
		viewsite_add(&v, "en/index", page == NULL ? big : page,
		    page == NULL ? sizeof(big) : strlen(page));
		n = check_site(&v.src, "en", "index", keep_site, &t, &e);
		assert_int_equal(n, (int)t.n);
		if (*sites[i].rule == '\0' ? n != 0 : n == 0 ||
		    strncmp(t.rule, sites[i].rule, strlen(sites[i].rule)) != 0
		    || strcmp(t.tree, sites[i].tree) != 0 ||
		    t.line != sites[i].line)
			fail_msg("case %zu, %s: %d: %s: %s:%zu: %s", i,
			    sites[i].rule, n, t.tree, t.path, t.line, t.rule);
		viewsite_free(&v);
	}
	buf_free(&b);
}

static void
page_called_search(void **state)
{
	struct told	 t = { 0 };
	struct viewsite	 v;
	struct err	 e;

	(void)state;
	viewsite_make(&v, "apeng-site 1\nid\ttown\nlang\ten\ten\tEnglish\tT\tT\n"
	    "contact\tsearch\npage\ten\tsearch\t-\t2026-11-23\tT\tT\n");
	viewsite_add(&v, "en/search", "# T\n", 4);
	assert_int_equal(check_site(&v.src, "en", "search", keep_site, &t, &e),
	    1);
	assert_string_equal(t.path, "en/search.gmi");
	assert_int_equal(strncmp(t.rule, "selector:", 9), 0);
	viewsite_free(&v);
}

/* The sample breaks a rule on purpose once: a dot in its chart. */
static void
sample(void **state)
{
	struct told	 t = { 0 };
	struct viewsite	 v;
	struct err	 e;
	size_t		 i;

	(void)state;
	viewsite_load(&v, "tests/view/sample");
	for (i = 0; i < v.table->npage; i++)
		assert_true(check_site(&v.src, v.table->page[i].dir,
		    v.table->page[i].id, keep_site, &t, &e) >= 0);
	assert_string_equal(t.path, "en/glance.gmi");
	assert_int_equal(t.line, 13);
	assert_string_equal(t.rule, "dot: a line of text begins with a dot");
	assert_int_equal(t.n, 3);	/* in /en, /ascii and /40 */
	viewsite_free(&v);
}

/* A finding in another language, whole or cut. */
static void
findings(void **state)
{
	static const struct { const char *text; int drops, is; } nested[] = {
		{ "a (黔 (3))", 1, 1 }, { "a（黔（三））", 1, 1 },
		{ "a ((3) 黔) b", 1, 1 }, { "a (黔 (3))", 0, 0 },
		{ "a (黔) (b (c))", 1, 0 }, { "黔 (a (b))", 1, 0 },
		{ "a (黔", 1, 0 }, { "a)) 黔 ((", 1, 0 },
	};
	struct lacking	 l = { 0 };
	struct finding	 f;
	char		 s[120];
	size_t		 i;

	(void)state;
	lacking_add(&l, 0x9ed4);
	lacking_add(&l, 0x9ed4);
	finding_lacks(&f, "ISO 8859-1", 1, &l, "黔 (a (b))", 12);
	finding_say(&f, "%s 没有 %s", s, sizeof(s));
	assert_string_equal(s, "charset: ISO 8859-1 没有 黔 (U+9ED4)");
	finding_say(&f, f.text, s, 23);
	assert_string_equal(s, "charset: ISO 8859-1 ha");
	finding_set(&f, "width", "%s, %s%s");
	finding_number(&f, 0, 67);
	finding_number(&f, 1, 68);
	finding_say(&f, f.text, s, sizeof(s));
	assert_string_equal(s, "width: 67, 68%s");
	/* A line is one finding, which names its first characters. */
	for (i = 0; i < 40; i++)
		lacking_add(&l, 0x4e00 + (uint32_t)i);
	finding_lacks(&f, "ASCII", 1, &l, "a 黔 b", 7);
	finding_say(&f, "%s %s", s, sizeof(s));
	assert_string_equal(s, "charset: ASCII 黔 (U+9ED4), 一 (U+4E00), "
	    "丁 (U+4E01), +38");
	/* And says what keeps a parenthesis from going. */
	for (i = 0; i < N(nested); i++) {
		memset(&l, 0, sizeof(l));
		lacking_add(&l, 0x9ed4);
		finding_lacks(&f, "ASCII", nested[i].drops, &l,
		    nested[i].text, strlen(nested[i].text));
		if ((strstr(f.text, "another one in it") != NULL) !=
		    nested[i].is)
			fail_msg("%s", nested[i].text);
	}
	lacking_add(&l, 0xfffd);
	finding_lacks(&f, "ASCII", 1, &l, "", 0);
	finding_say(&f, f.text, s, sizeof(s));
	assert_string_equal(s, "charset: not UTF-8");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings),
		cmocka_unit_test(finished_bytes),
		cmocka_unit_test(seeded),
		cmocka_unit_test(page_called_search),
		cmocka_unit_test(sample),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
