/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "base/err.h"
#include "lib/test.h"
#include "proto/url.h"

static void	 want(const char *, const char *, const struct url_part *,
		    const char *);

/* NULL: the part must be absent. */
static void
want(const char *name, const char *part, const struct url_part *p,
    const char *s)
{
	if (p->given != (s != NULL))
		fail_msg("%s: %s: given %d", name, part, p->given);
	if (s != NULL && (strlen(s) != p->len ||
	    (p->len > 0 && memcmp(s, p->at, p->len) != 0)))
		fail_msg("%s: %s: \"%.*s\"", name, part, (int)p->len, p->at);
}

static void
good(void **state)
{
	static const struct {
		const char	*name, *url, *scheme, *userinfo, *host;
		int		 port;			/* -1: none */
		const char	*path, *query, *fragment;
		enum url_host	 kind;
	} cases[] = {
		{ "plain", "gemini://h.example/a/b", "gemini", NULL,
		    "h.example", -1, "/a/b", NULL, NULL, URL_NAME },
		{ "all parts", "s://u:p@h:7/p?q#f", "s", "u:p", "h", 7, "/p",
		    "q", "f", URL_NAME },
		{ "all empty", "s://@:/?#", "s", "", "", -1, "/", "", "",
		    URL_NO_HOST },
		{ "no path", "gemini://h", "gemini", NULL, "h", -1, "", NULL,
		    NULL, URL_NAME },
		{ "empty port", "gemini://h:/", "gemini", NULL, "h", -1, "/",
		    NULL, NULL, URL_NAME },
		{ "port 0", "gemini://h:0/", "gemini", NULL, "h", 0, "/",
		    NULL, NULL, URL_NAME },
		{ "leading zeros", "gemini://h:0001965/", "gemini", NULL,
		    "h", 1965, "/", NULL, NULL, URL_NAME },
		{ "IPv4", "gemini://127.0.0.1:1965/", "gemini", NULL,
		    "127.0.0.1", 1965, "/", NULL, NULL, URL_IP4 },
		{ "almost IPv4", "gemini://127.0.0.256/", "gemini", NULL,
		    "127.0.0.256", -1, "/", NULL, NULL, URL_NAME },
		{ "IPv6", "gemini://[2001:db8::1]:70/x", "gemini", NULL,
		    "2001:db8::1", 70, "/x", NULL, NULL, URL_IP6 },
		{ "IPv6 with IPv4", "g://[::ffff:1.2.3.4]", "g", NULL,
		    "::ffff:1.2.3.4", -1, "", NULL, NULL, URL_IP6 },
		{ "future address", "g://[v1.a:b]/", "g", NULL, "v1.a:b", -1,
		    "/", NULL, NULL, URL_IP_FUTURE },
		{ "no authority", "mailto:a@b.example", "mailto", NULL, NULL,
		    -1, "a@b.example", NULL, NULL, URL_NO_HOST },
		{ "relative", "../a.gmi", NULL, NULL, NULL, -1, "../a.gmi",
		    NULL, NULL, URL_NO_HOST },
		{ "empty", "", NULL, NULL, NULL, -1, "", NULL, NULL,
		    URL_NO_HOST },
		{ "colon later", "./a:b", NULL, NULL, NULL, -1, "./a:b",
		    NULL, NULL, URL_NO_HOST },
		{ "network path", "//h/p", NULL, NULL, "h", -1, "/p", NULL,
		    NULL, URL_NAME },
		{ "query marks", "g://h/?a=/?b", "g", NULL, "h", -1, "/",
		    "a=/?b", NULL, URL_NAME },
		{ "question in fragment", "g://h#a?b", "g", NULL, "h", -1,
		    "", NULL, "a?b", URL_NAME },
		{ "escaped", "g://h/%e9%BB%94", "g", NULL, "h", -1,
		    "/%e9%BB%94", NULL, NULL, URL_NAME },
	};
	struct url	 u;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		if (url_parse(cases[i].url, strlen(cases[i].url), &u, NULL))
			fail_msg("%s: refused", cases[i].name);
		want(cases[i].name, "scheme", &u.scheme, cases[i].scheme);
		want(cases[i].name, "user", &u.userinfo, cases[i].userinfo);
		want(cases[i].name, "host", &u.host, cases[i].host);
		want(cases[i].name, "path", &u.path, cases[i].path);
		want(cases[i].name, "query", &u.query, cases[i].query);
		want(cases[i].name, "fragment", &u.fragment,
		    cases[i].fragment);
		if (u.has_port != (cases[i].port != -1) ||
		    (u.has_port && (int)u.port != cases[i].port))
			fail_msg("%s: port %u", cases[i].name, u.port);
		if (u.kind != cases[i].kind)
			fail_msg("%s: kind %d", cases[i].name, (int)u.kind);
	}
}

static void
bad(void **state)
{
	static const struct { const char *name, *url; size_t len; } cases[] = {
		{ "nul", "g://h/a\0b", 9 },
		{ "nul in the host", "g://a\0b/", 8 },
		{ "space", "g://h/a b", 0 },
		{ "escape byte", "g://h/\x1b", 0 },
		{ "delete", "g://h/\x7f", 0 },
		{ "raw UTF-8", "g://h/\xe9\xbb\x94", 0 },
		{ "backslash", "g://h\\x/", 0 },
		{ "bracket in path", "g://h/[x]", 0 },
		{ "cut escape", "g://h/%4", 0 },
		{ "bad escape", "g://h/%zz", 0 },
		{ "port wraps", "g://h:65536/", 0 },
		{ "port wraps far", "g://h:99999999999999999999/", 0 },
		{ "port letters", "g://h:19a/", 0 },
		{ "two ports", "g://h:1:2/", 0 },
		{ "two users", "g://a@b@c/", 0 },
		{ "open bracket", "g://[::1/", 0 },
		{ "bracket alone", "g://::1]/", 0 },
		{ "after bracket", "g://[::1]x/", 0 },
		{ "empty literal", "g://[]/", 0 },
		{ "no IPv6", "g://[1:2]/", 0 },
		{ "zone", "g://[fe80::1%25eth0]/", 0 },
		{ "future without dot", "g://[v1]/", 0 },
		{ "scheme by digit", "1g://h/", 0 },
		{ "no scheme", "://h/", 0 },
		{ "byte order mark", "\xef\xbb\xbfg://h/", 0 },
		{ "hash in fragment", "g://h/#a#b", 0 },
	};
	struct err	 e;
	struct url	 u;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (url_parse(cases[i].url, cases[i].len != 0 ? cases[i].len :
		    strlen(cases[i].url), &u, &e) != -1)
			fail_msg("%s: taken", cases[i].name);
}

static void
clean_path(void **state)
{
	static const struct { const char *name, *path, *clean; } cases[] = {
		{ "empty", "", "" },
		{ "root", "/", "/" },
		{ "plain", "/en/a.gmi", "/en/a.gmi" },
		{ "unreserved", "/%65%6e/%7e%2D", "/en/~-" },
		{ "case of escapes", "/%c3%a9", "/%C3%A9" },
		{ "slash stays escaped", "/a%2fb", "/a%2Fb" },
		{ "no double decoding", "/%252e%252e/", "/%252e%252e/" },
		{ "nul stays escaped", "/%00", "/%00" },
		{ "one dot", "/a/./b", "/a/b" },
		{ "two dots", "/a/b/../c", "/a/c" },
		{ "above the root", "/../../etc/passwd", "/etc/passwd" },
		{ "escaped dots", "/a/%2e%2E/b", "/b" },
		{ "last dot", "/a/.", "/a/" },
		{ "last dots", "/a/b/..", "/a/" },
		{ "only dots", "/..", "/" },
		{ "three dots", "/.../a", "/.../a" },
		{ "dot file", "/.apeng/up/-", "/.apeng/up/-" },
		{ "double slash", "//a//b", "//a//b" },
		{ "RFC 3986", "/a/b/c/./../../g", "/a/g" },
	};
	char	 out[64];
	size_t	 i, n;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		n = url_clean_path(out, cases[i].path, strlen(cases[i].path));
		if (n != strlen(cases[i].clean) ||
		    memcmp(out, cases[i].clean, n) != 0)
			fail_msg("%s: \"%.*s\"", cases[i].name, (int)n, out);
	}
}

static void
clean_host(void **state)
{
	static const struct { const char *name, *url, *host; } cases[] = {
		{ "case", "gemini://QianJiang.Example/", "qianjiang.example" },
		{ "escaped", "gemini://%6cocal%68ost/", "localhost" },
		{ "reserved stays", "gemini://a%2fb/", "a%2fb" },
		{ "last dot", "gemini://h.example./", "h.example" },
		{ "IPv6", "gemini://[2001:DB8::A]/", "2001:db8::a" },
		{ "none", "gemini:///", "" },
	};
	struct url	 u;
	char		 out[URL_HOST_MAX + 1], big[600];
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		assert_int_equal(url_parse(cases[i].url,
		    strlen(cases[i].url), &u, NULL), 0);
		if (url_clean_host(out, &u) != strlen(cases[i].host) ||
		    strcmp(out, cases[i].host) != 0)
			fail_msg("%s: \"%s\"", cases[i].name, out);
	}
	memset(big, 'a', sizeof(big));
	memcpy(big, "g://", 4);
	assert_int_equal(url_parse(big, 4 + URL_HOST_MAX, &u, NULL), 0);
	assert_int_equal(url_clean_host(out, &u), URL_HOST_MAX);
	assert_int_equal(url_parse(big, 5 + URL_HOST_MAX, &u, NULL), 0);
	assert_int_equal(url_clean_host(out, &u), 0);
}

static void
codes(void **state)
{
	struct buf	 b = BUF_INIT;
	char		 out[64];
	size_t		 n;

	(void)state;
	url_encode(&b, "a b/\xe6\xb0\xb4?", 8);
	assert_string_equal(b.data, "a%20b%2F%E6%B0%B4%3F");
	n = url_decode(out, b.data, b.len);
	assert_int_equal(n, 8);
	assert_memory_equal(out, "a b/\xe6\xb0\xb4?", 8);
	assert_int_equal(url_decode(out, "%", 1), 1);
	assert_int_equal(url_decode(out, "%4", 2), 2);
	assert_int_equal(url_decode(out, "%41", 3), 1);
	assert_int_equal(url_decode(out, "+", 1), 1);
	assert_int_equal(out[0], '+');
	buf_free(&b);
}

static void
resolve(void **state)
{
	static const struct { const char *base, *ref, *is; } cases[] = {
		/* RFC 3986, 5.4, but for "g;x" forms that add nothing. */
		{ "http://a/b/c/d;p?q", "g:h", "g:h" },
		{ "http://a/b/c/d;p?q", "g", "http://a/b/c/g" },
		{ "http://a/b/c/d;p?q", "./g", "http://a/b/c/g" },
		{ "http://a/b/c/d;p?q", "g/", "http://a/b/c/g/" },
		{ "http://a/b/c/d;p?q", "/g", "http://a/g" },
		{ "http://a/b/c/d;p?q", "//g", "http://g" },
		{ "http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y" },
		{ "http://a/b/c/d;p?q", "g?y", "http://a/b/c/g?y" },
		{ "http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s" },
		{ "http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q" },
		{ "http://a/b/c/d;p?q", ".", "http://a/b/c/" },
		{ "http://a/b/c/d;p?q", "..", "http://a/b/" },
		{ "http://a/b/c/d;p?q", "../../g", "http://a/g" },
		{ "http://a/b/c/d;p?q", "../../../g", "http://a/g" },
		{ "http://a/b/c/d;p?q", "g?y/./x", "http://a/b/c/g?y/./x" },
		{ "gemini://h", "a:/b/..//c", "a:/.//c" },
		{ "gemini://h", "a.gmi", "gemini://h/a.gmi" },
		{ "gemini://[::1]:70/x", "y", "gemini://[::1]:70/y" },
	};
	struct buf	 b = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		buf_reset(&b);
		if (url_resolve(cases[i].base, strlen(cases[i].base),
		    cases[i].ref, strlen(cases[i].ref), &b, NULL) == -1 ||
		    strcmp(b.data, cases[i].is) != 0)
			fail_msg("\"%s\": \"%s\"", cases[i].ref, b.data);
	}
	assert_int_equal(url_resolve("/a", 2, "b", 1, &b, NULL), -1);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good), cmocka_unit_test(bad),
		cmocka_unit_test(clean_path), cmocka_unit_test(clean_host),
		cmocka_unit_test(codes), cmocka_unit_test(resolve),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
