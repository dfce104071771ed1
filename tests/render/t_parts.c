/* SPDX-License-Identifier: ISC */
/* Parts of pages, from a profile made by hand. */
#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "lang/lang.h"
#include "lib/test.h"
#include "proto/gemtext.h"
#include "render/chart.h"
#include "render/csv.h"
#include "render/map.h"
#include "proto/idiom.h"
#include "render/pen.h"
#include "render/timeline.h"
#include "render/words.h"

#define BOTH(a, b)	{ { (a), (b) } }

static struct unit	units[] = {
	{ "percent", BOTH("%", "%") },
	{ "people", BOTH("people", "人") },
	{ "km2", BOTH("km²", "平方公里") },
	{ "wan", BOTH("ten thousand yuan", "万元") },
	{ "km", BOTH("km", "km") },
};
static struct page_head	heads[] = {
	{ .id = "index", .title = BOTH("Home", "首页"), .date = "2026-01-02",
	  .section = SIZE_MAX },
	{ .id = "a", .title = BOTH("Alpha", "甲"), .date = "2026-01-01" },
};
static struct profile	profile = {
	.id = "test", .nlang = 2,
	.lang = { { "en", "en", "English" }, { "zh", "zh-Hans", "中文" } },
	.title = BOTH("District", "区"), .contact = "a",
	.nunit = N(units), .unit = units,
	.nsection = 1, .section = { { .id = "s", .first = 1, .n = 1 } },
	.npage = 2, .page = heads, .newest = "2026-01-02",
};
static struct voice	voices[2];

static struct pen
pen(struct buf *b, size_t lang)
{
	struct pen	 p = { .b = b, .p = &profile, .v = &voices[lang],
			    .lang = lang };

	words_voice(&voices[lang], &profile, lang);
	return p;
}

static void
values(void **state)
{
	static const struct {
		const char	*value;
		size_t		 unit;
		const char	*en, *zh;
	} cases[] = {
		{ "7", 0, "7%", "7%" },
		{ "2402", 2, "2402 km²", "2402平方公里" },
		{ "9999", 1, "9999 people", "9999人" },
		{ "10000", 1, "10,000 people", "1万人" },
		{ "554000", 1, "554,000 people", "55.4万人" },
		{ "123400", 1, "123,400 people", "12.34万人" },
		{ "120500", 1, "120,500 people", "12.05万人" },
		{ "123456", 1, "123,456 people", "123456人" },
		{ "100000000", 1, "100,000,000 people", "1亿人" },
		{ "150000000", 1, "150,000,000 people", "1.5亿人" },
		{ "123450000", 1, "123,450,000 people", "12345万人" },
		{ "1234567", SIZE_MAX, "1,234,567", "1234567" },
		{ "20000", 3, "20,000 ten thousand yuan", "20000万元" },
		{ "12345.5", SIZE_MAX, "12,345.5", "12345.5" },
		{ "98.67", 0, "98.67%", "98.67%" },
		{ "-40000", 4, "-40,000 km", "-4万 km" },
		{ "1800+", 1, "1800+ people", "1800多人" },
		{ "10 billion (yuan)", SIZE_MAX, "10 billion (yuan)",
		    "10 billion (yuan)" },
		{ "", SIZE_MAX, "", "" },
		{ "-", SIZE_MAX, "-", "-" },
		{ "0", 0, "0%", "0%" },
		{ "99999999999999999999", SIZE_MAX,
		    "99,999,999,999,999,999,999", "99999999999999999999" },
	};
	struct buf	 b = BUF_INIT;
	struct pen	 p;
	size_t		 i, l;

	(void)state;
	for (i = 0; i < N(cases); i++)
		for (l = 0; l < 2; l++) {
			p = pen(&b, l);
			buf_reset(&b);
			buf_str(&b, "");
			pen_value(&p, cases[i].value, cases[i].unit);
			assert_string_equal(b.data, l == 0 ? cases[i].en :
			    cases[i].zh);
		}
	buf_free(&b);
}

/* Units that count in large steps themselves, in each language of myriads. */
static void
large_units(void **state)
{
	static const struct {
		const char	*tag, *unit, *want;
	} cases[] = {
		{ "ja", "人", "55.4万人" }, { "ja", "億円", "554,000億円" },
		{ "zh-TW", "人", "55.4萬人" },
		{ "zh-TW", "萬元", "554,000萬元" },
		{ "ko", "명", "55.4만 명" }, { "ko", "억원", "554,000 억원" },
		{ "ru", "чел.", "554\u00a0000 чел." },
		{ "de", "Personen", "554.000 Personen" },
	};
	struct unit	 unit = { "u", { { NULL } } };
	struct profile	 one = { .nlang = 1, .nunit = 1, .unit = &unit };
	struct voice	 v;
	struct buf	 b = BUF_INIT;
	struct pen	 p = { .b = &b, .p = &one, .v = &v };
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		one.lang[0].tag = cases[i].tag;
		unit.word.in[0] = cases[i].unit;
		words_voice(&v, &one, 0);
		buf_reset(&b);
		pen_value(&p, "554000", 0);
		assert_string_equal(b.data, cases[i].want);
	}
	buf_free(&b);
}

static void
page_links(void **state)
{
	struct page_head	 contact = { .id = "c",
				    .title = BOTH("Contact", "咨询") };
	struct profile		 one = { .nlang = 2, .npage = 1,
				    .page = &contact };
	struct buf		 b = BUF_INIT;
	struct pen		 p = pen(&b, 0);

	(void)state;
	p.p = &one;
	pen_page(&p, 0, LANG_CONTACT);
	pen_page(&p, 0, LANG_N);
	p = pen(&b, 1);
	p.p = &one;
	pen_page(&p, 0, LANG_CONTACT);
	assert_string_equal(b.data, "=> c.gmi Contact\n=> c.gmi Contact\n"
	    "=> c.gmi 联系方式：咨询\n");
	buf_free(&b);
}

/* A figure that each language says in words of its own. */
static void
figure_words(void **state)
{
	struct figure	 r = { .label = BOTH("Grade", "等级"),
			    .text = BOTH("10 billion yuan", "百亿元级"),
			    .value = { .text = "10 billion" }, .unit = SIZE_MAX,
			    .year = 2018 };
	struct buf	 b = BUF_INIT;
	struct pen	 p = pen(&b, 0);

	(void)state;
	pen_figure(&p, &r);
	assert_string_equal(b.data, "* Grade: 10 billion yuan (2018)\n");
	buf_reset(&b);
	p = pen(&b, 1);
	pen_figure(&p, &r);
	assert_string_equal(b.data, "* 等级：百亿元级（2018年）\n");
	buf_free(&b);
}

static void
names(void **state)
{
	struct words	 same = BOTH("5G", "5G");
	struct words	 w = BOTH("Balahu", "芭拉胡");
	struct remark	 r = { .printed = "Bala", .note = BOTH("Odd.", "怪。") };
	struct buf	 b = BUF_INIT;
	struct pen	 p = pen(&b, 0);

	(void)state;
	pen_named(&p, &w, NULL, &r);
	assert_string_equal(b.data, "* Balahu (芭拉胡) [printed in the source "
	    "as \"Bala\". Editor's note: Odd.]\n");
	buf_reset(&b);
	p = pen(&b, 1);
	pen_named(&p, &w, "y", &r);
	assert_string_equal(b.data,
	    "* 芭拉胡（Balahu）：y〔来源印作“Bala”。编者注：怪。〕\n");
	buf_reset(&b);
	pen_name(&p, &same);
	assert_string_equal(b.data, "5G");
	buf_free(&b);
}

/* What a text must not turn into at the start of its line. */
static void
guards(void **state)
{
	static const char	*hostile[] = {
		"# no heading", "=> no-link", "* no item", "> no quote",
		"```", "``` no toggle", ".", "..", ".hidden", "##", "=>",
	};
	struct gemtext		 g;
	struct gemtext_line	 l;
	struct buf		 b = BUF_INIT;
	struct pen		 p = pen(&b, 0);
	size_t			 i;

	(void)state;
	for (i = 0; i < N(hostile); i++) {
		buf_reset(&b);
		pen_line(&p, hostile[i]);
		assert_true(b.data[0] != '.');
		gemtext_start(&g, b.data, b.len);
		while (gemtext_next(&g, &l))
			if (l.type != GEMTEXT_TEXT)
				fail_msg("\"%s\"", hostile[i]);
	}
	buf_free(&b);
}

/* Count the lines of the preformatted block; all narrow, none with a dot. */
static size_t
narrow(const struct buf *b)
{
	struct gemtext		 g;
	struct gemtext_line	 l;
	size_t			 n = 0, w;

	gemtext_start(&g, b->data, b->len);
	while (gemtext_next(&g, &l)) {
		if (l.type != GEMTEXT_PRE)
			continue;
		n++;
		w = text_width(l.text, l.len);
		if (w > CHART_COLS || (l.len > 0 && l.text[0] == '.'))
			fail_msg("%zu columns: \"%.*s\"", w, (int)l.len,
			    l.text);
	}
	assert_int_equal(g.pre, 0);
	return n;
}

static void
chart_short(void **state)
{
	struct bar	 r[] = {
		{ .label = BOTH("GDP", "生产总值"), .value = { .text = "5", .number = 5 } },
		{ .label = BOTH("Budget", "预算"), .value = { .text = "10",
		    .number = 10 } },
		{ .label = BOTH("Tiny", "微"), .value = { .text = "0.01",
		    .number = 0.01 } },
		{ .label = BOTH("None", "零"), .value = { .text = "0" } },
	};
	struct block	 c = { .type = BLOCK_CHART, .chart = { .unit = 0,
			    .caption = BOTH("Growth", "增长"), .n = N(r), .bar = r } };
	struct buf	 b = BUF_INIT;
	struct pen	 p = pen(&b, 0);

	(void)state;
	chart_write(&p, &c);
	assert_string_equal(b.data, "Growth\n"
	    "``` Bar chart: GDP 5%; Budget 10%; Tiny 0.01%; None 0%\n"
	    "GDP    ############# 5%\n"
	    "Budget ######################### 10%\n"
	    "Tiny   # 0.01%\n"
	    "None   0%\n"
	    "```\n");
	buf_reset(&b);
	p = pen(&b, 1);
	chart_write(&p, &c);
	assert_string_equal(b.data, "增长\n"
	    "``` 条形图：生产总值 5%；预算 10%；微 0.01%；零 0%\n"
	    "生产总值 ############ 5%\n"
	    "预算     ####################### 10%\n"
	    "微       # 0.01%\n"
	    "零       0%\n"
	    "```\n");
	buf_free(&b);
}

static void
chart_odd(void **state)
{
	struct bar	 r[] = {
		{ .label = BOTH("A label that is far too long to stand on a "
		    "line of a chart", "一个长得在一行里绝对放不下的条形图标"
		    "签文字"), .value = { .text = "12.8", .number = 12.8 } },
		{ .label = BOTH("Unbreakablewordoffortycolumnsandsomemoreyet",
		    "短"), .value = { .text = "-3", .number = -3 } },
		{ .label = BOTH(".dot", "```"), .value = { .text = "1e300",
		    .number = 1e300 } },
		{ .label = BOTH("", ""), .value = { .text = "nan", .number = 0 } },
	};
	struct block	 c = { .type = BLOCK_CHART, .chart = { .unit = SIZE_MAX,
			    .caption = BOTH(".C", "图"), .n = N(r), .bar = r } };
	struct buf	 b = BUF_INIT;
	struct pen	 p;
	size_t		 l;

	(void)state;
	for (l = 0; l < 2; l++) {
		p = pen(&b, l);
		buf_reset(&b);
		r[0].value.text = "12.8";
		chart_write(&p, &c);
		assert_true(narrow(&b) >= 4);
		assert_true(b.data[0] != '.');
		/* A value that leaves no room for its bar. */
		r[0].value.text = "as much as nobody has ever seen here";
		buf_reset(&b);
		chart_write(&p, &c);
		assert_true(narrow(&b) >= 4);
	}
	buf_free(&b);
}

static void
map_plain(void **state)
{
	struct map_node	 r[] = {
		{ .label = BOTH("Chongqing", "重庆"), .x = 2, .y = 0 },
		{ .label = BOTH("Enshi", "恩施"), .x = 24, .y = 0 },
		{ .label = BOTH("Qianjiang", "黔江"), .x = 13, .y = 4 },
		{ .label = BOTH("Changsha", "长沙"), .x = 36, .y = 4 },
	};
	struct edge	 e[] = {
		{ 0, 2, LINE_OPEN }, { 2, 1, LINE_PLANNED },
		{ 2, 3, LINE_BUILDING },
	};
	struct block	 m = { .type = BLOCK_MAP,
			    .map = { .caption = BOTH("Lines", "线路"), .n = N(r),
			    .node = r, .nedge = N(e), .edge = e } };
	struct buf	 b = BUF_INIT;
	struct pen	 p = pen(&b, 0);

	(void)state;
	map_write(&p, &m);
	narrow(&b);
	assert_string_equal(b.data, "Lines (not to scale; In service \"-|/\\\"; "
	    "Under construction \"+\"; Planned \":\")\n"
	    "``` Map: Chongqing - Qianjiang In service; "
	    "Qianjiang - Enshi Planned; "
	    "Qianjiang - Changsha Under construction\n"
	    "  o Chongqing          :o Enshi\n"
	    "    \\--             :::\n"
	    "       \\-         ::\n"
	    "         \\--   :::\n"
	    "   Qianjiang o++++++++++++++++++++++o\n"
	    "                              Changsha\n"
	    "```\n");
	buf_free(&b);
}

/* Nodes on one spot: those without room for a label get a number. */
static void
map_crowded(void **state)
{
	struct map_node	 r[40];
	struct block	 m = { .type = BLOCK_MAP, .map = { .caption = BOTH("M", "图"),
			    .n = N(r), .node = r } };
	struct edge	 e[] = { { 0, 39, LINE_FASTER }, { 1, 1, LINE_OPEN } };
	struct buf	 b = BUF_INIT;
	struct pen	 p;
	size_t		 i, l;

	(void)state;
	memset(r, 0, sizeof(r));
	for (i = 0; i < N(r); i++) {
		r[i].label.in[0] = i % 3 ? "Somewhere" : ".here";
		r[i].label.in[1] = i % 3 ? "某个地方" : "一个名字比地图还要宽"
		    "的地方那就只好写在图的下面了真长";
		r[i].x = (unsigned)(i * 7 % CHART_COLS);
		r[i].y = (unsigned)(i % 21);
	}
	m.map.edge = e;
	m.map.nedge = N(e);
	for (l = 0; l < 2; l++) {
		p = pen(&b, l);
		buf_reset(&b);
		map_write(&p, &m);
		assert_true(buf_ok(&b));
		assert_true(narrow(&b) > 21);
	}
	buf_free(&b);
}

/* What the rail of a block of n events is, in one language. */
static const char *
rail(struct buf *b, size_t lang, struct event *r, size_t n)
{
	struct block	 t = { .type = BLOCK_TIMELINE, .timeline = { n, r } };
	struct pen	 p = pen(b, lang);

	buf_reset(b);
	buf_str(b, "");
	timeline_draw(&p, &t);
	assert_true(buf_ok(b));
	return b->data;
}

#define EVENT(y, m, d)	{ .at = { (y), (m), (d) }, \
	.when = BOTH("then", "那时"), .text = BOTH("X.", "甲。") }

static void
timeline_scale(void **state)
{
	struct event	 far[] = { EVENT(1500, 0, 0), EVENT(2000, 0, 0) };
	struct event	 near[] = { EVENT(-1, 0, 0), EVENT(1, 0, 0),
			    EVENT(1, 0, 0) };
	struct event	 back[] = { EVENT(2020, 0, 0), EVENT(2008, 5, 12),
			    EVENT(2007, 12, 0) };
	struct event	 days[] = { EVENT(2008, 1, 31), EVENT(2008, 2, 2) };
	struct event	 some[] = { EVENT(1950, 0, 0), EVENT(0, 0, 0) };
	struct buf	 b = BUF_INIT;

	(void)state;
	assert_string_equal(rail(&b, 0, far, 2),
	    "Timeline, to scale: 1500 - 2000\n"
	    "``` Timeline; the list below says the same\n"
	    "1500 o X.\n     |\n     |\n     |\n     |\n1750 +\n"
	    "     |\n     |\n     |\n     |\n2000 o X.\n```\n\n");
	assert_string_equal(rail(&b, 1, near, 3),
	    "时间轴（按比例）：前1 - 1\n"
	    "``` 时间轴，内容同下面的列表\n"
	    "前1 o 甲。\n    |\n  1 o 甲。\n  1 o 甲。\n```\n\n");
	assert_string_equal(rail(&b, 0, back, 3),
	    "Timeline, to scale: 2007-12 - 2020\n"
	    "``` Timeline; the list below says the same\n"
	    "      2020 o X.\n           |\n           |\n           |\n"
	    "           |\n      2015 +\n           |\n           |\n"
	    "           |\n           |\n      2010 +\n           |\n"
	    "2008-05-12 o X.\n   2007-12 o X.\n```\n\n");
	assert_string_equal(rail(&b, 0, days, 2),
	    "Timeline, to scale: 2008-01-31 - 2008-02-02\n"
	    "``` Timeline; the list below says the same\n"
	    "2008-01-31 o X.\n   2008-02 +\n2008-02-02 o X.\n```\n\n");
	assert_string_equal(rail(&b, 0, some, 2), "Timeline, not to scale\n"
	    "``` Timeline; the list below says the same\n"
	    "o then\n| X.\n|\no then\n| X.\n```\n\n");
	/* All on one day: no span to name. */
	far[1].at = far[0].at;
	assert_string_equal(rail(&b, 0, far, 2), "Timeline, to scale: 1500\n"
	    "``` Timeline; the list below says the same\n"
	    "1500 o X.\n1500 o X.\n```\n\n");
	buf_free(&b);
}

static void
timeline_odd(void **state)
{
	struct event	 r[42], one = EVENT(5, 0, 0);
	struct named_words bc = { "bc", BOTH("%s before the beginning",
			    "前%s") };
	struct buf	 b = BUF_INIT;
	size_t		 i, n, l;

	(void)state;
	assert_string_equal(rail(&b, 0, &one, 0), "");
	assert_string_equal(rail(&b, 0, &one, 1), "");
	for (i = 0; i < N(r); i++) {
		r[i] = one;
		r[i].at.year = (int)(i * i * 6) - 9000;
		if (r[i].at.year == 0)
			r[i].at.year = 1;
		r[i].when = (struct words)BOTH(".a time told at such length "
		    "that it takes three lines of the drawing or even more",
		    "用很长的一句话来说的时间，一行放不下，两行也放不下，三行"
		    "才刚刚好放得下它");
		if (i % 3 == 0)
			r[i].text = r[i].when;
		if (i % 5 == 0)
			r[i].short_text = (struct words)BOTH("```", "。");
	}
	assert_string_equal(rail(&b, 0, r, 41), "");	/* too many */
	for (n = 2; n <= 40; n++)
		for (l = 0; l < 2; l++) {
			rail(&b, l, r, n);
			assert_true(narrow(&b) >= n);
			assert_true(narrow(&b) <= 10 + 4 * n);
		}
	/* Without numbers. */
	r[1].at.year = 0;
	for (l = 0; l < 2; l++) {
		rail(&b, l, r, 40);
		assert_true(narrow(&b) >= 79);
	}
	/* A capsule's own word that leaves no room beside it. */
	r[1].at.year = -1;
	profile.words = &bc;
	profile.nwords = 1;
	assert_non_null(strstr(rail(&b, 0, r, 3), "not to scale"));
	assert_null(strstr(rail(&b, 1, r, 3), "不"));
	profile.nwords = 0;
	buf_free(&b);
}

/* No line begins with the mark that ends a phrase. */
static void
breaks(void **state)
{
	static const struct { const char *s; size_t cols, want; } cases[] = {
		{ "", 5, 0 }, { "abc", 5, 3 }, { "ab cd", 4, 3 },
		{ "abcdef", 4, 4 }, { "ab cd", 5, 5 }, { "ab cd", 2, 2 },
		{ "中文字，好", 6, 6 }, { "中文字好", 6, 9 },
		{ "字，", 2, 3 }, { "中", 1, 3 },
	};
	size_t	 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (idiom_break(cases[i].s, strlen(cases[i].s), cases[i].cols) !=
		    cases[i].want)
			fail_msg("\"%s\" in %zu", cases[i].s, cases[i].cols);
}

/* What a spreadsheet would reckon with is a text; numbers are numbers. */
static void
csv(void **state)
{
	static const struct { const char *label, *zh, *value, *line; } t[] = {
		{ "Area", "面积", "-3.5", "Area,面积,-3.5" },
		{ "=1+1", "＝1＋1", "7", "'=1+1,'＝1＋1,7" },
		{ "+30 degrees", "－5度", "-5 to 7",
		    "'+30 degrees,'－5度,'-5 to 7" },
		{ "-7", "-.5", "2402", "-7,'-.5,2402" },
		{ "@home", "＋＠", "1800+", "'@home,'＋＠,1800+" },
		{ "=cmd(\"a\", b)", "＠", "-", "\"'=cmd(\"\"a\"\", b)\","
		    "'＠,'-" },
		{ "a=b", "－", "-1.", "a=b,'－,'-1." },
	};
	struct figure	 r = { .id = NULL, .unit = 2, .year = 2018 };
	struct buf	 b = BUF_INIT;
	char		 want[200];
	size_t		 i;

	(void)state;
	for (i = 0; i < N(t); i++) {
		r.label.in[0] = t[i].label;
		r.label.in[1] = t[i].zh;
		r.value.text = t[i].value;
		csv_record(&profile, &heads[1], &r, &b);
		snprintf(want, sizeof(want), ",a,%s,km2,2018,\r\n",
		    t[i].line);
		assert_true(buf_ok(&b));
		buf_ch(&b, '\0');
		assert_string_equal(b.data, want);
		buf_reset(&b);
	}
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values), cmocka_unit_test(large_units),
		cmocka_unit_test(page_links),
		cmocka_unit_test(figure_words),
		cmocka_unit_test(names), cmocka_unit_test(csv),
		cmocka_unit_test(guards), cmocka_unit_test(chart_short),
		cmocka_unit_test(chart_odd), cmocka_unit_test(map_plain),
		cmocka_unit_test(map_crowded),
		cmocka_unit_test(timeline_scale),
		cmocka_unit_test(timeline_odd), cmocka_unit_test(breaks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
