#include "base/buf.h"
#include "base/err.h"
#include "lib/test.h"
#include "proto/site.h"
#include "view/html.h"

static const char	 site_text[] =
    "apeng-site 1\nid\tqj\nlang\ten\ten\tEnglish\tQianjiang\tQianjiang\n"
    "lang\tfa\tfa\tفارسی\tT\tT\ncontact\tcontact\n"
    "section\ten\ts\tS\tS\nsection\tfa\ts\tS\tS\n"
    "page\ten\tindex\t-\t2026-11-23\tHome\tHome\n"
    "page\ten\teconomy\ts\t2026-11-23\tA & B\tA\n"
    "page\tfa\teconomy\ts\t2026-11-23\tE\tE\n";

static struct site_table	*site;

static int
setup(void **state)
{
	struct err	 e;

	(void)state;
	site = site_table_parse(site_text, sizeof(site_text) - 1, &e);
	if (site == NULL)
		fprintf(stderr, "%s\n", e.msg);
	return site == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	site_table_free(site);
	return 0;
}

/* The page's <main>, in a static buffer. */
static const char *
body(const char *dir, const char *gemtext)
{
	static struct buf	 b = BUF_INIT;
	struct err		 e;
	char			*s;

	buf_free(&b);
	assert_int_equal(html_page(site, site_table_page(site, dir,
	    "economy"), gemtext, strlen(gemtext), &b, &e), 0);
	assert_non_null(s = strstr(b.data, "<main>\n"));
	*strstr(s, "</main>") = '\0';
	return s + 7;
}

static void
lines(void **state)
{
	static const struct { const char *name, *in, *want; } cases[] = {
		{ "heading", "# A & <b>\n", "<h1>A &amp; &lt;b&gt;</h1>\n" },
		{ "paragraphs", "a\nb\n\nc", "<p>a</p>\n<p>b</p>\n<p>c</p>\n" },
		{ "page link", "=> ../zh/a.gmi Z\n", "<ul class=\"links\">\n"
		    "<li><a href=\"../zh/a.html\">Z</a></li>\n</ul>\n" },
		{ "file link keeps its name", "=> ../data/figures.csv\n",
		    "<ul class=\"links\">\n<li><a href=\"../data/figures.csv\">"
		    "../data/figures.csv</a></li>\n</ul>\n" },
		{ "script link is text", "=> javascript:alert(1) x\n",
		    "<ul class=\"links\">\n<li>x</li>\n</ul>\n" },
		{ "quote in url", "=> https://a/\"onclick= x\n",
		    "<ul class=\"links\">\n<li>x</li>\n</ul>\n" },
		{ "list", "* a\n* b: c\n", "<ul>\n<li>a</li>\n"
		    "<li>b: c</li>\n</ul>\n" },
		{ "figures", "* Area: 2402 km² (2018)\n* People: 554,000\n",
		    "<table>\n<tr><th scope=\"row\">Area</th>"
		    "<td>2402 km² (2018)</td></tr>\n<tr><th scope=\"row\">"
		    "People</th><td>554,000</td></tr>\n</table>\n" },
		{ "quote", "> a\n> b\n", "<blockquote>\n<p>a</p>\n<p>b</p>\n"
		    "</blockquote>\n" },
		{ "map", "Caption\n```alt \"x\"\n a<b\n```\n",
		    "<figure>\n<figcaption>Caption</figcaption>\n<pre "
		    "role=\"img\" aria-label=\"alt &quot;x&quot;\">\n a&lt;b\n"
		    "</pre>\n</figure>\n" },
		{ "open block", "```\nx", "<figure>\n<pre>\nx\n</pre>\n"
		    "</figure>\n" },
	};
	size_t	 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (strncmp(body("en", cases[i].in), cases[i].want,
		    strlen(cases[i].want)) != 0)
			fail_msg("%s: %s", cases[i].name,
			    body("en", cases[i].in));
}

static void
bars(void **state)
{
	const char	*s;

	(void)state;
	s = body("en", "Growth\n```\nGDP   ####### 7%\nFarms ########## 10%\n```\n");
	assert_non_null(strstr(s, "<title>GDP 7%; Farms 10%</title>"));
	assert_non_null(strstr(s, "width=\"300\""));
	assert_non_null(strstr(s, "width=\"210\""));
	assert_null(strstr(s, "<pre"));
	s = body("en", "```\n工业\n██ 8.5%\n农业\n█ 4%\n```\n");
	assert_non_null(strstr(s, "工业 8.5%; 农业 4%"));
	s = body("en", "```\n#include\n#define 2\n```\n");
	assert_non_null(strstr(s, "<pre"));
}

static void
frame(void **state)
{
	struct buf	 b = BUF_INIT;
	struct err	 e;

	(void)state;
	assert_int_equal(html_page(site, site_table_page(site, "en",
	    "economy"), "x", 1, &b, &e), 0);
	assert_non_null(strstr(b.data, "<title>A &amp; B · Qianjiang</title>"));
	assert_non_null(strstr(b.data, "<html lang=\"en\">"));
	assert_non_null(strstr(b.data,
	    "hreflang=\"fa\" href=\"../fa/economy.html\""));
	buf_free(&b);
	assert_int_equal(html_page(site, site_table_page(site, "fa",
	    "economy"), "x", 1, &b, &e), 0);
	assert_non_null(strstr(b.data, "<html lang=\"fa\" dir=\"rtl\">"));
	buf_free(&b);
	assert_int_equal(html_chooser(site, &b, &e), 0);
	assert_non_null(strstr(b.data, "href=\"fa/index.html\""));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines), cmocka_unit_test(bars),
		cmocka_unit_test(frame),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
