/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/test.h"
#include "serve/web.h"

static void
url_pages(void **state)
{
	static const struct { const char *name, *url; int ok; } cases[] = {
		{ "http", "http://a.example/", 1 },
		{ "capitals", "HTTPS://a.example/", 1 },
		{ "gemini", "gemini://a.example/x?y=1&z='2'", 1 },
		{ "gopher", "gopher://a.example:70/0a", 1 },
		{ "mailto", "mailto:a@b.example", 1 },
		{ "markup", "http://\"><script>alert(1)</script>", 0 },
		{ "quote", "http://a.example/\"", 0 },
		{ "script", "javascript:alert(1)", 0 },
		{ "data", "data:text/html,x", 0 },
		{ "file", "file:///etc/passwd", 0 },
		{ "telnet", "telnet://a.example/", 0 },
		{ "no scheme", "//a.example/", 0 },
		{ "no host", "http:///x", 0 },
		{ "empty", "", 0 },
		{ "mailto with host", "mailto://a.example", 0 },
		{ "escape byte", "http://a/\x1b[m", 0 },
	};
	struct buf	 b = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		buf_reset(&b);
		if (web_link_page(cases[i].url, strlen(cases[i].url), &b) !=
		    (cases[i].ok ? 0 : -1))
			fail_msg("%s", cases[i].name);
		if (!cases[i].ok && b.len != 0)
			fail_msg("%s: wrote", cases[i].name);
	}
	buf_reset(&b);
	web_link_page("http://a/?b&c='d'", 17, &b);
	assert_non_null(strstr(b.data,
	    "<a href=\"http://a/?b&amp;c=&#39;d&#39;\">"));
	buf_free(&b);
}

static void
refuses(void **state)
{
	struct buf	 b = BUF_INIT;

	(void)state;
	web_refuse("::1", 70, &b);
	assert_non_null(strstr(b.data, "gopher://[::1]:70/"));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(url_pages), cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
