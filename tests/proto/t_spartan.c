/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/test.h"
#include "proto/spartan.h"

static const struct {
	const char	*name, *line;
	int		 rv;
	const char	*host, *path;
	uint64_t	 length;
} cases[] = {
	{ "plain", "example.com /a.txt 0\r\n", 1, "example.com", "/a.txt", 0 },
	{ "data", "h /g 12\r\nHello world!", 1, "h", "/g", 12 },
	{ "no path", "h  0\r\n", 1, "h", "", 0 },
	{ "most digits", "h / 999999999999999999\r\n", 1, "h", "/",
	    999999999999999999 },
	{ "too many digits", "h / 1000000000000000000\r\n", -1, 0, 0, 0 },
	{ "half a line", "h / 0\r", 0, 0, 0, 0 },
	{ "nothing", "", 0, 0, 0, 0 },
	{ "LF alone", "h / 0\n", -1, 0, 0, 0 },
	{ "CR alone", "h / 0\rx", -1, 0, 0, 0 },
	{ "two fields", "h /\r\n", -1, 0, 0, 0 },
	{ "one field", "h\r\n", -1, 0, 0, 0 },
	{ "empty", "\r\n", -1, 0, 0, 0 },
	{ "no host", " / 0\r\n", -1, 0, 0, 0 },
	{ "no slash", "h a 0\r\n", -1, 0, 0, 0 },
	{ "four fields", "h / 0 0\r\n", -1, 0, 0, 0 },
	{ "negative", "h / -1\r\n", -1, 0, 0, 0 },
	{ "plus", "h / +1\r\n", -1, 0, 0, 0 },
	{ "no length", "h / \r\n", -1, 0, 0, 0 },
	{ "hex", "h / 0x1\r\n", -1, 0, 0, 0 },
	{ "UTF-8", "h /\xc3\xa9 0\r\n", -1, 0, 0, 0 },
	{ "tab", "h\t/ 0\r\n", -1, 0, 0, 0 },
	{ "TLS", "\x16\x03\x01\x02\x00", -1, 0, 0, 0 },
};

static void
requests(void **state)
{
	struct spartan_request	 r;
	const char		*why;
	size_t			 i;
	int			 rv;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		rv = spartan_request_parse((const uint8_t *)cases[i].line,
		    strlen(cases[i].line), &r, &why);
		if (rv != cases[i].rv)
			fail_msg("%s: %d", cases[i].name, rv);
		if (rv == 1 && (r.hostlen != strlen(cases[i].host) ||
		    memcmp(r.host, cases[i].host, r.hostlen) != 0 ||
		    r.pathlen != strlen(cases[i].path) ||
		    memcmp(r.path, cases[i].path, r.pathlen) != 0 ||
		    r.length != cases[i].length ||
		    memcmp(cases[i].line + r.len - 2, "\r\n", 2) != 0))
			fail_msg("%s", cases[i].name);
	}
}

/* As long as it may be, and one byte more, decided at once. */
static void
longest(void **state)
{
	struct spartan_request	 r;
	const char		*why;
	uint8_t			 s[SPARTAN_LINE_MAX + 2];

	(void)state;
	memset(s, 'a', sizeof(s));
	memcpy(s, "h /", 3);
	memcpy(s + SPARTAN_LINE_MAX - 2, " 0\r\n", 4);
	assert_int_equal(spartan_request_parse(s, sizeof(s), &r, &why), 1);
	assert_int_equal(r.len, sizeof(s));
	assert_int_equal(spartan_request_parse(s, sizeof(s) - 1, &r, &why), 0);
	memset(s + SPARTAN_LINE_MAX - 2, 'a', 4);
	assert_int_equal(spartan_request_parse(s, SPARTAN_LINE_MAX, &r, &why),
	    0);
	assert_int_equal(spartan_request_parse(s, SPARTAN_LINE_MAX + 1, &r,
	    &why), -1);
}

static void
headers(void **state)
{
	struct buf	 b = BUF_INIT;

	(void)state;
	spartan_header_write(&b, 2, "text/gemini");
	assert_string_equal(b.data, "2 text/gemini\r\n");
	buf_free(&b);
}

/* First lines of replies, and what is none; each byte by byte. */
static void
replies(void **state)
{
	static const struct {
		const char	*line;
		int		 rv, status;
		const char	*meta;
	} rows[] = {
		{ "2 text/gemini\r\n# A", 1, 2, "text/gemini" },
		{ "3 /en/\r\n", 1, 3, "/en/" }, { "4 \r\n", 1, 4, "" },
		{ "5 busy\r\n", 1, 5, "busy" }, { "", 0, 0, NULL },
		{ "2", 0, 0, NULL }, { "2 text", 0, 0, NULL },
		{ "2 text\r", 0, 0, NULL }, { "1 x\r\n", -1, 0, NULL },
		{ "6 x\r\n", -1, 0, NULL }, { "20 x\r\n", -1, 0, NULL },
		{ "2\r\n", -1, 0, NULL }, { "2 x\n", -1, 0, NULL },
		{ "2 x\ry", -1, 0, NULL }, { "2 a\tb\r\n", -1, 0, NULL },
	};
	struct spartan_header	 h;
	const char		*why;
	uint8_t			 s[SPARTAN_META_MAX + 4];
	size_t			 i;
	int			 rv;

	(void)state;
	for (i = 0; i < N(rows); i++) {
		rv = spartan_header_parse((const uint8_t *)rows[i].line,
		    strlen(rows[i].line), &h, &why);
		if (rv != rows[i].rv || (rv == 1 && (h.status !=
		    rows[i].status || h.metalen != strlen(rows[i].meta) ||
		    memcmp(h.meta, rows[i].meta, h.metalen) != 0)))
			fail_msg("%zu: %d", i, rv);
	}
	memset(s, 'a', sizeof(s));
	memcpy(s, "2 ", 2);
	assert_int_equal(spartan_header_parse(s, sizeof(s), &h, &why), -1);
	memcpy(s + sizeof(s) - 2, "\r\n", 2);
	assert_int_equal(spartan_header_parse(s, sizeof(s), &h, &why), 1);
	assert_int_equal(h.metalen, SPARTAN_META_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests), cmocka_unit_test(longest),
		cmocka_unit_test(headers), cmocka_unit_test(replies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
