/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/pkgs.h"
#include "lib/sample.h"
#include "lib/test.h"
#include "proto/gopher.h"
#include "serve/answer.h"
#include "serve/site.h"
#include "serve/sites.h"

static const struct asked	 here = { "127.0.0.1", 70, NULL, 0 };

static int	 ask(struct sites *, const struct asked *, const char *,
		    struct reply *);
static char	*whole(const struct reply *);
static size_t	 check_menu(const char *, const char *, int);

static int
ask(struct sites *ss, const struct asked *a, const char *line,
    struct reply *r)
{
	return answer_gopher(ss, a, (const uint8_t *)line, strlen(line), r);
}

/* Head and body as one string, to be freed. */
static char *
whole(const struct reply *r)
{
	char	*s = malloc(r->head.len + r->len + 1);

	assert_non_null(s);
	if (r->head.len > 0)
		memcpy(s, r->head.data, r->head.len);
	if (r->len > 0)
		memcpy(s + r->head.len, r->body, r->len);
	s[r->head.len + r->len] = '\0';
	return s;
}

/* Every line an item with CRLF, then "."; the number of links. */
static size_t
check_menu(const char *name, const char *s, int must_end)
{
	struct gopher_item	 it;
	const char		*crlf, *why;
	size_t			 links = 0;

	for (; *s != '\0'; s = crlf + 2) {
		if ((crlf = strstr(s, "\r\n")) == NULL)
			fail_msg("%s: no CRLF after \"%s\"", name, s);
		if (strncmp(s, ".\r\n", 3) == 0) {
			if (s[3] != '\0')
				fail_msg("%s: bytes behind the end", name);
			return links;
		}
		if (gopher_item_parse(s, (size_t)(crlf - s), &it, &why) == -1)
			fail_msg("%s: %s: \"%.20s\"", name, why, s);
		links += it.type != 'i' && it.type != '3';
	}
	if (must_end)
		fail_msg("%s: no \".\" line", name);
	return links;
}

static void
selectors(void **state)
{
	static const struct { const char *name, *line; int status;
	    const char *starts; } cases[] = {
		{ "root", "\r\n", 20, NULL },
		{ "root, LF", "\n", 20, NULL },
		{ "root, slash", "/\r\n", 20, NULL },
		{ "tree", "/en\r\n", 20, NULL },
		{ "tree, no slash", "en\r\n", 20, NULL },
		{ "tree, slash behind", "/en/\n", 20, NULL },
		{ "caps", "caps.txt\r\n", 20, "CAPS\r\nCapsVersion=1\r\n" },
		{ "robots", "/robots.txt\r\n", 20,
		    "User-agent: *\r\nDisallow:\r\n .hidden\r\n" },
		{ "csv", "/data/figures.csv\r\n", 20,
		    "id,value\r\narea,2402\r\n" },
		{ "feed", "feed.xml\r\n", 20, "<feed/>\r\n" },
		{ "package", "/sample.gpub\r\n", 20, "PK\x03\x04" },
		{ "image", "/cover.png\r\n", 20, "\x89PNG\r\n" },
		{ "package, Gopher+", "/sample.gpub\t+\r\n", 20, "+" },
		{ "package's attributes", "/sample.gpub\t!\r\n", 20,
		    "+-1\r\n+INFO: 9sample.gpub\t/sample.gpub\t127.0.0.1\t"
		    "70\r\n.\r\n" },
		{ "by id", "/sample/caps.txt\r\n", 20, "CAPS\r\n" },
		{ "by id, root", "/sample\r\n", 20, NULL },
		{ "head", "/.apeng/head\r\n", 20, "apeng-head 1\n" },
		{ "head, no slash", ".apeng/head\n", 20, "apeng-head 1\n" },
		{ "everything", "/.apeng/up/-\r\n", 20, "apeng-head 1\n" },
		{ "no dot, head", "/apeng/head\r\n", 20, "apeng-head 1\n" },
		{ "keys", "/.apeng/keys\r\n", 20, "apeng-keys 1\n" },
		{ "no dot, keys", "/apeng/keys\r\n", 20, "apeng-keys 1\n" },
		{ "no dot, everything", "/apeng/up/-\r\n", 20,
		    "apeng-head 1\n" },
		{ "compact", "/apeng/u/-\r\n", 20, "\xfe" },
		{ "by id, compact", "/sample/apeng/u/-\r\n", 20, "\xfe" },
		{ "by id, everything", "/sample/.apeng/up/-\r\n", 20,
		    "apeng-head 1\n" },
		{ "outside", "URL:https://a.example/?b&c\r\n", 20,
		    "<!DOCTYPE html>" },
		{ "outside, slash", "/URL:gemini://a.example/\r\n", 20,
		    "<!DOCTYPE html>" },
		{ "script", "URL:javascript:alert(1)\r\n", 59, "3" },
		{ "markup", "URL:http://\"><script>\r\n", 59, "3" },
		{ "HTTP", "GET / HTTP/1.1\r\n", 59,
		    "HTTP/1.0 400 Bad Request\r\n" },
		{ "TLS", "\x16\x03\x01", 59, "\x15\x03\x03" },
		{ "unknown", "/zqxj\r\n", 51, "3" },
		{ "unknown with TABs", "/zqxj\ta\tb\tc\r\n", 51, "3" },
		{ "unknown, Gopher+", "/zqxj\t$\r\n", 51, "3" },
		{ "traversal", "/../../etc/passwd\r\n", 51, "3" },
		{ "traversal of a tree", "/en/../../etc/passwd\r\n", 51,
		    "3" },
		{ "absolute", "//etc/passwd\r\n", 51, "3" },
		{ "backslash", "..\\..\\x\r\n", 51, "3" },
		{ "escape byte", "/\x1b[2Jzqxj\r\n", 59, "3" },
		{ "bytes", "/\xff\xfe\r\n", 51, "3" },
		{ "malformed edition", "/.apeng/up/x\r\n", 59, "3" },
		{ "malformed edition, compact", "/apeng/u/x\r\n", 59, "3" },
		{ "no page of that name", "/apeng/x\r\n", 51, "3" },
		{ "unknown blob", "/.apeng/b/0123456789abcdef/0\r\n", 51,
		    "3" },
	};
	struct sites		*ss;
	struct site_names	 names = { 0 };
	struct reply		 r;
	char			*s;
	size_t			 i;

	(void)state;
	ss = sample_sites(&names, 1);
	reply_init(&r);
	for (i = 0; i < N(cases); i++) {
		if (ask(ss, &here, cases[i].line, &r) != 1)
			fail_msg("%s: no answer", cases[i].name);
		s = whole(&r);
		if (r.status != cases[i].status)
			fail_msg("%s: status %d: %s", cases[i].name,
			    r.status, s);
		if (cases[i].starts != NULL &&
		    strncmp(s, cases[i].starts, strlen(cases[i].starts)) != 0)
			fail_msg("%s: \"%s\"", cases[i].name, s);
		if (cases[i].starts == NULL || s[0] == '3')
			check_menu(cases[i].name, s, 1);
		if (s[0] == '3' && (strstr(s, "zqxj") != NULL ||
		    strcspn(s, "\t") > 61))
			fail_msg("%s: \"%s\"", cases[i].name, s);
		free(s);
	}
	reply_free(&r);
	sites_free(ss);
}

static void
limits(void **state)
{
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;
	char			 s[1100];

	(void)state;
	reply_init(&r);
	memset(s, 'a', sizeof(s));
	assert_int_equal(answer_gopher(ss, &here, (uint8_t *)s, 1024, &r), 0);
	assert_int_equal(answer_gopher(ss, &here, (uint8_t *)s, 1026, &r), 1);
	assert_int_equal(r.status, 59);
	memcpy(s + 1024, "\r\n", 2);
	assert_int_equal(answer_gopher(ss, &here, (uint8_t *)s, 1026, &r), 1);
	assert_int_equal(r.status, 51);
	assert_int_equal(answer_gopher(ss, &here, (const uint8_t *)"/a\0b\n",
	    5, &r), 1);
	assert_int_equal(r.status, 59);
	reply_free(&r);
	sites_free(ss);
}

/* Menus name the public host and port, or the address that was asked. */
static void
menu_fields(void **state)
{
	const char		*host[] = { "valley.example", "b.example" };
	struct site_names	 none = { 0 };
	struct site_names	 names = { .nhost = 2, .host = host,
				    .port = { [PROTO_GOPHER] = 7070 } };
	struct asked		 a = { "::ffff:192.0.2.1", 7171, NULL, 0 };
	struct sites		*ss;
	struct reply		 r;
	char			*s;

	(void)state;
	reply_init(&r);
	ss = sample_sites(&none, 0);
	ask(ss, &a, "\r\n", &r);
	s = whole(&r);
	assert_non_null(strstr(s, "\t192.0.2.1\t7171\r\n"));
	free(s);
	sites_free(ss);
	ss = sample_sites(&names, 0);
	ask(ss, &a, "\r\n", &r);
	s = whole(&r);
	assert_non_null(strstr(s, "\tvalley.example\t7070\r\n"));
	assert_null(strstr(s, "7171"));
	free(s);
	sites_free(ss);
	names.gopher_host = "menu.example";
	ss = sample_sites(&names, 0);
	ask(ss, &a, "\r\n", &r);
	s = whole(&r);
	assert_non_null(strstr(s, "\tmenu.example\t7070\r\n"));
	free(s);
	reply_free(&r);
	sites_free(ss);
}

/* Every item of a Gopher+ directory is an item of the plain menu. */
static void
gopher_plus(void **state)
{
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;
	char			*menu, *dir, *line, *end;
	size_t			 n = 0;

	(void)state;
	reply_init(&r);
	ask(ss, &here, "/en\r\n", &r);
	menu = whole(&r);
	ask(ss, &here, "/en\t$\r\n", &r);
	dir = whole(&r);
	assert_memory_equal(dir, "+-1\r\n", 5);
	for (line = dir + 5; strcmp(line, ".\r\n") != 0; line = end + 2) {
		assert_memory_equal(line, "+INFO: ", 7);
		assert_non_null(end = strstr(line, "\r\n"));
		*end = '\0';
		assert_non_null(strstr(menu, line + 7));
		n++;
	}
	assert_true(n > 0);
	free(dir);
	ask(ss, &here, "/en\t$+VIEWS\r\n", &r);
	assert_memory_equal(r.body, "+-1\r\n+INFO: ", 12);
	ask(ss, &here, "/en\t!\r\n", &r);
	dir = whole(&r);
	assert_memory_equal(dir, "+-1\r\n+INFO: 1", 13);
	assert_non_null(strstr(dir, "\t/en\t127.0.0.1\t70\r\n.\r\n"));
	free(dir);
	ask(ss, &here, "/en\t+\r\n", &r);
	dir = whole(&r);
	assert_memory_equal(dir, "+-1\r\n", 5);
	assert_string_equal(dir + 5, menu);
	free(dir);
	free(menu);
	reply_free(&r);
	sites_free(ss);
}

static void
packages(void **state)
{
	struct site_names	 names = { 0 };
	/* A second publisher's id does not hide what the first one has. */
	static const char *const taken[] = { "sample", "second", "ascii",
				    "data" };
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;
	size_t			 i;
	char			*s;

	(void)state;
	assert_int_equal(sites_add(ss, sample_site("second", NULL, 0), NULL),
	    0);
	for (i = 0; i < N(taken); i++)
		if (sites_add(ss, sample_site(taken[i], NULL, 0), NULL) == 0)
			fail_msg("%s: taken", taken[i]);
	assert_int_equal(sites_count(ss), 2);
	reply_init(&r);
	ask(ss, &here, "\r\n", &r);
	s = whole(&r);
	check_menu("root", s, 1);
	assert_non_null(strstr(s, "\t/second/\t127.0.0.1\t70\r\n"));
	free(s);
	ask(ss, &here, "/second\r\n", &r);
	s = whole(&r);
	assert_true(check_menu("second", s, 1) > 0);
	assert_non_null(strstr(s, "\t/second/en"));
	assert_null(strstr(s, "\t/en"));
	free(s);
	ask(ss, &here, "second/en\r\n", &r);
	assert_int_equal(r.status, 20);
	ask(ss, &here, "second/second.gpub\r\n", &r);
	assert_int_equal(r.status, 20);
	assert_ptr_equal(r.site, sites_at(ss, 1));
	ask(ss, &here, "second.gpub\r\n", &r);
	assert_int_equal(r.status, 51);
	reply_free(&r);
	sites_free(ss);
}

static void
searches(void **state)
{
	static const char	*line[] = {
		"/en/search\triver\r\n", "/en/search\r\n", "/en/search\t\r\n",
		"/zh/search\t\xe6\xb2\xb3\r\n", "/gb/search\t\xba\xd3\r\n",
		"/gb/search\t\xff\xff\r\n", "/hz/search\t~{:S~}\r\n",
		"/hz/search\t~{:\r\n", "/ascii/search\triver\t+\r\n",
		"/40/search\t\"a river\r\n", "/en/search\t$100\r\n",
	};
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;
	char			*s;
	size_t			 i;

	(void)state;
	reply_init(&r);
	for (i = 0; i < N(line); i++) {
		assert_int_equal(ask(ss, &here, line[i], &r), 1);
		if (r.status != 20)
			fail_msg("%s: %d", line[i], r.status);
		s = whole(&r);
		check_menu(line[i], s, 1);
		free(s);
	}
	ask(ss, &here, "/nowhere/search\ta\r\n", &r);
	assert_int_equal(r.status, 51);
	reply_free(&r);
	sites_free(ss);
}

/* A view that is being sent outlives a site that is closed. */
static void
outlives_a_reload(void **state)
{
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;

	(void)state;
	reply_init(&r);
	ask(ss, &here, "\r\n", &r);
	sites_free(ss);
	assert_memory_equal(r.body + r.len - 3, ".\r\n", 3);
	reply_free(&r);
}

/* The root menu is an old machine's bookmark, however many there are. */
static void
many_packages(void **state)
{
	struct site_names	 names = { 0 };
	struct sites		*ss = sample_sites(&names, 0);
	struct reply		 r;
	size_t			 i, n, pages, found = 0;
	char			 id[16], line[64], want[64], *s;

	(void)state;
	reply_init(&r);
	ask(ss, &here, "/.apeng/packages\r\n", &r);
	assert_int_equal(r.status, 51);
	for (i = 1; i < 64; i++) {
		snprintf(id, sizeof(id), "district-%zu", i);
		assert_int_equal(sites_add(ss, sample_site(id, NULL, 0),
		    NULL), 0);
	}
	ask(ss, &here, "\r\n", &r);
	s = whole(&r);
	assert_true(strlen(s) <= 1024 && check_menu("root", s, 1) <= 20);
	assert_non_null(strstr(s, "1Other places\t/apeng/packages\t"));
	assert_null(strstr(s, "/district-1/"));
	free(s);
	ask(ss, &here, "/apeng/packages\r\n", &r);
	s = whole(&r);
	assert_true(strlen(s) <= 1024 && check_menu("choice", s, 1) <= 20);
	assert_non_null(strstr(s, "\t/apeng/packages/40\t"));
	free(s);
	snprintf(line, sizeof(line), "/apeng/packages/40\r\n");
	for (pages = 1; ; pages++) {
		ask(ss, &here, line, &r);
		assert_int_equal(r.status, 20);
		s = whole(&r);
		assert_true(strlen(s) <= 1024 && check_menu(line, s, 1) <= 20);
		for (i = 1; i < 64; i++) {
			snprintf(want, sizeof(want), "\t/district-%zu/40\t", i);
			found += strstr(s, want) != NULL;
		}
		n = strstr(s, "1Next") != NULL;
		free(s);
		if (n == 0)
			break;
		snprintf(line, sizeof(line), "/apeng/packages/40/%zu\r\n",
		    pages + 1);
	}
	assert_true(pages > 3);
	assert_int_equal(found, 64 - 1);
	snprintf(line, sizeof(line), "/apeng/packages/40/%zu\r\n", pages + 1);
	ask(ss, &here, line, &r);
	assert_int_equal(r.status, 51);
	ask(ss, &here, "/apeng/packages/40/1\r\n", &r);
	assert_int_equal(r.status, 51);
	ask(ss, &here, "/apeng/packages/40\t$\r\n", &r);
	s = whole(&r);
	assert_non_null(strstr(s, "+INFO: 1Sample\t/district-1/40\t"));
	free(s);
	reply_free(&r);
	sites_free(ss);
}

/* A file of many megabytes is not copied for its line ends. */
static void
large_files(void **state)
{
	static char		 big[(8u << 20) + 2], small[(2u << 20) + 1];
	const struct pkgs_file	 files[] = {
		{ "metadata.txt", "a: b\n" }, { "data/big.csv", big },
		{ "data/small.csv", small },
		{ "data/site.txt", "apeng-site 1\nid\ttest\n"
		    "lang\ten\ten\tEnglish\tA\tA\ncontact\tc\n" },
	};
	struct site_names	 names = { 0 };
	struct sites		*ss = sites_new(&names, NULL);
	struct reply		 r[3];
	size_t			 i;

	(void)state;
	for (i = 0; i < sizeof(big) - 1; i++)
		big[i] = i % 8 == 7 ? '\n' : 'a';
	memcpy(small, big, sizeof(small) - 1);
	assert_int_equal(sites_add(ss, site_new(pkgs_open(files, N(files), 0,
	    NULL), NULL, NULL), NULL), 0);
	for (i = 0; i < N(r); i++)
		reply_init(&r[i]);
	ask(ss, &here, "/data/big.csv\r\n", &r[0]);
	assert_int_equal(r[0].len, sizeof(big) - 1);
	assert_null(r[0].view);
	ask(ss, &here, "/data/big.csv\t+\r\n", &r[0]);
	assert_string_equal(r[0].head.data, "+8388609\r\n");
	/* Those below are, once for all who read them at a time. */
	for (i = 0; i < N(r); i++) {
		ask(ss, &here, "/data/small.csv\r\n", &r[i]);
		assert_int_equal(r[i].len, (2u << 20) + (2u << 17));
		assert_ptr_equal(r[i].body, r[0].body);
	}
	for (i = 0; i < N(r); i++)
		reply_free(&r[i]);
	sites_free(ss);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(selectors), cmocka_unit_test(limits),
		cmocka_unit_test(menu_fields), cmocka_unit_test(gopher_plus),
		cmocka_unit_test(packages), cmocka_unit_test(many_packages),
		cmocka_unit_test(large_files),
		cmocka_unit_test(searches),
		cmocka_unit_test(outlives_a_reload),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
