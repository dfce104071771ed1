/* SPDX-License-Identifier: ISC */
/*
 * Reads the bars of a chart from its block.  The alt text has all names and
 * values one after another; the drawing shows where each of them ends.  Both
 * are read in parallel, without their blanks.  Then the values are read as
 * numbers in the ways in which languages write them, until the writer would
 * draw the bars that are there.  So a wrong number is taken only if its bar
 * looks the same.
 *
 * A block without such an alt text is a chart when every line is NAME BAR
 * VALUE, or BAR VALUE with NAME on the line above.  All bytes are a stranger's.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "proto/idiom.h"
#include "proto/idiom_chart.h"
#include "proto/idiom_scan.h"
#include "proto/number.h"

#define STARTS_MAX	4	/* places where the names may begin in alt */

struct bars {
	const struct idiom_block *block;
	struct idiom_bar	*bar;
	size_t			 len[IDIOM_BARS_MAX];	/* as drawn */
	size_t			 n;
	struct slice		 alt;		/* the part not yet read */
	struct slice		 lines;		/* from the first bar's on */
	int			 is_cut;	/* the bars begin with '/' */
};

/* Columns of the bar that s begins with, 0: it begins with none. */
static size_t
run(const struct bars *b, const struct slice *s)
{
	const size_t	 least = b->is_cut ? 1 : 0;
	size_t		 n = least;

	if (b->is_cut && !scan_begins(s, "/"))
		return 0;
	while (n < s->len && s->at[n] == '#')
		n++;
	return n > least ? n : 0;
}

/*
 * Add a bar: in the alt text its name begins at start, and its value begins at
 * value and ends before end.  0: too many, or one of them is empty.
 */
static int
add(struct bars *b, const char *start, const char *value, const char *end,
    size_t len)
{
	struct idiom_bar	*bar;

	if (b->n == IDIOM_BARS_MAX)
		return 0;
	bar = &b->bar[b->n];
	bar->name = scan_trimmed(start, value);
	bar->value = scan_trimmed(value, end);
	b->len[b->n++] = len;
	return bar->name.len > 0 && bar->value.len > 0;
}

/* -- names before their bars ------------------------------------------- */

/* The byte of a line at that column, behind a blank; SIZE_MAX: none. */
static size_t
at_column(const struct slice *line, size_t column)
{
	size_t	 n = idiom_fit(line->at, line->len, column);

	return n > 0 && n < line->len && line->at[n - 1] == ' ' &&
	    text_width(line->at, n) == column ? n : SIZE_MAX;
}

/* Read one line; at that column begins its bar or, without one, its value. */
static int
inline_row(struct bars *b, const struct slice *line, size_t column)
{
	struct slice	 rest = *line;
	const char	*start = b->alt.at, *value;
	size_t		 at = at_column(line, column), len;

	if (at == SIZE_MAX || !scan_same(&rest, &b->alt, line->at + at))
		return 0;
	value = b->alt.at;
	if (rest.at != line->at + at)
		return 0;
	len = run(b, &rest);
	scan_skip(&rest, len);
	if ((len > 0 && !scan_begins(&rest, " ")) ||
	    !scan_same(&rest, &b->alt, NULL) ||
	    !add(b, start, value, b->alt.at, len))
		return 0;
	return scan_row_ends(&b->alt);
}

/* Read all lines, with their bars at that column. */
static int
inline_rows(struct bars *b, size_t column)
{
	struct slice	 rest = b->lines, line;

	b->n = 0;
	while (idiom_next_line(&rest, &line))
		if (!inline_row(b, &line, column))
			return 0;
	return b->alt.len == 0;
}

/* Try each column at which a line has a bar behind a blank. */
static int
find_inline(struct bars *b)
{
	const struct slice	 alt = b->alt;
	struct slice		 rest = b->lines, line;
	uint64_t		 tried = 0;
	size_t			 i, column;

	while (idiom_next_line(&rest, &line))
		for (i = 1; i < line.len; i++) {
			if (line.at[i] != (b->is_cut ? '/' : '#') ||
			    line.at[i - 1] != ' ')
				continue;
			if ((column = text_width(line.at, i)) > IDIOM_COLS)
				break;
			if (tried >> column & 1)
				continue;
			tried |= (uint64_t)1 << column;
			b->alt = alt;
			if (inline_rows(b, column))
				return 1;
		}
	b->alt = alt;
	return 0;
}

/* -- names above their bars -------------------------------------------- */

/* 1: the line is a bar or none and the next value of alt, which ends a row. */
static int
bar_and_value(struct bars *b, struct slice line, const char *start)
{
	const struct slice	 alt = b->alt;
	const char		*value;
	size_t			 len = run(b, &line), n = b->n;

	scan_skip(&line, len);
	scan_blanks(&b->alt);
	value = b->alt.at;
	if (value != start && line.len > 0 &&
	    (len == 0 || scan_begins(&line, " ")) && scan_same(&line, &b->alt, NULL) &&
	    add(b, start, value, b->alt.at, len) && scan_row_ends(&b->alt))
		return 1;
	b->alt = alt;
	b->n = n;
	return 0;
}

static int
find_above(struct bars *b)
{
	const struct slice	 alt = b->alt;
	struct slice		 rest = b->lines, line;
	const char		*start = b->alt.at;

	b->n = 0;
	while (idiom_next_line(&rest, &line)) {
		if (bar_and_value(b, line, start))
			start = b->alt.at;
		else if (!scan_same(&line, &b->alt, NULL))
			goto none;
	}
	if (b->n > 0 && b->alt.len == 0 && b->alt.at == start)
		return 1;
 none:
	b->alt = alt;
	return 0;
}

/*
 * Read a line of a name and its value.  *value is set to the value's place in
 * alt when the colon before it has been read.
 */
static int
name_and_value(struct bars *b, struct slice line, const char **value)
{
	for (;;) {
		if (scan_same(&line, &b->alt, NULL))
			return 1;
		if (scan_begins(&line, "\u00a0:"))
			scan_skip(&line, strlen("\u00a0"));
		if (*value != NULL || (!scan_begins(&line, ":") &&
		    !scan_begins(&line, "：")))
			return 0;
		scan_skip(&line, *line.at == ':' ? 1 : strlen("："));
		scan_blanks(&b->alt);
		*value = b->alt.at;
	}
}

/* Read bars that have "NAME: VALUE" on the lines above them. */
static int
find_all_above(struct bars *b)
{
	const struct slice	 alt = b->alt;
	struct slice		 rest = b->lines, line;
	const char		*start = b->alt.at, *value = NULL, *end;
	size_t			 len;

	b->n = 0;
	while (idiom_next_line(&rest, &line)) {
		end = b->alt.at;
		len = run(b, &line);
		if (value != NULL && len == line.len) {
			if (!add(b, start, value, end, len) || !scan_row_ends(&b->alt))
				goto none;
			start = b->alt.at;
			value = NULL;
		} else if (!name_and_value(b, line, &value))
			goto none;
	}
	if (b->n > 0 && b->alt.len == 0 && b->alt.at == start)
		return 1;
 none:
	b->alt = alt;
	return 0;
}

/* -- without alt text -------------------------------------------------- */

/* Bytes of the bar character at s; 0: it is another character. */
static size_t
bar_char(const struct slice *s)
{
	if (scan_begins(s, "#") || scan_begins(s, "="))
		return 1;
	if (scan_begins(s, "\xe2\x96") && s->len >= 3 &&
	    (unsigned char)s->at[2] >= 0x80 &&
	    (unsigned char)s->at[2] <= 0x8f)
		return 3;		/* U+2580 to U+258F, blocks */
	return 0;
}

/* 1: the line is NAME BAR VALUE or BAR VALUE; 0: it is something else. */
static int
plain_row(const struct slice *line, struct idiom_bar *bar, size_t *len)
{
	struct slice	 s = *line;
	const char	*at;
	size_t		 n;

	while (s.len > 0 && bar_char(&s) == 0)
		scan_skip(&s, 1);
	at = s.at;
	for (*len = 0; (n = bar_char(&s)) > 0; ++*len)
		scan_skip(&s, n);
	bar->name = scan_trimmed(line->at, at);
	bar->value = scan_trimmed(s.at, line->at + line->len);
	return *len > 0 && number_digit(bar->value.at, bar->value.len) > 0;
}

static int
find_plain(struct bars *b)
{
	struct slice	 rest = b->lines, line, above = { NULL, 0 };

	for (b->n = 0; idiom_next_line(&rest, &line);) {
		if (b->n == IDIOM_BARS_MAX)
			return 0;
		if (!plain_row(&line, &b->bar[b->n], &b->len[b->n])) {
			if (above.len > 0)
				return 0;
			above = scan_trimmed(line.at, line.at + line.len);
			continue;
		}
		if ((b->bar[b->n].name.len == 0) == (above.len == 0))
			return 0;
		if (above.len > 0)
			b->bar[b->n].name = above;
		above.len = 0;
		b->n++;
	}
	return above.len == 0 && b->n >= 2;
}

/* -- numbers ----------------------------------------------------------- */

/* 1: all values begin with a number of that form, and none is read in part. */
static int
read_numbers(struct bars *b, const struct number_form *form)
{
	const struct slice	*v;
	double			*number;
	size_t			 i, n;

	for (i = 0; i < b->n; i++) {
		v = &b->bar[i].value;
		number = &b->bar[i].number;
		n = number_read(v->at, v->len, form, number);
		if (n == 0 || number_goes_on(v->at + n, v->len - n) ||
		    !isfinite(*number) || *number < 0)
			return 0;
	}
	return 1;
}

static int
is_of_scale(const struct bars *b, enum chart_from from)
{
	struct chart_layout	 l;
	size_t			 i;

	chart_measure(&l, b->bar, b->n, from);
	for (i = 0; i < b->n; i++)
		if (chart_bar_len(&l.scale, b->bar[i].number) != b->len[i])
			return 0;
	return 1;
}

/*
 * 1: each bar is as long as the writer makes it, or as an older writer made it,
 * which did not give different values different bars.
 */
static int
is_exact(const struct bars *b)
{
	if (b->is_cut)
		return is_of_scale(b, CHART_CUT);
	return is_of_scale(b, CHART_APART) || is_of_scale(b, CHART_ZERO);
}

/* 1: the bars are in proportion to the numbers, to one column. */
static int
is_near(const struct bars *b)
{
	double	 top = 0, want;
	size_t	 i, longest = 0;

	if (b->is_cut)
		return 0;
	for (i = 0; i < b->n; i++) {
		top = b->bar[i].number > top ? b->bar[i].number : top;
		longest = b->len[i] > longest ? b->len[i] : longest;
	}
	for (i = 0; i < b->n && top > 0; i++) {
		want = b->bar[i].number / top * (double)longest;
		if (fabs(want - (double)b->len[i]) > 1)
			return 0;
	}
	return top > 0;
}

static void
find_numbers(struct bars *b, const struct number_form *form)
{
	const struct number_form	*forms[] = { form, &number_any,
					    &number_any_comma };
	int				 (*const agree[])(const struct bars *)
					    = { is_exact, is_near };
	size_t				 i, k;

	for (k = 0; k < 2; k++)
		for (i = form == NULL; i < 3; i++)
			if (read_numbers(b, forms[i]) && agree[k](b))
				return;
	/* No reading fits the bars: the lengths of the bars are the numbers. */
	for (i = 0; i < b->n; i++)
		b->bar[i].number = (double)b->len[i];
}

/* 1: the lines from b->lines on are bars. */
static int
find_bars(struct bars *b)
{
	struct slice	 alt = b->block->alt;
	int		 found = 0, starts;

	for (starts = 0; starts < STARTS_MAX && !found &&
	    scan_names(&alt, &b->alt); starts++)
		found = find_inline(b) || find_above(b) || find_all_above(b);
	return found;
}

size_t
idiom_chart_read(const struct idiom_block *block,
    const struct number_form *form, struct idiom_bar *bar)
{
	struct bars	 b = { .block = block, .bar = bar,
			    .lines = block->lines };
	struct slice	 line;
	size_t		 i, words;
	int		 found;

	found = find_bars(&b);
	b.is_cut = !found && scan_is_cut(block);
	for (words = 0; b.is_cut && !found && words < SCAN_START_LINES &&
	    idiom_next_line(&b.lines, &line); words++)
		found = find_bars(&b);
	if (!found) {
		b.is_cut = 0;
		b.lines = block->lines;
		if (!find_plain(&b))
			return 0;
	}
	for (i = 0; i < b.n && b.len[i] == 0; i++)
		;
	if (i == b.n)
		return 0;		/* nothing is drawn */
	find_numbers(&b, form);
	return b.n;
}
