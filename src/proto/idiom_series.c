/* SPDX-License-Identifier: ISC */
/*
 * A series shows one quantity, or several of one unit, over years or months: a
 * bar for each value, from the first period to the last; the bars of one period
 * stand below each other.  The bar of a value below 0 is of '-'.  When names
 * leave too few columns for bars, letters replace them, and the names stand
 * above the drawing.  The scale is that of charts.
 *
 * The writer and the reader use the same functions for the length of a bar, and
 * the alt text has every name and value.  So a wrong value is read only if its
 * bar looks the same.  All bytes that are read are a stranger's.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/chart_scale.h"
#include "proto/idiom.h"
#include "proto/idiom_scan.h"
#include "proto/number.h"

#define BAR_MIN		10	/* columns; less: names become letters */
#define NOTHING		"-"	/* is written for a missing value */
#define POINTS		(IDIOM_PERIODS * IDIOM_LINES)

struct series_layout {
	size_t			 period, name, value;	/* columns of each */
	size_t			 bar;		/* of the longest */
	int			 letters;
	struct chart_scale	 scale;
};

static size_t
columns(const struct slice *s)
{
	return text_width(s->at, s->len);
}

static struct idiom_point *
point_at(struct idiom_series *s, size_t period, size_t line)
{
	return &s->point[period * IDIOM_LINES + line];
}

static const struct idiom_point *
point_of(const struct idiom_series *s, size_t period, size_t line)
{
	return &s->point[period * IDIOM_LINES + line];
}

/* The text of a value, also of a missing one. */
static struct slice
text_of(const struct idiom_series *s, size_t period, size_t line)
{
	const struct slice	*text = &point_of(s, period, line)->text;

	return text->len > 0 ? *text : slice_of(NOTHING);
}

/* Collect the numbers of all values but missing ones; returns how many. */
static size_t
numbers(const struct idiom_series *s, double number[POINTS])
{
	size_t	 i, k, n = 0;

	for (i = 0; i < s->nperiod; i++)
		for (k = 0; k < s->nline; k++)
			if (point_of(s, i, k)->text.len > 0)
				number[n++] = point_of(s, i, k)->number;
	return n;
}

static void
scale(const struct idiom_series *s, struct chart_scale *scale, size_t cols,
    enum chart_from from)
{
	double	 number[POINTS];
	size_t	 n = numbers(s, number);

	chart_scale(scale, number, n, cols, from);
}

/* -- writing ----------------------------------------------------------- */

static void
measure(const struct idiom_series *s, struct series_layout *l)
{
	size_t	 i, k, n, left;

	memset(l, 0, sizeof(*l));
	for (i = 0; i < s->nperiod; i++) {
		n = columns(&s->period[i]);
		l->period = n > l->period ? n : l->period;
		for (k = 0; k < s->nline; k++) {
			n = columns(&point_of(s, i, k)->text);
			l->value = n > l->value ? n : l->value;
		}
	}
	for (k = 0; s->nline > 1 && k < s->nline; k++) {
		n = columns(&s->line[k]);
		l->name = n > l->name ? n : l->name;
	}
	left = l->period + l->value + 2 + (l->name > 0);
	l->letters = l->name > 1 && left + l->name + BAR_MIN > IDIOM_COLS;
	if (l->letters)
		l->name = 1;
	left += l->name;
	l->bar = left < IDIOM_COLS ? IDIOM_COLS - left : 1;
}

int
idiom_series_start(const struct idiom_series *s, char start[IDIOM_START])
{
	struct series_layout	 l;
	double			 number[POINTS];
	size_t			 n = numbers(s, number);

	measure(s, &l);
	return chart_start(number, n, l.bar, start);
}

static void
pad(struct buf *b, size_t n)
{
	for (; n > 0; n--)
		buf_ch(b, ' ');
}

/* Write "A Women and girls who live alone" on as many lines as it needs. */
static void
put_letter(struct buf *b, char letter, const struct slice *name)
{
	struct buf	 line = BUF_INIT;
	struct slice	 rest = *name;
	size_t		 n;

	while (rest.len > 0) {
		n = idiom_break(rest.at, rest.len, IDIOM_COLS - 2);
		buf_reset(&line);
		buf_ch(&line, rest.at == name->at ? letter : ' ');
		buf_ch(&line, ' ');
		buf_add(&line, rest.at, n);
		if (buf_ok(&line))
			idiom_line(b, line.data, line.len);
		scan_skip(&rest, n);
		scan_blanks(&rest);
	}
	b->failed |= line.failed;
	buf_free(&line);
}

static void
put_point(struct buf *b, const struct idiom_series *s,
    const struct series_layout *l, size_t period, size_t line)
{
	const struct idiom_point *p = point_of(s, period, line);
	struct slice		 text = text_of(s, period, line);
	struct buf		 out = BUF_INIT;
	size_t			 i, n;

	if (line == 0)
		buf_add(&out, s->period[period].at, s->period[period].len);
	pad(&out, l->period + 1 - (line == 0 ? columns(&s->period[period]) :
	    0));
	if (l->letters)
		buf_fmt(&out, "%c ", (char)('A' + line));
	else if (l->name > 0) {
		buf_add(&out, s->line[line].at, s->line[line].len);
		pad(&out, l->name + 1 - columns(&s->line[line]));
	}
	n = p->text.len > 0 ? chart_bar_len(&l->scale, p->number) : 0;
	for (i = 0; i < n; i++)
		buf_ch(&out, i == 0 && l->scale.is_cut ? '/' :
		    p->number < 0 ? '-' : '#');
	if (n > 0)
		buf_ch(&out, ' ');
	buf_add(&out, text.at, text.len);
	if (buf_ok(&out))
		idiom_line(b, out.data, out.len);
	else
		b->failed = 1;
	buf_free(&out);
}

static void
put_alt(struct buf *b, const struct idiom_marks *m, const char *word,
    const struct idiom_series *s)
{
	const char	*mark = m->colon;
	struct slice	 text;
	size_t		 i, k;

	buf_str(b, "``` ");
	buf_str(b, word);
	for (k = 0; s->nline > 1 && k < s->nline; k++, mark = m->list) {
		buf_str(b, mark);
		buf_add(b, s->line[k].at, s->line[k].len);
	}
	for (i = 0; i < s->nperiod; i++)
		for (k = 0; k < s->nline; k++, mark = m->list) {
			buf_str(b, mark);
			if (k == 0) {
				buf_add(b, s->period[i].at, s->period[i].len);
				buf_ch(b, ' ');
			}
			text = text_of(s, i, k);
			buf_add(b, text.at, text.len);
		}
	buf_ch(b, '\n');
}

void
idiom_series_write(struct buf *b, const struct idiom_marks *m,
    const char *word, const char *start, const struct idiom_series *s)
{
	struct series_layout	 l;
	size_t			 i, k;

	measure(s, &l);
	scale(s, &l.scale, l.bar, start != NULL ? CHART_CUT : CHART_APART);
	put_alt(b, m, word, s);
	if (l.scale.is_cut)
		idiom_wrap(b, start, strlen(start));
	for (k = 0; l.letters && k < s->nline; k++)
		put_letter(b, (char)('A' + k), &s->line[k]);
	if (l.letters)
		buf_ch(b, '\n');
	for (i = 0; i < s->nperiod; i++)
		for (k = 0; k < s->nline; k++)
			put_point(b, s, &l, i, k);
	idiom_block_end(b);
}

/* -- reading ----------------------------------------------------------- */

/* A block that is being read. */
struct series_read {
	struct idiom_series	*s;
	struct slice		 rows;		/* below the letters' names */
	size_t			 name_at, bar_at;	/* columns */
	int			 letters;
	int			 is_cut;	/* bars begin with '/' */
	size_t			 len[POINTS];	/* of the bars */
	int			 minus[POINTS];
};

/* Set name_at: the column behind the first row's period and its blanks. */
static int
first_row(struct series_read *r)
{
	struct slice	 rest = r->rows, line;
	size_t		 n;

	if (!idiom_next_line(&rest, &line))
		return 0;
	for (n = 0; n < line.len && line.at[n] != ' '; n++)
		continue;
	if (n == 0 || number_digit(line.at, line.len) == 0)
		return 0;
	while (n < line.len && line.at[n] == ' ')
		n++;
	r->name_at = text_width(line.at, n);
	return 1;
}

/*
 * The index of the line with a row's name; a new name is added.  SIZE_MAX: no
 * such letter, or too many names.
 */
static size_t
find_name(struct series_read *r, const struct slice *name)
{
	struct idiom_series	*s = r->s;
	size_t			 i;

	if (r->letters)
		return name->len == 1 && *name->at >= 'A' &&
		    (size_t)(*name->at - 'A') < s->nline ?
		    (size_t)(*name->at - 'A') : SIZE_MAX;
	for (i = 0; i < s->nline; i++)
		if (s->line[i].len == name->len && memcmp(s->line[i].at,
		    name->at, name->len) == 0)
			return i;
	if (s->nline == IDIOM_LINES)
		return SIZE_MAX;
	s->line[s->nline] = *name;
	return s->nline++;
}

/* Read the bar, a run of '#' or '-' or "/##", and the value behind it. */
static int
read_bar(struct series_read *r, struct slice s, size_t at)
{
	struct idiom_point	*p = &r->s->point[at];
	size_t			 n = 0;
	char			 c = s.len > 0 ? *s.at : ' ';

	if (r->is_cut && c == '/')
		for (n = 1; n < s.len && s.at[n] == '#';)
			n++;
	else if (!r->is_cut && (c == '#' || c == '-'))
		while (n < s.len && s.at[n] == c)
			n++;
	if (n < s.len && s.at[n] != ' ')
		n = 0;			/* "-3": a value without a bar */
	if (n == s.len && n == strlen(NOTHING) && c == *NOTHING) {
		r->len[at] = 0;		/* the value is missing */
		r->minus[at] = 0;
		return 1;
	}
	r->len[at] = n;
	r->minus[at] = n > 0 && c == '-';
	scan_skip(&s, n);
	p->text = scan_trimmed(s.at, s.at + s.len);
	return p->text.len > 0;
}

/* How many digits of any script s begins with; s moves behind them. */
static size_t
skip_digits(struct slice *s)
{
	size_t	 n, count = 0;

	for (; (n = number_digit(s->at, s->len)) > 0; count++)
		scan_skip(s, n);
	return count;
}

/* 1: a year, or one with a month or another year behind it: 2018, 2018-04. */
static int
is_period(struct slice s)
{
	if (skip_digits(&s) != 4)
		return 0;
	if (s.len == 0)
		return 1;
	if (*s.at != '-' && *s.at != '/')
		return 0;
	scan_skip(&s, 1);
	return skip_digits(&s) > 0 && s.len == 0;
}

static int
read_row(struct series_read *r, const struct slice *line)
{
	struct idiom_series	*s = r->s;
	struct slice		 period, name, bar;
	size_t			 from = scan_column(line, r->name_at);
	size_t			 at = scan_column(line, r->bar_at), k;

	if (from == SIZE_MAX || at == SIZE_MAX || at == 0 || at >= line->len ||
	    line->at[at - 1] != ' ' || from > at || line->at[at] == ' ')
		return 0;
	period = scan_trimmed(line->at, line->at + from);
	name = scan_trimmed(line->at + from, line->at + at);
	bar = (struct slice){ line->at + at, line->len - at };
	if (period.len > 0) {
		if (s->nperiod == IDIOM_PERIODS || *line->at == ' ' ||
		    !is_period(period))
			return 0;
		s->period[s->nperiod++] = period;
	}
	if (s->nperiod == 0 || (name.len == 0) != (r->name_at == r->bar_at) ||
	    (k = find_name(r, &name)) == SIZE_MAX ||
	    point_at(s, s->nperiod - 1, k)->text.len > 0)
		return 0;
	return read_bar(r, bar, (s->nperiod - 1) * IDIOM_LINES + k);
}

/* Read all rows, with their bars at that column. */
static int
read_rows(struct series_read *r, size_t column, size_t nline)
{
	struct slice	 rest = r->rows, line;

	r->s->nperiod = 0;
	r->s->nline = nline;
	memset(r->s->point, 0, sizeof(r->s->point));
	r->bar_at = column;
	while (idiom_next_line(&rest, &line))
		if (!read_row(r, &line))
			return 0;
	return r->s->nperiod >= 2;
}

/* 1: the alt text has `what' next, and then a semicolon or its end. */
static int
says(struct slice *alt, struct slice what)
{
	return scan_same(&what, alt, NULL) && scan_row_ends(alt);
}

/* 1: names has all names, periods and values of the rows, in their order. */
static int
is_alt(struct series_read *r, struct slice names)
{
	struct idiom_series	*s = r->s;
	struct slice		 period;
	size_t			 i, k;

	for (k = 0; !r->letters && s->nline > 1 && k < s->nline; k++)
		if (!says(&names, s->line[k]))
			return 0;
	for (i = 0; i < s->nperiod; i++)
		for (k = 0; k < s->nline; k++) {
			period = s->period[i];
			if ((k == 0 && !scan_same(&period, &names, NULL)) ||
			    !says(&names, text_of(s, i, k)))
				return 0;
		}
	return names.len == 0;
}

/*
 * Read the lines above the rows, which give each letter its name; take each
 * name from the alt text, where it is whole.  names moves behind them.  0: they
 * are no such lines.
 */
static int
read_letters(struct series_read *r, struct slice lines, struct slice *names)
{
	struct idiom_series	*s = r->s;
	struct slice		 line, text;
	const char		*start = NULL;

	s->nline = 0;
	while (idiom_next_line(&lines, &line)) {
		if (line.len == 0 || line.at[0] != ' ') {
			if (s->nline > 0) {
				s->line[s->nline - 1] = scan_trimmed(start,
				    names->at);
				if (!scan_row_ends(names))
					return 0;
			}
			if (line.len == 0)
				break;
			if (s->nline == IDIOM_LINES || line.len < 3 ||
			    line.at[0] != (char)('A' + s->nline) ||
			    line.at[1] != ' ')
				return 0;
			s->nline++;
			scan_blanks(names);
			start = names->at;
		}
		text = (struct slice){ line.at + 1, line.len - 1 };
		if (s->nline == 0 || !scan_same(&text, names, NULL))
			return 0;
	}
	r->rows = lines;
	return s->nline > 1 && lines.at != NULL;
}

/* 1: the bars are as long as the writer makes them from these numbers. */
static int
is_drawn_so(const struct series_read *r, enum chart_from from)
{
	const struct idiom_series *s = r->s;
	struct chart_scale	 l;
	size_t			 i, k, at, n, value = 0;
	double			 number;

	for (i = 0; i < s->nperiod; i++)
		for (k = 0; k < s->nline; k++) {
			n = columns(&point_of(s, i, k)->text);
			value = n > value ? n : value;
		}
	if (r->bar_at + 1 + value >= IDIOM_COLS)
		return 0;
	scale(s, &l, IDIOM_COLS - r->bar_at - 1 - value, from);
	for (i = 0; i < s->nperiod; i++)
		for (k = 0; k < s->nline; k++) {
			at = i * IDIOM_LINES + k;
			number = s->point[at].number;
			n = s->point[at].text.len > 0 ?
			    chart_bar_len(&l, number) : 0;
			if (n != r->len[at] || (number < 0) != r->minus[at])
				return 0;
		}
	return 1;
}

/*
 * 1: the bars are so, or as an older writer made them, which did not give
 * different values different bars.
 */
static int
is_drawn(const struct series_read *r)
{
	if (r->is_cut)
		return is_drawn_so(r, CHART_CUT);
	return is_drawn_so(r, CHART_APART) || is_drawn_so(r, CHART_ZERO);
}

/* 1: all values begin with a number of that form, and none is read in part. */
static int
read_numbers(struct series_read *r, const struct number_form *form)
{
	struct idiom_point	*p;
	size_t			 i, k, n;

	for (i = 0; i < r->s->nperiod; i++)
		for (k = 0; k < r->s->nline; k++) {
			p = point_at(r->s, i, k);
			p->number = 0;
			if (p->text.len == 0)
				continue;
			n = number_read(p->text.at, p->text.len, form,
			    &p->number);
			if (n == 0 || !isfinite(p->number) ||
			    number_goes_on(p->text.at + n, p->text.len - n))
				return 0;
		}
	return 1;
}

static void
find_numbers(struct series_read *r, const struct number_form *form)
{
	const struct number_form	*forms[] = { form, &number_any,
					    &number_any_comma };
	size_t				 i, k, at;

	for (i = form == NULL; i < 3; i++)
		if (read_numbers(r, forms[i]) && is_drawn(r))
			return;
	/* No reading fits the bars: the lengths of the bars are the numbers. */
	for (i = 0; i < r->s->nperiod; i++)
		for (k = 0; k < r->s->nline; k++) {
			at = i * IDIOM_LINES + k;
			r->s->point[at].number = r->minus[at] ?
			    -(double)r->len[at] : (double)r->len[at];
		}
}

/* 1: the rows can be read, with a column at which some line has a bar. */
static int
find_rows(struct series_read *r, struct slice names)
{
	const size_t	 nline = r->letters ? r->s->nline : 0;
	struct slice	 rest = r->rows, line;
	uint64_t	 tried = 0;
	size_t		 i, column;

	if (!first_row(r))
		return 0;
	while (idiom_next_line(&rest, &line))
		for (i = 1; i < line.len; i++) {
			if (line.at[i - 1] != ' ' || (line.at[i] != '-' &&
			    line.at[i] != (r->is_cut ? '/' : '#')))
				continue;
			if ((column = text_width(line.at, i)) >= IDIOM_COLS)
				break;
			if (tried >> column & 1 || column < r->name_at)
				continue;
			tried |= (uint64_t)1 << column;
			if (read_rows(r, column, nline) && is_alt(r, names))
				return 1;
		}
	return 0;
}

/* 1: the lines are a series, and alt has the same names and values. */
static int
find_series(struct series_read *r, struct slice lines, struct slice alt)
{
	struct slice	 names, behind;

	while (scan_names(&alt, &names)) {
		r->letters = 0;
		r->rows = lines;
		behind = names;
		if (find_rows(r, names))
			return 1;
		r->letters = 1;
		if (read_letters(r, lines, &behind) && find_rows(r, behind))
			return 1;
	}
	return 0;
}

int
idiom_series_read(const struct idiom_block *b, const struct number_form *form,
    struct idiom_series *s)
{
	struct series_read	 r = { .s = s };
	struct slice		 lines = b->lines, line;
	size_t			 words;
	int			 found;

	found = find_series(&r, lines, b->alt);
	r.is_cut = !found && scan_is_cut(b);
	for (words = 0; r.is_cut && !found && words < SCAN_START_LINES &&
	    idiom_next_line(&lines, &line); words++)
		found = find_series(&r, lines, b->alt);
	if (found)
		find_numbers(&r, form);
	return found;
}
