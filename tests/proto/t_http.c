/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/test.h"
#include "proto/http.h"

#define H	"\r\nHost: h\r\n\r\n"

static const struct {
	const char	*name, *head;
	int		 rv, status;
} cases[] = {
	{ "plain", "GET / HTTP/1.1" H, 1, 0 },
	{ "HEAD", "HEAD /a?b HTTP/1.1" H, 1, 0 },
	{ "1.0 without a host", "GET / HTTP/1.0\r\n\r\n", 1, 0 },
	{ "empty lines before", "\r\n\r\nGET / HTTP/1.1" H, 1, 0 },
	{ "too many of them", "\r\n\r\n\r\nGET / HTTP/1.1" H, -1, 400 },
	{ "later 1.x", "GET / HTTP/1.9" H, 1, 0 },
	{ "half", "GET / HTTP/1.1\r\nHost: h\r\n", 0, 0 },
	{ "half a CRLF", "GET / HTTP/1.1\r\nHost: h\r\n\r", 0, 0 },
	{ "nothing", "", 0, 0 },
	{ "1.1 without a host", "GET / HTTP/1.1\r\n\r\n", -1, 400 },
	{ "two hosts", "GET / HTTP/1.1\r\nHost: a" H, -1, 400 },
	{ "0.9", "GET /\r\n", -1, 400 },
	{ "2.0", "GET / HTTP/2.0" H, -1, 505 },
	{ "no version", "GET / HTP/1.1" H, -1, 400 },
	{ "small letters", "get / HTTP/1.1" H, -1, 501 },
	{ "POST", "POST / HTTP/1.1" H, -1, 405 },
	{ "unknown", "BREW / HTTP/1.1" H, -1, 501 },
	{ "no method", " / HTTP/1.1" H, -1, 400 },
	{ "space in a target", "GET /a b HTTP/1.1" H, -1, 400 },
	{ "byte in a target", "GET /\xc3\xa9 HTTP/1.1" H, -1, 400 },
	{ "TLS", "\x16\x03\x01\x02", -1, 400 },
	{ "LF alone", "GET / HTTP/1.1\nHost: h\n\n", -1, 400 },
	{ "CR alone", "GET / HTTP/1.1\rHost: h\r\r", -1, 400 },
	{ "CR in a value", "GET / HTTP/1.1\r\nA: b\rc" H, -1, 400 },
	{ "space before a colon", "GET / HTTP/1.1\r\nA : b" H, -1, 400 },
	{ "continued", "GET / HTTP/1.1\r\nA: b\r\n c" H, -1, 400 },
	{ "no colon", "GET / HTTP/1.1\r\nabc" H, -1, 400 },
	{ "no name", "GET / HTTP/1.1\r\n: b" H, -1, 400 },
	{ "no body", "GET / HTTP/1.1\r\nContent-Length: 0" H, 1, 0 },
	{ "body", "GET / HTTP/1.1\r\nContent-Length: 1" H, -1, 400 },
	{ "two zeros", "GET / HTTP/1.1\r\nContent-Length: 00" H, -1, 400 },
	{ "chunks", "GET / HTTP/1.1\r\ntransfer-encoding: chunked" H, -1,
	    400 },
};

static void
heads(void **state)
{
	struct http_request	 r;
	size_t			 i;
	int			 rv, status;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		rv = http_request_parse((const uint8_t *)cases[i].head,
		    strlen(cases[i].head), &r, &status);
		if (rv != cases[i].rv || status != cases[i].status)
			fail_msg("%s: %d, %d", cases[i].name, rv, status);
		if (rv == 1 && r.len != strlen(cases[i].head))
			fail_msg("%s: %zu bytes", cases[i].name, r.len);
	}
}

/* At the limits: what fits is taken, and one byte more is not. */
static void
limits(void **state)
{
	static const char	 fields[] = " HTTP/1.0\r\n";
	struct http_request	 r;
	struct buf		 b = BUF_INIT;
	size_t			 i, n;
	int			 status;

	(void)state;
	for (n = HTTP_TARGET_MAX; n <= HTTP_TARGET_MAX + 1; n++) {
		buf_reset(&b);
		buf_str(&b, "GET ");
		for (i = 0; i < n; i++)
			buf_ch(&b, '/');
		buf_fmt(&b, "%s\r\n", fields);
		assert_int_equal(http_request_parse((uint8_t *)b.data, b.len,
		    &r, &status), n == HTTP_TARGET_MAX ? 1 : -1);
		assert_int_equal(status, n == HTTP_TARGET_MAX ? 0 : 414);
	}
	for (n = HTTP_FIELDS_MAX; n <= HTTP_FIELDS_MAX + 1; n++) {
		buf_reset(&b);
		buf_fmt(&b, "GET /%s", fields);
		for (i = 0; i < n; i++)
			buf_str(&b, "A: b\r\n");
		buf_str(&b, "\r\n");
		assert_int_equal(http_request_parse((uint8_t *)b.data, b.len,
		    &r, &status), n == HTTP_FIELDS_MAX ? 1 : -1);
		assert_int_equal(status, n == HTTP_FIELDS_MAX ? 0 : 431);
	}
	for (n = HTTP_HEAD_MAX; n <= HTTP_HEAD_MAX + 1; n++) {
		buf_reset(&b);
		buf_fmt(&b, "GET /%sA: ", fields);
		while (b.len < n - 4)
			buf_ch(&b, 'a');
		buf_str(&b, "\r\n\r\n");
		assert_int_equal(http_request_parse((uint8_t *)b.data, b.len,
		    &r, &status), n == HTTP_HEAD_MAX ? 1 : -1);
		assert_int_equal(status, n == HTTP_HEAD_MAX ? 0 : 431);
	}
	buf_free(&b);
}

static void
wishes(void **state)
{
	static const struct {
		const char	*fields;
		int		 gzip, keep;
	} w[] = {
		{ "", 0, 1 }, { "Accept-Encoding: gzip\r\n", 1, 1 },
		{ "Accept-Encoding: br, GZIP ;q=0.001\r\n", 1, 1 },
		{ "Accept-Encoding: gzip;q=0, *\r\n", 0, 1 },
		{ "Accept-Encoding: gzip;q=0.000\r\n", 0, 1 },
		{ "Accept-Encoding: *\r\n", 1, 1 },
		{ "Accept-Encoding: gzipped, ,\r\n", 0, 1 },
		{ "Connection: Close\r\n", 0, 0 },
		{ "Connection: TE, close\r\n", 0, 0 },
		{ "Connection: keep-alive\r\n", 0, 1 },
	};
	struct http_request	 r;
	char			 head[200];
	size_t			 i;
	int			 status;

	(void)state;
	for (i = 0; i < N(w); i++) {
		snprintf(head, sizeof(head), "GET / HTTP/1.1\r\n%sHost: h\r\n"
		    "\r\n", w[i].fields);
		assert_int_equal(http_request_parse((uint8_t *)head,
		    strlen(head), &r, &status), 1);
		if (r.gzip != w[i].gzip || r.keep != w[i].keep)
			fail_msg("%s: %d %d", w[i].fields, r.gzip, r.keep);
	}
}

static int
is_known(const void *arg, const char *tag)
{
	const char	*known = strstr(arg, tag);

	return known == NULL || *tag == '\0' ? -1 :
	    (int)(known - (const char *)arg);
}

static void
languages(void **state)
{
	static const struct { const char *field; int at; } w[] = {
		{ "en", 0 }, { "zh", 3 }, { "fr", -1 }, { "fr, zh;q=0.1", 3 },
		{ "en;q=0.2, zh;q=0.3", 3 }, { "zh;q=0.30,en;q=0.5", 0 },
		{ "en;q=0", -1 }, { "zh; q=1.0, en", 3 }, { ",,", -1 },
		{ "a-tag-that-is-longer-than-any-tag-may-be-here, en", 0 },
	};
	struct http_slice	 s;
	size_t			 i;

	(void)state;
	for (i = 0; i < N(w); i++) {
		s.at = w[i].field;
		s.len = strlen(s.at);
		if (http_language(&s, is_known, "en zh") != w[i].at)
			fail_msg("%s", w[i].field);
	}
}

static void
forms(void **state)
{
	static const struct { const char *query, *q; } w[] = {
		{ "q=a", "a" }, { "x=1&q=a+b&p=2", "a b" }, { "q=", "" },
		{ "q=%e4%B8%ad", "\xe4\xb8\xad" }, { "q=%4", "%4" },
		{ "q=%zz", "%zz" }, { "qq=a", NULL }, { "", NULL },
		{ "&&q=a&q=b", "a" }, { "aq=1&q", NULL },
	};
	char	 out[64];
	size_t	 i;
	long	 n;

	(void)state;
	for (i = 0; i < N(w); i++) {
		n = http_form_field(w[i].query, strlen(w[i].query), "q", out);
		if (w[i].q == NULL ? n != -1 : n != (long)strlen(w[i].q) ||
		    memcmp(out, w[i].q, (size_t)n) != 0)
			fail_msg("%s: %ld", w[i].query, n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads), cmocka_unit_test(limits),
		cmocka_unit_test(wishes), cmocka_unit_test(languages),
		cmocka_unit_test(forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
