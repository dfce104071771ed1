/* SPDX-License-Identifier: ISC */
/* The trees as a whole: what is walked is answered, and by the rules. */
#include "base/buf.h"
#include "base/err.h"
#include "charset/charset.h"
#include "lib/test.h"
#include "lib/viewsite.h"
#include "view/check.h"
#include "view/check_site.h"
#include "view/memo.h"
#include "view/menu.h"
#include "view/tree.h"
#include "view/walk.h"
#include "view/words.h"

#define SAMPLE	"tests/view/sample"
#define SEEN	1024

static struct seen {
	struct viewsite	*site;
	size_t		 n;
	char		 name[SEEN][100];
	enum view_kind	 kind[SEEN];
} seen;

static void
told(void *arg, size_t line, const struct finding *f)
{
	char	 rule[200];

	finding_say(f, f->text, rule, sizeof(rule));
	fail_msg("%s: line %zu: %s", (const char *)arg, line, rule);
}

static const struct view *
view_of(const struct site_table *site, const char *selector)
{
	static struct view	 list[VIEW_MAX];
	size_t			 i, n = tree_list(site, list);

	for (i = 0; i < n; i++)
		if (strncmp(list[i].name, selector, strcspn(selector, "/")) ==
		    0 && strlen(list[i].name) == strcspn(selector, "/"))
			return &list[i];
	list[0] = (struct view){ NULL, "", "en", &charset_ascii, 38, 38, 1 };
	return &list[0];
}

static int
keep(void *arg, const char *selector, enum view_kind kind)
{
	struct seen	*s = arg;

	assert_true(s->n < SEEN);
	snprintf(s->name[s->n], sizeof(s->name[0]), "%s", selector);
	s->kind[s->n++] = kind;
	return 0;
}

static int
is_walked(const char *selector, size_t len, enum view_kind kind)
{
	size_t	 i;

	for (i = 0; i < seen.n; i++)
		if (strlen(seen.name[i]) == len &&
		    memcmp(seen.name[i], selector, len) == 0)
			return seen.kind[i] == kind;
	return 0;
}

static const char *
one_line(const char *s)
{
	static char	 line[1024];

	snprintf(line, sizeof(line), "%.*s", (int)strcspn(s, "\r"), s);
	return line;
}

/* Each item of a menu leads to something that the walk knows. */
static void
follow(const char *from, const char *s)
{
	enum view_kind	 kind;
	const char	*tab, *end;
	size_t		 n;

	for (; strcmp(s, ".\r\n") != 0; s = strchr(s, '\n') + 1) {
		if (*s == 'i' || *s == '9' || *s == '7' || *s == 'h' ||
		    strstr(one_line(s), "\t/data/") != NULL)
			continue;
		kind = *s == '1' ? VIEW_MENU : VIEW_TEXT;
		tab = strchr(s, '\t') + 1;
		end = strchr(tab, '\t');
		assert_int_equal(*tab, '/');
		tab++;
		n = (size_t)(end - tab);
		if (!is_walked(tab, n, kind))
			fail_msg("%s: %.*s leads nowhere", from,
			    (int)(end - s), s);
	}
}

static void
walk_and_follow(struct viewsite *v)
{
	struct buf		 b = BUF_INIT;
	const struct view	*view;
	enum view_kind		 kind;
	struct err		 e;
	size_t			 i, most;

	memset(&seen, 0, sizeof(seen));
	seen.site = v;
	assert_int_equal(walk_selectors(&v->src, keep, &seen, &e), 0);
	for (i = 0; i < seen.n; i++) {
		const char *s = seen.name[i];

		buf_reset(&b);
		assert_int_equal(view_reply(&v->src, s, strlen(s), &b, &kind,
		    &e), 0);
		if (kind != seen.kind[i])
			fail_msg("%s: kind %d", s, kind);
		view = view_of(v->table, s);
		if (kind == VIEW_MENU) {
			most = view->old && strchr(s, '/') == NULL ?
			    VIEW_ROOT_BYTES : VIEW_MENU_BYTES;
			check_menu(view, b.data, b.len, most, told,
			    (void *)(uintptr_t)s);
			follow(s, b.data);
		} else
			check_text(view, b.data, b.len, VIEW_TEXT_BYTES, told,
			    (void *)(uintptr_t)s);
	}
	buf_free(&b);
}

static void
sample(void **state)
{
	struct viewsite	 v;

	(void)state;
	viewsite_load(&v, SAMPLE);
	walk_and_follow(&v);
	assert_true(seen.n > 50);
	viewsite_free(&v);
}

static const char *
reply(struct viewsite *v, const char *selector, enum view_kind want)
{
	static struct buf	 b;
	enum view_kind		 kind;

	buf_reset(&b);
	buf_str(&b, "");
	assert_int_equal(view_reply(&v->src, selector, strlen(selector), &b,
	    &kind, NULL), 0);
	if (kind != want)
		fail_msg("%s: kind %d, want %d", selector, kind, want);
	return b.data;
}

static void
selectors(void **state)
{
	static const char *const none[] = {
		"xx", "en/none", "en/none.txt", "en/glance", "en/glance/1.txt",
		"en/figures/9.txt", "en/figures/0.txt", "en/figures/01.txt",
		"en/figures/1", "en/figures/9", "en/figures/1.txt/",
		"en/s/none", "en/s/overview/1", "en/s/overview/9", "en/s/",
		"en/1", "en/2", "en/search", "en/search/2", "en//glance.txt",
		"/en", "EN", "en/.txt", "en/../zh", "en/s/notice.txt/x",
		"gb/glance/2.txt", "e", "en/figures/99999999999999999999.txt",
	};
	struct viewsite	 v;
	char		 copy[8192];
	size_t		 i;

	(void)state;
	viewsite_load(&v, SAMPLE);
	for (i = 0; i < N(none); i++)
		if (strcmp(none[i], "en/figures/1.txt/") != 0)
			reply(&v, none[i], VIEW_NONE);
	snprintf(copy, sizeof(copy), "%s", reply(&v, "en", VIEW_MENU));
	assert_string_equal(reply(&v, "en/", VIEW_MENU), copy);
	snprintf(copy, sizeof(copy), "%s", reply(&v, "en/figures", VIEW_MENU));
	assert_string_equal(reply(&v, "en/figures/", VIEW_MENU), copy);
	viewsite_free(&v);
}

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in\n%s", part, text);
}

static void
has_not(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" in\n%s", part, text);
}

static void
promises(void **state)
{
	struct viewsite	 v;
	const char	*s;

	(void)state;
	viewsite_load(&v, SAMPLE);
	s = reply(&v, "", VIEW_MENU);
	has(s, "1Chinese (GB2312)\t/gb\tlocalhost\t7070\r\n");
	s = reply(&v, "en/s/overview", VIEW_MENU);
	has(s, "0Qianjiang at a glance\t/en/glance.txt\t");
	has(s, "hThe source\tURL:https://www.example.org/");
	has(s, "0The figures as CSV\t/data/figures.csv\t");
	has(s, "1中文\t/zh/s/overview\t");
	has(s, "1Home\t/en\t");
	s = reply(&v, "ascii/s/overview", VIEW_MENU);
	has_not(s, "URL:");
	has(s, "9The figures as CSV\t/data/figures.csv\t");
	has(s, "1Chinese (GB2312)\t/gb/s/overview\t");
	s = reply(&v, "en/s/economy", VIEW_MENU);
	has(s, "1All figures, with their years and units\t/en/figures\t");
	s = reply(&v, "en/figures", VIEW_MENU);
	has(s, "0Part 2 of 3: ");
	has(s, " s at 2400)\t/en/figures/2.txt\t");
	has(s, "0In one file, for printing (");
	has(s, "\t/en/figures.txt\t");
	has(s, "0Next: Contact\t/en/contact.txt\t");
	has(s, "0Previous: History and people\t/en/history.txt\t");
	has(s, "1Up: Economy\t/en/s/economy\t");
	s = reply(&v, "en/figures/2.txt", VIEW_TEXT);
	has(s, "All figures, with their years and units, part 2 of 3\r\n");
	has(s, "(part 2 of 3, Next: /en/figures/3.txt)\r\n");
	s = reply(&v, "ascii/glance.txt", VIEW_TEXT);
	has(s, "-> All figures [/ascii/figures]\r\n");
	has(s, "-> The source\r\n   https://www.example.org/");
	has(s, "2,402 km2");
	has(s, "\r\n .dotted   # 1\r\n");
	has_not(s, "Chinese");
	has(s, "\r\n.\r\n");
	has_not(reply(&v, "en/glance.txt", VIEW_TEXT), "\r\n.\r\n");
	has(reply(&v, "ascii/history.txt", VIEW_TEXT),
	    "Zhuoshui is an old town.");
	has(reply(&v, "ascii/history.txt", VIEW_TEXT), "Yu ICP Bei 1 Hao");
	has(reply(&v, "ascii/s/notice.txt", VIEW_TEXT), "Notice\r\n======\r\n");
	has(reply(&v, "40/s/economy", VIEW_MENU), "iEconomy\t\tx\t0\r\n");
	has(reply(&v, "zh/figures", VIEW_MENU), "0第2部分，共3部分：");
	viewsite_free(&v);
}

/* What a site table says in a language's own words. */
static void
own_words(void **state)
{
	struct viewsite	 v;
	struct buf	 b = BUF_INIT, text = BUF_INIT;
	char		 out[24];
	const char	*s;
	size_t		 i;

	(void)state;
	buf_str(&b, "apeng-site 1\nid\town\nlang\tbo\tbo\tBod\tOwn\tOwn\n"
	    "lang\ten\ten\tEnglish\tOwn\tOwn\ncontact\tp0\n"
	    "word\tbo\tmenu-home\tKhyim\nword\tbo\tmenu-part-title\t"
	    "%s%%n %s %d %s\nword\tbo\tnone-such\tx\n"
	    "section\tbo\tall\tAll\tAll\nsection\ten\tall\tAll\tAll\n"
	    "page\tbo\tp0\tall\t2026-11-23\tP\tP\n"
	    "page\ten\tp0\tall\t2026-11-23\tP\tP\n");
	for (i = 0; i < 300; i++)
		buf_str(&text, "A paragraph that is not short, but of many "
		    "words.\n\n");
	viewsite_make(&v, b.data);
	viewsite_add(&v, "bo/p0", text.data, text.len);
	viewsite_add(&v, "en/p0", text.data, text.len);
	s = reply(&v, "bo/p0", VIEW_MENU);
	has(s, "1Khyim\t/bo\t");
	has(s, "02%%n 3 %d 3");
	has(s, "Up: All\t");
	s = reply(&v, "en/p0", VIEW_MENU);
	has(s, "1Home\t/en\t");
	has(s, "0Part 2 of 3");
	words_number(out, 12, "%s part of %s", 12345, 7);
	assert_string_equal(out, "12345 part ");
	words_number(out, 4, "ab第", 0, 0);
	assert_string_equal(out, "ab");
	viewsite_free(&v);
	buf_free(&text);
	buf_free(&b);
}

/* Pages beyond one menu: 300 in a section, each on exactly one page of it. */
static void
many_pages(void **state)
{
	struct viewsite	 v;
	struct buf	 b = BUF_INIT;
	char		 id[64], selector[64], want[64];
	const char	*s;
	size_t		 i, n, found = 0;

	(void)state;
	buf_str(&b, "apeng-site 1\nid\tbig\nlang\ten\ten\tEnglish\tBig\tBig\n"
	    "tree\tascii\ten\ncontact\tp0\nsection\ten\tall\tAll\tAll\n");
	for (i = 0; i < 300; i++)
		buf_fmt(&b, "page\ten\tp%zu\tall\t2026-11-23\tPage number %zu "
		    "of a section that is far too long for anybody to read\t"
		    "Page %zu\n", i, i, i);
	viewsite_make(&v, b.data);
	for (i = 0; i < 300; i++) {
		snprintf(id, sizeof(id), "en/p%zu", i);
		viewsite_add(&v, id, "# Page\nText.\n", 13);
	}
	walk_and_follow(&v);
	for (n = 1; n < 100; n++) {
		if (n == 1)
			snprintf(selector, sizeof(selector), "ascii/s/all");
		else
			snprintf(selector, sizeof(selector), "ascii/s/all/%zu",
			    n);
		if (!is_walked(selector, strlen(selector), VIEW_MENU))
			break;
		s = reply(&v, selector, VIEW_MENU);
		snprintf(want, sizeof(want), ", page %zu of ", n);
		has(s, want);
		for (i = 0; i < 300; i++) {
			snprintf(want, sizeof(want), "\t/ascii/p%zu.txt\t", i);
			found += strstr(s, want) != NULL;
		}
	}
	assert_true(n > 15);
	assert_int_equal(found, 300);
	viewsite_free(&v);
	buf_free(&b);
}

static uint32_t	seed;

static unsigned
dice(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

/* Signed but odd: any gemtext at all still comes out by the rules. */
static void
odd_pages(void **state)
{
	static const char *const bits[] = {
		"\n", "\n", "# ", "## ", "=> ", "```\n", "* ", "> ", ".", " ",
		"word", "../zh/glance.gmi", "https://example.org/", "javascript:x",
		"\xff", "\t", "\x1b[2J", "黔江", "堃", "（祎）", "e\xcc\x81\xcc\x81",
		"\r\n", "~", "~{", "figures.gmi label", "/../../etc", "。", "“",
		"averyveryveryveryveryveryveryveryveryveryveryverylongwordhere",
	};
	struct viewsite	 v;
	struct buf	 b = BUF_INIT;
	unsigned	 turn, i, n;

	(void)state;
	viewsite_load(&v, SAMPLE);
	seed = 7;
	for (turn = 0; turn < 60; turn++) {
		buf_reset(&b);
		n = dice(turn % 10 == 0 ? 6000 : 300);
		for (i = 0; i < n; i++)
			buf_str(&b, bits[dice(N(bits))]);
		viewsite_add(&v, turn % 2 ? "en/glance" : "zh/glance",
		    b.data == NULL ? "" : b.data, b.len);
		walk_and_follow(&v);
	}
	viewsite_free(&v);
	buf_free(&b);
}

static void
sizes(void **state)
{
	struct viewsite	 v;
	char		*big;
	struct err	 e;

	(void)state;
	viewsite_load(&v, SAMPLE);
	big = malloc(VIEW_PAGE_MAX + 1);
	assert_non_null(big);
	memset(big, 'a', VIEW_PAGE_MAX + 1);
	viewsite_add(&v, "en/glance", big, VIEW_PAGE_MAX + 1);
	reply(&v, "en/glance.txt", VIEW_NONE);
	viewsite_add(&v, "en/glance", big, 100000);
	reply(&v, "en/glance.txt", VIEW_NONE);	/* above 32,000: parts only */
	reply(&v, "en/glance", VIEW_MENU);
	reply(&v, "en/glance/2.txt", VIEW_TEXT);
	memset(big, '\n', VIEW_PAGE_MAX);
	viewsite_add(&v, "en/glance", big, VIEW_PAGE_MAX);
	assert_string_equal(reply(&v, "en/glance.txt", VIEW_TEXT), "-\r\n");
	assert_int_equal(check_site(&v.src, "en", "none", NULL, NULL, &e), 0);
	free(big);
	viewsite_free(&v);
}

/*
 * A page that grows by its package's own replacements: 300 bytes a byte.
 * It is none above VIEW_COMPOSED_MAX, in that tree alone.
 */
static void
grown(void **state)
{
	static char	 a[VIEW_PAGE_MAX], b[SITE_REPLACE_BYTES + 1];
	struct viewsite	 v;
	struct buf	 s = BUF_INIT;
	size_t		 i, k;

	(void)state;
	memset(b, 'b', SITE_REPLACE_BYTES);
	buf_fmt(&s, "apeng-site 1\nid\tgrown\nlang\ten\ten\tEnglish\tG\tG\n"
	    "tree\tascii\ten\ncontact\tp\nreplace\tascii\t^\t%s\n"
	    "section\ten\tall\tAll\tAll\n"
	    "page\ten\tp\tall\t2026-11-23\tP\tP\n", b);
	viewsite_make(&v, s.data);
	memset(a, '^', sizeof(a));
	for (i = 0; i < 2; i++) {	/* one line, then many */
		viewsite_add(&v, "en/p", a, sizeof(a));
		reply(&v, "en/p/2.txt", VIEW_TEXT);
		reply(&v, "ascii/p", VIEW_NONE);
		reply(&v, "ascii/p.txt", VIEW_NONE);
		has(reply(&v, "ascii/s/all", VIEW_MENU), "0P\t/ascii/p.txt");
		memset(a, '\n', sizeof(a));
		for (k = 0; k < sizeof(a); k += 20)
			a[k] = '^';
	}
	viewsite_add(&v, "en/p", a, 250000);
	reply(&v, "ascii/p/2.txt", VIEW_TEXT);
	viewsite_free(&v);
	buf_free(&s);
}

/* Results of a search and error menus are made by the same hands. */
static void
own_menu(void **state)
{
	struct viewsite		 v;
	struct menu_item	 item[50];
	struct menu		 m = { .title = "Found", .item = item,
				    .nitem = 50, .base = "/ascii/search/q" };
	struct view		 list[VIEW_MAX];
	struct buf		 b = BUF_INIT;
	struct err		 e;
	size_t			 i, n, pages;

	(void)state;
	viewsite_load(&v, SAMPLE);
	memset(item, 0, sizeof(item));
	for (i = 0; i < N(item); i++) {
		item[i].type = '0';
		item[i].title = i == 3 ? "" : i == 4 ? "（祎）" : "Economy";
		item[i].selector = "/ascii/economy.txt";
		item[i].note = "growth of GDP in 2018 was 7 per cent, which is "
		    "above the year before";
	}
	tree_list(v.table, list);
	for (i = 0; i < 6; i++) {
		assert_int_equal(menu_pages(&v.src, &list[i], &m, &pages, &e),
		    0);
		for (n = 1; n <= pages; n++) {
			buf_reset(&b);
			assert_int_equal(menu_write(&v.src, &list[i], &m, n,
			    &b, &e), 1);
			check_menu(&list[i], b.data, b.len, VIEW_MENU_BYTES,
			    told, (void *)(uintptr_t)list[i].name);
		}
		assert_int_equal(menu_write(&v.src, &list[i], &m, n, &b, &e),
		    0);
	}
	buf_free(&b);
	viewsite_free(&v);
}

/* viewsite's pages, counting how often one is asked for. */
struct counted {
	int	(*page)(void *, const char *, const char *, const char **,
		    size_t *);
	void	*arg;
	unsigned n;
};

static int
count_page(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	struct counted	*c = arg;

	c->n += strcmp(dir, "en") == 0 && strcmp(id, "figures") == 0;
	return c->page(c->arg, dir, id, text, len);
}

/* A page of many parts and headings is composed once, not once a part. */
static void
composed_once(void **state)
{
	struct viewsite	 v;
	struct buf	 b = BUF_INIT, want = BUF_INIT;
	struct counted	 c = { 0 };
	char		 s[64], head[32];
	const char	*menu;
	size_t		 i, n;

	(void)state;
	viewsite_load(&v, SAMPLE);
	buf_str(&b, "# Figures\n");
	for (i = 0; i < 5000; i++)
		buf_fmt(&b, "## h%zu\nSome text of it.\n", i);
	assert_true(buf_ok(&b));
	viewsite_add(&v, "en/figures", b.data, b.len);
	for (i = 1; i < 20; i++) {
		snprintf(s, sizeof(s), "en/figures/%zu.txt", i);
		buf_str(&want, reply(&v, s, VIEW_TEXT));
	}
	c.page = v.src.page;
	c.arg = v.src.arg;
	v.src.page = count_page;
	v.src.arg = &c;
	v.src.memo = memo_new(v.table);
	assert_non_null(v.src.memo);
	buf_reset(&b);
	for (i = 1; i < 20; i++) {
		snprintf(s, sizeof(s), "en/figures/%zu.txt", i);
		buf_str(&b, reply(&v, s, VIEW_TEXT));
	}
	assert_string_equal(b.data, want.data);
	assert_int_equal(c.n, 1);
	/* Each part is named by the heading that it begins with. */
	for (i = 2; i < 10; i++) {
		snprintf(s, sizeof(s), "en/figures/%zu.txt", i);
		menu = strstr(reply(&v, s, VIEW_TEXT), "\r\nh") + 2;
		n = strcspn(menu, "\r");
		snprintf(head, sizeof(head), ": %.*s (", (int)n, menu);
		menu = reply(&v, "en/figures", VIEW_MENU);
		snprintf(s, sizeof(s), "0Part %zu of", i);
		has(one_line(strstr(menu, s)), head);
	}
	/* Menus list pages beside it, and ask for them; but not for it. */
	assert_int_equal(c.n, 1);
	/* The same page in another tree is another text. */
	has(reply(&v, "40/figures/2.txt", VIEW_TEXT), "part 2 of");
	has(reply(&v, "en/figures/2.txt", VIEW_TEXT), "(part 2 of");
	memo_free(v.src.memo);
	viewsite_free(&v);
	buf_free(&b);
	buf_free(&want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sample),
		cmocka_unit_test(selectors),
		cmocka_unit_test(promises),
		cmocka_unit_test(own_words),
		cmocka_unit_test(many_pages),
		cmocka_unit_test(odd_pages),
		cmocka_unit_test(sizes),
		cmocka_unit_test(grown),
		cmocka_unit_test(own_menu),
		cmocka_unit_test(composed_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
