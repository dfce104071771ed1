/* SPDX-License-Identifier: ISC */
/*
 * The idioms of an office: events, steps, notices and timetables.  What a
 * writer was given, its reader gives back, in the marks of every language.
 */
#include "base/buf.h"
#include "base/text.h"
#include "lib/test.h"
#include "proto/idiom.h"

#define ROUNDS	3000

static const struct idiom_marks *const marks[] = { &idiom_narrow,
    &idiom_french, &idiom_chinese, &idiom_japanese };
static const char *const words[] = { "Market", "9:30 on", "C#", "of 2026-07-21",
    "赶集、会议", "ярмарка", "السوق", "मेला", "e\u0301t\u00e9", "x;", "- 7",
    "1. of", "!", "半 价", "08:30" };

static unsigned
pick(unsigned n)
{
	static uint64_t	 x = 88172645463325252u;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (unsigned)(x >> 33) % n;
}

static const char *
any(void)
{
	return words[pick(N(words))];
}

static int
is(const struct slice *got, const struct slice *want)
{
	return want->at == NULL ? got->at == NULL : got->at != NULL &&
	    got->len == want->len && memcmp(got->at, want->at, got->len) == 0;
}

static void
events(void **state)
{
	static const struct idiom_words	 said = { "printed", "Note" };
	const struct idiom_marks	*m;
	struct idiom_event		 in, out;
	struct idiom_item		 item;
	struct buf			 name = BUF_INIT, value = BUF_INIT,
					 b = BUF_INIT;
	size_t				 i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		m = marks[i % N(marks)];
		memset(&in, 0, sizeof(in));
		in.first = slice_of("2026-07-21");
		in.last = slice_of(pick(2) ? "2027-01-02" : NULL);
		in.from = slice_of(pick(2) ? "08:30" : NULL);
		in.to = slice_of(in.from.at != NULL && pick(2) ? "17:00" :
		    NULL);
		in.words = slice_of(pick(2) ? any() : NULL);
		in.title = slice_of(any());
		in.place = slice_of(pick(2) ? any() : NULL);
		buf_reset(&name);
		buf_reset(&value);
		buf_reset(&b);
		idiom_event_name(&name, m, &in);
		idiom_event_value(&value, m, &in);
		memset(&item, 0, sizeof(item));
		item.name = slice_of(name.data);
		item.value = slice_of(value.data);
		item.note = slice_of(pick(4) ? NULL : "n");
		idiom_item_write(&b, m, &said, &item);
		idiom_item_read(b.data, b.len, &item);
		if (!idiom_event_read(&item, &out) ||
		    !is(&out.first, &in.first) || !is(&out.last, &in.last) ||
		    !is(&out.from, &in.from) || !is(&out.to, &in.to) ||
		    !is(&out.words, &in.words) || !is(&out.title, &in.title) ||
		    !is(&out.place, &in.place))
			fail_msg("%s", b.data);
	}
	buf_free(&name);
	buf_free(&value);
	buf_free(&b);
}

static void
no_events(void **state)
{
	static const char *const cases[] = { "2026-07-21", "2026-07-21: ",
	    "2026-7-21: x", "2026-07-21 8:30: x", "2026-07-21 08:30-: x",
	    "2026-07-21 08:30 17:00: x", "2026-07-21 -2026-07-22: x",
	    "on 2026-07-21: x", "2026-07-21 Tue: x", "2026-07-21 25:00: x",
	    "2026-07-21 - : x", "2026-07-21T08:30: x", "x: 2026-07-21", "" };
	struct idiom_event	 e;
	struct idiom_item	 item;
	size_t			 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		idiom_item_read(cases[i], strlen(cases[i]), &item);
		if (idiom_event_read(&item, &e))
			fail_msg("%s", cases[i]);
	}
}

static void
steps(void **state)
{
	static const struct { const char *line; size_t n; } odd[] = {
		{ "0. x", 0 }, { "01. x", 0 }, { "1.", 0 }, { "1. ", 0 },
		{ "1.x", 0 }, { "100. x", 0 }, { "x", 0 }, { "", 0 },
		{ "1.5 km", 0 }, { "99. x", 99 }, { "-1. x", 0 },
	};
	struct slice	 line, text, want;
	struct buf	 b = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 1; i <= 99; i++) {
		want = slice_of(any());
		buf_reset(&b);
		idiom_step_write(&b, i, want.at, want.len);
		line = (struct slice){ b.data, b.len - 1 };
		if (b.data[b.len - 1] != '\n' ||
		    idiom_step_read(&line, &text) != i || !is(&text, &want))
			fail_msg("%s", b.data);
	}
	for (i = 0; i < N(odd); i++) {
		line = slice_of(odd[i].line);
		if (idiom_step_read(&line, &text) != odd[i].n)
			fail_msg("%s", odd[i].line);
	}
	buf_free(&b);
}

static void
notices(void **state)
{
	static const char *const odd[] = { "!!!! W: x", "!W: x", "! W", "! W: ",
	    "! ", "!", "", "W: x", "!! : x" };
	struct idiom_notice	 in, out;
	struct slice		 line;
	struct buf		 b = BUF_INIT;
	size_t			 i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		in.level = 1 + pick(3);
		in.word = slice_of(pick(2) ? "Danger" : "危险");
		in.dates = slice_of(pick(2) ? "2026-07-21 - 2026-08-01" : NULL);
		in.text = slice_of(any());
		buf_reset(&b);
		idiom_notice_write(&b, marks[i % N(marks)], &in);
		line = (struct slice){ b.data, b.len - 1 };
		if (!idiom_notice_read(&line, &out) || out.level != in.level ||
		    !is(&out.word, &in.word) || !is(&out.dates, &in.dates) ||
		    !is(&out.text, &in.text))
			fail_msg("%s", b.data);
	}
	for (i = 0; i < N(odd); i++) {
		line = slice_of(odd[i]);
		if (idiom_notice_read(&line, &out))
			fail_msg("%s", odd[i]);
	}
	buf_free(&b);
}

#define STOPS	8
#define TIMES	7

/* The lines of the block that s is, or the value of each of its items. */
static void
compare(const char *s, size_t len, const struct idiom_stop *want, size_t n)
{
	const int		 is_block = len > 3 && memcmp(s, "```", 3) == 0;
	struct slice		 rest = { s, len }, line, name, times, time;
	struct idiom_block	 b = { { NULL, 0 }, { NULL, 0 } };
	struct idiom_item	 item;
	const struct slice	 none = { NULL, 0 };
	struct slice		 t;
	size_t			 i, k;

	if (is_block) {
		assert_true(idiom_next_line(&rest, &line));
		b.alt = (struct slice){ line.at + 4, line.len - 4 };
		b.lines = (struct slice){ rest.at, rest.len - 5 };
		if (idiom_times_read(&b) != want->ntime)
			fail_msg("%s", s);
		rest = b.lines;
	}
	for (i = 0; i < n; i++) {
		assert_true(idiom_next_line(&rest, &line));
		if (text_width(line.at, line.len) > IDIOM_COLS && is_block)
			fail_msg("too wide: %s", s);
		if (!is_block) {
			idiom_item_read(line.at + 2, line.len - 2, &item);
			line = item.value;
		}
		if (idiom_stop_read(&line, &name, &times) != want[i].ntime ||
		    !is(is_block ? &name : &item.name, &want[i].name) ||
		    (!is_block && name.len != 0))
			fail_msg("%zu: %s", i, s);
		for (k = 0; idiom_time_next(&times, &time); k++) {
			t = k < want[i].ntime ? slice_of(want[i].time[k]) :
			    none;
			if (!is(&time, &t))
				fail_msg("%zu, %zu: %s", i, k, s);
		}
		assert_int_equal(k, want[i].ntime);
	}
}

static void
timetables(void **state)
{
	static const char *const names[] = { "Mill", "县城码头", "Quay 2",
	    "Gare d'Orrery-le-Haut", "السوق", "A-B -C", ".dot", "`tick" };
	static const char *const times[] = { "06:10", "23:59", "-", "x",
	    "12:00*", "12:00a", "06:11" };
	const char		*time[STOPS][TIMES];
	struct idiom_stop	 in[STOPS];
	struct buf		 b = BUF_INIT;
	size_t			 round, i, k, n, ntime, blocks = 0;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		n = 1 + pick(STOPS);
		ntime = 1 + pick(TIMES);
		for (i = 0; i < n; i++) {
			in[i].name = slice_of(names[pick(N(names))]);
			in[i].time = time[i];
			in[i].ntime = ntime;
			for (k = 0; k < ntime; k++)
				time[i][k] = times[pick(N(times))];
		}
		buf_reset(&b);
		idiom_times_write(&b, marks[round % N(marks)], "Times", in, n);
		blocks += *b.data == '`';
		compare(b.data, b.len, in, n);
	}
	/* Both forms were there. */
	assert_true(blocks > ROUNDS / 20 && blocks < ROUNDS / 2);
	buf_free(&b);
}

static void
no_timetables(void **state)
{
	static const char *const cases[] = { "", "a 06:10", "a 06:10\nb",
	    "a 06:10\nb 06:10 07:10", "a 06:10\n06:10", "a 06:10X\nb 06:10", "a 06:10ab\nb 06:10",
	    "a06:10\nb06:10", "a 6:10\nb 6:10", "a -b\nc -d", "a\n\nb" };
	struct idiom_block	 b = { { NULL, 0 }, { NULL, 0 } };
	size_t			 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		b.lines = slice_of(cases[i]);
		if (idiom_times_read(&b) != 0)
			fail_msg("%s", cases[i]);
	}
}

static void
foreign(void **state)
{
	static const char *const odd[] = { "[1] x", "[z] x", "[zh]", "[zh] ",
	    "[zh]x", "zh] x", "[zh x", "[zh_TW] x", "[] x", "",
	    "[abcdefghijklmnopqrstuvwxyzabcdefghijk] x" };
	static const char *const untagged[] = { "", "]", "[zh]", " [zh]",
	    "x[zh]", "x [1]", "x [z]", "x [zh", "x zh]", "x [zh] ", "x [z_h]",
	    "x []", "x [abcdefghijklmnopqrstuvwxyzabcdefghijk]" };
	static const char *const tags[] = { "zh", "zh-Hans", "sr-Latn-RS",
	    "es-419" };
	struct slice	 line, tag, text, want, wanted;
	struct buf	 b = BUF_INIT;
	size_t		 i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		wanted = slice_of(tags[pick(N(tags))]);
		want = slice_of(any());
		buf_reset(&b);
		idiom_foreign_begin(&b, wanted.at);
		buf_add(&b, want.at, want.len);
		line = (struct slice){ b.data, b.len };
		if (!idiom_foreign_read(&line, &tag, &text) ||
		    !is(&tag, &wanted) || !is(&text, &want))
			fail_msg("%s", b.data);
		buf_reset(&b);
		idiom_tagged_write(&b, want.at, wanted.at);
		line = (struct slice){ b.data, b.len };
		if (!idiom_tagged_read(&line, &text, &tag) ||
		    !is(&tag, &wanted) || !is(&text, &want))
			fail_msg("%s", b.data);
	}
	for (i = 0; i < N(untagged); i++) {
		line = slice_of(untagged[i]);
		if (idiom_tagged_read(&line, &text, &tag))
			fail_msg("%s", untagged[i]);
	}
	for (i = 0; i < N(odd); i++) {
		line = slice_of(odd[i]);
		if (idiom_foreign_read(&line, &tag, &text))
			fail_msg("%s", odd[i]);
	}
	buf_reset(&b);
	idiom_foreign_write(&b, "\na\n\n``` x\n\n```\n\nb\n", 18);
	assert_string_equal(b.data, "a\n``` x\n\n```\nb\n");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(events),
		cmocka_unit_test(no_events),
		cmocka_unit_test(steps),
		cmocka_unit_test(notices),
		cmocka_unit_test(timetables),
		cmocka_unit_test(no_timetables),
		cmocka_unit_test(foreign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
