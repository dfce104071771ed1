/* SPDX-License-Identifier: ISC */
/*
 * The roll with very many groups and places, its menus in each tree, and the
 * search over all: filters never hide what is there, a search goes on after
 * each step, and ends when the roll goes.
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/fold.h"
#include "directory/find.h"
#include "directory/gemtext.h"
#include "directory/grams.h"
#include "directory/menus.h"
#include "lib/test.h"
#include "proto/gopher.h"
#include "view/search_query.h"

struct place {
	struct site_table	*t;
	struct grams		*grams;
	char			 label[64], text[2][400];
};

static unsigned	 seed = 1;

static unsigned
any(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % n;
}

static int
page_at(void *arg, size_t *i, struct roll_page *out)
{
	struct place	*p = arg;

	if (*i >= 2)
		return 0;
	out->dir = p->t->lang[*i].dir;
	strcpy(out->id, "about");
	out->text = p->text[*i];
	out->len = strlen(out->text);
	return 1;
}

static struct site_table *
table_of(const char *id, const char *en, const char *zh)
{
	struct site_table	*t, *b;
	char			 text[2000];

	snprintf(text, sizeof(text), "apeng-site 1\nid\t%s\nlang\ten\ten\t"
	    "English\t%s\tHome\nlang\tzh\tzh-Hans\t中文\t%s\t页\n"
	    "tree\tascii\ten\ntree\tgb\tzh\ncontact\tabout\n", id, en, zh);
	t = site_table_parse(text, strlen(text), NULL);
	assert_non_null(t);
	b = site_table_brief(t);
	assert_non_null(b);
	assert_string_equal(b->lang[1].title, zh);
	assert_string_equal(b->tree[1].dir, "zh");
	site_table_free(t);
	return b;
}

/* n places, the k-th in group k % ngroup; ngroup 0: in none. */
static struct roll *
make(struct place *p, size_t n, size_t ngroup)
{
	struct roll	*r = roll_new();
	char		 id[40], zh[200], group[32], title[64];
	size_t		 i;

	assert_non_null(r);
	r->page = page_at;
	for (i = 0; i < ngroup; i++) {
		snprintf(group, sizeof(group), "g%zu", i);
		snprintf(title, sizeof(title), "Group %zu", i);
		roll_group(r, group, "en", title);
		snprintf(title, sizeof(title), "第%zu组", i);
		roll_group(r, group, "zh", title);
	}
	for (i = 0; i < n; i++) {
		snprintf(id, sizeof(id), "d%zu", i);
		snprintf(p[i].label, sizeof(p[i].label), "Place %zu", i);
		snprintf(zh, sizeof(zh), "地方%zu", i);
		p[i].t = table_of(id, p[i].label, zh);
		snprintf(p[i].text[0], sizeof(p[i].text[0]), "# About %zu\n\n"
		    "A summary of orchards.\n\nText about whales.\n## Mill %zu"
		    "\n=> a.gmi Otters\n", i, i % 100);
		snprintf(p[i].text[1], sizeof(p[i].text[1]), "# 关于\n"
		    "\n果园概况。\n\n鲸鱼。\n## 磨坊%zu号\n", i % 100);
		snprintf(group, sizeof(group), "g%zu", ngroup > 0 ?
		    i % ngroup : 0);
		roll_place(r, p[i].t, p[i].label, ngroup > 0 ? group :
		    ROLL_NO_GROUP, 0, &p[i], &p[i].grams);
	}
	assert_int_equal(roll_done(r), 0);
	return r;
}

static void
unmake(struct roll *r, struct place *p, size_t n)
{
	size_t	 i;

	roll_free(r);
	for (i = 0; i < n; i++) {
		grams_free(p[i].grams);
		free(p[i].t);
	}
	free(p);
}

static struct place *
places(size_t n)
{
	struct place	*p = calloc(n, sizeof(*p));

	assert_non_null(p);
	return p;
}

/* Each page of a menu keeps to the tree's limits; all places are listed. */
static void
walk_menu(const struct roll *r, const char *base, size_t most, unsigned cols,
    const char *what, size_t want)
{
	const struct menus_host	 h = { "a-name-of-32-bytes.district.exam", 70 };
	struct gopher_item	 it;
	struct buf		 b = BUF_INIT;
	char			 sel[120];
	const char		*s, *end, *why;
	size_t			 page, links, found = 0;
	int			 rv;

	for (page = 1; ; page++) {
		buf_reset(&b);
		snprintf(sel, sizeof(sel), page > 1 ? "%s/%zu" : "%s", base,
		    page);
		rv = menus_page(r, &h, sel, strlen(sel), &b, NULL);
		if (rv == 0 && page > 1)
			break;
		assert_int_equal(rv, 1);
		if (b.len > most)
			fail_msg("%s: %zu bytes\n%s", sel, b.len, b.data);
		links = 0;
		for (s = b.data; *s != '.'; s = end + 2) {
			assert_non_null(end = strstr(s, "\r\n"));
			assert_int_equal(gopher_item_parse(s,
			    (size_t)(end - s), &it, &why), 0);
			assert_true(it.displaylen <= cols * 3);
			assert_true(it.selectorlen <= 60);
			links += it.type != 'i';
			found += memmem(it.selector, it.selectorlen, what,
			    strlen(what)) != NULL;
		}
		assert_true(links <= 20);
	}
	assert_int_equal(found, want);
	buf_free(&b);
}

static void
thousand_groups(void **state)
{
	const size_t	 n = 2800;
	struct place	*p = places(n);
	struct roll	*r = make(p, n, 1000);
	struct ask	 q;
	struct buf	 b = BUF_INIT;

	(void)state;
	assert_int_equal(r->ngroup, 1000);
	walk_menu(r, ROLL_PREFIX "/zh", 4096, 67, "/zh/s/g", 1000 + 0);
	walk_menu(r, ROLL_PREFIX "/40", 1024, 27, "/40/s/g", 1000);
	walk_menu(r, ROLL_PREFIX "/ascii/s/g7", 4096, 67, "/ascii", 3 + 2 +
	    0);
	assert_int_equal(ask_parse(r, ROLL_PREFIX "/zh/10", strlen(ROLL_PREFIX)
	    + 6, &q), 1);
	assert_int_equal(gemtext_page(r, &q, NULL, "=>", &b), 1);
	assert_non_null(strstr(b.data, " 第999组 (2)\n"));
	assert_null(strstr(b.data, "/zh/11 "));
	assert_int_equal(ask_parse(r, ROLL_PREFIX "/zh/11", strlen(ROLL_PREFIX)
	    + 6, &q), 1);
	assert_int_equal(gemtext_page(r, &q, NULL, "=>", &b), 0);
	buf_free(&b);
	unmake(r, p, n);
}

static void
page_of(const struct roll *r, const char *path, struct buf *b)
{
	struct ask	 q;

	buf_reset(b);
	assert_int_equal(ask_parse(r, path, strlen(path), &q), 1);
	assert_int_equal(gemtext_page(r, &q, NULL, "=>", b), 1);
}

/*
 * 40 provinces of 25 prefectures each: a province's page has its prefectures,
 * and its number counts all that is below it.  Two have places of their own.
 */
static void
two_levels(void **state)
{
	const size_t	 n = 2800;
	struct place	*p = places(n);
	struct roll	*r = roll_new();
	struct ask	 q;
	struct buf	 b = BUF_INIT;
	char		 id[32], up[32], title[64];
	size_t		 i, k;

	(void)state;
	assert_non_null(r);
	r->page = page_at;
	for (i = 0; i < 1000; i++) {	/* parts are named before the whole */
		snprintf(id, sizeof(id), "g%zu", i);
		snprintf(title, sizeof(title), "Group %zu", i);
		roll_group(r, id, "en", title);
	}
	for (i = 0; i < 41; i++) {	/* the last one has no place */
		snprintf(up, sizeof(up), "p%zu", i);
		snprintf(title, sizeof(title), "Province %zu", i);
		roll_group(r, up, "en", title);
		for (k = i; k < 1000 && i < 40; k += 40) {
			snprintf(id, sizeof(id), "g%zu", k);
			roll_part(r, id, up);
		}
	}
	roll_part(r, "p1", "p2");		/* no third level */
	roll_part(r, "p40", "g3");
	roll_part(r, "p40", "p40");
	for (i = 0; i < n; i++) {
		snprintf(id, sizeof(id), "d%zu", i);
		snprintf(p[i].label, sizeof(p[i].label), "Place %zu", i);
		p[i].t = table_of(id, p[i].label, p[i].label);
		snprintf(id, sizeof(id), i < 2 ? "p%zu" : "g%zu", i % 1000);
		roll_place(r, p[i].t, p[i].label, id, 0, &p[i], &p[i].grams);
	}
	assert_int_equal(roll_done(r), 0);
	assert_int_equal(r->ntop, 40);
	walk_menu(r, ROLL_PREFIX "/40", 1024, 27, "/40/s/p", 40);
	walk_menu(r, ROLL_PREFIX "/zh/s/p7", 4096, 67, "/zh/s/g", 25);
	walk_menu(r, ROLL_PREFIX "/zh/s/g7", 4096, 67, "/zh/s/p7", 1);
	page_of(r, ROLL_PREFIX "/en", &b);
	assert_non_null(strstr(b.data, "/en/s/p7 Province 7 (70)\n"));
	assert_null(strstr(b.data, "Group "));
	assert_null(strstr(b.data, "Province 40"));
	page_of(r, ROLL_PREFIX "/en/s/p0", &b);
	assert_non_null(strstr(b.data, "/en/s/g40 Group 40 (3)\n"));
	assert_non_null(strstr(b.data, "/d0/en/ "));
	assert_null(strstr(b.data, "/d40/"));
	page_of(r, ROLL_PREFIX "/en/s/g40", &b);
	assert_non_null(strstr(b.data, "/d40/en/ "));
	assert_non_null(strstr(b.data, "=> " ROLL_PREFIX "/en/s/p0 Province 0"
	    "\n=> " ROLL_PREFIX "/en "));
	/* A search in a province looks at its prefectures, and at no others. */
	assert_int_equal(ask_parse(r, ROLL_PREFIX "/search/p7",
	    strlen(ROLL_PREFIX "/search/p7"), &q), 1);
	for (i = r->group[q.group].first, k = 0; k < r->group[q.group].n; k++)
		assert_int_equal(((struct place *)r->place[i + k].arg - p) %
		    40, 7);
	assert_int_equal(k, 70);
	buf_free(&b);
	unmake(r, p, n);
}

static void
large_group(void **state)
{
	const size_t	 n = 2800;
	struct place	*p = places(n);
	struct roll	*r = make(p, n, 1);

	(void)state;
	walk_menu(r, ROLL_PREFIX "/40/s/g0", 4096, 27, "/d", n);
	unmake(r, p, n);
}

/* Titles of a stranger's making stay one field of one line. */
static void
odd_titles(void **state)
{
	static char		 wide[600];
	const char		*odd[] = { "%s%n%d", "\342\200\256evil\342\200\254",
				    wide, "<b>&amp;", "a  b" };
	static const char *const	 id[] = { "oa", "ob", "oc", "od", "oe" };
	const struct menus_host	 h = { "localhost", 70 };
	struct roll		*r = roll_new();
	struct site_table	*t[5];
	struct grams		*g[5] = { NULL };
	struct buf		 b = BUF_INIT;
	size_t			 i;

	(void)state;
	memset(wide, 'w', sizeof(wide) - 1);
	for (i = 0; i < 5; i++) {
		t[i] = table_of(id[i], odd[i], odd[i]);
		roll_group(r, odd[i][0] == '%' ? "g" : "h", "en", odd[i]);
		roll_place(r, t[i], id[i], i == 0 ? "g" : "h", 0, NULL, &g[i]);
	}
	assert_int_equal(roll_done(r), 0);
	assert_int_equal(menus_page(r, &h, ROLL_PREFIX "/40/s/h",
	    strlen(ROLL_PREFIX "/40/s/h"), &b, NULL), 1);
	assert_true(b.len <= 4096);
	assert_null(strstr(b.data, "\342\200\256"));
	buf_reset(&b);
	assert_int_equal(menus_page(r, &h, ROLL_PREFIX "/en",
	    strlen(ROLL_PREFIX "/en"), &b, NULL), 1);
	assert_non_null(strstr(b.data, "1%s%n%d (1)\t"));
	buf_free(&b);
	roll_free(r);
	for (i = 0; i < 5; i++)
		free(t[i]);
}

/* A stranger's folder with a word of the directory's paths hides none. */
static void
odd_folders(void **state)
{
	static const char	 text[] = "apeng-site 1\nid\todd\nlang\ts\t"
				    "en\tEnglish\tOdd\tHome\nlang\tsearch\t"
				    "zh\t中文\t怪\t页\ncontact\tabout\n";
	static const struct { const char *path; enum ask_what what; } asks[] =
	    { { "/s/g0", ASK_GROUP }, { "/search", ASK_SEARCH },
	    { "/search/g0", ASK_SEARCH }, { "/zh/s/g0", ASK_GROUP } };
	struct place		*p = places(1);
	struct site_table	*t = site_table_parse(text, strlen(text),
				    NULL), *b;
	struct grams		*g = NULL;
	struct roll		*r = roll_new();
	struct buf		 title = BUF_INIT;
	struct ask		 q;
	char			 path[80];
	size_t			 i;

	(void)state;
	assert_non_null(t);
	assert_non_null(b = site_table_brief(t));
	site_table_free(t);
	p[0].t = table_of("even", "Even", "偶");
	roll_group(r, "g0", "en", "Group");
	roll_place(r, b, "Odd", "g0", 0, NULL, &g);
	roll_place(r, p[0].t, "Even", "g0", 0, &p[0], &p[0].grams);
	assert_int_equal(roll_done(r), 0);
	assert_int_equal(r->table.nlang, 2);
	for (i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
		snprintf(path, sizeof(path), ROLL_PREFIX "%s", asks[i].path);
		assert_int_equal(ask_parse(r, path, strlen(path), &q), 1);
		assert_int_equal(q.what, asks[i].what);
		assert_int_equal(q.group == ROLL_NONE,
		    strstr(path, "g0") == NULL);
	}
	roll_put_place(&r->place[1], "en", &title);
	assert_string_equal(title.data, "Odd");
	buf_free(&title);
	free(b);
	unmake(r, p, 1);
}

/* A filter may let too much through, and never too little. */
static void
filters(void **state)
{
	static const char *const	 bit[] = { "a", "ab", "s", "mill", "9",
	    "orchards", " ", "-", "黔", "江", "区", "д", "река", "ที่", "+" };
	const unsigned	 nbit = sizeof(bit) / sizeof(bit[0]);
	struct grams_maker *m = grams_begin();
	struct grams	*g;
	struct query	 q;
	struct buf	 line = BUF_INIT, fold = BUF_INIT, words = BUF_INIT;
	unsigned	 n[QUERY_WORDS], round, k, let = 0, held = 0;

	(void)state;
	for (round = 0; round < 4000; round++) {
		buf_reset(&line);
		buf_reset(&fold);
		buf_reset(&words);
		for (k = any(12); k > 0; k--)
			buf_str(&line, bit[any(nbit)]);
		for (k = 1 + any(4); k > 0; k--)
			buf_str(&words, bit[any(nbit)]);
		if (line.len == 0 || query_parse(&q, words.data, words.len,
		    NULL) == -1)
			continue;
		text_fold(line.data, line.len, &fold);
		grams_line(m, fold.data, fold.len);
		assert_non_null(g = grams_end(m));
		memset(n, 0, sizeof(n));
		(void)query_count(&q, fold.data, fold.len, n);
		for (k = 0; k < q.n; k++) {
			if (n[k] == 0) {
				let += (unsigned)grams_may(g, q.word[k].s,
				    q.word[k].len);
				continue;
			}
			held++;
			if (!grams_may(g, q.word[k].s, q.word[k].len))
				fail_msg("\"%s\" hides \"%s\"", fold.data,
				    words.data);
		}
		grams_free(g);
		query_free(&q);
	}
	assert_true(held > 200);
	assert_true(let < 1500);
	grams_maker_free(m);
	buf_free(&line);
	buf_free(&fold);
	buf_free(&words);
}

/* Step by step; the values as finder_hits(). */
static struct find *
search(struct roll *r, const char *words, size_t group, size_t first,
    size_t step)
{
	struct ask	 q = { .what = ASK_SEARCH, .dir = "", .group = group };
	struct find	*f = finder_new(r, &q, words, strlen(words), first,
			    HITS_PAGE);
	int		 rv;

	assert_non_null(f);
	while ((rv = finder_step(f, step)) == 0)
		continue;
	assert_int_equal(rv, 1);
	return f;
}

static void
finds(void **state)
{
	static const struct {
		const char	*words;
		size_t		 group, first, total, n;
		int		 cut;
		const char	*id;	/* of the first hit; NULL: none */
		const char	*context;	/* NULL: a place */
	} cases[] = {
		{ "place 77", ROLL_NONE, 0, 3, 3, 0, "d77", NULL },
		{ "地方299", ROLL_NONE, 0, 1, 1, 0, "d299", NULL },
		{ "place", ROLL_NONE, 0, 300, 20, 1, "d0", NULL },
		{ "place", ROLL_NONE, 280, 300, 20, 0, "d47", NULL },
		{ "place", ROLL_NONE, 300, 300, 0, 0, NULL, NULL },
		{ "磨坊7号", ROLL_NONE, 0, 3, 3, 0, "d207", "磨坊7号" },
		{ "坊42", ROLL_NONE, 0, 3, 3, 0, "d42", "磨坊42号" },
		{ "mil 77", ROLL_NONE, 0, 3, 3, 0, "d177", "Mill 77" },
		{ "\"place 5\" about", ROLL_NONE, 0, 11, 11, 0, "d51", "" },
		{ "orchard", ROLL_NONE, 0, 21, 20, 1, "d0",
		    "A summary of orchards." },
		{ "whale", ROLL_NONE, 0, 0, 0, 0, NULL, NULL },
		{ "otter", ROLL_NONE, 0, 0, 0, 0, NULL, NULL },
		{ "whale", 2, 0, 21, 20, 1, "d101", "Text about whales." },
		{ "otter", 2, 0, 0, 0, 0, NULL, NULL },
		{ "illusion", ROLL_NONE, 0, 0, 0, 0, NULL, NULL },
		{ "a b c d e f g h i j k l m n o place", ROLL_NONE, 0, 0, 0,
		    0, NULL, NULL },
	};
	const size_t		 n = 300;
	struct place		*p = places(n);
	struct roll		*r = make(p, n, 3);
	const struct hits	*h;
	struct find		*f;
	size_t			 i, step;

	(void)state;
	for (i = 0; i < N(cases); i++)
		for (step = 1; step <= 1u << 24; step <<= 12) {
			f = search(r, cases[i].words, cases[i].group,
			    cases[i].first, step);
			h = finder_hits(f);
			if (h->total != cases[i].total ||
			    h->n != cases[i].n || h->cut != cases[i].cut)
				fail_msg("%s: %zu, %zu, %d", cases[i].words,
				    h->total, h->n, h->cut);
			if (cases[i].id != NULL && (strcmp(
			    h->hit[0].place->t->id, cases[i].id) != 0 ||
			    (h->hit[0].dir == NULL) !=
			    (cases[i].context == NULL) ||
			    (cases[i].context != NULL && strcmp(
			    h->hit[0].context, cases[i].context) != 0)))
				fail_msg("%s: %s \"%s\"", cases[i].words,
				    h->hit[0].place->t->id,
				    h->hit[0].context);
			finder_free(f);
		}
	unmake(r, p, n);
}

/* An id is all of its bytes, a NUL among them. */
static void
nul_in_id(void **state)
{
	struct place	*p = places(6);
	struct roll	*r = make(p, 6, 3);

	(void)state;
	assert_int_not_equal(roll_find(r, "g1", 2), ROLL_NONE);
	assert_int_equal(roll_find(r, "g1\0\0", 4), ROLL_NONE);
	assert_non_null(roll_lang(r, "en", 2));
	assert_null(roll_lang(r, "en\0", 3));
	unmake(r, p, 6);
}

/* A stranger's page may have no heading: its name stands for the title. */
static void
no_heading(void **state)
{
	struct place		*p = places(3);
	struct roll		*r = make(p, 3, 0);
	const struct hits	*h;
	struct find		*f;

	(void)state;
	strcpy(p[1].text[0], "A lone windmill.\n");
	f = search(r, "windmill", ROLL_NONE, 0, 1000);
	h = finder_hits(f);
	assert_int_equal(h->n, 1);
	assert_string_equal(h->hit[0].title, "about");
	assert_string_equal(h->hit[0].context, "A lone windmill.");
	finder_free(f);
	unmake(r, p, 3);
}

static void
roll_goes(void **state)
{
	struct ask	 q = { .what = ASK_SEARCH, .dir = "", .group =
			    ROLL_NONE };
	struct place	*p = places(100);
	struct roll	*r = make(p, 100, 2);
	struct find	*f = finder_new(r, &q, "mill", 4, 0, 20);

	(void)state;
	assert_int_equal(finder_step(f, 1), 0);
	assert_int_equal(finder_is_of(f, r), 1);
	r->gone = 1;
	unmake(r, p, 100);
	assert_int_equal(finder_step(f, 1000), 1);
	finder_free(f);
}

static const struct CMUnitTest	 tests[] = {
	cmocka_unit_test(thousand_groups), cmocka_unit_test(two_levels),
	cmocka_unit_test(large_group), cmocka_unit_test(odd_titles),
	cmocka_unit_test(odd_folders), cmocka_unit_test(filters),
	cmocka_unit_test(finds), cmocka_unit_test(no_heading),
	cmocka_unit_test(nul_in_id),
	cmocka_unit_test(roll_goes),
};

int
main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
