/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/test.h"
#include "proto/gopher.h"

static const uint8_t *u8(const char *);

static const uint8_t *
u8(const char *s)
{
	return (const uint8_t *)s;
}

static void
requests(void **state)
{
	static const struct {
		const char *name, *s; size_t len; int rv;
		const char *selector, *search; enum gopher_plus plus;
	} cases[] = {
		{ "empty", "\r\n", 0, 1, "", NULL, GOPHER_PLAIN },
		{ "bare LF", "\n", 0, 1, "", NULL, GOPHER_PLAIN },
		{ "slash", "/\r\n", 0, 1, "/", NULL, GOPHER_PLAIN },
		{ "selector", "/en/a\r\n", 0, 1, "/en/a", NULL, GOPHER_PLAIN },
		{ "selector, LF", "en/a\n", 0, 1, "en/a", NULL,
		    GOPHER_PLAIN },
		{ "behind it", "a\r\nb\r\n", 0, 1, "a", NULL, GOPHER_PLAIN },
		{ "search", "/s\ttwo words\r\n", 0, 1, "/s", "two words",
		    GOPHER_PLAIN },
		{ "empty search", "/s\t\r\n", 0, 1, "/s", "", GOPHER_PLAIN },
		{ "GB2312 search", "/s\t\xc7\xad\r\n", 0, 1, "/s",
		    "\xc7\xad", GOPHER_PLAIN },
		{ "search with plus", "/s\tw\t+\r\n", 0, 1, "/s", "w",
		    GOPHER_PLUS },
		{ "search and junk", "/s\tw\tx\ty\r\n", 0, 1, "/s", "w",
		    GOPHER_PLAIN },
		{ "search for a sum", "/s\t$100\r\n", 0, 1, "/s", "$100",
		    GOPHER_PLAIN },
		{ "search for +5", "/s\t+5\r\n", 0, 1, "/s", "+5",
		    GOPHER_PLAIN },
		{ "directory", "\t$\r\n", 0, 1, "", NULL, GOPHER_PLUS_DIR },
		{ "directory views", "/en\t$+VIEWS\r\n", 0, 1, "/en", NULL,
		    GOPHER_PLUS_DIR },
		{ "attributes", "/en\t!\r\n", 0, 1, "/en", NULL,
		    GOPHER_PLUS_INFO },
		{ "plus", "/en\t+\r\n", 0, 1, "/en", NULL, GOPHER_PLUS },
		{ "plus view", "a\t+text/plain En_US\r\n", 0, 1, "a", NULL,
		    GOPHER_PLUS },
		{ "plus with data flag", "a\t+\t1\r\n", 0, 1, "a", NULL,
		    GOPHER_PLUS },
		{ "nothing", "", 0, 0, NULL, NULL, GOPHER_PLAIN },
		{ "part", "/en", 0, 0, NULL, NULL, GOPHER_PLAIN },
		{ "inside CRLF", "/en\r", 0, 0, NULL, NULL, GOPHER_PLAIN },
		{ "nul", "/e\0n\r\n", 6, -1, NULL, NULL, GOPHER_PLAIN },
		{ "escape", "/e\x1b[m\r\n", 0, -1, NULL, NULL, GOPHER_PLAIN },
		{ "CR inside", "/e\rn\r\n", 0, -1, NULL, NULL, GOPHER_PLAIN },
		{ "escape in search", "s\t\x1b\r\n", 0, -1, NULL, NULL,
		    GOPHER_PLAIN },
	};
	struct gopher_request	 r;
	const char		*why;
	size_t			 i, len;
	int			 rv;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		len = cases[i].len != 0 ? cases[i].len : strlen(cases[i].s);
		rv = gopher_request_parse(u8(cases[i].s), len, &r, &why);
		if (rv != cases[i].rv)
			fail_msg("%s: %d", cases[i].name, rv);
		if (rv != 1)
			continue;
		if (r.len != strlen(cases[i].selector) ||
		    memcmp(r.selector, cases[i].selector, r.len) != 0)
			fail_msg("%s: selector", cases[i].name);
		if (r.has_search != (cases[i].search != NULL) ||
		    (r.has_search &&
		    (r.searchlen != strlen(cases[i].search) ||
		    memcmp(r.search, cases[i].search, r.searchlen) != 0)))
			fail_msg("%s: search", cases[i].name);
		if (r.plus != cases[i].plus)
			fail_msg("%s: plus %d", cases[i].name, (int)r.plus);
		assert_int_equal(r.greeting, GREETING_GOPHER);
	}
}

static void
greetings(void **state)
{
	static const struct {
		const char *name, *s; enum gopher_greeting is;
	} cases[] = {
		{ "TLS", "\x16\x03\x01", GREETING_TLS },
		{ "one byte of TLS", "\x16", GREETING_TLS },
		{ "HTTP", "GET / HTTP/1.1\r\n", GREETING_HTTP },
		{ "HTTP, LF", "GET / HTTP/1.0\n", GREETING_HTTP },
		{ "HTTP/2", "PRI * HTTP/2.0\r\n", GREETING_HTTP },
		{ "HEAD", "HEAD /x HTTP/1.1\r\nHost: h\r\n",
		    GREETING_HTTP },
		{ "a selector", "GET me\r\n", GREETING_GOPHER },
		{ "a page on it", "/HTTP/1.1\r\n", GREETING_GOPHER },
	};
	struct gopher_request	 r;
	const char		*why;
	size_t			 i;
	int			 rv;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		rv = gopher_request_parse(u8(cases[i].s), strlen(cases[i].s),
		    &r, &why);
		if (r.greeting != cases[i].is ||
		    rv != (cases[i].is == GREETING_GOPHER ? 1 : -1))
			fail_msg("%s: %d", cases[i].name, rv);
	}
}

static void
lengths(void **state)
{
	struct gopher_request	 r;
	const char		*why;
	char			 s[1100];

	(void)state;
	memset(s, 'a', sizeof(s));
	memcpy(s + 1024, "\r\n", 2);
	assert_int_equal(gopher_request_parse(u8(s), 1024, &r, &why), 0);
	assert_int_equal(gopher_request_parse(u8(s), 1025, &r, &why), 0);
	assert_int_equal(gopher_request_parse(u8(s), 1026, &r, &why), 1);
	assert_int_equal(r.len, 1024);
	s[1024] = '\n';
	assert_int_equal(gopher_request_parse(u8(s), 1025, &r, &why), 1);
	memcpy(s + 1024, "a\n", 2);
	assert_int_equal(gopher_request_parse(u8(s), 1025, &r, &why), -1);
	assert_int_equal(gopher_request_parse(u8(s), 1026, &r, &why), -1);
}

static void
items(void **state)
{
	static const struct {
		const char *name, *s; size_t len; int rv; char type;
		const char *display, *selector, *host; unsigned port;
	} cases[] = {
		{ "plain", "0Clinic\t/clinic\thost\t70", 0, 0, '0', "Clinic",
		    "/clinic", "host", 70 },
		{ "info", "i\t\tx\t0", 0, 0, 'i', "", "", "x", 0 },
		{ "plus", "1A\ta\th\t70\t+", 0, 0, '1', "A", "a", "h", 70 },
		{ "UTF-8", "0\xe6\xb0\xb4\ts\th\t7", 0, 0, '0',
		    "\xe6\xb0\xb4", "s", "h", 7 },
		{ "port wraps", "0Clinic\t/clinic\thost\t65606", 0, -1, 0,
		    NULL, NULL, NULL, 0 },
		{ "port letters", "0A\ta\th\t7x", 0, -1, 0, NULL, NULL, NULL,
		    0 },
		{ "no port", "0A\ta\th\t", 0, -1, 0, NULL, NULL, NULL, 0 },
		{ "three fields", "0A\ta\th", 0, -1, 0, NULL, NULL, NULL, 0 },
		{ "no TAB", "iText", 0, -1, 0, NULL, NULL, NULL, 0 },
		{ "empty", "", 0, -1, 0, NULL, NULL, NULL, 0 },
		{ "end mark", ".", 0, -1, 0, NULL, NULL, NULL, 0 },
		{ "TAB as type", "\ta\tb\t1", 0, -1, 0, NULL, NULL, NULL, 0 },
		{ "nul", "0A\0\ta\th\t70", 10, -1, 0, NULL, NULL, NULL, 0 },
		{ "CR", "0A\ta\th\r\t70", 0, -1, 0, NULL, NULL, NULL, 0 },
	};
	struct gopher_item	 it;
	struct buf		 b = BUF_INIT;
	const char		*why;
	size_t			 i, len;
	int			 rv;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		len = cases[i].len != 0 ? cases[i].len : strlen(cases[i].s);
		rv = gopher_item_parse(cases[i].s, len, &it, &why);
		if (rv != cases[i].rv)
			fail_msg("%s: %d", cases[i].name, rv);
		if (rv == -1)
			continue;
		if (it.type != cases[i].type || it.port != cases[i].port ||
		    it.displaylen != strlen(cases[i].display) ||
		    memcmp(it.display, cases[i].display, it.displaylen) ||
		    it.selectorlen != strlen(cases[i].selector) ||
		    memcmp(it.selector, cases[i].selector, it.selectorlen) ||
		    it.hostlen != strlen(cases[i].host) ||
		    memcmp(it.host, cases[i].host, it.hostlen))
			fail_msg("%s: fields", cases[i].name);
		buf_reset(&b);
		assert_int_equal(gopher_item_write(&b, it.type, it.display,
		    it.displaylen, it.selector, it.selectorlen,
		    cases[i].host, it.port), 0);
		if (it.plus == 0 && (b.len != len + 2 ||
		    memcmp(b.data, cases[i].s, len) != 0))
			fail_msg("%s: written \"%s\"", cases[i].name, b.data);
	}
	buf_free(&b);
}

static void
refuses_to_write(void **state)
{
	struct buf	 b = BUF_INIT;
	char		 s[GOPHER_SEL_MAX + 1];

	(void)state;
	memset(s, 'a', sizeof(s));
	assert_int_equal(gopher_item_write(&b, '0', "a\tb", 3, "s", 1, "h",
	    70), -1);
	assert_int_equal(gopher_item_write(&b, '0', "a", 1, "s\r\n", 3, "h",
	    70), -1);
	assert_int_equal(gopher_item_write(&b, '0', "a", 1, "s", 1, "h\n",
	    70), -1);
	assert_int_equal(gopher_item_write(&b, '0', "a", 1, s, sizeof(s),
	    "h", 70), -1);
	assert_int_equal(gopher_item_write(&b, '0', "a", 1, "s", 1, "h",
	    65536), -1);
	assert_int_equal(b.len, 0);
	assert_int_equal(gopher_item_write(&b, '0', "a", 1, s,
	    sizeof(s) - 1, "h", 70), 0);
	buf_reset(&b);
	gopher_error_write(&b, "Not found");
	assert_string_equal(b.data, "3Not found\t\terror.host\t1\r\n.\r\n");
	buf_free(&b);
}

static void
ends(void **state)
{
	struct buf	 b = BUF_INIT;

	(void)state;
	assert_int_equal(gopher_has_end("x.\r\n", 4), 0);
	assert_int_equal(gopher_has_end(".\r\n", 3), 1);
	assert_int_equal(gopher_has_end("\n", 1), 0);
	gopher_text_write("a\n.b\r\n\nlast", 11, &b);
	assert_string_equal(b.data, "a\r\n .b\r\n\r\nlast\r\n");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests), cmocka_unit_test(greetings),
		cmocka_unit_test(lengths), cmocka_unit_test(items),
		cmocka_unit_test(refuses_to_write), cmocka_unit_test(ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
