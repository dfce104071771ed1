/* SPDX-License-Identifier: ISC */
/*
 * Pages changed into leaves of a book: links, lists, headings, hostile bytes.
 */
#include "base/buf.h"
#include "base/err.h"
#include "html/leaf.h"
#include "html/text.h"
#include "lib/test.h"
#include "proto/site.h"

static const char	 site_text[] =
    "apeng-site 1\nid\tqj\nhost\tqj.example\n"
    "lang\ten\ten\tEnglish\tQ\tQ\nlang\tzh\tzh-Hans\t中文\tT\tT\n"
    "contact\tcontact\npage\ten\tindex\t-\t2026-11-23\tHome\tHome\n"
    "page\ten\teconomy\t-\t2026-11-23\tA\tA\n"
    "page\tzh\teconomy\t-\t2026-11-23\tE\tE\n";

static const struct {
	const char	*name, *html, *want;
	int		 in_one;
} cases[] = {
	{ "void elements", "a<br>b", "a<br/>b", 0 },
	{ "a page", "<a href=\"economy.html\">A</a>",
	  "<a href=\"economy.xhtml\">A</a>", 0 },
	{ "a page in one", "<a href=\"economy.html#x\">A</a>",
	  "<a href=\"#p-economy\">A</a>", 1 },
	{ "a mark of a page", "<a href=\"index.html#s\">A</a>",
	  "<a href=\"index.xhtml#s\">A</a>", 0 },
	{ "a page that is none", "<a href=\"nowhere.html\">A</a>",
	  "A <span class=\"url\" dir=\"ltr\">(gemini://qj.example/en/"
	  "nowhere.html)</span>", 0 },
	{ "the web", "<a href=\"https://a.example/?a=1&amp;b\">A</a>",
	  "<a href=\"https://a.example/?a=1&amp;b\">A</a>", 0 },
	{ "a scheme of ours", "<a href=\"gemini://b.example/\">B</a>",
	  "B <span class=\"url\" dir=\"ltr\">(gemini://b.example/)</span>",
	  0 },
	{ "said already", "<a href=\"gopher://b/\">gopher://b/</a>",
	  "gopher://b/", 0 },
	{ "data", "<a href=\"../data/f.csv\">F</a>",
	  "F <span class=\"url\" dir=\"ltr\">(gemini://qj.example/data/f.csv)"
	  "</span>", 0 },
	{ "another language in a list",
	  "<ul><li><a href=\"../zh/economy.html\" lang=\"zh-Hans\">Z</a></li>"
	  "<li>x</li></ul>", "<ul><li>x</li></ul>", 0 },
	{ "and nothing else in it",
	  "a<ul class=\"links\">\n<li><a href=\"../zh/economy.html\">Z</a>"
	  "\n<p>more</p></li>\n</ul>b", "ab", 0 },
	{ "a language", "<span lang=\"zh-Hans\">Z</span>",
	  "<span lang=\"zh-Hans\" xml:lang=\"zh-Hans\">Z</span>", 0 },
	{ "a drawing", "<svg class=\"series\"><rect x=\"0\"/></svg>",
	  "<svg xmlns=\"http://www.w3.org/2000/svg\" direction=\"ltr\" "
	  "class=\"series\"><rect x=\"0\"/></svg>", 0 },
	{ "a picture has no link", "<a href=\"../files/a.png\"><img "
	  "src=\"../files/a.png\" loading=\"lazy\" alt=\"A\"></a>",
	  "<img src=\"../files/a.png\" alt=\"A\"/>", 0 },
	{ "a picture in one", "<a href=\"../files/a.png\"><img "
	  "src=\"../files/a.png\" alt=\"A\"></a>",
	  "<img src=\"files/a.png\" alt=\"A\"/>", 1 },
	{ "no level is left out", "<h1>1</h1><h3>2</h3><h2>2</h2><h3>3</h3>",
	  "<h1>1</h1><h2>2</h2><h2>2</h2><h3>3</h3>", 0 },
	{ "cut short", "<a href=\"https://a", "", 0 },
	{ "nothing but a mark", "<", "", 0 },
};

static void
leaves(void **state)
{
	struct err		 e;
	struct site_table	*site;
	struct buf		 html = BUF_INIT, out = BUF_INIT;
	struct leaf		 l;
	size_t			 i;

	(void)state;
	site = site_table_parse(site_text, sizeof(site_text) - 1, &e);
	assert_non_null(site);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(&l, 0, sizeof(l));
		l.site = site;
		l.lang = &site->lang[0];
		l.in_one = cases[i].in_one;
		buf_reset(&html);
		buf_reset(&out);
		buf_str(&out, "");
		buf_fmt(&html, "<body><main>\n%s", cases[i].html);
		leaf_write(&l, html.data, html.len, &out);
		if (strcmp(out.data, cases[i].want) != 0)
			fail_msg("%s: \"%s\", want \"%s\"", cases[i].name,
			    out.data, cases[i].want);
		leaf_free(&l);
	}
	buf_free(&html);
	buf_free(&out);
	site_table_free(site);
}

/* A picture's file is in the book once, though it is shown several times. */
static void
pictures(void **state)
{
	static const char	 html[] = "<main><img src=\"../files/a.png\">"
				     "<img src=\"../files/b.png\"><img "
				     "src=\"../files/a.png\"></main>";
	struct buf		 out = BUF_INIT;
	struct leaf		 l = { NULL, NULL, 0, 0, 0, BUF_INIT };

	(void)state;
	leaf_write(&l, html, sizeof(html) - 1, &out);
	assert_string_equal(l.pictures.data, "files/a.png\nfiles/b.png\n");
	leaf_free(&l);
	buf_free(&out);
}

static void
clean(void **state)
{
	static const char	 bad[] = "a\x01" "b\xff" "c\xed\xa0\x80" "d\xef"
				     "\xbf\xbe" "e\t\n\xe9\xbb\x94\0f";
	struct buf		 out = BUF_INIT;

	(void)state;
	html_clean(&out, bad, sizeof(bad) - 1);
	assert_string_equal(out.data, "a\xef\xbf\xbd" "b\xef\xbf\xbd" "c"
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" "d\xef\xbf\xbd" "e\t\n"
	    "\xe9\xbb\x94\xef\xbf\xbd" "f");
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves),
		cmocka_unit_test(pictures),
		cmocka_unit_test(clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
