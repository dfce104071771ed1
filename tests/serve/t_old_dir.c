/* SPDX-License-Identifier: ISC */
/*
 * The directory for old browsers with very many groups and places: each page of
 * each tree has a menu's limits and names its charset, all places and groups
 * are reached by its links, and every path that a page names is parsed again.
 */
#include <stdio.h>

#include "base/buf.h"
#include "directory/ask.h"
#include "directory/grams.h"
#include "directory/roll.h"
#include "lib/test.h"
#include "serve/http_old_dir.h"
#include "view/source.h"

#define PAGE_BYTES	4096

static struct site_table *
table_of(size_t k)
{
	struct site_table	*t, *b;
	char			 text[600];

	/* Each third has no Chinese, so that it has no GB2312 either. */
	snprintf(text, sizeof(text), "apeng-site 1\nid\tdistrict-%zu\nlang\ten"
	    "\ten\tEnglish\tThe District of Place %zu <&>\tHome\n%stree\tascii"
	    "\ten\n%scontact\tabout\n", k, k, k % 3 == 0 ? "" :
	    "lang\tzh\tzh-Hans\t中文\t地方的一个区\t页\n", k % 3 == 0 ? "" :
	    "tree\tgb\tzh\n");
	t = site_table_parse(text, strlen(text), NULL);
	assert_non_null(t);
	b = site_table_brief(t);
	assert_non_null(b);
	site_table_free(t);
	return b;
}

/* n places, the k-th in group k % ngroup; ngroup 0: in none. */
static struct roll *
make(struct site_table **t, struct grams **g, size_t n, size_t ngroup)
{
	struct roll	*r = roll_new();
	char		 group[32], title[64];
	size_t		 i;

	assert_non_null(r);
	for (i = 0; i < ngroup; i++) {
		snprintf(group, sizeof(group), "group-%zu", i);
		snprintf(title, sizeof(title), "The Group of Number %zu", i);
		roll_group(r, group, "en", title);
		snprintf(title, sizeof(title), "第%zu组", i);
		roll_group(r, group, "zh", title);
	}
	for (i = 0; i < n; i++) {
		t[i] = table_of(i);
		snprintf(group, sizeof(group), "group-%zu", ngroup > 0 ?
		    i % ngroup : 0);
		roll_place(r, t[i], "The District", ngroup > 0 ? group :
		    ROLL_NO_GROUP, 0, NULL, &g[i]);
	}
	assert_int_equal(roll_done(r), 0);
	return r;
}

static size_t
count(const char *s, const char *what)
{
	size_t	 n = 0;

	for (; (s = strstr(s, what)) != NULL; s++)
		n++;
	return n;
}

/* The page at a path as a stranger asks for it.  0: none. */
static int
page_at(const struct roll *r, const char *path, struct buf *b)
{
	struct ask	 q = { .group = ROLL_NONE };
	struct view	 v;
	const char	*rest;
	size_t		 left;

	buf_reset(b);
	if (!old_dir_tree(r, path, strlen(path), &v, &rest, &left) ||
	    !ask_parse_rest(r, rest, left, &q))
		return 0;
	return old_dir_page(r, &v, &q, "", 0, NULL, b);
}

/* Walk a list from its first page on; how many of `what' its pages have. */
static size_t
walk(const struct roll *r, const char *path, const char *charset,
    const char *what)
{
	struct buf	 b = BUF_INIT;
	char		 next[160], other[160];
	size_t		 found = 0, n, page;

	for (page = 1; ; page++) {
		snprintf(next, sizeof(next), page > 1 ? "%s/%zu" : "%s", path,
		    page);
		assert_int_equal(page_at(r, next, &b), 1);
		assert_non_null(strstr(b.data, charset));
		assert_non_null(strstr(b.data, "HTML 3.2"));
		assert_null(strstr(b.data, "<&>"));
		if (b.len > PAGE_BYTES)
			fail_msg("%s: %zu bytes", next, b.len);
		n = count(b.data, "<LI>");
		assert_true(n > 0 && n <= OLD_ITEMS);
		found += count(b.data, what);
		snprintf(other, sizeof(other), "HREF=\"%s/%zu\"", path,
		    page + 1);
		if (strstr(b.data, other) == NULL)
			break;
		assert_int_equal(n, OLD_ITEMS);
	}
	snprintf(next, sizeof(next), "%s/%zu", path, page + 1);
	assert_int_equal(page_at(r, next, &b), 0);
	buf_free(&b);
	return found;
}

static void
many(void **state)
{
	enum { PLACES = 2800, GROUPS = 31 };
	struct site_table	**t = calloc(PLACES, sizeof(*t));
	struct grams		**g = calloc(PLACES, sizeof(*g));
	struct roll		*r = make(t, g, PLACES, GROUPS);
	char			 path[100];
	size_t			 i, all = 0, gb = 0, plain = 0;

	(void)state;
	assert_int_equal(walk(r, "/apeng/packages/ascii", "us-ascii",
	    "HREF=\"/apeng/packages/ascii/s/group-"), GROUPS);
	assert_int_equal(walk(r, "/apeng/packages/gb", "gb2312",
	    "HREF=\"/apeng/packages/gb/s/group-"), GROUPS);
	for (i = 0; i < GROUPS; i++) {
		snprintf(path, sizeof(path),
		    "/apeng/packages/ascii/s/group-%zu", i);
		all += walk(r, path, "us-ascii", "/ascii/\">The District of");
		snprintf(path, sizeof(path), "/apeng/packages/gb/s/group-%zu",
		    i);
		gb += walk(r, path, "gb2312", "/gb/\">");
		plain += walk(r, path, "gb2312", "<LI><A HREF=\"/district-");
	}
	assert_int_equal(all, PLACES);
	assert_int_equal(plain, PLACES);
	assert_int_equal(gb, PLACES - (PLACES + 2) / 3);
	roll_free(r);
	for (i = 0; i < PLACES; i++)
		free(t[i]);
	free(t);
	free(g);
}

static void
few(void **state)
{
	struct site_table	*t[3];
	struct grams		*g[3] = { NULL };
	struct roll		*r = make(t, g, 3, 0);
	struct buf		 b = BUF_INIT;
	static const char *const bad[] = { "/apeng/packages",
	    "/apeng/packages/", "/apeng/packages/40", "/apeng/packages/hz",
	    "/apeng/packages/en", "/apeng/packages/asci",
	    "/apeng/packages/asciii", "/apeng/packages/ascii/2",
	    "/apeng/packages/ascii/s", "/apeng/packages/ascii/s/none",
	    "/apeng/packages/ascii/..", "/ascii", "",
	    ("/apeng/packages/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") };
	size_t			 i;

	(void)state;
	for (i = 0; i < N(bad); i++)
		if (page_at(r, bad[i], &b))
			fail_msg("%s: %s", bad[i], b.data);
	assert_int_equal(walk(r, "/apeng/packages/ascii", "us-ascii",
	    "<LI><A HREF=\"/district-"), 3);
	assert_int_equal(page_at(r, "/apeng/packages/ascii/search", &b), 1);
	assert_non_null(strstr(b.data, "<FORM ACTION=\"/apeng/packages/ascii/"
	    "search\">"));
	assert_non_null(strstr(b.data, "NAME=\"c\" VALUE=\"ascii\""));
	assert_non_null(strstr(b.data, "<A HREF=\"/apeng/packages/gb/search\">"
	    "Chinese (GB2312)"));
	assert_non_null(strstr(b.data, "<A HREF=\"/apeng/packages/ascii\">"));
	buf_free(&b);
	roll_free(r);
	for (i = 0; i < 3; i++)
		free(t[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many), cmocka_unit_test(few),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
