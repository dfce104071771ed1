/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/sample.h"
#include "lib/test.h"
#include "serve/answer.h"
#include "serve/sites.h"

static const struct asked	 here = { "127.0.0.1", 300, NULL, 0 };

static const struct {
	const char	*name, *request, *head, *body;
	int		 shown;
} cases[] = {
	{ "root", "localhost / 0\r\n", "2 text/gemini", "# Sample", 20 },
	{ "no path", "localhost  0\r\n", "2 text/gemini", "# Sample", 20 },
	{ "page", "localhost /en/history.gmi 0\r\n", "2 text/gemini; lang=en",
	    "# History", 20 },
	{ "public name", "sample.example /zh/ 0\r\n",
	    "2 text/gemini; lang=zh-Hans",
	    "# 样本", 20 },
	{ "its port", "localhost:300 / 0\r\n", "2 text/gemini", "# Sample",
	    20 },
	{ "another port", "localhost:70 / 0\r\n",
	    "4 This host is not served here", NULL, 53 },
	{ "address", "127.0.0.1 / 0\r\n", "2 text/gemini", "# Sample", 20 },
	{ "another address", "::1 / 0\r\n", "4 This host is not served here",
	    NULL, 53 },
	{ "another host", "other.example / 0\r\n",
	    "4 This host is not served here", NULL, 53 },
	{ "user", "a@localhost / 0\r\n", "4 Host and path make no URL", NULL,
	    59 },
	{ "folder", "localhost /en 0\r\n", "3 /en/", NULL, 31 },
	{ "by id", "localhost /sample 0\r\n", "3 /sample/", NULL, 31 },
	{ "by id, folder", "localhost /sample/zh 0\r\n", "3 /sample/zh/",
	    NULL, 31 },
	{ "by id, page", "localhost /sample/en/facts.gmi 0\r\n",
	    "2 text/gemini; lang=en", "# Facts", 20 },
	{ "csv", "localhost /data/figures.csv 0\r\n", "2 text/csv",
	    "id,value", 20 },
	{ "package", "localhost /sample.gpub 0\r\n",
	    "2 application/gpub+zip", "PK\x03\x04", 20 },
	{ "head", "localhost /.apeng/head 0\r\n",
	    "2 application/octet-stream", "apeng-head 1\n", 20 },
	{ "head, no dot", "localhost /apeng/head 0\r\n",
	    "2 application/octet-stream", "apeng-head 1\n", 20 },
	{ "compact", "localhost /apeng/u/- 0\r\n",
	    "2 application/octet-stream", NULL, 20 },
	{ "edition", "localhost /.apeng/up/- 0\r\n",
	    "2 application/octet-stream", NULL, 20 },
	{ "no blob", "localhost /.apeng/b/0123456789abcdef/0 0\r\n",
	    "4 No such edition or blob", NULL, 51 },
	{ "malformed blob", "localhost /.apeng/b/0/0 0\r\n",
	    "4 No edition, or no blob and offset", NULL, 59 },
	{ "unknown", "localhost /none 0\r\n", "4 No such page", NULL, 51 },
	{ "traversal", "localhost /../../etc/passwd 0\r\n",
	    "4 No such page", NULL, 51 },
	{ "escaped traversal", "localhost /%2e%2e/%2e%2e/x 0\r\n",
	    "4 No such page", NULL, 51 },
	{ "double slash", "localhost //en/ 0\r\n", "4 No such page", NULL,
	    51 },
	{ "bad escape", "localhost /%zz 0\r\n", "4 Host and path make no URL",
	    NULL, 59 },
	{ "prompt", "localhost /search 0\r\n", "2 text/gemini; lang=en",
	    "# Search\n\n=: /search Search\n", 20 },
	{ "prompt in Chinese", "localhost /zh/search.gmi 0\r\n",
	    "2 text/gemini; lang=zh-Hans",
	    "# 搜索\n\n=: /zh/search 搜索\n", 20 },
	{ "words in Chinese", "localhost /search 6\r\n样本",
	    "2 text/gemini; lang=zh-Hans", "# 搜索\n", 20 },
	{ "prompt by id", "localhost /sample/search 0\r\n",
	    "2 text/gemini; lang=en",
	    "# Search\n\n=: /sample/search Search\n", 20 },
	{ "words", "localhost /search 5\r\nriver", "2 text/gemini; lang=en",
	    "# Search\n\nPages found", 20 },
	{ "words and more bytes", "localhost /search 5\r\nriverzzz",
	    "2 text/gemini; lang=en", "# Search\n\nPages found", 20 },
	{ "words on a prompt's page", "localhost /en/search.gmi 5\r\nriver",
	    "2 text/gemini; lang=en", "# Search\n\nPages found", 20 },
	{ "words in the path", "localhost /search?river 0\r\n",
	    "2 text/gemini; lang=en", "# Search\n\nPages found", 20 },
	{ "second page", "localhost /search/2 5\r\nriver",
	    "2 text/gemini; lang=en",
	    "# Search", 20 },
	{ "too many words", "localhost /search 513\r\n",
	    "4 At most 512 bytes of words", NULL, 59 },
	{ "upload", "localhost /en/history.gmi 12\r\n",
	    "4 Nothing can be uploaded here", NULL, 59 },
	{ "large upload", "localhost /new 999999999999999999\r\nabc",
	    "4 Nothing can be uploaded here", NULL, 59 },
	{ "not a request", "GET / HTTP/1.1\r\n", "4 The length is not a number",
	    NULL, 59 },
};

static void
answers(void **state)
{
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 1);
	struct reply		 r;
	size_t			 i, n;

	(void)state;
	reply_init(&r);
	for (i = 0; i < N(cases); i++) {
		if (answer_spartan(ss, &here, (const uint8_t *)
		    cases[i].request, strlen(cases[i].request), &r) != 1)
			fail_msg("%s: no answer", cases[i].name);
		n = strlen(cases[i].head);
		if (r.head.len < n + 2 || strncmp(r.head.data, cases[i].head,
		    n) != 0 || memcmp(r.head.data + n, "\r\n", 2) != 0 ||
		    r.status != cases[i].shown)
			fail_msg("%s: %d %s", cases[i].name, r.status,
			    r.head.data);
		if (cases[i].head[0] != '2' ? r.len != 0 :
		    cases[i].body != NULL && (r.len < strlen(cases[i].body) ||
		    memcmp(r.body, cases[i].body, strlen(cases[i].body)) != 0))
			fail_msg("%s: %.*s", cases[i].name, (int)r.len,
			    r.body != NULL ? (const char *)r.body : "");
		reply_reset(&r);
	}
	reply_free(&r);
	sites_free(ss);
}

/* The words come behind the line, in pieces; what is no search waits not. */
static void
pieces(void **state)
{
	static const char	 s[] = "localhost /search 5\r\nriver";
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 1);
	struct reply		 r;
	size_t			 i;

	(void)state;
	reply_init(&r);
	for (i = 0; i < sizeof(s) - 1; i++)
		assert_int_equal(answer_spartan(ss, &here, (const uint8_t *)s,
		    i, &r), 0);
	assert_int_equal(answer_spartan(ss, &here, (const uint8_t *)s, i, &r),
	    1);
	reply_free(&r);
	sites_free(ss);
}

static void
limited(void **state)
{
	static const char	 s[] = "localhost /search 5\r\nriver";
	static const struct asked late = { "127.0.0.1", 300, NULL, 7 };
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 1);
	struct reply		 r;
	struct buf		 b = BUF_INIT;

	(void)state;
	reply_init(&r);
	assert_int_equal(answer_spartan(ss, &late, (const uint8_t *)s,
	    sizeof(s) - 1, &r), 1);
	assert_int_equal(r.status, 44);
	assert_string_equal(r.head.data,
	    "5 Too many searches, wait 7 seconds\r\n");
	busy_spartan(&b, NULL, 0, "Too many requests", 3);
	assert_string_equal(b.data, "5 Too many requests, wait 3 seconds\r\n");
	buf_free(&b);
	reply_free(&r);
	sites_free(ss);
}

/* The directory of packages; its words are a data block, waited for. */
static void
directory(void **state)
{
	static const char	 first[] = "localhost /apeng/packages 0\r\n";
	static const char	 words[] = "localhost /apeng/packages/search "
	    "6\r\nsecond";
	static const char	 behind[] = "localhost "
	    "/apeng/packages/search?second 0\r\n";
	static const char	 upload[] = "localhost /apeng/packages 3\r\nabc";
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 1);
	struct reply		 r;

	(void)state;
	assert_int_equal(sites_add(ss, sample_site("second", NULL, 0), NULL),
	    0);
	reply_init(&r);
	assert_int_equal(answer_spartan(ss, &here, (const uint8_t *)first,
	    sizeof(first) - 1, &r), 1);
	assert_int_equal(r.status, 20);
	assert_non_null(memmem(r.body, r.len, "=: /apeng/packages/search", 25));
	assert_non_null(memmem(r.body, r.len, "=> /sample/ ", 12));
	assert_int_equal(answer_spartan(ss, &here, (const uint8_t *)words,
	    sizeof(words) - 2, &r), 0);
	assert_int_equal(answer_spartan(ss, &here, (const uint8_t *)words,
	    sizeof(words) - 1, &r), 1);
	assert_non_null(memmem(r.body, r.len, "=> /second/ ", 12));
	assert_null(memmem(r.body, r.len, "=> /sample/ ", 12));
	assert_int_equal(answer_spartan(ss, &here, (const uint8_t *)behind,
	    sizeof(behind) - 1, &r), 1);
	assert_non_null(memmem(r.body, r.len, "=> /second/ ", 12));
	assert_int_equal(answer_spartan(ss, &here, (const uint8_t *)upload,
	    sizeof(upload) - 1, &r), 1);
	assert_int_equal(r.status, 59);
	reply_free(&r);
	sites_free(ss);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers), cmocka_unit_test(pieces),
		cmocka_unit_test(limited), cmocka_unit_test(directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
