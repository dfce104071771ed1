/* SPDX-License-Identifier: ISC */
/*
 * Lines made by columns have the same bytes as those of charset_fit(),
 * wrap_text() and charset_encode(), in every charset and width.
 */
#include "base/buf.h"
#include "base/err.h"
#include "charset/charset.h"
#include "charset/cols.h"
#include "charset/wrap.h"
#include "lib/test.h"
#include "lib/viewsite.h"
#include "proto/site.h"
#include "view/page.h"

static const char *const	 parts[] = {
	"河", "路", "一", "龥", "。", "，", "、", "；", "：", "！", "？",
	"）", "》", "（", "《", "「", "』", "【", "ａ", "％", "a", "Zebra",
	"7", "2018", "年", "万", "公里", "km", " ", " ", "  ", ".", "~", "(",
	"%", "-", "https://a/", "镕", "…", "é",
};

static char		 ascii[] = "gb2312", from[] = "Z", to[] = "S";
static struct replace replaces[] = { { ascii, from, to } };
static struct site_table site = { .nreplace = 1, .replace = replaces };

struct out {
	struct buf		 b;
	const struct charset	*charset;
	const struct cols	*cols;
};

static int
by_text(void *arg, const char *prefix, const char *s, size_t len)
{
	struct out	*o = arg;

	buf_fmt(&o->b, "%s|", prefix);
	charset_encode(o->charset, s, len, &o->b);
	buf_ch(&o->b, '\n');
	return 0;
}

static int
by_cols(void *arg, const char *prefix, size_t a, size_t z)
{
	struct out	*o = arg;

	buf_fmt(&o->b, "%s|", prefix);
	cols_put(o->cols, o->charset, a, z, &o->b);
	buf_ch(&o->b, '\n');
	return 0;
}

/* 1: cols_set() took the text. */
static int
one(const char *s, const struct charset *charset, unsigned width, int replace,
    const char *first)
{
	struct wrap	 w = { charset, width, first, *first ? "  " : "" };
	struct buf	 fitted = BUF_INIT;
	struct cols	 cols = { 0 };
	struct out	 a = { BUF_INIT, charset, NULL };
	struct out	 b = { BUF_INIT, charset, &cols };
	struct fit	 f;
	int		 got;

	charset_init(&f, charset, site.replace, replace ? site.nreplace : 0);
	if ((got = cols_set(&cols, &f, s, strlen(s))) == 1) {
		assert_int_equal(charset_fit(&f, s, strlen(s), &fitted), 0);
		assert_int_equal(wrap_text(&w, fitted.data == NULL ? "" :
		    fitted.data, fitted.len, by_text, &a), 0);
		assert_int_equal(wrap_cols(&w, &cols, by_cols, &b), 0);
		if (strcmp(a.b.data, b.b.data) != 0)
			fail_msg("%s: want\n%sgot\n%s", s, a.b.data,
			    b.b.data);
	}
	buf_free(&fitted);
	buf_free(&a.b);
	buf_free(&b.b);
	cols_free(&cols);
	return got;
}

static void
same(void **state)
{
	static const struct charset *const	 sets[] = { &charset_utf8,
					    &charset_gb2312, &charset_hz };
	char				 s[600];
	unsigned			 seed = 1, i, n, k, taken[3] = { 0 };

	(void)state;
	for (i = 0; i < 60000; i++) {
		s[0] = '\0';
		seed = seed * 1103515245 + 12345;
		for (n = (seed >> 16) % 60; n > 0; n--) {
			seed = seed * 1103515245 + 12345;
			/* cols_set() does not take the last three parts. */
			k = (seed >> 16) % (i % 8 == 0 ? N(parts) :
			    N(parts) - 3);
			if (strlen(s) + strlen(parts[k]) < sizeof(s))
				strcat(s, parts[k]);
		}
		k = i % N(sets);
		taken[k] += (unsigned)one(s, sets[k], 8 + i % 61,
		    i % 5 == 0, i % 7 == 0 ? "* " : "");
	}
	for (k = 0; k < N(sets); k++)
		assert_true(taken[k] > 5000);
}

/* cols_set() does not take a text that charset_fit() would change. */
static void
others(void **state)
{
	(void)state;
	assert_int_equal(one("路é", &charset_utf8, 20, 0, ""), 0);
	assert_int_equal(one("路…", &charset_gb2312, 20, 0, ""), 0);
	assert_int_equal(one("路\t路", &charset_utf8, 20, 0, ""), 0);
	assert_int_equal(one("朱镕基", &charset_utf8, 20, 0, ""), 1);
	assert_int_equal(one("朱镕基", &charset_gb2312, 20, 0, ""), 0);
	assert_int_equal(one("Z路", &charset_gb2312, 20, 1, ""), 0);
	assert_int_equal(one("Z路", &charset_gb2312, 20, 0, ""), 1);
	assert_int_equal(one("a", &charset_ascii, 20, 0, ""), 0);
	assert_int_equal(one("  .路  ", &charset_hz, 20, 0, ""), 1);
	assert_int_equal(one("\xe8\xb7", &charset_utf8, 20, 0, ""), 0);
}

/* A page of /hz converted from that of /gb equals the page composed in HZ. */
static void
hz_from_gb(void **state)
{
	const struct view	 gb = { NULL, "gb", "zh", &charset_gb2312, 66, 66, 1 };
	/* The name of the tree is in selectors, so both have the same here. */
	const struct view	 hz = { NULL, "gb", "zh", &charset_hz, 66, 66, 1 };
	const struct site_page	*page;
	struct page_text	 a, b, c;
	struct viewsite		 v;
	struct fit		 f[2];
	struct err		 e;
	size_t			 i, k, done = 0;

	(void)state;
	viewsite_load(&v, "tests/view/sample");
	charset_init(&f[0], gb.charset, v.table->replace, v.table->nreplace);
	charset_init(&f[1], hz.charset, v.table->replace, v.table->nreplace);
	for (i = 0; i < v.table->npage; i++) {
		page = &v.table->page[i];
		if (strcmp(page->dir, "zh") != 0 || page_compose(&v.src, &gb,
		    &f[0], page, NULL, &a, &e) != 1)
			continue;
		assert_int_equal(page_compose(&v.src, &hz, &f[1], page, NULL,
		    &b, &e), 1);
		assert_int_equal(page_convert(&hz, &a, &c, &e), 1);
		assert_string_equal(c.text.data, b.text.data);
		assert_int_equal(c.text.len, b.text.len);
		assert_int_equal(c.nline, b.nline);
		assert_int_equal(c.npart, b.npart);
		assert_int_equal(c.nlink, b.nlink);
		assert_int_equal(c.nheading, b.nheading);
		for (k = 0; k < c.nline; k++) {
			assert_int_equal(c.line[k].at, b.line[k].at);
			assert_int_equal(c.line[k].line, b.line[k].line);
		}
		for (k = 0; k < c.npart; k++)
			assert_int_equal(c.part[k], b.part[k]);
		page_free(&a);
		page_free(&b);
		page_free(&c);
		done++;
	}
	assert_true(done > 2);
	viewsite_free(&v);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(same), cmocka_unit_test(others),
		cmocka_unit_test(hz_from_gb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
