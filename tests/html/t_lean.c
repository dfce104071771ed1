/* SPDX-License-Identifier: ISC */
/* What html_lean() leaves out of a document, and what it must not. */
#include <string.h>

#include "base/buf.h"
#include "html/lean.h"
#include "lib/test.h"

static const struct {
	const char	*name, *in, *want;
} cases[] = {
	{ "nothing", "", "" },
	{ "head and body", "<!doctype html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<title>A\nb</title>\n</head>\n<body>\n"
	    "<main>\n<h1>A</h1>\n</main>\n</body>\n</html>\n",
	    "<!doctype html><html lang=en><meta charset=utf-8><title>A\nb"
	    "</title><main><h1>A</h1></main>" },
	{ "a body that says something", "<body class=\"chooser\">\n<main>",
	    "<body class=chooser><main>" },
	{ "a body whose text would go to the head", "<body>\n<p>a</p>\n",
	    "<body><p>a" },
	{ "quotes", "<a href=\"a.html\" class=\"\" title=\"a b\" id=\"a=b\" "
	    "lang=\"a'\" rel=\"`\" dir=\"a\tb\">", "<a href=a.html class=\"\" "
	    "title=\"a b\" id=\"a=b\" lang=\"a'\" rel=\"`\" dir=\"a\tb\">" },
	{ "a slash behind a value", "<rect x=\"1\" y=\"2\"/><a href=\"../\">a"
	    "</a><rect id=\"a b\"/>", "<rect x=1 y=2 /><a href=../>a</a>"
	    "<rect id=\"a b\"/>" },
	{ "words are left as they are", "<p>a &lt;b c=&quot;d&quot;&gt; \"e\""
	    "</p>", "<p>a &lt;b c=&quot;d&quot;&gt; \"e\"" },
	{ "items", "<ul>\n<li>a</li>\n<li><p>b</p></li>\n</ul>\n<p>c</p>\n",
	    "<ul><li>a<li><p>b</ul><p>c" },
	{ "a paragraph in front of text", "<div><p>a</p>\nb</div>",
	    "<div><p>a</p>b</div>" },
	{ "a paragraph in front of what is no block",
	    "<p>a</p>\n<svg><text>b</text>\n</svg>\n<p>c</p><span>d</span>",
	    "<p>a</p><svg><text>b</text>\n</svg><p>c</p><span>d</span>" },
	{ "a paragraph in a link", "<a href=\"b\"><p>a</p></a>",
	    "<a href=b><p>a</p></a>" },
	{ "a figure of which a browser may know nothing", "<p>a</p>\n<figure>\n"
	    "<figcaption>b</figcaption>\n<svg role=\"img\">\n<title>c</title>"
	    "\n<text x=\"0\">d</text>\n<rect/>\n</svg>\n</figure>\n<p>e</p>\n",
	    "<p>a</p><figure>\n<figcaption>b</figcaption>\n<svg role=img>\n"
	    "<title>c</title>\n<text x=0>d</text>\n<rect/>\n</svg>\n</figure>"
	    "<p>e" },
	{ "a table", "<table>\n<caption>a</caption>\n<thead>\n<tr><th>b</th>"
	    "</tr>\n</thead>\n<tbody>\n<tr><th>c</th><td>d</td></tr>\n<tr><td>"
	    "e</td></tr>\n</tbody>\n<tfoot>\n<tr><td>f</td></tr>\n</tfoot>\n"
	    "</table>", "<table><caption>a</caption><thead><tr><th>b<tbody>"
	    "<tr><th>c<td>d<tr><td>e<tfoot><tr><td>f</table>" },
	{ "a table's end without a foot", "<tbody>\n<tr><td>a</td></tr>\n"
	    "</tbody>\n</table>", "<tbody><tr><td>a</table>" },
	{ "blanks that show", "<p><a>a</a>\n<a>b</a> <small>c</small>\nd\n"
	    "<br>\ne</p>\n", "<p><a>a</a>\n<a>b</a> <small>c</small>\nd<br>e" },
	{ "lines of a block", "<p>a</p>\n<pre>\n\n <b id=\"c\">x</b>\n<i>\n"
	    "</pre>\n<p>\nb</p>\n", "<p>a</p><pre>\n\n <b id=c>x</b>\n<i>\n"
	    "</pre><p>b" },
	{ "a heading keeps its end", "<h2>a</h2>\n<h3>b</h3>\n",
	    "<h2>a</h2><h3>b</h3>" },
	{ "cut in a tag", "<p>a</p>\n<a href=\"b", "<p>a</p><a href=\"b>" },
	{ "cut in a name", "<p>a\n</", "<p>a\n</>" },
};

static void
lean(void **state)
{
	struct buf	 b = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		buf_reset(&b);
		html_lean(cases[i].in, strlen(cases[i].in), &b);
		if (strcmp(b.data == NULL ? "" : b.data, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].name, b.data);
	}
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lean) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
