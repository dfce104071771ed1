/* SPDX-License-Identifier: ISC */
/* URLs of sources, what is sent to them, and where redirects may lead. */
#include "lib/test.h"

#include "base/buf.h"
#include "base/err.h"
#include "mirror/source.h"

static void
urls(void **state)
{
	static const struct {
		const char	*url;
		int		 rv;
		enum source_kind kind;
		const char	*host;
		unsigned	 port;
		const char	*path;
	} t[] = {
		{ "spartan://clinic.example/qianjiang/", 0, SOURCE_SPARTAN,
		    "clinic.example", 300, "/qianjiang" },
		{ "spartan://a.example:3000/a%20b", -1, 0, NULL, 0, NULL },
		{ "gemini://clinic.example", 0, SOURCE_GEMINI,
		    "clinic.example", 1965, "" },
		{ "gemini://Clinic.Example:1966/qianjiang", 0, SOURCE_GEMINI,
		    "clinic.example", 1966, "/qianjiang" },
		{ "gopher://[::1]:7070/", 0, SOURCE_GOPHER, "::1", 7070, "" },
		{ "gopher://a.example", 0, SOURCE_GOPHER, "a.example", 70,
		    "" },
		{ "gopher://a.example/1", 0, SOURCE_GOPHER, "a.example", 70,
		    "" },
		{ "gopher://a.example/1/qianjiang/", 0, SOURCE_GOPHER,
		    "a.example", 70, "/qianjiang" },
		{ "gopher://a.example/qianjiang", 0, SOURCE_GOPHER,
		    "a.example", 70, "/qianjiang" },
		{ "file:///media/a%20stick/q.gpub", 0, SOURCE_FILE, "", 0,
		    "/media/a stick/q.gpub" },
		{ "file://localhost/q.gpub", 0, SOURCE_FILE, "", 0,
		    "/q.gpub" },
		{ "file://other/q.gpub", -1, 0, NULL, 0, NULL },
		{ "file:///", -1, 0, NULL, 0, NULL },
		{ "file:///a%00b", -1, 0, NULL, 0, NULL },
		{ "http://a.example/", 0, SOURCE_HTTP, "a.example", 80, "" },
		{ "https://a.example/~me/Q_1/", 0, SOURCE_HTTP, "a.example",
		    443, "/~me/Q_1" },
		{ "https://a.example:8443", 0, SOURCE_HTTP, "a.example", 8443,
		    "" },
		{ "ftp://a.example/", -1, 0, NULL, 0, NULL },
		{ "http://me@a.example/", -1, 0, NULL, 0, NULL },
		{ "http://a.example/x?y", -1, 0, NULL, 0, NULL },
		{ "http://a.example/x//y", -1, 0, NULL, 0, NULL },
		{ "http://a.example/x/%2e%2e/y", -1, 0, NULL, 0, NULL },
		{ "http://a.example/./y", -1, 0, NULL, 0, NULL },
		{ "a.example", -1, 0, NULL, 0, NULL },
		{ "", -1, 0, NULL, 0, NULL },
		{ "gopher://", -1, 0, NULL, 0, NULL },
		{ "gopher://a.example:0", -1, 0, NULL, 0, NULL },
		{ "gopher://a.example:65536", -1, 0, NULL, 0, NULL },
		{ "gemini://me@a.example", -1, 0, NULL, 0, NULL },
		{ "gemini://a.example/?q", -1, 0, NULL, 0, NULL },
		{ "gemini://a.example/a/b", 0, SOURCE_GEMINI, "a.example",
		    1965, "/a/b" },
		{ "gemini://a.example/../x", -1, 0, NULL, 0, NULL },
		/* Nothing of a URL may add a line or a field. */
		{ "gopher://a.example/1/qj%0d%0aHELO", -1, 0, NULL, 0, NULL },
		{ "gopher://a.example/1/qj%09x", -1, 0, NULL, 0, NULL },
		{ "gopher://a.example/1/qj\r\n/x", -1, 0, NULL, 0, NULL },
		{ "gopher://a.example%0d%0a/", -1, 0, NULL, 0, NULL },
		{ "gemini://a.example/qj%20x", -1, 0, NULL, 0, NULL },
	};
	struct source	 s;
	struct err	 e;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(t); i++) {
		print_message("# %s\n", t[i].url);
		assert_int_equal(source_parse(&s, t[i].url, &e), t[i].rv);
		if (t[i].rv == -1) {
			assert_int_equal(e.status, STATUS_CANNOT);
			continue;
		}
		assert_int_equal(s.kind, t[i].kind);
		assert_string_equal(s.host, t[i].host);
		assert_int_equal(s.port, t[i].port);
		assert_string_equal(s.path, t[i].path);
		source_free(&s);
	}
}

static void
requests(void **state)
{
	static const struct {
		const char	*url, *want;
	} t[] = {
		{ "gopher://a.example", "/.apeng/up/-\r\n" },
		{ "gopher://a.example/1/qj-1", "/qj-1/.apeng/up/-\r\n" },
		{ "gemini://a.example",
		    "gemini://a.example/.apeng/up/-\r\n" },
		{ "http://a.example", "http://a.example/.apeng/up/-" },
		{ "https://a.example:80/x/y",
		    "https://a.example:80/x/y/.apeng/up/-" },
		{ "spartan://a.example:3000/qjx",
		    "a.example /qjx/.apeng/up/- 0\r\n" },
		{ "spartan://[2001:db8::1]",
		    "[2001:db8::1] /.apeng/up/- 0\r\n" },
		{ "gemini://a.example:1965",
		    "gemini://a.example/.apeng/up/-\r\n" },
		{ "gemini://[2001:db8::1]:99/qjx",
		    "gemini://[2001:db8::1]:99/qjx/.apeng/up/-\r\n" },
	};
	struct source	 s;
	struct buf	 b = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(t); i++) {
		assert_int_equal(source_parse(&s, t[i].url, NULL), 0);
		buf_reset(&b);
		source_request(&s, "/.apeng/up/-", &b);
		assert_string_equal(b.data, t[i].want);
		source_free(&s);
	}
	buf_free(&b);
}

static void
order(void **state)
{
	static const char *const given[] = { "gemini://a.example",
	    "gopher://b.example", "file:///c", "gemini://d.example",
	    "gopher://e.example" };
	static const char *const want[] = { "gopher://b.example", "file:///c",
	    "gopher://e.example", "gemini://a.example",
	    "gemini://d.example" };
	struct source	 s[N(given)];
	size_t		 i;

	(void)state;
	for (i = 0; i < N(given); i++)
		assert_int_equal(source_parse(&s[i], given[i], NULL), 0);
	source_sort(s, N(given));
	for (i = 0; i < N(given); i++) {
		assert_string_equal(s[i].url, want[i]);
		source_free(&s[i]);
	}
}

static void
redirects(void **state)
{
	static const struct {
		const char	*meta, *url, *host;
		unsigned	 port;
	} t[] = {
		{ "/x/.apeng/up/-", "gemini://a.example:1966/x/.apeng/up/-",
		    "a.example", 1966 },
		{ "gemini://B.example/up", "gemini://B.example/up",
		    "b.example", 1965 },
		{ "//c.example:7/up", "gemini://c.example:7/up",
		    "c.example", 7 },
		{ "gopher://b.example/1/up", NULL, NULL, 0 },
		{ "https://b.example/", NULL, NULL, 0 },
		{ "file:///etc/passwd", NULL, NULL, 0 },
		{ "gemini://me@b.example/", NULL, NULL, 0 },
		{ "gemini:///up", NULL, NULL, 0 },
		{ "gemini://b.example:0/", NULL, NULL, 0 },
		{ "/a b", NULL, NULL, 0 },
		{ "/a\r\nb", NULL, NULL, 0 },
		{ "gemini://b.example/#x", NULL, NULL, 0 },
	};
	struct source	 s;
	struct buf	 url = BUF_INIT;
	struct err	 e;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(t); i++) {
		print_message("# case %zu\n", i);
		assert_int_equal(source_parse(&s, "gemini://a.example:1966",
		    NULL), 0);
		buf_reset(&url);
		buf_str(&url, "gemini://a.example:1966/.apeng/up/-");
		assert_int_equal(source_redirect(&s, &url, t[i].meta,
		    strlen(t[i].meta), &e), t[i].url == NULL ? -1 : 0);
		if (t[i].url != NULL) {
			assert_string_equal(url.data, t[i].url);
			assert_string_equal(s.host, t[i].host);
			assert_int_equal(s.port, t[i].port);
		}
		source_free(&s);
	}
	buf_free(&url);
}

int
main(void)
{
	static const struct CMUnitTest	 t[] = {
		cmocka_unit_test(urls),
		cmocka_unit_test(requests),
		cmocka_unit_test(order),
		cmocka_unit_test(redirects),
	};

	return cmocka_run_group_tests(t, NULL, NULL);
}
