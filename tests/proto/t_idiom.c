/* SPDX-License-Identifier: ISC */
/* What an idiom's writer was given, its reader gives back. */
#include <math.h>

#include "base/buf.h"
#include "base/text.h"
#include "lib/test.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"
#include "proto/number.h"

#define ROUNDS	4000

static const struct idiom_marks *const marks[] = { &idiom_narrow,
    &idiom_french, &idiom_chinese, &idiom_japanese };
static const struct number_form	forms[] = {
	{ .thousands = ",", .decimal = ".", .more = "+" },
	{ .thousands = "", .decimal = ".", .more = "多", .myriad = "万",
	  .myriads = "亿" },
	{ .thousands = ",", .decimal = ".", .more = "+", .myriad = "만",
	  .myriads = "억" },
	{ .thousands = ".", .decimal = ",", .more = "+" },
	{ .thousands = "'", .decimal = ".", .more = "+" },
	{ .thousands = "\u2019", .decimal = ".", .more = "+" },
	{ .thousands = " ", .decimal = ",", .more = "+" },
	{ .thousands = "\u00a0", .decimal = ",", .more = "+" },
	{ .thousands = "\u202f", .decimal = ",", .more = "+" },
	{ .thousands = "\u2009", .decimal = ".", .more = "+" },
	{ .thousands = "\u066c", .decimal = "\u066b", .more = "+" },
	{ .thousands = ",", .decimal = ".", .more = "+", .lakh = 1 },
	{ .thousands = "", .decimal = ".", .more = "+" },
};

static unsigned
pick(unsigned n)
{
	static uint64_t	 x = 88172645463325252u;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (unsigned)(x >> 33) % n;
}

/* Words of some scripts, with what looks like the marks of idioms. */
static const char *const words[] = { "East", "Lake", "C#", "#2", "of",
    "people", "9", "10 000", "(1998)", "half", "région", "Âge", "人口", "農業",
    "常住人口", "인구", "население", "السكان", "जनसंख्या", "e\u0301", "a\u00a0b",
    "x;", "No.1", "[1]", "|", "=", "-", "5%" };
static const char *const units[] = { "", "%", " people", "人", "万元", " km²",
    " of #1", "평", " Einwohnerinnen und Einwohner am Stichtag" };

/* A text of 1 to max words; bad: words that it must not hold. */
static void
text(struct buf *b, unsigned max, const char *const *bad)
{
	unsigned	 n = 1 + pick(max), i;
	const char	*w;

	buf_reset(b);
	while (n > 0) {
		w = words[pick(N(words))];
		for (i = 0; bad != NULL && bad[i] != NULL; i++)
			if (strstr(w, bad[i]) != NULL)
				break;
		if (bad != NULL && bad[i] != NULL)
			continue;
		if (b->len > 0)
			buf_ch(b, ' ');
		buf_str(b, w);
		n--;
	}
}

/* From 0.001 to 999999999999999 and, with zero set, now and then 0. */
static double
value(char *out, size_t size, int zero)
{
	static const uint64_t	 tens[] = { 1, 10, 100, 1000, 10000, 100000,
				    1000000, 10000000, 100000000, 1000000000,
				    10000000000, 100000000000, 1000000000000 };
	unsigned		 magnitude = pick(N(tens)), part = pick(5);
	uint64_t		 whole;
	char			 digits[8];

	if (zero && pick(8) == 0) {
		snprintf(out, size, "0");
		return 0;
	}
	whole = tens[magnitude] * (1 + pick(9));
	if (pick(2) == 0)
		whole += (uint64_t)pick(1000000) * pick(100000) %
		    tens[magnitude];
	if (pick(4) == 0)
		whole = 0;
	if ((part == 4 && whole > 0) || whole >= 100000000000u)
		snprintf(out, size, "%llu", (unsigned long long)whole);
	else {
		snprintf(digits, sizeof(digits), "%03u", (part % 3 == 2 ? 1 : 100) +
		    pick(899));
		snprintf(out, size, "%llu.%.*s", (unsigned long long)whole,
		    (int)part % 3 + 1, digits);
	}
	return strtod(out, NULL);
}

static void
numbers(void **state)
{
	struct buf	 b = BUF_INIT;
	char		 s[64];
	double		 want, got;
	size_t		 i, f, n;

	(void)state;
	for (f = 0; f < N(forms); f++)
		for (i = 0; i < ROUNDS; i++) {
			want = value(s, sizeof(s), 1);
			buf_reset(&b);
			assert_int_equal(number_write(&b, s, &forms[f],
			    pick(2) == 0), 1);
			n = b.len;
			buf_str(&b, units[pick(N(units))]);
			if (number_read(b.data, b.len, &forms[f], &got) <
			    n || got < want * (1 - 1e-15) ||
			    (got > want * (1 + 1e-15) &&
			    strncmp(b.data + n, "万", 3) != 0))
				fail_msg("%s, form %zu: %s gives %.17g", s, f,
				    b.data, got);
		}
	buf_free(&b);
}

static void
odd_numbers(void **state)
{
	static const struct {
		const char	*s;
		size_t		 used;
		double		 number;
	} cases[] = {
		{ "554,000 people", 7, 554000 }, { "12,34", 2, 12 },
		{ "1,234,56", 5, 1234 }, { "1234,567", 4, 1234 },
		{ "7%", 1, 7 }, { "-3.5", 4, -3.5 }, { "3.", 1, 3 },
		{ "12 480,5", 6, 12480 }, { "1.234.567", 9, 1234567 },
		{ "12.480", 6, 12.48 }, { "8.5万", 6, 85000 },
		{ "1.5亿人", 6, 150000000 }, { "9'000", 5, 9000 },
		{ "7,00,00,000.3", 13, 70000000.3 }, { "7,00,00", 1, 7 },
		{ "7,00,000,000", 8, 700000 }, { "1,234,56", 5, 1234 },
		{ "0,764", 1, 0 }, { "0.764", 5, 0.764 },
		{ "", 0, 0 }, { "-", 0, 0 }, { "x7", 0, 0 }, { ".5", 0, 0 },
	};
	double	 got;
	size_t	 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		got = 0;
		if (number_read(cases[i].s, strlen(cases[i].s), NULL, &got) !=
		    cases[i].used || got != cases[i].number)
			fail_msg("%s: %.17g", cases[i].s, got);
	}
}

static int
is(const struct slice *s, const char *want)
{
	return want == NULL ? s->at == NULL : s->at != NULL &&
	    s->len == strlen(want) && memcmp(s->at, want, s->len) == 0;
}

static void
items(void **state)
{
	static const char *const in_name[] = { ":", NULL };
	static const char *const in_value[] = { "(1998)", NULL };
	static const char *const years[] = { "2018", "7", "2081/82", "2019–20",
	    "२०८१/८२", "२०८१" };
	static const struct idiom_words	 said = { "printed as", "Note" };
	struct buf		 b = BUF_INIT, t[4] = { BUF_INIT, BUF_INIT,
				    BUF_INIT, BUF_INIT };
	const char		*part[4], *year, *mark;
	struct idiom_item	 in, out;
	size_t			 i, k;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		text(&t[0], 4, in_name);
		text(&t[1], 8, in_value);
		text(&t[2], 3, NULL);
		text(&t[3], 12, NULL);
		for (k = 0; k < 4; k++)
			part[k] = k == 0 || pick(3) > 0 ? t[k].data : NULL;
		mark = pick(3) == 0 ? "17" : NULL;
		if (mark != NULL)
			part[2] = part[3] = NULL;
		year = part[1] != NULL && pick(2) ? years[pick(N(years))] :
		    NULL;
		in = (struct idiom_item){ .name = slice_of(part[0]),
		    .value = slice_of(part[1]), .year = slice_of(year),
		    .printed = slice_of(part[2]), .note = slice_of(part[3]),
		    .mark = slice_of(mark) };
		/* A name that ends as a year or remark does is one. */
		if (part[1] == NULL && (strchr("])", t[0].data[t[0].len - 1]) !=
		    NULL))
			continue;
		if (part[2] == NULL && part[3] == NULL && mark == NULL &&
		    (part[1] != NULL ? t[1] : t[0]).data[(part[1] != NULL ?
		    t[1] : t[0]).len - 1] == ']' && year == NULL)
			continue;
		buf_reset(&b);
		idiom_item_write(&b, marks[i % N(marks)], &said, &in);
		idiom_item_read(b.data, b.len, &out);
		if (!is(&out.name, part[0]) || !is(&out.value, part[1]) ||
		    !is(&out.year, year) || !is(&out.printed, part[2]) ||
		    !is(&out.note, part[3]) || !is(&out.mark, mark))
			fail_msg("%s", b.data);
	}
	for (k = 0; k < 4; k++)
		buf_free(&t[k]);
	buf_free(&b);
}

/* The remarks at a page's foot, and what is none. */
static void
notes(void **state)
{
	static const char *const no[] = { "", "[", "[]", "[1]", "[1] ", "[0] a",
	    "[01] a", "[1000] a", "[a] b", "[1 a", "1] a", "〔1 a", "x [1] a" };
	struct buf		 b = BUF_INIT, t = BUF_INIT;
	struct idiom_note	 in, out;
	char			 mark[8];
	size_t			 i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		text(&t, 12, NULL);
		snprintf(mark, sizeof(mark), "%u", 1 + pick(999));
		in.mark = slice_of(mark);
		in.text = slice_of(t.data);
		buf_reset(&b);
		idiom_note_write(&b, marks[i % N(marks)], &in);
		if (!idiom_note_read(b.data, b.len, &out) ||
		    !is(&out.mark, mark) || !is(&out.text, t.data) ||
		    idiom_mark(&out.mark) != (size_t)atoi(mark))
			fail_msg("%s", b.data);
	}
	for (i = 0; i < N(no); i++)
		if (idiom_note_read(no[i], strlen(no[i]), &out))
			fail_msg("%s", no[i]);
	buf_free(&b);
	buf_free(&t);
}

static void
odd_items(void **state)
{
	static const struct {
		const char	*text, *name, *value, *year;
		int		 figure;
	} cases[] = {
		{ "Area: 2402 km² (2018)", "Area", "2402 km²", "2018", 1 },
		{ "面积：2402平方公里（2018年）", "面积", "2402平方公里", "2018", 1 },
		{ "Low: -3.5 °C", "Low", "-3.5 °C", NULL, 1 },
		{ "a", "a", NULL, NULL, 0 }, { "", "", NULL, NULL, 0 },
		{ ": b", ": b", NULL, NULL, 0 },
		{ "a: b: 7", "a", "b: 7", NULL, 0 },
		{ "a: 7 (about)", "a", "7 (about)", NULL, 1 },
		{ "a: 7 (20188)", "a", "7 (20188)", NULL, 1 },
		{ "a: 7 ()", "a", "7 ()", NULL, 1 },
		{ "a: 7 )", "a", "7 )", NULL, 1 },
		{ "a: 7]", "a", "7]", NULL, 1 },
		{ "[x]", "[x]", NULL, NULL, 0 },
		{ "a：", "a", "", NULL, 0 },
	};
	struct idiom_item	 item;
	size_t			 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		idiom_item_read(cases[i].text, strlen(cases[i].text), &item);
		if (!is(&item.name, cases[i].name) ||
		    !is(&item.value, cases[i].value) ||
		    !is(&item.year, cases[i].year) ||
		    idiom_is_figure(&item) != cases[i].figure)
			fail_msg("%s", cases[i].text);
	}
}

/* The block that text begins with. */
static struct idiom_block
block_of(const char *s)
{
	struct idiom_block	 b;
	const char		*lf = strchr(s, '\n'), *end;

	assert_true(lf != NULL && strncmp(s, "``` ", 4) == 0);
	b.alt = (struct slice){ s + 4, (size_t)(lf - s - 4) };
	end = strstr(lf, "\n```\n");
	assert_non_null(end);
	b.lines = (struct slice){ NULL, 0 };
	if (end > lf)
		b.lines = (struct slice){ lf + 1, (size_t)(end - lf - 1) };
	return b;
}

/*
 * Of the longest bar, what rounds to one column of the narrowest, and what
 * else keeps a bar from being like another.
 */
#define NEAR(n)	(((n) + 0.5) / 14)

/* The words before bars that are cut, NULL: they need not be. */
static const char *
start_of(const struct idiom_bar *bar, size_t n, struct buf *say)
{
	char	 start[IDIOM_START];

	if (!idiom_chart_start(bar, n, start))
		return NULL;
	buf_reset(say);
	buf_fmt(say, "All of these bars begin at as much as %s", start);
	return say->data;
}

static void
charts(void **state)
{
	static const char *const bad[] = { ":", ";", NULL };
	struct idiom_bar	 in[IDIOM_BARS_MAX], out[IDIOM_BARS_MAX];
	struct buf		 b = BUF_INIT, name[IDIOM_BARS_MAX],
				 val[IDIOM_BARS_MAX], t = BUF_INIT;
	struct idiom_block	 block;
	const struct number_form *form;
	double			 top, got;
	char			 s[64];
	size_t			 round, i, n, f, known;
	const char		*unit;

	(void)state;
	for (i = 0; i < IDIOM_BARS_MAX; i++)
		buf_init(&name[i]), buf_init(&val[i]);
	for (round = 0; round < ROUNDS * 3; round++) {
		form = &forms[f = round % N(forms)];
		unit = units[pick(N(units))];
		n = 1 + pick(round % 50 == 0 ? IDIOM_BARS_MAX : 6);
		for (i = 0, top = 0; i < n; i++) {
			text(&name[i], 1 + pick(5), bad);
			in[i].name = slice_of(name[i].data);
			in[i].number = value(s, sizeof(s), i > 0);
			buf_reset(&val[i]);
			number_write(&val[i], s, form, strncmp(unit, "万",
			    3) != 0);
			buf_str(&val[i], unit);
			in[i].value = slice_of(val[i].data);
			top = in[i].number > top ? in[i].number : top;
		}
		buf_reset(&b);
		idiom_chart_write(&b, marks[pick(N(marks))], "Bars: of all",
		    start_of(in, n, &t), in, n);
		block = block_of(b.data);
		for (known = 0; known < 2; known++) {
			if (idiom_chart_read(&block, known ? form : NULL,
			    out) != n)
				fail_msg("%s", b.data);
			for (i = 0, got = 0; i < n; i++)
				got = out[i].number > got ? out[i].number :
				    got;
			for (i = 0; i < n; i++)
				if (!is(&out[i].name, name[i].data) ||
				    !is(&out[i].value, val[i].data) ||
				    fabs(out[i].number / got -
				    in[i].number / top) > (known ? 1e-12 :
				    strstr(b.data, "/#") != NULL ? 1 :
				    NEAR(n)))
					fail_msg("%zu, form %zu: %.17g\n%s", i,
					    f, out[i].number, b.data);
		}
	}
	for (i = 0; i < IDIOM_BARS_MAX; i++)
		buf_free(&name[i]), buf_free(&val[i]);
	buf_free(&b);
	buf_free(&t);
}

/* The bars of a chart of these values, one a line. */
static void
drawn(struct buf *b, const char *const *value, size_t n)
{
	struct idiom_bar	 bar[8];
	struct buf		 all = BUF_INIT;
	const char		*s, *nl;
	size_t			 i;

	for (i = 0; i < n; i++) {
		bar[i].name = slice_of("1234567");
		bar[i].value = slice_of(value[i]);
		bar[i].number = strtod(value[i], NULL);
	}
	idiom_chart_write(&all, marks[0], "C", start_of(bar, n, b), bar, n);
	buf_reset(b);
	for (s = strchr(all.data, '\n') + 1; *s != '`'; s = nl + 1) {
		nl = strchr(s, '\n');
		s = strncmp(s, "1234567 ", 8) == 0 ? s + 8 : s;
		buf_add(b, s, (size_t)(nl - s) + 1);
	}
	buf_free(&all);
}

/*
 * Values near each other: the longer bar has a column more, or all are cut,
 * and the readers take both for the values that they are.
 */
static void
near_values(void **state)
{
	static const struct {
		const char	*value[8], *bars;
		size_t		 n;
	} cases[] = {
		{ { "100", "99", "50" },
		    "########################## 100\n"
		    "######################### 99\n"
		    "############# 50\n", 3 },
		{ { "12.1", "1000000", "12.2" },
		    "# 12.1\n"
		    "###################### 1000000\n"
		    "## 12.2\n", 3 },
		{ { "471", "470", "468", "471" },
		    "All of these bars begin at as much as\n466\n"
		    "/######################### 471\n"
		    "/#################### 470\n"
		    "/########## 468\n"
		    "/######################### 471\n", 4 },
		{ { "9.1", "9.15", "9.12" },
		    "All of these bars begin at as much as\n9.05\n"
		    "/############ 9.1\n"
		    "/######################## 9.15\n"
		    "/################# 9.12\n", 3 },
		{ { "5", "5" },
		    "############################ 5\n"
		    "############################ 5\n", 2 },
	};
	struct buf	 b = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		drawn(&b, cases[i].value, cases[i].n);
		if (strcmp(b.data, cases[i].bars) != 0)
			fail_msg("%zu:\n%s", i, b.data);
	}
	buf_free(&b);
}

/* A contact of all or some of its parts, followed by what ends it. */
static void
contacts(void **state)
{
	static const char *const in_word[] = { ":", NULL };
	static const char *const in_text[] = { "#", "|", "=", NULL };
	static const char *const ends[] = { "", "\n", "### Next\n", "# A\n" };
	struct buf			 b = BUF_INIT, t[14];
	struct idiom_contact		 in, out;
	struct idiom_contact_part	 part[6], got;
	size_t				 round, i, n, used;
	int				 reachable;

	(void)state;
	for (i = 0; i < N(t); i++)
		buf_init(&t[i]);
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < N(t); i++)
			text(&t[i], 4, i % 2 ? in_word : in_text);
		buf_reset(&b);
		in.name = slice_of(t[12].data);
		in.role = slice_of(pick(2) ? t[0].data : NULL);
		/* Not a line of gemtext of another kind. */
		if (in.role.at != NULL && strchr("#|=-", *in.role.at) != NULL)
			in.role = slice_of(NULL);
		idiom_contact_begin(&b, &in);
		n = 1 + pick(N(part));
		for (i = 0, reachable = 0; i < n; i++) {
			part[i].kind = (enum idiom_contact_kind)pick(3);
			reachable |= part[i].kind != CONTACT_ITEM;
			part[i].url = slice_of(part[i].kind == CONTACT_PHONE ?
			    "tel:+862379223344" : part[i].kind == CONTACT_MAIL ?
			    "mailto:a@b.example" : NULL);
			part[i].word = slice_of(t[2 * i + 1].data);
			part[i].text = slice_of(t[2 * i].data);
			/* A word that ends as a remark does is one. */
			if (part[i].text.at[part[i].text.len - 1] == ']')
				part[i].text = slice_of("1");
			idiom_contact_part(&b, marks[round % N(marks)],
			    &part[i]);
		}
		used = b.len;
		buf_str(&b, ends[pick(N(ends))]);
		if (idiom_contact_read(b.data, b.len, &out) != (reachable ?
		    used : 0))
			fail_msg("%s", b.data);
		if (!reachable)
			continue;
		if (!is(&out.name, t[12].data) || (in.role.at == NULL) !=
		    (out.role.at == NULL) || (in.role.at != NULL &&
		    !is(&out.role, in.role.at)))
			fail_msg("%s", b.data);
		for (i = 0; idiom_contact_next(&out.parts, &got); i++)
			if (i >= n || got.kind != part[i].kind ||
			    got.url.len != part[i].url.len ||
			    !is(&got.word, part[i].word.at) ||
			    !is(&got.text, part[i].text.at))
				fail_msg("%zu: %s", i, b.data);
		assert_int_equal(i, n);
	}
	for (i = 0; i < N(t); i++)
		buf_free(&t[i]);
	buf_free(&b);
}

static void
odd_contacts(void **state)
{
	static const struct {
		const char	*text;
		size_t		 used;
	} cases[] = {
		{ "### A\n=> tel:1 x\n", 17 }, { "### A\n=> tel:1 x", 16 },
		{ "### A\nb\nc\n=> tel:1 x\n", 0 },
		{ "### A\n* Open: 9\n", 0 }, { "### A\n\n=> tel:1 x\n", 0 },
		{ "## A\n=> tel:1 x\n", 0 }, { "###\n=> tel:1 x\n", 0 },
		{ "### A\n=> tel:1\n", 0 }, { "### A\n=> tel: x\n", 0 },
		{ "### A\n=> tel:1 x\n=> b.gmi y\n", 0 },
		{ "### A\n=> tel:1 x\n> q\n", 0 }, { "", 0 },
	};
	struct idiom_contact	 c;
	size_t			 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (idiom_contact_read(cases[i].text, strlen(cases[i].text),
		    &c) != cases[i].used)
			fail_msg("%s", cases[i].text);
}

static void
odd_charts(void **state)
{
	static const struct {
		const char	*alt, *lines;
		size_t		 n;
		double		 ratio;		/* second to first */
	} cases[] = {
		{ "", "GDP   ## 7%\nFarms #### 14%", 2, 2 },
		{ "", "a\n██ 8.5%\nb\n█ 4%", 2, 4 / 8.5 },
		{ "", "#include\n#define 2", 0, 0 },
		{ "", "a # 7\n\nb ## 14", 2, 2 },
		/* What is drawn counts when the values say otherwise. */
		{ "", "a #### 12 000\nb ## 6 000 000", 2, 0.5 },
		{ "C: a 5; b 6", "a ##### 5\nb # 6", 2, 0.2 },
		{ "C: a 5; b 5", "a ##### 5\nb ##### 5 x", 2, 1 },
		{ "C: a 0; b 0", "a 0\nb 0", 0, 0 },
		{ "C", "", 0, 0 }, { ": ", "#", 0, 0 },
	};
	struct idiom_bar	 bar[IDIOM_BARS_MAX];
	struct idiom_block	 b;
	size_t			 i, n;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		b.alt = slice_of(cases[i].alt);
		b.lines = slice_of(cases[i].lines);
		n = idiom_chart_read(&b, NULL, bar);
		if (n != cases[i].n || (n > 0 && fabs(bar[1].number /
		    bar[0].number - cases[i].ratio) > 1e-9))
			fail_msg("%s: %zu", cases[i].lines, n);
	}
}

static void
rails(void **state)
{
	static const char *const bad[] = { "|", NULL };
	static const char *const times[] = { "1950", "1976-08", "前221", "7" };
	struct buf		 b = BUF_INIT, w[12];
	struct idiom_rail	 in[12], out;
	struct idiom_block	 block;
	struct slice		 rest;
	size_t			 round, i, n, column, got;

	(void)state;
	for (i = 0; i < 12; i++)
		buf_init(&w[i]);
	for (round = 0; round < ROUNDS; round++) {
		column = pick(3) == 0 ? 0 : 8 + pick(6);
		n = 2 + pick(11);
		buf_reset(&b);
		idiom_block_begin(&b, "the same in a list");
		for (i = 0; i < n; i++) {
			text(&w[i], 4, bad);
			memset(&in[i], 0, sizeof(in[i]));
			in[i].mark = i == 0 || i + 1 == n || pick(2) ? 'o' :
			    pick(2) && column > 0 ? '+' : '|';
			if (column > 0 && in[i].mark != '|')
				in[i].time = slice_of(times[pick(N(times))]);
			if (in[i].mark != '+' && pick(4) > 0)
				in[i].words = slice_of(w[i].data);
			idiom_rail_write(&b, column, &in[i]);
		}
		idiom_block_end(&b);
		block = block_of(b.data);
		if (!idiom_rail_read(&block, &got) || got != column)
			fail_msg("%s", b.data);
		rest = block.lines;
		for (i = 0; idiom_rail_next(&rest, column, &out); i++)
			if (i >= n || out.mark != in[i].mark ||
			    out.time.len != in[i].time.len ||
			    out.words.len != in[i].words.len ||
			    memcmp(out.time.at, in[i].time.len > 0 ?
			    in[i].time.at : "", out.time.len) != 0 ||
			    memcmp(out.words.at, in[i].words.len > 0 ?
			    in[i].words.at : "", out.words.len) != 0)
				fail_msg("%zu: %s", i, b.data);
		assert_int_equal(i, n);
	}
	for (i = 0; i < 12; i++)
		buf_free(&w[i]);
	buf_free(&b);
}

/* The words of a line put back at their columns are the line. */
static void
drawings(void **state)
{
	struct buf	 line = BUF_INIT, again = BUF_INIT, t = BUF_INIT;
	struct slice	 s, word;
	size_t		 round, at, n, k;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		buf_reset(&line);
		for (n = pick(6); n > 0; n--) {
			for (k = pick(5); k > 0; k--)
				buf_ch(&line, ' ');
			text(&t, 3, NULL);
			buf_add(&line, t.data, t.len);
			buf_str(&line, pick(2) ? "---o" : " o");
		}
		if (line.len == 0)
			continue;
		s = (struct slice){ line.data, line.len };
		buf_reset(&again);
		for (at = 0; idiom_drawing_next(&s, &at, &word);) {
			while (again.len < (size_t)(word.at - line.data))
				buf_ch(&again, ' ');
			assert_true(word.len > 0 && word.at[0] != ' ');
			buf_add(&again, word.at, word.len);
		}
		assert_string_equal(again.data, line.data);
	}
	buf_free(&line);
	buf_free(&again);
	buf_free(&t);
}

/* The text right below a link, which is b's line; then what is not below it. */
static void
below(struct buf *b, const struct buf *text)
{
	struct gemtext		 g;
	struct gemtext_line	 l;
	struct slice		 s;
	struct buf		 say = BUF_INIT;

	/* Who writes it takes care that it does not begin with a mark. */
	buf_fmt(&say, "A %s", text->data);
	buf_reset(b);
	buf_str(b, "=> a Label\n");
	idiom_below_write(b, say.data);
	buf_str(b, "\n* Item\n");
	gemtext_start(&g, b->data, b->len);
	assert_true(gemtext_next(&g, &l));
	assert_int_equal(l.type, GEMTEXT_LINK);
	assert_false(idiom_below_read(&l, &s));
	assert_true(gemtext_next(&g, &l));
	assert_true(idiom_below_read(&l, &s));
	assert_int_equal(s.len, say.len);
	assert_memory_equal(s.at, say.data, s.len);
	buf_free(&say);
	while (gemtext_next(&g, &l))
		assert_false(idiom_below_read(&l, &s));
}

static void
files(void **unused)
{
	static const char *const kinds[] = { "PNG", "JPEG", "GIF", "WebP",
	    "PDF", "TXT", "CSV" };
	static const char *const sizes[] = { "3 KB", "1,204 KB", "3 Ko",
	    "3 \u043a\u0411", "\u0663 \u0643.\u0628" };
	struct idiom_file	 f, g;
	struct slice		 credit;
	struct buf		 t = BUF_INIT, b = BUF_INIT;
	unsigned		 i, k;

	(void)unused;
	for (i = 0; i < ROUNDS; i++) {
		text(&t, 6, NULL);
		k = pick(7);
		f = (struct idiom_file){ { t.data, t.len }, kinds[k], 0, 0,
		    slice_of(sizes[pick(5)]) };
		if (k < 4) {
			f.width = 1 + pick(65535);
			f.height = 1 + pick(65535);
		}
		buf_reset(&b);
		idiom_file_write(&b, marks[pick(4)], "../files/a", &f);
		assert_memory_equal(b.data, "=> ../files/a ", 14);
		assert_true(idiom_file_read(b.data + 14, b.len - 15, &g));
		assert_int_equal(g.label.len, f.label.len);
		assert_memory_equal(g.label.at, f.label.at, f.label.len);
		assert_string_equal(g.word, f.word);
		assert_int_equal(g.width, f.width);
		assert_int_equal(g.height, f.height);
		assert_int_equal(g.size.len, f.size.len);
		assert_memory_equal(g.size.at, f.size.at, f.size.len);
		buf_reset(&b);
		idiom_credit_write(&b, t.data);
		assert_true(idiom_credit_read(b.data, b.len - 1, &credit));
		assert_int_equal(credit.len, t.len);
		assert_memory_equal(credit.at, t.data, t.len);
		below(&b, &t);
	}
	buf_free(&t);
	buf_free(&b);
}

static void
same(const struct slice *a, const struct slice *b)
{
	assert_int_equal(a->len, b->len);
	assert_true((a->at == NULL) == (b->at == NULL));
	if (a->at != NULL)
		assert_memory_equal(a->at, b->at, a->len);
}

/* A page's last links, behind what is none of them. */
static void
ways(void **unused)
{
	static const char *const	 before[] = { "", "text\n", "=> a b\ntext\n\n",
	    "```\n=> a b\n```\n", "* item\n", "=> a b\n# heading\n" };
	static const char *const	 no_colon[] = { ":", NULL };
	struct idiom_way		 w[3], got;
	struct gemtext_line		 l;
	struct gemtext			 g;
	struct buf			 word[3] = { BUF_INIT, BUF_INIT,
	    BUF_INIT };
	struct buf			 title[3] = { BUF_INIT, BUF_INIT,
	    BUF_INIT };
	struct buf			 b = BUF_INIT;
	const struct idiom_marks	*m;
	unsigned			 i, k, n;
	size_t				 at;

	(void)unused;
	for (i = 0; i < ROUNDS; i++) {
		buf_reset(&b);
		buf_str(&b, before[pick(N(before))]);
		at = b.len;
		m = marks[pick(N(marks))];
		n = pick(4);
		for (k = 0; k < n; k++) {
			text(&word[k], 2, no_colon);
			text(&title[k], 5, no_colon);
			w[k].url = slice_of("a.gmi");
			w[k].word = (struct slice){ NULL, 0 };
			if (pick(3) > 0)
				w[k].word = (struct slice){ word[k].data,
				    word[k].len };
			w[k].title = (struct slice){ title[k].data,
			    title[k].len };
			idiom_way_write(&b, m, &w[k]);
			if (pick(4) == 0)
				buf_ch(&b, '\n');
		}
		if (b.len == 0)
			buf_ch(&b, '\n');
		if (n == 0) {
			assert_int_equal(idiom_ways(b.data, b.len), b.len);
			continue;
		}
		assert_int_equal(idiom_ways(b.data, b.len), at);
		gemtext_start(&g, b.data + at, b.len - at);
		for (k = 0; k < n; k++) {
			do
				assert_true(gemtext_next(&g, &l));
			while (l.type != GEMTEXT_LINK);
			idiom_way_read(&l, &got);
			same(&got.url, &w[k].url);
			same(&got.word, &w[k].word);
			same(&got.title, &w[k].title);
		}
	}
	/* A block that nobody ended is no end of links. */
	assert_int_equal(idiom_ways("```\n=> a b\n", 11), 11);
	for (k = 0; k < 3; k++) {
		buf_free(&word[k]);
		buf_free(&title[k]);
	}
	buf_free(&b);
}

static void
odd_files(void **unused)
{
	static const char *const bad[] = { "", "A", "(PDF, 3 KB)", "A (PDF)",
	    "A (PDF, )", "A (EXE, 3 KB)", "A (JPEG, 3 KB)",
	    "A (JPEG, 0x4, 3 KB)", "A (JPEG, 4x04, 3 KB)",
	    "A (JPEG, 4x70000, 3 KB)", "A (JPEG, 4x4, )", "A (PDF, 3 KB) b",
	    "A(PDF, 3 KB)", "A (PDF,3 KB)", "A (PDF, 3 KB\uff09" };
	struct idiom_file	 f;
	struct slice		 credit;
	size_t			 i;

	(void)unused;
	for (i = 0; i < N(bad); i++)
		if (idiom_file_read(bad[i], strlen(bad[i]), &f))
			fail_msg("%s", bad[i]);
	assert_false(idiom_credit_read("- a", 3, &credit));
	assert_false(idiom_credit_read("\u2014 ", 4, &credit));
}

/* -- tables ------------------------------------------------------------ */

#define TABLE_ROWS	40

struct table_case {
	struct idiom_table	 t;
	struct slice		 cell[TABLE_ROWS * IDIOM_TABLE_COLS];
	struct buf		 all;
};

/* As many columns and rows as asked, of short texts or of long ones. */
static void
table_make(struct table_case *c, size_t ncol, size_t nrow, unsigned words_max,
    const struct number_form *form)
{
	struct buf	 b = BUF_INIT;
	size_t		 at[TABLE_ROWS * IDIOM_TABLE_COLS + IDIOM_TABLE_COLS];
	size_t		 i, n = 0;
	char		 digits[64];

	memset(&c->t, 0, sizeof(c->t));
	buf_reset(&c->all);
	c->t.ncol = ncol;
	c->t.nrow = nrow;
	c->t.has_total = nrow > 2 && pick(2) == 0;
	for (i = 0; i < ncol + ncol * nrow; i++) {
		buf_reset(&b);
		if (i < ncol || (i - ncol) % ncol == 0)
			text(&b, words_max, NULL);
		else if (pick(9) > 0) {
			value(digits, sizeof(digits), 1);
			if (words_max == 1)
				digits[pick(3) + 1] = '\0';
			if (digits[strlen(digits) - 1] == '.')
				digits[strlen(digits) - 1] = '\0';
			number_write(&b, digits, form, 0);
		}
		at[n++] = c->all.len;
		buf_add(&c->all, b.data, b.len);
	}
	assert_int_equal(buf_ok(&c->all), 1);
	for (i = 0; i < n; i++) {
		struct slice	*s = i < ncol ? &c->t.column[i].label :
				    &c->cell[i - ncol];

		s->at = c->all.data + at[i];
		s->len = (i + 1 < n ? at[i + 1] : c->all.len) - at[i];
	}
	for (i = 0; i < ncol; i++)
		c->t.column[i].right = i > 0;
	c->t.cell = c->cell;
	buf_free(&b);
}

static void
slice_is(const struct slice *got, const struct slice *want, const char *in)
{
	if (got->len != want->len || (want->len > 0 &&
	    memcmp(got->at, want->at, want->len) != 0))
		fail_msg("\"%.*s\", want \"%.*s\" in\n%s", (int)got->len,
		    got->at, (int)want->len, want->at, in);
}

static void
widths(const char *s, size_t len)
{
	struct slice	 rest = { s, len }, line;

	while (idiom_next_line(&rest, &line))
		if ((line.len < 3 || memcmp(line.at, "```", 3) != 0) &&
		    text_width(line.at, line.len) > IDIOM_COLS)
			fail_msg("too wide: %.*s", (int)line.len, line.at);
}

/* 1: it was a block, 0: records. */
static int
table_back(struct table_case *c, const struct idiom_marks *m)
{
	const struct slice	 none = slice_of("-");
	struct buf		 b = BUF_INIT;
	struct idiom_table	 got;
	struct idiom_block	 block;
	struct slice		 cell[IDIOM_TABLE_COLS];
	char			*nl;
	size_t			 i, k, used;
	int			 is_block, last = 0;

	idiom_table_write(&b, m, "Table", &c->t);
	assert_int_equal(buf_ok(&b), 1);
	if ((is_block = b.data[0] == '`')) {
		widths(b.data, b.len);
		nl = strchr(b.data, '\n');
		block.alt = (struct slice){ b.data + 4,
		    (size_t)(nl - b.data) - 4 };
		block.lines = (struct slice){ nl + 1,
		    b.len - (size_t)(nl + 1 - b.data) - 5 };
		if (!idiom_table_read(&block, &got))
			fail_msg("not read:\n%s", b.data);
	} else if (c->t.nrow < 2) {
		buf_free(&b);
		return 0;
	} else if (!idiom_records_read(b.data, b.len, &got, &used) ||
	    used != b.len)
		fail_msg("not read:\n%s", b.data);
	assert_int_equal(got.ncol, c->t.ncol);
	assert_int_equal(got.nrow, c->t.nrow);
	assert_int_equal(got.has_total, c->t.has_total);
	for (k = 0; k < got.nrow; k++) {
		last = idiom_table_next(&got, cell);
		if (last == 0)
			fail_msg("row %zu of\n%s", k, b.data);
		for (i = 0; i < got.ncol; i++)
			slice_is(&cell[i], c->cell[k * got.ncol + i].len > 0 ?
			    &c->cell[k * got.ncol + i] : &none, b.data);
	}
	assert_int_equal(last, c->t.has_total ? 2 : 1);
	assert_int_equal(idiom_table_next(&got, cell), 0);
	for (i = 0; i < got.ncol; i++) {
		slice_is(&got.column[i].label, &c->t.column[i].label, b.data);
		if (is_block && i > 0 && !got.column[i].right)
			fail_msg("column %zu is on the left:\n%s", i, b.data);
	}
	buf_free(&b);
	return is_block;
}

static void
tables(void **state)
{
	struct table_case	*c = calloc(1, sizeof(*c));
	size_t			 i, m, blocks = 0, records = 0;

	(void)state;
	assert_non_null(c);
	for (m = 0; m < N(marks); m++)
		for (i = 0; i < ROUNDS; i++) {
			table_make(c, 2 + pick(i % 8 == 0 ? 11 : 3),
			    1 + pick(i % 32 == 0 ? TABLE_ROWS : 6),
			    1 + pick(3), &forms[pick(N(forms))]);
			if (table_back(c, marks[m]))
				blocks++;
			else
				records++;
		}
	/* Both kinds were there. */
	assert_true(blocks > ROUNDS && records > ROUNDS);
	table_make(c, 12, 40, 3, &forms[0]);
	table_back(c, marks[0]);
	buf_free(&c->all);
	free(c);
}

/* What only looks like a table is let be. */
static void
no_tables(void **state)
{
	static const struct {
		const char	*alt, *lines;
	} cases[] = {
		{ "Table: A; B", "A  B\n-  -\nx  yy" },	/* too wide */
		{ "Table: A; C", "A  B\n-  -\nx  y" },	/* other label */
		{ "Table: A; B", "-  -\nx  y" },	/* no labels */
		{ "Table: A; B", "A  B\n-  -" },	/* no row */
		{ "Table: A; B", "A  B\n-  -\nx  y\n-  -" },
		{ "Table: A; B", "A  B\n-  -\nx  y\n-  -\nx  y\nx  y" },
		{ "Table: A; B", "A  B\n-  -\nx--y" },
		{ "Table: A", "A\n-\nx" },
		{ "", "A  B\n-  -\nx  y" },
	};
	struct idiom_table	 t;
	struct idiom_block	 b;
	size_t			 i, used;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		b.alt = slice_of(cases[i].alt);
		b.lines = slice_of(cases[i].lines);
		if (idiom_table_read(&b, &t))
			fail_msg("taken for a table: %s", cases[i].lines);
	}
	b.alt = slice_of("Table: A; B");
	b.lines = slice_of("A  B\n-  -\nx  y");
	assert_int_equal(idiom_table_read(&b, &t), 1);
	/* The lines of a district by their status are no records. */
	assert_int_equal(idiom_records_read("### In service\n* Bus: hourly\n"
	    "\n### Planned\n* Ferry: at weekends\n", 62, &t, &used), 0);
}

/* -- series ------------------------------------------------------------ */

struct series_case {
	struct idiom_series	 s, got;
	struct buf		 all;
};

/* A number of about that many, perhaps below nothing, perhaps not there. */
static void
series_value(struct buf *b, const char *digits,
    const struct number_form *form, double *number)
{
	int	 minus = pick(6) == 0 && strtod(digits, NULL) > 0;

	if (minus)
		buf_ch(b, '-');
	number_write(b, digits, form, 0);
	*number = minus ? -strtod(digits, NULL) : strtod(digits, NULL);
}

static void
series_make(struct series_case *c, size_t nline, size_t nperiod,
    unsigned words_max, const struct number_form *form)
{
	size_t		 at[IDIOM_LINES + IDIOM_PERIODS * (IDIOM_LINES + 1) + 1];
	size_t		 i, k, n = 0;
	struct buf	 b = BUF_INIT;
	char		 digits[64];
	double		*number;

	memset(&c->s, 0, sizeof(c->s));
	buf_reset(&c->all);
	c->s.nline = nline;
	c->s.nperiod = nperiod;
	for (k = 0; k < nline; k++) {
		buf_reset(&b);
		text(&b, words_max, NULL);
		buf_fmt(&b, " %c", (char)('a' + k));	/* unlike others */
		at[n++] = c->all.len;
		buf_add(&c->all, b.data, b.len);
	}
	for (i = 0; i < nperiod; i++) {
		at[n++] = c->all.len;
		buf_fmt(&c->all, pick(4) == 0 ? "%zu-04" : "%zu", 1990 + i);
		for (k = 0; k < nline; k++) {
			at[n++] = c->all.len;
			number = &c->s.point[i * IDIOM_LINES + k].number;
			value(digits, sizeof(digits), 1);
			if (pick(9) > 0 || nline == 1)
				series_value(&c->all, digits, form, number);
		}
	}
	at[n] = c->all.len;
	assert_int_equal(buf_ok(&c->all), 1);
	for (k = n = 0; k < nline; k++, n++)
		c->s.line[k] = (struct slice){ c->all.data + at[n],
		    at[n + 1] - at[n] };
	for (i = 0; i < nperiod; i++) {
		c->s.period[i] = (struct slice){ c->all.data + at[n],
		    at[n + 1] - at[n] };
		n++;
		for (k = 0; k < nline; k++, n++)
			c->s.point[i * IDIOM_LINES + k].text = (struct slice){
			    c->all.data + at[n], at[n + 1] - at[n] };
	}
	buf_free(&b);
}

/* 1: anything is drawn at all. */
static int
series_shows(const struct idiom_series *s)
{
	size_t	 i;

	for (i = 0; i < N(s->point); i++)
		if (s->point[i].number != 0)
			return 1;
	return 0;
}

static void
series_back(struct series_case *c, const struct idiom_marks *m,
    const struct number_form *form)
{
	struct idiom_block	 block;
	struct buf		 b = BUF_INIT;
	char			 start[IDIOM_START], said[80] = "";
	const char		*nl;
	double			 want, got;
	size_t			 i, k, at;

	if (idiom_series_start(&c->s, start))
		snprintf(said, sizeof(said), "Bars begin at %s", start);
	idiom_series_write(&b, m, "Figures over time", *said != '\0' ? said :
	    NULL, &c->s);
	assert_int_equal(buf_ok(&b), 1);
	widths(b.data, b.len);
	nl = strchr(b.data, '\n');
	block.alt = (struct slice){ b.data + 4, (size_t)(nl - b.data) - 4 };
	block.lines = (struct slice){ nl + 1,
	    b.len - (size_t)(nl + 1 - b.data) - 5 };
	if (!idiom_series_read(&block, form, &c->got))
		fail_msg("not read:\n%s", b.data);
	assert_int_equal(c->got.nline, c->s.nline);
	assert_int_equal(c->got.nperiod, c->s.nperiod);
	for (k = 0; c->s.nline > 1 && k < c->s.nline; k++)
		slice_is(&c->got.line[k], &c->s.line[k], b.data);
	for (i = 0; i < c->s.nperiod; i++) {
		slice_is(&c->got.period[i], &c->s.period[i], b.data);
		for (k = 0; k < c->s.nline; k++) {
			at = i * IDIOM_LINES + k;
			slice_is(&c->got.point[at].text, &c->s.point[at].text,
			    b.data);
			want = c->s.point[at].number;
			got = c->got.point[at].number;
			if (fabs(want - got) > fabs(want) * 1e-14)
				fail_msg("%.17g, want %.17g:\n%s", got, want,
				    b.data);
		}
	}
	buf_free(&b);
}

static void
all_series(void **state)
{
	struct series_case	*c = calloc(1, sizeof(*c));
	const struct number_form *form;
	size_t			 i, m;

	(void)state;
	assert_non_null(c);
	for (m = 0; m < N(marks); m++)
		for (i = 0; i < ROUNDS / 4; i++) {
			form = &forms[pick(N(forms))];
			series_make(c, 1 + pick(3), 2 + pick(i % 16 == 0 ?
			    IDIOM_PERIODS - 2 : 6), 1 + pick(4), form);
			if (series_shows(&c->s))
				series_back(c, marks[m], form);
		}
	series_make(c, IDIOM_LINES, IDIOM_PERIODS, 3, &forms[0]);
	series_back(c, marks[0], &forms[0]);
	buf_free(&c->all);
	free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(odd_numbers),
		cmocka_unit_test(items),
		cmocka_unit_test(notes),
		cmocka_unit_test(odd_items),
		cmocka_unit_test(contacts),
		cmocka_unit_test(odd_contacts),
		cmocka_unit_test(charts),
		cmocka_unit_test(near_values),
		cmocka_unit_test(odd_charts),
		cmocka_unit_test(rails),
		cmocka_unit_test(drawings),
		cmocka_unit_test(tables),
		cmocka_unit_test(no_tables),
		cmocka_unit_test(all_series),
		cmocka_unit_test(files),
		cmocka_unit_test(odd_files),
		cmocka_unit_test(ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
