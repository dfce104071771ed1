/* SPDX-License-Identifier: ISC */
/* Where titles are cut that are too long for their place. */
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "charset/charset.h"
#include "lib/test.h"
#include "lib/viewsite.h"

/* Make a site with pages in parts, in which every title is this one. */
static void
make(struct viewsite *v, const char *title)
{
	struct buf	 b = BUF_INIT;
	int		 i;

	buf_fmt(&b, "apeng-site 1\nid\tlong\nlang\tzh\tzh\t%s\t%s\tT\n"
	    "lang\ten\ten\tEnglish\tE\tE\ntree\tascii\tzh\ntree\tgb\tzh\n"
	    "contact\tp\nreplace\tascii\t山\tShan\n"
	    "section\tzh\tall\tAll\tAll\n"
	    "page\tzh\tp\tall\t2026-11-23\t%s\tBrief\n"
	    "page\tzh\tq\tall\t2026-11-23\t%s\tBrief\n",
	    title, title, title, title);
	viewsite_make(v, b.data);
	buf_reset(&b);
	for (i = 0; i < 300; i++)
		buf_fmt(&b, "## %s\n\nWords enough for more than one part.\n",
		    title);
	buf_fmt(&b, "=> /data/x.csv %s\n", title);
	viewsite_add(v, "zh/p", b.data, b.len);
	viewsite_add(v, "zh/q", b.data, b.len);
	buf_free(&b);
}

/*
 * The reply to a selector as UTF-8; a `?' in it fails, since it shows that a
 * character was cut.
 */
static const char *
reply(struct viewsite *v, const char *tree, const struct charset *c, const char *path)
{
	static struct buf	 text;
	struct buf		 b = BUF_INIT;
	enum view_kind		 kind;
	struct err		 e;
	char			 selector[40];

	snprintf(selector, sizeof(selector), "%s%s", tree, path);
	assert_int_equal(view_reply(&v->src, selector, strlen(selector), &b,
	    &kind, &e), 0);
	assert_int_not_equal(kind, VIEW_NONE);
	buf_reset(&text);
	assert_int_equal(c->decode(b.data, b.len, &text), 0);
	if (strchr(text.data, '?') != NULL)
		fail_msg("%s: %s", selector, text.data);
	buf_free(&b);
	return text.data;
}

/*
 * The first two lines of a part must name it; spaces and line ends are ignored.
 */
static void
says_part(const char *s, const char *part)
{
	char	 head[1024];
	size_t	 n = 0;
	int	 lines = 0;

	for (; lines < 2 && n + 1 < sizeof(head); s++) {
		lines += *s == '\n';
		if (*s != ' ' && *s != '\r' && *s != '\n')
			head[n++] = *s;
	}
	head[n] = '\0';
	if (strstr(head, part) == NULL)
		fail_msg("no \"%s\" in %s", part, head);
}

static void
titles(void **state)
{
	static const struct { const char *tree; const struct charset *c;
	    const char *part; } trees[] = {
		{ "zh", &charset_utf8, "第2部分" },
		{ "gb", &charset_gb2312, "第2部分" },
		{ "hz", &charset_hz, "第2部分" },
		{ "en", &charset_utf8, NULL },
	};
	struct viewsite	 v;
	struct buf	 b = BUF_INIT;
	size_t		 i, len, lead;

	(void)state;
	for (len = 1; len < 120; len += len < 60 ? 1 : 7) {
		for (lead = 0; lead < 3; lead++) {
			buf_reset(&b);
			for (i = 0; i < lead; i++)
				buf_ch(&b, 'x');
			for (i = 0; i < len; i++)
				buf_str(&b, "山");
			make(&v, b.data);
			reply(&v, "", &charset_ascii, "");
			for (i = 0; i < N(trees); i++) {
				reply(&v, trees[i].tree, trees[i].c, "");
				if (trees[i].part == NULL)
					continue;
				says_part(reply(&v, trees[i].tree, trees[i].c,
				    "/p/2.txt"), trees[i].part);
				reply(&v, trees[i].tree, trees[i].c, "/p");
				reply(&v, trees[i].tree, trees[i].c, "/q");
				reply(&v, trees[i].tree, trees[i].c,
				    "/s/all");
			}
			viewsite_free(&v);
		}
	}
	buf_free(&b);
}

/* Latin titles, where 40 columns hold less than half of one. */
static void
parts(void **state)
{
	struct viewsite	 v;
	struct buf	 b = BUF_INIT, t = BUF_INIT;
	size_t		 len, i;
	const char	*s;

	(void)state;
	for (len = 1; len < 400; len += 9) {
		buf_reset(&b);
		buf_reset(&t);
		for (i = 0; i < len; i++)
			buf_ch(&b, i % 11 == 5 ? ' ' : 'n');
		buf_fmt(&t, "apeng-site 1\nid\tlong\nlang\ten\ten\tE\tT\tT\n"
		    "tree\tascii\ten\ncontact\tp\n"
		    "section\ten\tall\tAll\tAll\n"
		    "page\ten\tp\tall\t2026-11-23\t%s\tBrief\n", b.data);
		viewsite_make(&v, t.data);
		buf_reset(&t);
		for (i = 0; i < 900; i++)
			buf_str(&t, "Some words, one line of them.\n\n");
		viewsite_add(&v, "en/p", t.data, t.len);
		s = reply(&v, "40", &charset_ascii, "/p/2.txt");
		says_part(s, "part2of");
		if (len < 50 && memcmp(s, "nnnnn", len < 5 ? len : 5) != 0)
			fail_msg("not the whole title: %.100s", s);
		if (len > 100 && memcmp(s, "Brief, part", 11) != 0)
			fail_msg("not the short title: %.100s", s);
		says_part(reply(&v, "ascii", &charset_ascii, "/p/3.txt"),
		    "part3of");
		viewsite_free(&v);
	}
	buf_free(&b);
	buf_free(&t);
}

static void
cut(void **state)
{
	static const char	 s[] = "a黔\xf0\x9f\x8f\x9e" "b";
	static const size_t	 want[] = { 0, 1, 1, 1, 4, 4, 4, 4, 8, 9, 9 };
	size_t			 i;

	(void)state;
	for (i = 0; i < N(want); i++)
		assert_int_equal(text_utf8_cut(s, sizeof(s) - 1, i), want[i]);
	assert_int_equal(text_utf8_cut(s, 3, 5), 3);
	assert_int_equal(text_utf8_cut("\x80\x80\x80", 3, 2), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles), cmocka_unit_test(parts),
		cmocka_unit_test(cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
