/* SPDX-License-Identifier: ISC */
/*
 * The scale of bars that are drawn in whole columns.  Bars begin at 0 and are
 * in proportion to their values.  If two different values would get equal bars,
 * the larger one gets a longer bar.  If that would make a bar wrong by more
 * than a column, as for the people of a town in sixteen years, the bars are
 * cut: they begin at a round value below the smallest one.
 *
 * The readers compute the same scale from the values that they read.  All is
 * computed in whole steps, in which the largest value has up to 15 digits, so
 * that every machine rounds a bar the same way, and bars do not depend on
 * whether 3万 was read as 3 or as 30,000.  The numbers may be a stranger's.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/chart_scale.h"

#define STEPS		1e15		/* of the largest value, at most */
#define DECIMALS_MAX	22		/* what a double multiplies exactly */

/* A number without its sign in steps, rounded; at most STEPS. */
static int64_t
steps(const struct chart_scale *s, double v)
{
	double	 tens = 1;
	int	 i;

	for (i = 0; i < s->decimals || i < -s->decimals; i++)
		tens *= 10;
	v = v < 0 ? -v : v;
	v = (s->decimals < 0 ? v / tens : v * tens) + 0.5;
	return (int64_t)(v < STEPS ? v : STEPS);
}

static int
by_size(const void *va, const void *vb)
{
	const int64_t	*a = va, *b = vb;

	return *a < *b ? -1 : *a > *b;
}

/* The columns of v if top has cols, rounded; at least 1 unless v is 0. */
static size_t
columns_of(int64_t v, int64_t top, size_t cols)
{
	size_t	 n;

	if (v <= 0 || top <= 0)
		return v > 0;
	n = (size_t)((2 * v * (int64_t)cols + top) / (2 * top));
	return n == 0 ? 1 : n;
}

/*
 * A round value below least: the largest multiple of a step that is 1, 2 or 5
 * with zeros and at least half of the distance from least to top.
 */
static int64_t
round_below(int64_t least, int64_t top)
{
	static const int	 next[] = { 1, 2, 5 };
	int64_t			 tens = 1, step = 1;
	size_t			 i = 0;

	while (step < (top - least + 1) / 2) {
		if (++i == 3) {
			i = 0;
			tens *= 10;
		}
		step = next[i] * tens;
	}
	return (least - 1) / step * step;
}

/* Give larger values longer bars; 0: there are too few columns. */
static int
push_apart(struct chart_scale *s, size_t cols)
{
	size_t	 plain[CHART_VALUES], i, off;

	if (s->n > cols + (s->n > 0 && s->at[0] == 0))
		return 0;
	memcpy(plain, s->len, sizeof(plain));
	for (i = 1; i < s->n; i++)
		if (s->len[i] <= s->len[i - 1])
			s->len[i] = s->len[i - 1] + 1;
	for (i = s->n; i-- > 0;) {
		if (i + 1 == s->n && s->len[i] > cols)
			s->len[i] = cols;
		else if (i + 1 < s->n && s->len[i] >= s->len[i + 1])
			s->len[i] = s->len[i + 1] - 1;
		off = s->len[i] > plain[i] ? s->len[i] - plain[i] :
		    plain[i] - s->len[i];
		s->pushed = off > s->pushed ? off : s->pushed;
	}
	return 1;
}

void
chart_scale(struct chart_scale *s, const double *number, size_t n,
    size_t cols, enum chart_from from)
{
	double	 top = 0, v;
	size_t	 i, room;

	memset(s, 0, sizeof(*s));
	n = n < CHART_VALUES ? n : CHART_VALUES;
	for (i = 0; i < n; i++) {
		v = number[i] < 0 ? -number[i] : number[i];
		top = v > top ? v : top;
	}
	s->cols = cols;
	for (v = top; v > 0 && v < STEPS / 10 && s->decimals < DECIMALS_MAX;
	    s->decimals++)
		v *= 10;
	for (; v >= STEPS && s->decimals > -DECIMALS_MAX; s->decimals--)
		v /= 10;
	s->top = steps(s, top);
	for (i = 0; i < n; i++)
		s->at[i] = steps(s, number[i]);
	qsort(s->at, n, sizeof(s->at[0]), by_size);
	for (i = 0; i < n; i++)
		if (i == 0 || s->at[i] != s->at[s->n - 1])
			s->at[s->n++] = s->at[i];
	if (from == CHART_CUT && s->n > 1 && s->at[0] > 0 && cols > 2) {
		s->is_cut = 1;
		s->from = round_below(s->at[0], s->top);
	}
	room = cols - (size_t)s->is_cut;
	for (i = 0; i < s->n; i++)
		s->len[i] = columns_of(s->at[i] - s->from, s->top - s->from,
		    room);
	s->is_apart = from != CHART_ZERO && push_apart(s, room);
	for (i = 0; i < s->n && s->is_cut; i++)
		s->len[i]++;
}

size_t
chart_bar_len(const struct chart_scale *s, double number)
{
	const int64_t	 v = steps(s, number), *at;

	if (v == 0)
		return number != 0;
	at = bsearch(&v, s->at, s->n, sizeof(v), by_size);
	return at == NULL ? 0 : s->len[at - s->at];
}

/* Write so many steps as a number, with the decimals that it needs. */
static void
start_write(int64_t from, size_t decimals, char start[IDIOM_START])
{
	char		 digits[32];
	size_t		 len, first, i, n = 0;

	snprintf(digits, sizeof(digits), "%025" PRId64, from);
	len = strlen(digits);
	for (first = 0; first + 1 + decimals < len && digits[first] == '0';)
		first++;
	while (decimals > 0 && digits[len - 1] == '0') {
		len--;
		decimals--;
	}
	for (i = first; i < len; i++) {
		if (i + decimals == len)
			start[n++] = '.';
		start[n++] = digits[i];
	}
	start[n] = '\0';
}

int
chart_start(const double *number, size_t n, size_t cols,
    char start[IDIOM_START])
{
	struct chart_scale	 s;
	size_t			 i;

	chart_scale(&s, number, n, cols, CHART_APART);
	if ((s.is_apart && s.pushed < 2) || s.n < 2 || s.at[0] < s.top / 2)
		return 0;
	for (i = 0; i < n; i++)
		if (number[i] <= 0)
			return 0;
	chart_scale(&s, number, n, cols, CHART_CUT);
	if (!s.is_cut || s.from <= 0 || s.decimals < 0)
		return 0;
	start_write(s.from, (size_t)s.decimals, start);
	return 1;
}
