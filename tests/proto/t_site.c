/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "base/err.h"
#include "lib/test.h"
#include "proto/site.h"

#define LANGS	"lang\ten\ten\tEnglish\tDistrict\tDistr.\n" \
		"lang\tzh\tzh-Hans\t中文\t黔江\t黔江\n"

static const char	full[] =
    "apeng-site 1\n"
    "id\tqianjiang\n"
    "host\tqianjiang.example\n"
    "host\tmirror.example\n"
    LANGS
    "tree\tascii\ten\n"
    "tree\tgb\tzh\n"
    "contact\tcontact\n"
    "notice\ten\t2026-12-31\tRoad closed.\n"
    "notice\tzh\t2026-12-31\t封路。\n"
    "replace\tascii\t°C\t C\n"
    "replace\tgb2312\tх\t\n"
    "word\tzh\tmenu-up\t返回\n"
    "section\ten\tnow\tToday\tNow\n"
    "section\tzh\tnow\t今天\t今\n"
    "page\ten\tindex\t-\t2026-11-23\tHome\tHome\n"
    "page\ten\teconomy\tnow\t2026-11-20\tEconomy\tEconomy\n"
    "page\tzh\tindex\t-\t2026-11-23\t首页\t首页\n"
    "page\tzh\teconomy\tnow\t2026-11-20\t经济\t经济\n";

static void
round_trip(void **state)
{
	const struct site_page	*p;
	struct site_table	*t;
	struct buf		 b = BUF_INIT;
	struct err		 e;

	(void)state;
	t = site_table_parse(full, sizeof(full) - 1, &e);
	if (t == NULL)
		fail_msg("%s", e.msg);
	assert_string_equal(t->id, "qianjiang");
	assert_int_equal(t->nhost, 2);
	assert_int_equal(t->npage, 4);
	assert_string_equal(t->lang[1].notice, "封路。");
	assert_string_equal(t->replace[1].to, "");
	assert_int_equal(t->nword, 1);
	assert_string_equal(t->word[0].text, "返回");
	p = site_table_page(t, "zh", "economy");
	assert_non_null(p);
	assert_string_equal(p->title, "经济");
	assert_string_equal(p->section, "now");
	assert_null(site_table_page(t, "zh", "eco"));
	assert_null(site_table_page(t, "de", "economy"));
	site_table_write(t, &b);
	assert_true(buf_ok(&b));
	assert_string_equal(b.data, full);
	buf_free(&b);
	site_table_free(t);
}

/* Found by walking, too, in a table that nobody parsed. */
static void
by_hand(void **state)
{
	struct site_page	 page[] = {
		{ "en", "index", "-", "2026-01-01", "Home", "Home" },
		{ "en", "a", "s", "2026-01-01", "A", "A" },
	};
	struct site_table	 t = { .page = page, .npage = 2 };

	(void)state;
	assert_ptr_equal(site_table_page(&t, "en", "a"), &page[1]);
	assert_null(site_table_page(&t, "en", "b"));
}

/* A later version's lines are passed over. */
static void
unknown(void **state)
{
	static const char s[] = "apeng-site 1\nid\tqj\nmood\tgood\t1\n\n"
	    LANGS "contact\tc\npicture\ten\ta\tb\tc\td\te\tf\tg\th\n";
	struct site_table	*t;
	struct err		 e;

	(void)state;
	t = site_table_parse(s, sizeof(s) - 1, &e);
	if (t == NULL)
		fail_msg("%s", e.msg);
	assert_int_equal(t->nlang, 2);
	site_table_free(t);
}

static void
hostile(void **state)
{
#define OPEN	"apeng-site 1\nid\tqj\n" LANGS "contact\tc\n"
	static const struct { const char *name, *s, *want; } cases[] = {
		{ "empty", "", "cut short" },
		{ "no end", "apeng-site 1", "cut short" },
		{ "version", "apeng-site 2\n", "line 1" },
		{ "nothing", "apeng-site 1\n", "want an id" },
		{ "id twice", "apeng-site 1\nid\ta\nid\tb\n", "line 3" },
		{ "id empty", "apeng-site 1\nid\t\n", "line 2: field 1" },
		{ "fields", "apeng-site 1\nid\ta\tb\n", "2 fields, want 1" },
		{ "no fields", "apeng-site 1\nid\n", "0 fields" },
		{ "order", OPEN "id\tx\n", "\"id\" after \"contact\"" },
		{ "lang twice", "apeng-site 1\nid\tq\n" LANGS LANGS, "again" },
		{ "control", OPEN "mood\t\x1b[2J\n", "plain" },
		{ "c1", OPEN "mood\t\xc2\x9b\n", "plain" },
		{ "carriage return", "apeng-site 1\r\n", "plain" },
		{ "not utf-8", OPEN "mood\t\xff\n", "plain" },
		{ "page of no language",
		    OPEN "page\tde\ta\t-\t2026-01-01\tA\tA\n", "language" },
		{ "page of no section",
		    OPEN "page\ten\ta\tx\t2026-01-01\tA\tA\n", "section" },
		{ "page twice",
		    OPEN "page\ten\ta\t-\t2026-01-01\tA\tA\n"
		    "page\ten\ta\t-\t2026-01-01\tA\tA\n", "again" },
		{ "date", OPEN "page\ten\ta\t-\t2026-02-30\tA\tA\n", "want" },
		{ "date with more",
		    OPEN "page\ten\ta\t-\t2026-02-20x\tA\tA\n", "want" },
		{ "notice without language",
		    OPEN "notice\tde\t2026-01-01\tX\n", "notice" },
		{ "tree of no language", OPEN "tree\tgb\tde\n", "" },
		{ "folder with a quote",
		    "apeng-site 1\nid\tq\nlang\te\"\ten\tE\tE\tE\n", "line 3" },
		{ "folder as a scheme",
		    "apeng-site 1\nid\tq\nlang\tjavascript:x\ten\tE\tE\tE\n",
		    "line 3" },
		{ "tag with a parameter", "apeng-site 1\nid\tq\n"
		    "lang\ten\ten; charset=x\tE\tE\tE\n", "line 3" },
		{ "tag with markup", "apeng-site 1\nid\tq\n"
		    "lang\ten\ten\"><script>\tE\tE\tE\n", "line 3" },
		{ "tag of 65 bytes", "apeng-site 1\nid\tq\nlang\ten\t"
		    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffff"
		    "ffggggg\tE\tE\tE\n", "line 3" },
		{ "page id with a blank",
		    OPEN "page\ten\ta b\t-\t2026-01-01\tA\tA\n", "line 6" },
		{ "page id with a slash",
		    OPEN "page\ten\ta/b\t-\t2026-01-01\tA\tA\n", "line 6" },
		{ "page id of dots",
		    OPEN "page\ten\t..\t-\t2026-01-01\tA\tA\n", "line 6" },
		{ "page id beyond ASCII",
		    OPEN "page\ten\té\t-\t2026-01-01\tA\tA\n", "line 6" },
		{ "section id with markup",
		    OPEN "section\ten\ta<b>\tA\tA\n", "line 6" },
		{ "section id that climbs",
		    OPEN "section\ten\t../..\tA\tA\n", "line 6" },
		{ "contact with a quote", "apeng-site 1\nid\tq\n" LANGS
		    "contact\ta\"b\n", "line 5" },
		{ "section twice", OPEN "section\ten\ta\tA\tA\n"
		    "section\ten\ta\tA\tA\n", "again" },
	};
	struct site_table	*t;
	struct err		 e;
	char			*copy;
	size_t			 i, n;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		n = strlen(cases[i].s);
		copy = malloc(n + 1);
		assert_non_null(copy);
		memcpy(copy, cases[i].s, n);
		t = site_table_parse(copy, n, &e);
		free(copy);
		if (t != NULL)
			fail_msg("%s: taken", cases[i].name);
		if (strstr(e.msg, cases[i].want) == NULL)
			fail_msg("%s: %s", cases[i].name, e.msg);
	}
	assert_null(site_table_parse("apeng-site 1\0\n", 14, &e));
}

/*
 * A table is walked for every character, menu line or request: a package
 * with a proper signature must not make a server of several stand still.
 */
static void
too_many(void **state)
{
	static const struct { const char *line; size_t most; } cases[] = {
		{ "host\ta.example\n", SITE_HOST_MAX },
		{ "tree\tascii\ten\n", SITE_TREE_MAX },
		{ "replace\tascii\ta\tb\n", SITE_REPLACE_MAX },
		{ "word\ten\tnext\tNext\n", SITE_WORD_MAX },
		{ NULL, SITE_PAGE_MAX },	/* no page twice */
	};
	static char		 from[SITE_REPLACE_BYTES + 2], big[1024];
	struct site_table	*t;
	struct buf		 b = BUF_INIT;
	struct err		 e;
	size_t			 i, k, n, more;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		for (more = 0; more < 2; more++) {
			buf_reset(&b);
			buf_str(&b, "apeng-site 1\nid\tqj\n");
			n = cases[i].most + more;
			for (k = 0; i == 0 && k < n; k++)
				buf_str(&b, cases[i].line);
			buf_str(&b, LANGS);
			for (k = 0; i == 1 && k < n; k++)
				buf_str(&b, cases[i].line);
			buf_str(&b, "contact\tc\n");
			for (k = 0; i > 1 && k < n; k++)
				if (cases[i].line != NULL)
					buf_str(&b, cases[i].line);
				else
					buf_fmt(&b, "page\ten\tp%zu\t-\t"
					    "2026-01-01\tA\tA\n", k);
			t = site_table_parse(b.data, b.len, &e);
			if ((t == NULL) != (more == 1))
				fail_msg("case %zu, %zu lines: %s", i, n,
				    t == NULL ? e.msg : "taken");
			if (more == 1)
				assert_non_null(strstr(e.msg, "at most"));
			site_table_free(t);
		}
	}
	memset(big, 'x', sizeof(big));
	for (k = 0; k < 4; k++) {
		memset(from, 'x', SITE_REPLACE_BYTES + k % 2);
		from[SITE_REPLACE_BYTES + k % 2] = '\0';
		buf_reset(&b);
		buf_fmt(&b, OPEN "replace\tascii\t%s\t%s\n",
		    k < 2 ? from : "a", k < 2 ? "a" : from);
		t = site_table_parse(b.data, b.len, &e);
		assert_int_equal(t == NULL, k % 2);
		site_table_free(t);
	}
	buf_reset(&b);
	buf_str(&b, OPEN "mood\t");
	for (k = 0; k < SITE_BYTES_MAX / 1024; k++)
		buf_add(&b, big, sizeof(big));
	buf_str(&b, "\n");
	assert_null(site_table_parse(b.data, b.len, &e));
	assert_non_null(strstr(e.msg, "at most 67108864"));
	buf_free(&b);
}

/* 40,000 pages are found in no time; a walk a look would take minutes. */
static void
large(void **state)
{
	struct site_table	*t;
	struct buf		 b = BUF_INIT;
	struct err		 e;
	char			 id[16];
	int			 i;

	(void)state;
	buf_str(&b, "apeng-site 1\nid\tqj\n" LANGS "contact\tc\n");
	for (i = 0; i < 40000; i++)
		buf_fmt(&b, "page\t%s\tp%d\t-\t2026-01-01\tA\tA\n",
		    i % 2 ? "en" : "zh", i / 2);
	t = site_table_parse(b.data, b.len, &e);
	if (t == NULL)
		fail_msg("%s", e.msg);
	for (i = 0; i < 40000; i++) {
		snprintf(id, sizeof(id), "p%d", i / 2);
		assert_ptr_equal(site_table_page(t, i % 2 ? "en" : "zh", id),
		    &t->page[i]);
	}
	site_table_free(t);
	buf_free(&b);
}

/* Wherever it stands, and whatever stands before it. */
static void
controls(void **state)
{
	static const char	 open[] = OPEN "mood\t", before[] = "\t x~";
	char			 s[sizeof(open) + 40];
	const size_t		 start = sizeof(open) - 1;
	struct site_table	*t;
	size_t			 at, k;
	int			 c, wrong;

	(void)state;
	for (c = 1; c < 0x80; c++) {
		wrong = (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
		for (at = 1; at < 18; at++) {
			for (k = 0; k < N(before) - 1; k++) {
				memcpy(s, open, start);
				memset(s + start, 'x', 20);
				s[start + at - 1] = before[k];
				s[start + at] = (char)c;
				s[start + 20] = '\n';
				t = site_table_parse(s, start + 21, NULL);
				assert_int_equal(t == NULL, wrong);
				site_table_free(t);
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip), cmocka_unit_test(by_hand),
		cmocka_unit_test(unknown), cmocka_unit_test(hostile),
		cmocka_unit_test(too_many),
		cmocka_unit_test(large), cmocka_unit_test(controls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
