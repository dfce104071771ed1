/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/sample.h"
#include "lib/test.h"
#include "package/reader.h"
#include "serve/answer.h"
#include "serve/sites.h"

static const struct asked	 here = { "127.0.0.1", 1965, NULL, 0 };

static int	 ask(struct sites *, const struct asked *, const char *,
		    struct reply *);
static void	 want(struct reply *, const char *, const char *,
		    const char *);

static int
ask(struct sites *ss, const struct asked *a, const char *url,
    struct reply *r)
{
	char	 line[2000];
	int	 rv;

	snprintf(line, sizeof(line), "%s\r\n", url);
	reply_reset(r);
	while ((rv = answer_gemini(ss, a, (uint8_t *)line, strlen(line),
	    r)) == ANSWER_LATER)
		while (!reply_work(r))
			continue;
	return rv;
}

/* The status line; body NULL: none wanted, else what it starts with. */
static void
want(struct reply *r, const char *name, const char *head, const char *body)
{
	size_t	 n = strlen(head);

	if (r->head.len < n + 2 || strncmp(r->head.data, head, n) != 0 ||
	    strncmp(r->head.data + n, "\r\n", 2) != 0)
		fail_msg("%s: \"%s\", want \"%s\"", name, r->head.data, head);
	if (atoi(head) != r->status)
		fail_msg("%s: status %d", name, r->status);
	if (body == NULL ? r->len != 0 : r->len < strlen(body) ||
	    memcmp(r->body, body, strlen(body)) != 0)
		fail_msg("%s: body \"%.*s\"", name, (int)r->len,
		    r->body != NULL ? (const char *)r->body : "");
}

static void
pages(void **state)
{
	static const struct { const char *name, *path, *head, *body; }
	cases[] = {
		{ "root", "/", "20 text/gemini", "# Sample" },
		{ "no path", "", "20 text/gemini", "# Sample" },
		{ "English", "/en/history.gmi", "20 text/gemini; lang=en",
		    "# History" },
		{ "Chinese", "/zh/history.gmi",
		    "20 text/gemini; lang=zh-Hans", "# 历史" },
		{ "folder", "/zh/", "20 text/gemini; lang=zh-Hans",
		    "# 样本" },
		{ "unreserved escapes", "/%65n/%68istory%2Egmi",
		    "20 text/gemini; lang=en", "# History" },
		{ "dot segments", "/zh/../en/./facts.gmi",
		    "20 text/gemini; lang=en", "# Facts" },
		{ "query on a page", "/en/facts.gmi?x",
		    "20 text/gemini; lang=en", "# Facts" },
		{ "csv", "/data/figures.csv", "20 text/csv", "id,value" },
		{ "feed", "/feed.xml", "20 application/atom+xml",
		    "<feed/>" },
		{ "robots", "/robots.txt", "20 text/plain", "User-agent" },
		{ "favicon", "/favicon.txt", "20 text/plain", "🏞" },
		{ "cover", "/cover.png", "20 image/png", "\x89PNG" },
		{ "package", "/sample.gpub", "20 application/gpub+zip",
		    "PK\x03\x04" },
		{ "head", "/.apeng/head", "20 application/octet-stream",
		    "apeng-head 1\n" },
		{ "no slash", "/en", "31 /en/", NULL },
		{ "by id", "/sample/en/facts.gmi",
		    "20 text/gemini; lang=en", "# Facts" },
		{ "by id, root", "/sample/", "20 text/gemini", "# Sample" },
		{ "by id, no slash", "/sample", "31 /sample/", NULL },
		{ "by id, folder", "/sample/zh", "31 /sample/zh/", NULL },
		{ "head, no dot", "/apeng/head", "20 application/octet-stream",
		    "apeng-head 1\n" },
		{ "keys", "/apeng/keys", "20 application/octet-stream",
		    "apeng-keys 1\n" },
		{ "compact, everything", "/apeng/u/-",
		    "20 application/octet-stream", "\x28\xb5\x2f\xfd" },
		{ "no dot, everything", "/apeng/up/-",
		    "20 application/octet-stream", "\x28\xb5\x2f\xfd" },
		{ "by id, compact", "/sample/apeng/u/-",
		    "20 application/octet-stream", "\x28\xb5\x2f\xfd" },
		{ "by id, head", "/sample/.apeng/head",
		    "20 application/octet-stream", "apeng-head 1\n" },
		{ "search", "/search", "10 Search / 搜索", NULL },
		{ "search for nothing", "/search?", "10 Search / 搜索",
		    NULL },
		{ "search for a word", "/search?river",
		    "20 text/gemini; lang=en", "# " },
		{ "Chinese word", "/search?%E6%B2%B3",
		    "20 text/gemini; lang=zh-Hans", "# 搜索\n" },
		{ "bytes as words", "/search?%00%FF%1B",
		    "20 text/gemini; lang=en", "# " },
		{ "second page", "/search/2?river", "20 text/gemini; lang=en",
		    "# " },
		{ "search on a Chinese page", "/zh/search.gmi", "10 搜索",
		    NULL },
		{ "for an English word", "/zh/search.gmi?river",
		    "20 text/gemini; lang=zh-Hans", "# 搜索\n" },
		{ "page 2 of it", "/zh/search/2?river",
		    "20 text/gemini; lang=zh-Hans", "# 搜索\n" },
		{ "search on a page", "/en/search", "10 Search", NULL },
		{ "search of no language", "/xx/search", "51 No such page",
		    NULL },
		{ "its page in no language", "/xx/search.gmi",
		    "51 No such page", NULL },
		{ "page 0 in a language", "/zh/search/0?a", "51 No such page",
		    NULL },
		{ "unknown", "/en/none.gmi", "51 No such page", NULL },
		{ "capital letters", "/EN/", "51 No such page", NULL },
		{ "escaped slash", "/en%2Ffacts.gmi", "51 No such page",
		    NULL },
		{ "escaped nul", "/en/facts.gmi%00", "51 No such page",
		    NULL },
		{ "double slash", "//en/facts.gmi", "51 No such page",
		    NULL },
		{ "traversal", "/../../etc/passwd", "51 No such page",
		    NULL },
		{ "escaped traversal", "/%2e%2e/%2e%2e/etc/passwd",
		    "51 No such page", NULL },
		{ "double escapes", "/%252e%252e/x", "51 No such page",
		    NULL },
		{ "absolute", "//etc/passwd", "51 No such page", NULL },
		{ "slash behind a page", "/en/facts.gmi/", "51 No such page",
		    NULL },
		{ "search page 0", "/search/0?a", "51 No such page", NULL },
		{ "search page x", "/search/1x?a", "51 No such page", NULL },
		{ "malformed edition", "/.apeng/up/x",
		    "59 No edition, or no blob and offset", NULL },
		{ "malformed blob", "/.apeng/b/0/0",
		    "59 No edition, or no blob and offset", NULL },
		{ "unknown blob", "/.apeng/b/0123456789abcdef/0",
		    "51 No such edition or blob", NULL },
		{ "no such endpoint", "/.apeng/x",
		    "51 No such edition or blob", NULL },
	};
	struct sites		*ss;
	struct site_names	 names = { 0 };
	struct reply		 r;
	char			 url[300];
	size_t			 i;

	(void)state;
	ss = sample_sites(&names, 1);
	reply_init(&r);
	for (i = 0; i < N(cases); i++) {
		snprintf(url, sizeof(url), "gemini://localhost%s",
		    cases[i].path);
		if (ask(ss, &here, url, &r) != 1)
			fail_msg("%s: no answer", cases[i].name);
		want(&r, cases[i].name, cases[i].head, cases[i].body);
	}
	reply_free(&r);
	sites_free(ss);
}

/* What a mirror that has nothing gets: head, offer, empty line, blob. */
static void
mirrors(void **state)
{
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 1);
	struct reply		 r;
	char			 url[200], *offer, sha[65];
	unsigned long		 size;
	size_t			 full;

	(void)state;
	reply_init(&r);
	ask(ss, &here, "gemini://localhost/.apeng/up/-", &r);
	assert_int_equal(r.status, 20);
	assert_memory_equal(r.head.data,
	    "20 application/octet-stream\r\napeng-head 1\n", 42);
	offer = strstr(r.head.data, "\noffer ");
	assert_non_null(offer);
	assert_int_equal(sscanf(offer, "\noffer %64[0-9a-f] %lu -\n\n", sha,
	    &size), 2);
	assert_int_equal(size, r.len);
	assert_memory_equal(r.body, "\x28\xb5\x2f\xfd", 4);	/* zstd */
	full = r.len;
	snprintf(url, sizeof(url), "gemini://localhost/.apeng/b/%.16s/10",
	    sha);
	ask(ss, &here, url, &r);
	assert_int_equal(r.status, 20);
	assert_int_equal(r.len, full - 10);
	assert_non_null(strstr(r.head.data, "\r\napeng-blob "));
	reply_free(&r);
	sites_free(ss);
}

static void
refusals(void **state)
{
	static const char	*foreign[] = {
		"https://localhost/", "gopher://localhost/", "mailto:a@b",
		"gemini://other.example/", "gemini://localhost:1966/",
		"gemini://localhost:70/", "gemini://localhost:0/",
		"gemini://127.0.0.2/", "gemini://[::1]/",
		"gemini://localhost.example/", "gemini://sample.example.org/",
		"gemini://xsample.example/", "gemini://[v1.a]/",
	};
	static const char	*bad[] = {
		"", "/", "localhost", "gemini:///", "gemini://u@localhost/",
		"gemini://@localhost/", "gemini://localhost/#",
		"gemini://localhost/#a", "gemini://localhost/a b",
		"gemini://localhost/\x1b[2J", "gemini://localhost/\xff",
		"gemini://localhost/黔", "gemini://localhost:70000/",
		"gemini://[::1/", "gemini://localhost/%zz",
		"\xef\xbb\xbfgemini://localhost/", "hello",
	};
	struct sites		*ss;
	struct site_names	 names = { 0 };
	struct reply		 r;
	size_t			 i;

	(void)state;
	ss = sample_sites(&names, 0);
	reply_init(&r);
	for (i = 0; i < N(foreign); i++) {
		assert_int_equal(ask(ss, &here, foreign[i], &r), 1);
		if (r.status != 53 || r.len != 0)
			fail_msg("%s: %d", foreign[i], r.status);
	}
	for (i = 0; i < N(bad); i++) {
		assert_int_equal(ask(ss, &here, bad[i], &r), 1);
		if (r.status != 59 || r.len != 0)
			fail_msg("%s: %d", bad[i], r.status);
	}
	/* Nothing of the request comes back. */
	ask(ss, &here, "gemini://localhost/zqxj", &r);
	assert_null(strstr(r.head.data, "zqxj"));
	/* Unsigned: a head, but nothing to mirror. */
	ask(ss, &here, "gemini://localhost/.apeng/up/-", &r);
	want(&r, "unsigned", "51 This package is not signed: nothing to "
	    "mirror", NULL);
	reply_free(&r);
	sites_free(ss);
}

static void
names_and_ports(void **state)
{
	const char		*host[] = { "Valley.Example", "192.0.2.7",
				    "[2001:db8::7]" };
	struct site_names	 names = { .nhost = 3, .host = host,
				    .port = { [PROTO_GEMINI] = 11965 } };
	struct asked		 inside = { "10.0.0.5", 2965, NULL, 0 };
	struct asked		 mapped = { "::ffff:10.0.0.5", 1965, NULL, 0 };
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;
	static const struct { const char *url; int status; } cases[] = {
		{ "gemini://valley.example:2965/", 20 },
		{ "gemini://VALLEY.example:11965/", 20 },
		{ "gemini://%76alley.example.:2965/", 20 },
		{ "gemini://valley.example/", 53 },	/* means 1965 */
		{ "gemini://valley.example:/", 53 },
		{ "gemini://192.0.2.7:2965/", 20 },
		{ "gemini://[2001:DB8:0::7]:2965/", 20 },
		{ "gemini://10.0.0.5:2965/", 20 },
		{ "gemini://[::ffff:10.0.0.5]:2965/", 20 },
		{ "gemini://10.0.0.6:2965/", 53 },
		{ "gemini://localhost:2965/", 53 },	/* not loopback */
		{ "gemini://sample.example:2965/", 20 },
	};
	size_t			 i;

	(void)state;
	reply_init(&r);
	for (i = 0; i < N(cases); i++) {
		assert_int_equal(ask(ss, &inside, cases[i].url, &r), 1);
		if (r.status != cases[i].status)
			fail_msg("%s: %d", cases[i].url, r.status);
	}
	ask(ss, &mapped, "gemini://10.0.0.5/", &r);
	assert_int_equal(r.status, 20);
	inside.sni = "whatever.example";	/* one package: no matter */
	ask(ss, &inside, "gemini://valley.example:2965/", &r);
	assert_int_equal(r.status, 20);
	reply_free(&r);
	sites_free(ss);
}

/* How often is that in the body? */
static size_t
times(const struct reply *r, const char *what)
{
	const char	*s = (const char *)r->body, *end = s + r->len;
	size_t		 n = 0;

	while ((s = memmem(s, (size_t)(end - s), what, strlen(what))) !=
	    NULL) {
		s += strlen(what);
		n++;
	}
	return n;
}

/* The directory of few packages, of many, and words that are looked for. */
static void
directory(void **state)
{
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;
	size_t			 i;
	char			 id[32];

	(void)state;
	reply_init(&r);
	ask(ss, &here, "gemini://localhost/apeng/packages", &r);
	assert_int_equal(r.status, 51);		/* there is one package */
	ask(ss, &here, "gemini://localhost/apeng/packages/search?x", &r);
	assert_int_equal(r.status, 51);
	for (i = 1; i < 64; i++) {
		snprintf(id, sizeof(id), "district-%zu", i);
		assert_int_equal(sites_add(ss, sample_site(id, NULL, 0),
		    NULL), 0);
	}
	ask(ss, &here, "gemini://localhost/apeng/packages/", &r);
	want(&r, "few", "20 text/gemini", "# Places: 64 / ");
	assert_int_equal(times(&r, "=> /district-"), 63);
	assert_int_equal(times(&r, "=> /sample/ Sample / 样本\n"), 1);
	ask(ss, &here, "gemini://localhost/apeng/packages/s/s", &r);
	assert_int_equal(r.status, 51);
	assert_int_equal(sites_add(ss, sample_site("more", NULL, 0), NULL), 0);
	ask(ss, &here, "gemini://localhost/apeng/packages", &r);
	want(&r, "many", "20 text/gemini", "# Places: 65 / ");
	assert_int_equal(times(&r, "=> /apeng/packages/s/s S (65)\n"), 1);
	assert_int_equal(times(&r, "=> /district-"), 0);
	ask(ss, &here, "gemini://localhost/apeng/packages/zh/s/s", &r);
	want(&r, "Chinese", "20 text/gemini; lang=zh-Hans", "# S\n");
	assert_int_equal(times(&r, "=> /district-"), 63);
	assert_int_equal(times(&r, "=> /more/zh/ 样本\n"), 1);
	ask(ss, &here, "gemini://localhost/apeng/packages/s/0", &r);
	assert_int_equal(r.status, 51);
	ask(ss, &here, "gemini://localhost/apeng/packages/s/S", &r);
	assert_int_equal(r.status, 51);
	ask(ss, &here, "gemini://localhost/apeng/packages/search", &r);
	want(&r, "prompt", "10 Search / 搜索", NULL);
	ask(ss, &here, "gemini://localhost/apeng/packages/search?"
	    "DISTRICT%207", &r);
	assert_int_equal(times(&r, "=> /district-"), 1);
	ask(ss, &here, "gemini://localhost/apeng/packages/search?"
	    "%E6%A0%B7%E6%9C%AC", &r);
	assert_int_equal(times(&r, "样本\n"), 20);
	assert_int_equal(times(&r, "=> /apeng/packages/search/2?%E6%A0%B7%E6"
	    "%9C%AC Next\n"), 1);
	ask(ss, &here, "gemini://localhost/apeng/packages/search/4?"
	    "%E6%A0%B7%E6%9C%AC", &r);
	assert_int_equal(times(&r, "样本\n"), 5);
	ask(ss, &here, "gemini://localhost/apeng/packages/search?%3Cb%0A%3D",
	    &r);
	assert_int_equal(r.status, 20);
	assert_int_equal(times(&r, "<b"), 0);
	assert_int_equal(times(&r, "=> /district-"), 0);
	reply_free(&r);
	sites_free(ss);
}

static void
packages(void **state)
{
	struct site_names	 names = { 0 };
	struct asked		 a = here;
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;
	struct site		*second = sample_site("second",
				    "second.example", 0);

	(void)state;
	assert_int_equal(sites_add(ss, second, NULL), 0);
	assert_int_equal(sites_add(ss, sample_site("second", NULL, 0), NULL),
	    -1);
	assert_int_equal(sites_add(ss, sample_site("third", "SECOND.example",
	    0), NULL), -1);
	assert_int_equal(sites_add(ss, sample_site("ascii", NULL, 0), NULL),
	    -1);
	assert_int_equal(sites_count(ss), 2);
	/* Whoever says so, localhost is this machine's first package. */
	assert_int_equal(sites_add(ss, sample_site("local", "localhost", 0),
	    NULL), 0);
	reply_init(&r);
	ask(ss, &a, "gemini://localhost/sample.gpub", &r);
	assert_int_equal(r.status, 20);
	ask(ss, &a, "gemini://localhost/local/local.gpub", &r);
	assert_int_equal(r.status, 20);
	ask(ss, &a, "gemini://second.example/second.gpub", &r);
	assert_int_equal(r.status, 20);
	assert_ptr_equal(r.site, second);
	ask(ss, &a, "gemini://localhost/second/en/", &r);
	assert_int_equal(r.status, 20);
	assert_ptr_equal(r.site, second);
	ask(ss, &a, "gemini://localhost/second/.apeng/head", &r);
	assert_ptr_equal(r.site, second);
	ask(ss, &a, "gemini://localhost/second.gpub", &r);
	assert_int_equal(r.status, 51);
	a.sni = "Second.Example";
	ask(ss, &a, "gemini://second.example/", &r);
	assert_int_equal(r.status, 20);
	a.sni = "sample.example";
	ask(ss, &a, "gemini://second.example/", &r);
	assert_int_equal(r.status, 53);
	a.sni = "unknown.example";
	ask(ss, &a, "gemini://sample.example/", &r);
	assert_int_equal(r.status, 53);
	reply_free(&r);
	sites_free(ss);
}

/* Byte by byte, the answer comes with the last one only. */
static void
segments(void **state)
{
	static const char	 req[] = "gemini://localhost/en/\r\n";
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;
	size_t			 n;

	(void)state;
	reply_init(&r);
	for (n = 0; n < sizeof(req) - 1; n++)
		assert_int_equal(answer_gemini(ss, &here,
		    (const uint8_t *)req, n, &r), 0);
	assert_int_equal(answer_gemini(ss, &here, (const uint8_t *)req, n,
	    &r), 1);
	assert_int_equal(r.status, 20);
	reply_free(&r);
	sites_free(ss);
}

/* The reply keeps its site when the server has let go of it. */
static void
outlives_a_reload(void **state)
{
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 1);
	struct reply		 r;

	(void)state;
	reply_init(&r);
	ask(ss, &here, "gemini://localhost/en/facts.gmi", &r);
	sites_free(ss);
	assert_memory_equal(r.body, "# Facts", 7);
	reply_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages), cmocka_unit_test(mirrors),
		cmocka_unit_test(refusals),
		cmocka_unit_test(names_and_ports),
		cmocka_unit_test(packages), cmocka_unit_test(directory),
		cmocka_unit_test(segments),
		cmocka_unit_test(outlives_a_reload),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
