/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "base/err.h"
#include "html/frame.h"
#include "html/page.h"
#include "lib/test.h"
#include "proto/idiom.h"
#include "proto/number.h"
#include "proto/site.h"

static const char	 site_text[] =
    "apeng-site 1\nid\tqj\nlang\ten\ten\tEnglish\tQianjiang\tQianjiang\n"
    "lang\tfa\tfa\tفارسی\tT\tT\nlang\tzh\tzh-Hans\t中文\tT\tT\ncontact\tcontact\n"
    "word\tfa\tnext\tپس\n"
    "section\ten\ts\tS\tS\nsection\tfa\ts\tS\tS\n"
    "section\tzh\ts\tS\tS\n"
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

/* Make a page; returns it from behind <main> on, in a static buffer. */
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
	*strstr(s, "</body>") = '\0';
	return s + 7;
}

static void
lines(void **state)
{
	static const struct { const char *name, *in, *want; } cases[] = {
		{ "heading", "# A & <b>\n", "<h1>A &amp; &lt;b&gt;</h1>\n" },
		{ "paragraphs", "a\nb\n\nc", "<p>a</p>\n<p>b</p>\n<p>c</p>\n" },
		{ "page link", "=> ../b/a.gmi Z\n\nx", "<ul class=\"links\">\n"
		    "<li><a href=\"../b/a.html\">Z</a></li>\n</ul>\n" },
		{ "file link keeps its name", "=> ../data/figures.csv\n\nx",
		    "<ul class=\"links\">\n<li><a href=\"../data/figures.csv\">"
		    "../data/figures.csv</a></li>\n</ul>\n" },
		{ "script link is text", "=> javascript:alert(1) x\n\nx",
		    "<ul class=\"links\">\n<li>x</li>\n</ul>\n" },
		{ "quote in url", "=> https://a/\"onclick= x\n\nx",
		    "<ul class=\"links\">\n<li>x</li>\n</ul>\n" },
		{ "list", "* a\n* b: c\n", "<ul>\n<li>a</li>\n"
		    "<li>b: c</li>\n</ul>\n" },
		{ "a table", "Wards\n``` Table: Ward; People\n"
		    "Ward   People\n-----  ------\nEast      <95\n"
		    "-----  ------\nTotal   4,500\n```\n",
		    "<div class=\"wide\"><table class=\"grid\">\n"
		    "<caption>Wards</caption>\n<thead>\n<tr><th scope=\"col\">Ward</th>"
		    "<th scope=\"col\" class=\"n\">People</th></tr>\n</thead>\n"
		    "<tbody>\n<tr><th scope=\"row\">East</th>"
		    "<td class=\"n\">&lt;95</td></tr>\n</tbody>\n<tfoot>\n"
		    "<tr><th scope=\"row\">Total</th><td class=\"n\">4,500</td>"
		    "</tr>\n</tfoot>\n</table></div>\n" },
		{ "a table in records", "Wards\n### Ward: East\n* People: 95\n"
		    "* Note: x\n\n### Ward: West\n* People: 5\n* Note: -\n\nend\n",
		    "<div class=\"wide\"><table class=\"grid\">\n"
		    "<caption>Wards</caption>\n<thead>\n<tr><th scope=\"col\">"
		    "Ward</th><th scope=\"col\">People</th><th scope=\"col\">Note"
		    "</th></tr>\n</thead>\n<tbody>\n<tr><th scope=\"row\">East"
		    "</th><td>95</td><td>x</td></tr>\n<tr><th scope=\"row\">West"
		    "</th><td>5</td><td>-</td></tr>\n</tbody>\n</table></div>\n"
		    "<p>end</p>\n" },
		{ "figures", "* Area: 2402 km² (2018)\n* People: 554,000\n",
		    "<table>\n<tr><th scope=\"row\">Area</th>"
		    "<td>2402 km² <span>(2018)</span></td></tr>\n<tr><th scope=\"row\">"
		    "People</th><td>554,000</td></tr>\n</table>\n" },
		{ "quote", "> a\n> b\n", "<blockquote>\n<p>a</p>\n<p>b</p>\n"
		    "</blockquote>\n" },
		{ "commands", "Do:\n```Shell\nrm a<b\n```\n", "<p>Do:</p>\n"
		    "<pre>\nrm a&lt;b\n</pre>\n" },
		{ "map", "Caption\n```a to b & c\no a  o b\n\n + o c\n```\n",
		    "<figure>\n<figcaption>Caption</figcaption>\n<svg "
		    "class=\"art\" viewBox=\"0 0 64 51\" role=\"img\">\n"
		    "<title>a to b &amp; c</title>\n"
		    "<text x=\"0\" y=\"13\" textLength=\"8\">o</text>\n"
		    "<text x=\"16\" y=\"13\" textLength=\"8\">a</text>\n"
		    "<text x=\"40\" y=\"13\" textLength=\"8\">o</text>\n"
		    "<text x=\"56\" y=\"13\" textLength=\"8\">b</text>\n"
		    "<text x=\"8\" y=\"47\" textLength=\"8\">+</text>\n"
		    "<text x=\"24\" y=\"47\" textLength=\"8\">o</text>\n"
		    "<text x=\"40\" y=\"47\" textLength=\"8\">c</text>\n"
		    "</svg>\n</figure>\n" },
		{ "open block", "```\nx", "<pre>\nx\n</pre>\n" },
		{ "empty block", "```\n```\nx", "<p>x</p>\n" },
		{ "link with words", "=> a.gmi A\nof <b>\n=> b.gmi B\n\nc\n",
		    "<ul class=\"links\">\n<li><a href=\"a.html\">A</a>\n"
		    "<p>of &lt;b&gt;</p></li>\n<li><a href=\"b.html\">B</a>"
		    "</li>\n</ul>\n<p>c</p>\n" },
		{ "last links", "=> a.gmi A\nx\n\n=> b.gmi B\n\n",
		    "<ul class=\"links\">\n<li><a href=\"a.html\">A</a>\n"
		    "<p>x</p></li>\n</ul>\n</main>\n<nav>\n<ul class="
		    "\"links\">\n<li><a href=\"b.html\">B</a></li>\n</ul>\n"
		    "</nav>\n" },
		{ "the package", "=> gemini://h.example/qj.gpub All\nx\n\ny\n",
		    "<ul class=\"links\">\n<li><a href=\"../qj.gpub\">All" },
		{ "another language", "=> ../fa/economy.gmi F\nx\n\ny\n",
		    "<ul class=\"links\">\n<li><a href=\"../fa/economy.html\" "
		    "rel=\"alternate\" hreflang=\"fa\" lang=\"fa\" dir=\"rtl\">F" },
		{ "Chinese words", "A (江·河、海) 2018年。\n",
		    "<p>A (<span lang=\"zh-Hans\">江·河、海</span>) 2018<span "
		    "lang=\"zh-Hans\">年</span>。</p>\n" },
		{ "kana", "かな\n", "<p>かな</p>\n" },
		{ "note", "* A: b [Note: c]\n* d〔e〕\n", "<ul>\n<li>A: b "
		    "<small>[Note: c]</small></li>\n<li>d <small>〔e〕</small>"
		    "</li>\n</ul>\n" },
		{ "figure and note", "* A: 7 (2018) [Note: c]\n", "<table>\n"
		    "<tr><th scope=\"row\">A <small>[Note: c]</small></th>"
		    "<td>7 <span>(2018)</span></td></tr>\n</table>\n" },
		{ "picture", "=> ../files/a.jpg A \"b\" (JPEG, 64x48, 3 KB)\n"
		    "Seen & drawn\n\u2014 C <d>\n\nx", "<figure "
		    "class=\"picture\">\n<a href=\"../files/a.jpg\"><img "
		    "src=\"../files/a.jpg\" width=\"64\" height=\"48\" "
		    "loading=\"lazy\" alt=\"A &quot;b&quot;\"></a>\n"
		    "<figcaption>Seen &amp; drawn<br>\n<small>C &lt;d&gt;"
		    "</small></figcaption>\n</figure>\n<p>x</p>\n" },
		{ "picture without words", "=> ../files/a.jpg A (PNG, 6x4, 3 "
		    "KB)\n\nx", "<figure class=\"picture\">\n<a href=\""
		    "../files/a.jpg\"><img src=\"../files/a.jpg\" "
		    "width=\"6\" height=\"4\" loading=\"lazy\" alt=\"A\">"
		    "</a>\n</figure>\n<p>x</p>\n" },
		{ "picture of somebody else", "=> https://a/files/a.jpg A "
		    "(JPEG, 64x48, 3 KB)\n\nx", "<ul class=\"links\">\n"
		    "<li><a href=\"https://a/files/a.jpg\">A" },
		{ "document", "=> ../files/a.pdf A (PDF, 3 KB)\nof b\n\nx",
		    "<ul class=\"links\">\n<li><a href=\"../files/a.pdf\">A "
		    "(PDF, 3 KB)</a>\n<p>of b</p></li>\n</ul>\n<p>x" },
		{ "long value", "* A: 7 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		    "xxxxxxxxxxxxxxxxxxxxxxx\n", "<ul>\n<li>A: 7 x" },
	};
	size_t	 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (strncmp(body("en", cases[i].in), cases[i].want,
		    strlen(cases[i].want)) != 0)
			fail_msg("%s: %s", cases[i].name,
			    body("en", cases[i].in));
}

static int
holds_b(const void *arg, const char *path, size_t len)
{
	return arg == site && len == 11 && memcmp(path, "files/b.jpg", 11) == 0;
}

/* A picture that is not held becomes a link with its label. */
static void
held(void **state)
{
	static const char	 text[] =
	    "=> ../files/a.jpg A (JPEG, 64x48, 3 KB)\n\n"
	    "=> ../files/b.jpg B (JPEG, 64x48, 3 KB)\n\nx";
	const char		*s;

	(void)state;
	site->holds = holds_b;
	site->holds_arg = site;
	s = body("en", text);
	site->holds = NULL;
	assert_non_null(strstr(s, ">A (JPEG, 64x48, 3 KB)</a>"));
	assert_null(strstr(s, "src=\"../files/a.jpg\""));
	assert_non_null(strstr(s, "src=\"../files/b.jpg\""));
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

/* Put the widths of a page's bars into out, in order; returns how many. */
static size_t
widths(const char *html, int *out, size_t max)
{
	size_t	 n = 0;

	while (n < max && (html = strstr(html, "<rect ")) != NULL) {
		html = strstr(html, "width=\"");
		out[n++] = atoi(html + 7);
	}
	return n;
}

/*
 * Each value from a thousandth to 10^12 is drawn beside twice and half of it,
 * as every language and separator writes it: the bars have the proportions of
 * the values.
 */
static void
pictures(void **state)
{
	static const struct number_form	 forms[] = {
		{ .thousands = ",", .decimal = ".", .more = "+" },
		{ .thousands = "", .decimal = ".", .more = "多",
		  .myriad = "万", .myriads = "亿" },
		{ .thousands = "", .decimal = ".", .more = "多",
		  .myriad = "萬", .myriads = "億" },
		{ .thousands = ",", .decimal = ".", .more = "+",
		  .myriad = "만", .myriads = "억" },
		{ .thousands = ".", .decimal = ",", .more = "+" },
		{ .thousands = "'", .decimal = ".", .more = "+" },
		{ .thousands = " ", .decimal = ",", .more = "+" },
		{ .thousands = "\u00a0", .decimal = ",", .more = "+" },
		{ .thousands = "\u202f", .decimal = ",", .more = "+" },
		{ .thousands = ",", .decimal = ".", .more = "+", .lakh = 1 },
	};
	static const char *const units[] = { "", "%", "人", " people" };
	static const char *const values[][3] = {
		{ "0.001", "0.002", "0.004" }, { "0.01", "0.02", "0.04" },
		{ "0.1", "0.2", "0.4" }, { "1", "2", "4" },
		{ "10", "20", "40" }, { "100.5", "201", "402" },
		{ "1000", "2000", "4000" }, { "9999", "19998", "39996" },
		{ "10000", "20000", "40000" }, { "7500.5", "15001", "30002" },
		{ "100000", "200000", "400000" },
		{ "123456", "246912", "493824" },
		{ "1000000", "2000000", "4000000" },
		{ "10000000", "20000000", "40000000" },
		{ "100000000", "200000000", "400000000" },
		{ "1000000000", "2000000000", "4000000000" },
		{ "10000000000", "20000000000", "40000000000" },
		{ "100000000000", "200000000000", "400000000000" },
		{ "1000000000000", "2000000000000", "4000000000000" },
	};
	const struct idiom_marks *marks;
	struct idiom_bar	 bar[3];
	struct buf		 b = BUF_INIT, v[3] = { BUF_INIT, BUF_INIT,
				    BUF_INIT };
	int			 w[4];
	size_t			 i, f, u, k;

	(void)state;
	for (i = 0; i < N(values) * N(forms) * N(units); i++) {
		f = i / N(units) % N(forms);
		u = i % N(units);
		marks = forms[f].myriad == NULL ? &idiom_narrow :
		    &idiom_chinese;
		for (k = 0; k < 3; k++) {
			const char	*s = values[i / N(units) / N(forms)][k];

			buf_reset(&v[k]);
			number_write(&v[k], s, &forms[f], 1);
			buf_str(&v[k], units[u]);
			bar[k].name = slice_of("A");
			bar[k].value = slice_of(v[k].data);
			bar[k].number = strtod(s, NULL);
		}
		buf_reset(&b);
		buf_str(&b, "Caption\n");
		idiom_chart_write(&b, marks, "Chart", NULL, bar, 3);
		if (widths(body("en", b.data), w, 4) != 3 || w[0] != 75 ||
		    w[1] != 150 || w[2] != 300)
			fail_msg("%s", b.data);
	}
	for (k = 0; k < 3; k++)
		buf_free(&v[k]);
	buf_free(&b);
}

/*
 * These were drawn wrong once: a number was read up to its mark, or a 0 stopped
 * the chart.
 */
static void
odd_pictures(void **state)
{
	int	 w[5];

	(void)state;
	assert_int_equal(widths(body("en", "P\n``` Bars: A 16,455 people; "
	    "B 300 people; C 0 people\nA ################### 16,455 people\n"
	    "B # 300 people\nC 0 people\n```\n"), w, 5), 3);
	assert_true(w[0] == 300 && w[1] == 5 && w[2] == 0);
	assert_int_equal(widths(body("en", "P\n``` 条形图：甲 1.6万人；乙 9000人\n"
	    "甲 ########################## 1.6万人\n"
	    "乙 ############### 9000人\n```\n"), w, 5), 2);
	assert_true(w[0] == 300 && w[1] == 168);
}

static void
rails(void **state)
{
	static const char *const others[] = {
		"```T\n1 o a\n```\n",			/* one event */
		"```\n1 o a\n2 o b\n```\n",		/* no alt */
		"```T\n1 o a\n  + b\n2 o c\n```\n",	/* no year */
		"```T\n1 o a\n2 | b\n3 o c\n```\n",
		"```T\n1 o a\n   |\n3 o c\n```\n",	/* another column */
		"```T\n1 o a\n\n3 o c\n```\n",
		"```T\n1 o a\n3 oc\n```\n",
		"```T\n1 | a\n3 o c\n4 o d\n```\n",
		"```T\n前1 o a\n前前 c\n3 o d\n```\n",
	};
	size_t	 i;

	(void)state;
	assert_non_null(strstr(body("en", "C\n``` T & t\n前1 o 甲 <b>\n"
	    "    | c\n500 +\n1.2 o\n```\n"),
	    "<figure>\n<figcaption>C</figcaption>\n<svg class=\"rail\" "
	    "viewBox=\"0 0 346 80\" role=\"img\">\n<title>T &amp; t</title>\n"
	    "<rect x=\"45\" y=\"10\" width=\"2\" height=\"60\"/>\n"
	    "<circle cx=\"46\" cy=\"10\" r=\"5\"/>\n"
	    "<text class=\"end\" x=\"34\" y=\"15\">前1</text>\n"
	    "<text x=\"58\" y=\"15\">甲 &lt;b&gt;</text>\n"
	    "<text x=\"58\" y=\"35\">c</text>\n"
	    "<rect x=\"41\" y=\"49\" width=\"10\" height=\"2\"/>\n"
	    "<text class=\"end\" x=\"34\" y=\"55\">500</text>\n"
	    "<circle cx=\"46\" cy=\"70\" r=\"5\"/>\n"
	    "<text class=\"end\" x=\"34\" y=\"75\">1.2</text>\n"
	    "</svg>\n</figure>\n"));
	assert_non_null(strstr(body("en", "```T\no a\n|\no b\n```\n"),
	    "class=\"rail\""));
	for (i = 0; i < N(others); i++)
		if (strstr(body("en", others[i]), "class=\"rail\"") != NULL)
			fail_msg("%s", others[i]);
}

/* Lines of a megabyte: code that reads a line anew at each byte would hang. */
static void
long_lines(void **state)
{
	static const char *const starts[] = {
		"```aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
		"```T\n",
	};
	struct buf	 b = BUF_INIT;
	size_t		 i, k, n;

	(void)state;
	for (i = 0; i < N(starts); i++) {
		buf_reset(&b);
		buf_str(&b, starts[i]);
		for (k = 0; k < 4; k++) {
			for (n = 0; n < 1000000; n++)
				buf_ch(&b, i == 0 && n % 2 ? '-' : ' ');
			buf_str(&b, k % 2 ? "o x\n" : "o y\n");
		}
		buf_str(&b, "```\n");
		assert_true(buf_ok(&b));
		body("en", b.data);
	}
	buf_free(&b);
}

static void
frame(void **state)
{
	struct buf	 b = BUF_INIT;
	const struct slice about[2] = { slice_of("a < b"),
				    slice_of(NULL) };
	struct err	 e;

	(void)state;
	assert_int_equal(html_page(site, site_table_page(site, "en",
	    "economy"), "x", 1, &b, &e), 0);
	assert_non_null(strstr(b.data, "<title>A &amp; B · Qianjiang</title>"));
	assert_non_null(strstr(b.data, "<html lang=\"en\">"));
	buf_free(&b);
	assert_int_equal(html_page(site, site_table_page(site, "fa",
	    "economy"), "x", 1, &b, &e), 0);
	assert_non_null(strstr(b.data, "<html lang=\"fa\" dir=\"rtl\">"));
	buf_free(&b);
	assert_int_equal(html_chooser(site, NULL, NULL, &b, &e), 0);
	assert_non_null(strstr(b.data, "<a lang=\"fa\" dir=\"rtl\" "
	    "hreflang=\"fa\" href=\"fa/index.html\">T</a>"));
	assert_non_null(strstr(b.data, "<h2><a href=\"en/index.html\">English"
	    "</a></h2>\n<h3>S</h3>\n<ul class=\"links\">\n<li><a href=\""
	    "en/economy.html\">A &amp; B</a></li>\n</ul>"));
	assert_null(strstr(b.data, "<img"));
	buf_free(&b);
	assert_int_equal(html_chooser(site, about, "cover.png", &b, &e), 0);
	assert_non_null(strstr(b.data, "</h2>\n<p>a &lt; b</p>\n<h3>"));
	assert_non_null(strstr(b.data, "<img src=\"cover.png\" alt=\"\">"));
	buf_free(&b);
}

/* What the home page is about, and to which pages a feed links. */
static void
about_and_feed(void **state)
{
	static const char	 feed[] = "<link type=\"text/gemini\" "
				    "href=\"index.gmi\"/>"
				    "<link type=\"text/gemini\" "
				    "href=\"gemini://a/b.gmi\"/>"
				    "<link type=\"text/gemini\" href=\"";
	struct buf		 b = BUF_INIT;
	struct slice		 s;

	(void)state;
	s = html_about("# T\n\n> Notice\n\nA place.\nMore.\n", 31);
	assert_int_equal(s.len, 8);
	assert_memory_equal(s.at, "A place.", 8);
	assert_null(html_about("# T\n=> a.gmi b\ntext\n", 20).at);
	assert_null(html_about("", 0).at);
	html_feed(feed, strlen(feed), &b);
	assert_string_equal(b.data, "<link type=\"text/html\" "
	    "href=\"index.html\"/><link type=\"text/gemini\" "
	    "href=\"gemini://a/b.gmi\"/><link type=\"text/gemini\" href=\"");
	buf_free(&b);
}

/*
 * On a page from right to left numbers are isolated and charts begin on the
 * right.  Other text is not changed.
 */
static void
right_to_left(void **state)
{
	static const struct { const char *in, *want; } all[] = {
		{ "آ 2026-01-15 ب\n",
		    "<p>آ <bdi dir=\"ltr\">2026-01-15</bdi> ب</p>" },
		{ "ت +98 21 88-55, ب\n",
		    "<p>ت <bdi dir=\"ltr\">+98 21 88-55</bdi>, ب" },
		{ "ت (021) 88 55.\n",
		    "<p>ت <bdi dir=\"ltr\">(021) 88 55</bdi>.</p>" },
		{ "ت ۰۲۱ ۷۶۳ (۰۰)\n", "<bdi dir=\"ltr\">۰۲۱ ۷۶۳</bdi> (" },
		{ "۱۷٬۸۴۵ نفر\n", "<p><bdi dir=\"ltr\">۱۷٬۸۴۵</bdi> نفر" },
		{ "آ: 08:30–12:00.\n",
		    ": <bdi dir=\"ltr\">08:30–12:00</bdi>.</p>" },
		{ "<5 (<)\n", "<p><bdi dir=\"ltr\">&lt;5</bdi> (&lt;)</p>" },
		{ "08:30 10:15\n", "<bdi dir=\"ltr\">08:30</bdi> "
		    "<bdi dir=\"ltr\">10:15</bdi>" },
		{ "آ 4.5% و -3 ب-2\n", "<bdi dir=\"ltr\">4.5%</bdi> و "
		    "<bdi dir=\"ltr\">-3</bdi> ب-<bdi dir=\"ltr\">2</bdi>" },
		{ "آ 5, 6 A4 3km CO2/7 km² ب\n", "<bdi dir=\"ltr\">5</bdi>, "
		    "<bdi dir=\"ltr\">6</bdi> A4 3km CO2/7 km² ب" },
		{ "* آ: ۱۲ (۱۴۰۳)\n", "<td><bdi dir=\"ltr\">۱۲</bdi> <span>("
		    "<bdi dir=\"ltr\">۱۴۰۳</bdi>)</span></td>" },
		{ "=> ../en/economy.gmi E 5\n\nx\n",
		    "lang=\"en\" dir=\"ltr\">E 5</a>" },
		{ "آ\n```B: x 2; y 4\nx #### 2\ny ######## 4\n```\n",
		    "<text x=\"380\" y=\"54\">y</text>\n<rect x=\"80\" y=\"60\" "
		    "width=\"300\" height=\"14\"/>\n<text x=\"74\" y=\"72\">4" },
		{ "```a to b\no a\n\n  o b\n```\n", "direction=\"ltr\">" },
	};
	size_t	 i;

	(void)state;
	for (i = 0; i < N(all); i++)
		if (strstr(body("fa", all[i].in), all[i].want) == NULL)
			fail_msg("%s: %s", all[i].in, body("fa", all[i].in));
	assert_null(strstr(body("en", "a 2026-01-15\n"), "<bdi"));
}

/* rel of links: the next page, the one before, the same in another language. */
static void
ways(void **state)
{
	static const struct { const char *name, *dir, *in, *want; } cases[] = {
		{ "both", "en", "x\n\n=> b.gmi Next: B\n=> a_2.gmi Previous: A\n",
		    "b.html next a_2.html prev " },
		{ "other words", "en", "x\n=> b.gmi Nexts: B\n=> a.gmi Up: A\n"
		    "=> c.gmi Next\n", "" },
		{ "not at the end", "en", "=> b.gmi Next: B\nx\n", "" },
		{ "outside", "en", "x\n=> https://a.example/b.gmi Next: B\n"
		    "=> //a.example/b.gmi Next: B\n=> ../a/b.gmi Next: B\n"
		    "=> b.txt Next: B\n", "" },
		{ "escaped", "en", "x\n=> b\"<.gmi Next: B\n=> b'.gmi "
		    "Next: B\n", "b'.html next " },
		{ "the capsule's word", "fa", "x\n=> b.gmi پس: B\n"
		    "=> c.gmi قبلی: C\n=> d.gmi بعدی: D\n",
		    "b.html next c.html prev " },
		{ "the language's word", "zh", "x\n=> b.gmi 下一页：B\n"
		    "=> c.gmi Next: B\n", "b.html next " },
		{ "another language", "en", "x\n\n=> ../zh/economy.gmi 经济\n"
		    "\ny\n", "../zh/economy.html alternate " },
		{ "another page of it", "en", "x\n\n=> ../zh/conomy.gmi 经济\n"
		    "=> ../zh/my-economy.gmi 经济\n=> ../zh/economy.txt a\n"
		    "=> ../en/economy.gmi a\n=> ../xx/economy.gmi a\n\ny\n",
		    "" },
	};
	struct site_page	 page = { .id = "economy", .title = "T",
				     .section = "s" };
	struct buf		 b = BUF_INIT, got = BUF_INIT;
	struct err		 e;
	const char		*at, *href;
	size_t			 i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_reset(&b);
		buf_reset(&got);
		page.dir = (char *)cases[i].dir;
		assert_int_equal(html_page(site, &page, cases[i].in,
		    strlen(cases[i].in), &b, &e), 0);
		for (at = strstr(b.data, "<main>"); (at = strstr(at,
		    "\" rel=\"")) != NULL; at += 7) {
			for (href = at; href[-1] != '"'; href--)
				;
			buf_add(&got, href, (size_t)(at - href));
			buf_ch(&got, ' ');
			buf_add(&got, at + 7, strcspn(at + 7, "\""));
			buf_ch(&got, ' ');
		}
		if (strcmp(got.data == NULL ? "" : got.data,
		    cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].name, got.data);
	}
	buf_free(&b);
	buf_free(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
cmocka_unit_test(ways),
		cmocka_unit_test(held), cmocka_unit_test(bars),
		cmocka_unit_test(pictures), cmocka_unit_test(odd_pictures),
		cmocka_unit_test(rails), cmocka_unit_test(frame),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(about_and_feed),
		cmocka_unit_test(right_to_left),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
