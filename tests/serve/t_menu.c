#include "base/buf.h"
#include "lib/test.h"
#include "serve/menu.h"

static void
plus(void **state)
{
	static const char	 two[] = "iHello\t\tx\t0\r\n1A\ta\th\t70\r\n"
				    ".\r\n";
	struct buf		 b = BUF_INIT;

	(void)state;
	menu_plus_dir(two, strlen(two), &b);
	assert_string_equal(b.data, "+-1\r\n+INFO: iHello\t\tx\t0\r\n"
	    "+INFO: 1A\ta\th\t70\r\n.\r\n");
	buf_reset(&b);
	menu_plus_info(two, strlen(two), 1, "/en", 3, "h", 70, &b);
	assert_string_equal(b.data, "+-1\r\n+INFO: 1Hello\t/en\th\t70\r\n"
	    ".\r\n");
	buf_reset(&b);
	menu_plus_info("\r\nTitle\r\n", 9, 0, "a", 1, "h", 70, &b);
	assert_string_equal(b.data, "+-1\r\n+INFO: 0Title\ta\th\t70\r\n"
	    ".\r\n");
	buf_reset(&b);
	menu_plus_reply("Text\r\n", 6, &b);
	assert_string_equal(b.data, "+6\r\nText\r\n");
	buf_reset(&b);
	menu_plus_reply("Text\r\n.\r\n", 9, &b);
	assert_string_equal(b.data, "+-1\r\nText\r\n.\r\n");
	buf_free(&b);
	assert_int_equal(menu_has_end("x.\r\n", 4), 0);
	assert_int_equal(menu_has_end(".\r\n", 3), 1);
	assert_int_equal(menu_has_end("\n", 1), 0);
}

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
		if (menu_url_page(cases[i].url, strlen(cases[i].url), &b) !=
		    (cases[i].ok ? 0 : -1))
			fail_msg("%s", cases[i].name);
		if (!cases[i].ok && b.len != 0)
			fail_msg("%s: wrote", cases[i].name);
	}
	buf_reset(&b);
	menu_url_page("http://a/?b&c='d'", 17, &b);
	assert_non_null(strstr(b.data,
	    "<a href=\"http://a/?b&amp;c=&#39;d&#39;\">"));
	buf_free(&b);
}

static void
text(void **state)
{
	struct buf	 b = BUF_INIT;

	(void)state;
	menu_text("a\n.b\r\n\nlast", 11, &b);
	assert_string_equal(b.data, "a\r\n .b\r\n\r\nlast\r\n");
	buf_reset(&b);
	menu_http_answer("::1", 70, &b);
	assert_non_null(strstr(b.data, "gopher://[::1]:70/"));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plus),
		cmocka_unit_test(url_pages), cmocka_unit_test(text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
