/* SPDX-License-Identifier: ISC */
/*
 * Values by year or month, {2018: 12000, 2025: 11500}: of a figure, or of a
 * line of a series.  They are kept oldest first, however they are written.
 * The YAML is an author's: keys and values may be anything.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/arena.h"
#include "content/dated.h"
#include "content/kind.h"
#include "content/model.h"
#include "content/reader.h"
#include "content/say.h"
#include "content/scalar.h"
#include "content/value.h"
#include "content/yaml.h"

#define YEAR_DIGITS	4

/* Read 2018, 2018-04 or 2081/82 into *to, but no value.  0: none of these. */
static int
read_when(const char *s, struct dated_value *to)
{
	const char	*tail;
	struct moment	 m;
	size_t		 n = strspn(s, "0123456789");

	if (n != YEAR_DIGITS)
		return 0;
	tail = s + n;
	if (*tail == '/' ? strlen(tail + 1) < 2 || strlen(tail + 1) > 4 ||
	    tail[1 + strspn(tail + 1, "0123456789")] != '\0' :
	    *tail != '\0' && (strlen(s) != 7 || !kind_moment(s, 0, &m)))
		return 0;
	to->year = (int)strtol(s, NULL, 10);
	to->month = *tail == '-' ? (unsigned)strtol(tail + 1, NULL, 10) : 0;
	return to->year > 0 && to->year <= MOMENT_YEAR_MAX;
}

static int
by_time(const void *a, const void *b)
{
	const struct dated_value	*x = a, *y = b;

	if (x->year != y->year)
		return x->year < y->year ? -1 : 1;
	if (x->month != y->month)
		return x->month < y->month ? -1 : 1;
	return strcmp(x->when, y->when);
}

void
read_dated(struct reader *r, const struct yaml_node *node, size_t *n,
    struct dated_value **out, const struct path *path)
{
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };
	struct dated_value		*list;

	if (node->kind != YAML_MAP || node->n == 0) {
		read_wrong(r, node, path, "want values by year, as {2018: "
		    "12000, 2025: 11500}");
		return;
	}
	if (node->n > DATED_MAX) {
		read_bad(r, node->line, node->column, path, "%zu values, at "
		    "most %d", node->n, DATED_MAX);
		return;
	}
	if ((list = arena_array(r->arena, node->n, sizeof(*list))) == NULL) {
		read_nomem(r);
		return;
	}
	for (c = node->child; c != NULL; c = c->next) {
		here.key = c->key;
		if (!read_when(c->key, &list[*n])) {
			read_bad(r, c->key_line, c->key_column, path, "\"%.60s"
			    "\" is no year, as 2018, 2018-04 or 2081/82",
			    c->key);
			continue;
		}
		list[*n].when = r->copy ? arena_copy(r->arena, c->key,
		    strlen(c->key)) : c->key;
		if (list[*n].when == NULL) {
			read_nomem(r);
			return;
		}
		read_value(r, c, &list[*n].value, &here);
		if (list[*n].value.text == NULL)
			continue;
		if (list[*n].value.is_worded)
			read_wrong(r, c, &here, "want a number alone");
		++*n;
	}
	if (*n > 0)
		qsort(list, *n, sizeof(*list), by_time);
	*out = list;
}

/* The periods of all lines, each once, oldest first. */
static void
find_periods(struct reader *r, struct block_series *s)
{
	const struct series_line	*line;
	size_t				 i, n = 0;

	for (line = s->line; line < s->line + s->n; line++)
		n += line->nvalue;
	if ((s->period = arena_array(r->arena, n, sizeof(*s->period))) ==
	    NULL) {
		read_nomem(r);
		return;
	}
	for (n = 0, line = s->line; line < s->line + s->n; line++)
		for (i = 0; i < line->nvalue; i++)
			s->period[n++] = line->values[i];
	if (n > 0)
		qsort(s->period, n, sizeof(*s->period), by_time);
	for (i = 0; i < n; i++)
		if (s->nperiod == 0 || by_time(&s->period[s->nperiod - 1],
		    &s->period[i]) != 0)
			s->period[s->nperiod++] = s->period[i];
}

/* Put each of the line's values at its period. */
static void
place_values(struct reader *r, const struct block_series *s,
    struct series_line *line)
{
	size_t	 i, k;

	line->at = arena_array(r->arena, s->nperiod, sizeof(*line->at));
	if (line->at == NULL) {
		read_nomem(r);
		return;
	}
	for (i = k = 0; i < s->nperiod && k < line->nvalue; i++)
		if (by_time(&s->period[i], &line->values[k]) == 0)
			line->at[i] = line->values[k++].value;
}

void
block_check_series(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	struct block_series	*s = &b->series;
	struct path		 path = { NULL, "series", 0 };
	struct path		 lines = { &path, "lines", 0 };
	struct path		 here = { &lines, NULL, 0 };
	const unsigned		 errors = r->errors;

	for (; s->n > 1 && here.index < s->n; here.index++)
		if (s->line[here.index].label.in[0] == NULL && r->nlang > 0)
			read_bad(r, s->line[here.index].remark.line, 0, &here,
			    "\"label\" is missing: want one for each of "
			    "several lines");
	find_periods(r, s);
	if (r->errors > errors || s->n == 0)
		return;
	if (s->nperiod < 2 && r->errors > 0) {
		s->nperiod = 0;		/* a wrong value gives no period */
		return;
	}
	if (s->nperiod < 2 || s->nperiod > DATED_MAX) {
		read_bad(r, body->line, body->column, &path, "%zu years in "
		    "all, want 2 to %d", s->nperiod, DATED_MAX);
		s->nperiod = 0;
		return;
	}
	for (here.index = 0; here.index < s->n; here.index++)
		place_values(r, s, &s->line[here.index]);
}
