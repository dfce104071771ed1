/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/test.h"
#include "proto/gemini.h"

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
	} cases[] = {
		{ "plain", "gemini://h/\r\n", 0, 1 },
		{ "no path", "gemini://h\r\n", 0, 1 },
		{ "capitals", "GEMINI://H/\r\n", 0, 1 },
		{ "other scheme", "https://h/\r\n", 0, 1 },
		{ "no authority", "mailto:a@b\r\n", 0, 1 },
		{ "bytes behind", "gemini://h/\r\n\0\xff", 15, 1 },
		{ "nothing yet", "", 0, 0 },
		{ "part", "gemini://h", 0, 0 },
		{ "inside CRLF", "gemini://h/\r", 0, 0 },
		{ "empty line", "\r\n", 0, -1 },
		{ "bare LF", "gemini://h/\n", 0, -1 },
		{ "bare CR", "gemini://h/\ra", 0, -1 },
		{ "two CR", "gemini://h/\r\r\n", 0, -1 },
		{ "user", "gemini://u@h/\r\n", 0, -1 },
		{ "empty user", "gemini://@h/\r\n", 0, -1 },
		{ "fragment", "gemini://h/#f\r\n", 0, -1 },
		{ "empty fragment", "gemini://h/#\r\n", 0, -1 },
		{ "relative", "/a\r\n", 0, -1 },
		{ "no scheme", "//h/a\r\n", 0, -1 },
		{ "no host", "gemini:///a\r\n", 0, -1 },
		{ "no authority, ours", "gemini:a\r\n", 0, -1 },
		{ "nul", "gemini://h/\0\r\n", 14, -1 },
		{ "nul before the end", "gemini://h/\0", 12, -1 },
		{ "tab", "gemini://h/\ta\r\n", 0, -1 },
		{ "escape", "gemini://h/\x1b[m\r\n", 0, -1 },
		{ "delete", "gemini://h/\x7f\r\n", 0, -1 },
		{ "space", "gemini://h/a b\r\n", 0, -1 },
		{ "BOM", "\xef\xbb\xbfgemini://h/\r\n", 0, -1 },
		{ "raw UTF-8", "gemini://h/\xe9\xbb\x94\r\n", 0, -1 },
		{ "overlong", "gemini://h/\xc0\xaf\r\n", 0, -1 },
		{ "port wraps", "gemini://h:67501/\r\n", 0, -1 },
		{ "open bracket", "gemini://[::1/\r\n", 0, -1 },
		{ "nonsense", "hello\r\n", 0, -1 },
	};
	struct gemini_request	 r;
	const char		*why;
	size_t			 i, len, cut;
	int			 rv;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		len = cases[i].len != 0 ? cases[i].len : strlen(cases[i].s);
		rv = gemini_request_parse(u8(cases[i].s), len, &r, &why);
		if (rv != cases[i].rv)
			fail_msg("%s: %d", cases[i].name, rv);
		/* A good request is unfinished at every earlier byte. */
		if (rv == 1)
			for (cut = 0; cut < r.len + 2; cut++)
				if (gemini_request_parse(u8(cases[i].s), cut,
				    &r, &why) != 0)
					fail_msg("%s: at %zu",
					    cases[i].name, cut);
	}
}

static void
lengths(void **state)
{
	struct gemini_request	 r;
	const char		*why;
	char			 s[1100];

	(void)state;
	memset(s, 'a', sizeof(s));
	memcpy(s, "gemini://h/", 11);
	memcpy(s + 1024, "\r\n", 2);
	assert_int_equal(gemini_request_parse(u8(s), 1024, &r, &why), 0);
	assert_int_equal(gemini_request_parse(u8(s), 1025, &r, &why), 0);
	assert_int_equal(gemini_request_parse(u8(s), 1026, &r, &why), 1);
	assert_int_equal(r.len, 1024);
	memcpy(s + 1024, "a\r\n", 3);
	assert_int_equal(gemini_request_parse(u8(s), 1025, &r, &why), -1);
	assert_int_equal(gemini_request_parse(u8(s), 1027, &r, &why), -1);
	memcpy(s + 1024, "\ra", 2);
	assert_int_equal(gemini_request_parse(u8(s), 1026, &r, &why), -1);
}

static void
headers(void **state)
{
	static const struct {
		const char *name, *s; int rv, status; const char *meta;
	} cases[] = {
		{ "page", "20 text/gemini; lang=zh-Hans\r\n# x", 1, 20,
		    "text/gemini; lang=zh-Hans" },
		{ "error", "51 Not found\r\n", 1, 51, "Not found" },
		{ "error, no meta", "51\r\n", 1, 51, "" },
		{ "error, empty meta", "51 \r\n", 1, 51, "" },
		{ "redirect", "31 /en/\r\n", 1, 31, "/en/" },
		{ "UTF-8", "40 \xe6\xb0\xb4\r\n", 1, 40, "\xe6\xb0\xb4" },
		{ "nothing", "", 0, 0, NULL },
		{ "digit", "2", 0, 0, NULL },
		{ "part", "20 text", 0, 0, NULL },
		{ "inside CRLF", "20 text\r", 0, 0, NULL },
		{ "no meta", "20\r\n", -1, 0, NULL },
		{ "status 70", "70 x\r\n", -1, 0, NULL },
		{ "status 09", "09 x\r\n", -1, 0, NULL },
		{ "one digit", "2 text/gemini\r\n", -1, 0, NULL },
		{ "three digits", "200 text/gemini\r\n", -1, 0, NULL },
		{ "tab", "20\ttext/gemini\r\n", -1, 0, NULL },
		{ "bare LF", "20 text/gemini\n", -1, 0, NULL },
		{ "control", "20 a\x1b\r\n", -1, 0, NULL },
		{ "not UTF-8", "20 \xff\r\n", -1, 0, NULL },
		{ "HTTP", "HTTP/1.1 200 OK\r\n", -1, 0, NULL },
		{ "BOM", "\xef\xbb\xbf" "20 a\r\n", -1, 0, NULL },
	};
	struct gemini_header	 h;
	const char		*why;
	char			 s[1100];
	size_t			 i;
	int			 rv;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		rv = gemini_header_parse(u8(cases[i].s), strlen(cases[i].s),
		    &h, &why);
		if (rv != cases[i].rv)
			fail_msg("%s: %d", cases[i].name, rv);
		if (rv == 1 && (h.status != cases[i].status ||
		    h.metalen != strlen(cases[i].meta) ||
		    memcmp(h.meta, cases[i].meta, h.metalen) != 0))
			fail_msg("%s: %d %.*s", cases[i].name, h.status,
			    (int)h.metalen, h.meta);
	}
	memset(s, 'a', sizeof(s));
	memcpy(s, "20 ", 3);
	memcpy(s + 3 + 1024, "\r\n", 2);
	assert_int_equal(gemini_header_parse(u8(s), 1028, &h, &why), 0);
	assert_int_equal(gemini_header_parse(u8(s), 1029, &h, &why), 1);
	assert_int_equal(h.metalen, 1024);
	memcpy(s + 3 + 1024, "a\r\n", 3);
	assert_int_equal(gemini_header_parse(u8(s), 1029, &h, &why), -1);
}

static void
round_trip(void **state)
{
	struct gemini_header	 h;
	struct buf		 b = BUF_INIT;
	const char		*why;

	(void)state;
	gemini_header_write(&b, 20, "text/gemini; lang=en");
	assert_string_equal(b.data, "20 text/gemini; lang=en\r\n");
	assert_int_equal(gemini_header_parse(u8(b.data), b.len, &h, &why), 1);
	assert_int_equal(h.len, b.len);
	buf_reset(&b);
	gemini_header_write(&b, 51, NULL);
	assert_string_equal(b.data, "51\r\n");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests), cmocka_unit_test(lengths),
		cmocka_unit_test(headers), cmocka_unit_test(round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
