/* SPDX-License-Identifier: ISC */
/*
 * The rows of a table block: lists of cells in the YAML, or the records of a
 * CSV file below the capsule's folder.  A cell that is a number is kept as
 * one, so that each language writes it in its way; anything else is a text.
 * What looks like a number and is none is an error, since it would stand
 * among numbers and be shown as it was typed.  Both files are an author's:
 * any bytes may come.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/nofollow.h"
#include "base/text.h"
#include "content/arena.h"
#include "content/diag.h"
#include "content/kind.h"
#include "content/model.h"
#include "content/phones.h"
#include "content/read.h"
#include "content/say.h"
#include "content/scalar.h"
#include "content/schema.h"
#include "content/table.h"
#include "content/value.h"
#include "content/yaml.h"
#include "proto/csv.h"

#define CSV_SIZE_MAX	(1u << 20)	/* bytes of a CSV file */
#define CSV_COLUMNS	64		/* of which a table takes some */
#define SUM_DIGITS	15

static const char sum_word[] = "sum";

static struct table_cell *
cell_at(const struct block_table *t, size_t row, size_t column)
{
	return &t->cell[row * t->ncol + column];
}

/* The same text in all languages. */
static void
set_text(const struct reader *r, struct table_cell *c, const char *s)
{
	size_t	 i;

	for (i = 0; i < r->nlang; i++)
		c->text.in[i] = s;
}

/*
 * What was counted in the columns: telephone numbers stay as they were typed.
 * Only the author knows what plain digits are, when there are many.
 */
static void
judge_phones(struct reader *r, struct block_table *t, const struct phones *p,
    unsigned line)
{
	struct table_column	*c;
	size_t			 i;

	for (i = 0; i < t->ncol; i++) {
		c = &t->column[i];
		if (c->align != TABLE_AUTO || c->unit != SIZE_MAX)
			continue;	/* the author has said what they are */
		if (phones_is_column(&p[i]))
			c->align = TABLE_LEFT;
		else if (phones_may_be_column(&p[i]))
			diag_add(r->d, DIAG_WARNING, r->file, line, 0,
			    "table.columns[%zu]: all its numbers have %zu "
			    "digits and are shown in groups, as counts are: "
			    "put align: left on the column if they are "
			    "telephone numbers", i, p[i].digits);
	}
}

/* -- rows of the YAML -------------------------------------------------- */

static void
find_phones(struct reader *r, const struct yaml_node *rows,
    struct block_table *t)
{
	const struct yaml_node	*row, *c;
	struct phones		 p[TABLE_COLUMNS];
	size_t			 i;

	memset(p, 0, sizeof(p));
	for (row = rows->child; row != NULL; row = row->next)
		for (c = row->kind == YAML_LIST ? row->child : NULL, i = 0;
		    c != NULL && i < t->ncol; c = c->next, i++)
			if (c->kind == YAML_SCALAR)
				phones_count(&p[i], c->text);
	judge_phones(r, t, p, rows->line);
}

/* One scalar: a number, a text, or nothing. */
static void
read_scalar(struct reader *r, const struct yaml_node *node,
    enum table_align align, struct table_cell *to, const struct path *path)
{
	const char	*why;
	double		 number;
	int		 worded;

	if (node->len == 0 || (node->plain && yaml_scalar(node) == YAML_NULL))
		return;
	if (align != TABLE_LEFT && kind_value(node->text, node->plain &&
	    yaml_scalar(node) == YAML_NUMBER, &number, &worded) == NULL &&
	    !worded) {
		read_value(r, node, &to->value, path);
		return;
	}
	if (!read_is_string(r, node, path))
		return;
	if (align != TABLE_LEFT && csv_looks_number(node->text)) {
		read_wrong(r, node, path, "want a number without separators "
		    "of thousands, as 12000 or 4.5 (or align: left on a "
		    "column of texts)");
		return;
	}
	if ((why = kind_text(node->text, node->len, 0, node->lines)) != NULL)
		read_wrong(r, node, path, "%s", diag_say(r->d, why));
	else
		set_text(r, to, read_string(r, node));
}

static void
read_row(struct reader *r, const struct yaml_node *node,
    const struct block_table *t, size_t row, const struct path *path)
{
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };
	struct table_cell	*to;

	if (node->kind != YAML_LIST) {
		read_wrong(r, node, path, "want a list of cells, as [East, "
		    "4500]");
		return;
	}
	if (node->n != t->ncol) {
		read_bad(r, node->line, node->column, path, "%zu cells, want "
		    "one for each of the %zu columns (~ for an empty one)",
		    node->n, t->ncol);
		return;
	}
	for (c = node->child; c != NULL; c = c->next, here.index++) {
		to = cell_at(t, row, here.index);
		if (c->kind == YAML_MAP)
			read_text(r, c, &to->text, &here, TYPE_WORD);
		else if (c->kind == YAML_LIST)
			read_wrong(r, c, &here, "want a number or a text");
		else
			read_scalar(r, c, t->column[here.index].align, to,
			    &here);
	}
}

/* 1: no cell of that row has anything. */
static int
is_empty_row(const struct block_table *t, size_t row)
{
	const struct table_cell	*c;
	size_t			 i;

	for (i = 0; i < t->ncol; i++) {
		c = cell_at(t, row, i);
		if (c->value.text != NULL || c->text.in[0] != NULL)
			return 0;
	}
	return 1;
}

/* Allocate n rows and one for totals.  -1: no memory. */
static int
make_room(struct reader *r, struct block_table *t, size_t n)
{
	t->cell = arena_array(r->arena, (n + 1) * t->ncol, sizeof(*t->cell));
	if (t->cell != NULL)
		return 0;
	read_nomem(r);
	return -1;
}

static void
read_rows(struct reader *r, const struct yaml_node *rows,
    struct block_table *t)
{
	const struct yaml_node	*c;
	struct path		 table = { NULL, "table", 0 };
	struct path		 list = { &table, "rows", 0 };
	struct path		 here = { &list, NULL, 0 };

	if (rows->kind != YAML_LIST) {
		read_wrong(r, rows, &list, "want a list of rows");
		return;
	}
	if (rows->n == 0 || rows->n > TABLE_ROWS) {
		read_bad(r, rows->line, rows->column, &list, "%zu rows, want "
		    "1 to %d", rows->n, TABLE_ROWS);
		return;
	}
	if (make_room(r, t, rows->n) == -1)
		return;
	find_phones(r, rows, t);
	for (c = rows->child; c != NULL; c = c->next, here.index++) {
		const unsigned	 errors = r->errors;

		read_row(r, c, t, here.index, &here);
		if (r->errors == errors && is_empty_row(t, here.index))
			read_bad(r, c->line, c->column, &here, "the row is "
			    "empty: take it out");
	}
	t->nrow = rows->n;
}

/* -- rows of a CSV file ------------------------------------------------ */

/* A CSV file that is being read into a table. */
struct sheet {
	struct reader		*r;
	struct block_table	*t;
	struct csv		 csv;
	char			*field[CSV_COLUMNS];
	size_t			 n;
	/* Which field a column is, in each language. */
	size_t			 from[TABLE_COLUMNS][LANG_MAX];
};

/* The field with that heading, or SIZE_MAX. */
static size_t
find_field(const struct sheet *s, const char *name)
{
	size_t	 i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->field[i], name) == 0)
			return i;
	return SIZE_MAX;
}

/* Line 1 has the headings.  -1: a column is not there. */
static int
find_columns(struct sheet *s)
{
	const struct table_column	*c;
	struct path			 where = { NULL, "csv", 0 };
	size_t				 i, k;
	int				 rv = 0;

	for (i = 0; i < s->t->ncol; i++)
		for (k = 0, c = &s->t->column[i]; k < s->r->nlang; k++) {
			s->from[i][k] = c->from.in[k] == NULL ? i :
			    find_field(s, c->from.in[k]);
			if (s->from[i][k] < s->n)
				continue;
			if (c->from.in[k] == NULL)
				read_bad(s->r, 1, 0, &where, "%zu columns, "
				    "the table has %zu", s->n, s->t->ncol);
			else
				read_bad(s->r, 1, 0, &where, "no column has "
				    "the heading \"%.60s\"", c->from.in[k]);
			rv = -1;
			break;
		}
	return rv;
}

/* Write a field as a number as in the YAML; 0: it is not a number. */
static int
take_number(struct sheet *s, const char *field, struct table_cell *to)
{
	struct buf	 b = BUF_INIT;
	double		 number;
	int		 worded, rv = 0;

	if (csv_number(field, csv_decimal(&s->csv), &b) && buf_ok(&b) &&
	    kind_value(b.data, 0, &number, &worded) == NULL) {
		to->value.text = arena_copy(s->r->arena, b.data, b.len);
		to->value.number = number;
		to->value.line = s->csv.line;
		if (to->value.text == NULL)
			read_nomem(s->r);
		rv = 1;
	}
	if (b.failed)
		read_nomem(s->r);
	buf_free(&b);
	return rv;
}

static void
take_cell(struct sheet *s, size_t row, size_t i)
{
	struct table_cell	*to = cell_at(s->t, row, i);
	struct path		 where = { NULL, "csv", 0 };
	struct path		 here = { &where, NULL, i };
	const char		*field, *why;
	size_t			 k;

	for (k = 0; k < s->r->nlang; k++) {
		field = s->from[i][k] < s->n ? s->field[s->from[i][k]] : "";
		if (*field == '\0' && k > 0 && to->text.in[0] != NULL)
			field = to->text.in[0];
		if (*field == '\0')
			continue;
		if (s->t->column[i].align != TABLE_LEFT) {
			if (k == 0 && take_number(s, field, to))
				return;
			if (csv_looks_number(field)) {
				read_bad(s->r, s->csv.line, 0, &here, "\"%.60s"
				    "\" is no number as files with \"%c\" "
				    "have them (or align: left on a column of "
				    "texts)", field, s->csv.mark);
				return;
			}
		}
		why = kind_text(field, strlen(field), 0, 0);
		if (why != NULL) {
			read_bad(s->r, s->csv.line, 0, &here, "\"%.60s\" %s",
			    field, diag_say(s->r->d, why));
			return;
		}
		to->text.in[k] = arena_copy(s->r->arena, field,
		    strlen(field));
		if (to->text.in[k] == NULL)
			read_nomem(s->r);
	}
}

/* The most lines of records that the file can have. */
static size_t
count_lines(const char *s)
{
	size_t	 n = 1;

	for (; (s = strchr(s, '\n')) != NULL; s++)
		n++;
	return n < TABLE_ROWS ? n : TABLE_ROWS;
}

/*
 * Read a file's records once to learn which field a column is and what it
 * holds.  -1: reported: a column is not there, or no memory.
 */
static int
look_ahead(struct sheet *s, const char *data, size_t len)
{
	struct sheet	 own = *s;
	struct phones	 p[TABLE_COLUMNS];
	size_t		 i;
	char		*copy;
	int		 rv = 0;

	if ((copy = malloc(len + 1)) == NULL) {
		read_nomem(s->r);
		return -1;
	}
	memcpy(copy, data, len);
	copy[len] = '\0';
	memset(p, 0, sizeof(p));
	csv_start(&own.csv, copy, len);
	if (csv_next(&own.csv, own.field, CSV_COLUMNS, &own.n) == 1)
		rv = find_columns(&own);
	while (rv == 0 && csv_next(&own.csv, own.field, CSV_COLUMNS,
	    &own.n) == 1)
		for (i = 0; i < own.t->ncol; i++)
			if (own.from[i][0] < own.n)
				phones_count(&p[i], own.field[own.from[i][0]]);
	if (rv == 0)
		judge_phones(s->r, s->t, p, 0);
	memcpy(s->from, own.from, sizeof(s->from));
	free(copy);
	return rv;
}

static void
take_records(struct sheet *s, char *data, size_t len)
{
	struct path	 where = { NULL, "csv", 0 };
	size_t		 i;
	int		 got;

	if (text_utf8_check(data, len) != len) {
		read_bad(s->r, 0, 0, &where, "the file is not UTF-8: save it "
		    "as \"CSV UTF-8\"");
		return;
	}
	if (make_room(s->r, s->t, count_lines(data)) == -1)
		return;
	if (look_ahead(s, data, len) == -1)
		return;
	csv_start(&s->csv, data, len);
	got = csv_next(&s->csv, s->field, CSV_COLUMNS, &s->n);
	while (got == 1 && (got = csv_next(&s->csv, s->field, CSV_COLUMNS,
	    &s->n)) == 1) {
		if (s->t->nrow == TABLE_ROWS) {
			read_bad(s->r, s->csv.line, 0, &where, "more than %d "
			    "rows", TABLE_ROWS);
			return;
		}
		for (i = 0; i < s->t->ncol; i++)
			take_cell(s, s->t->nrow, i);
		/* Spreadsheets save empty lines below a table. */
		if (!is_empty_row(s->t, s->t->nrow))
			s->t->nrow++;
	}
	if (got == -1)
		read_bad(s->r, s->csv.next_line, 0, &where, "%s",
		    diag_say(s->r->d, s->csv.why));
	else if (s->t->nrow == 0)
		read_bad(s->r, 0, 0, &where, "want a line of headings and "
		    "rows below it");
}

/* 1: a relative path without "..", of a file that ends in .csv. */
static int
is_csv_path(const char *s)
{
	const char	*p;
	size_t		 len = strlen(s), n;

	if (len < 5 || strcmp(s + len - 4, ".csv") != 0)
		return 0;
	for (p = s;; p += n + 1) {
		n = strcspn(p, "/");
		if (n == 0 || *p == '.' || memchr(p, '\\', n) != NULL)
			return 0;
		if (p[n] == '\0')
			return 1;
	}
}

static void
read_sheet(struct reader *r, const struct yaml_node *node,
    struct block_table *t)
{
	struct sheet	 s = { .r = r, .t = t };
	struct buf	 name = BUF_INIT;
	struct path	 table = { NULL, "table", 0 };
	struct path	 path = { &table, "csv", 0 };
	struct err	 e;
	const char	*page = r->file;
	char		*data;
	size_t		 len;

	if (!is_csv_path(t->csv)) {
		read_wrong(r, node, &path, "want a file below the capsule's "
		    "folder, as tables/wards.csv");
		return;
	}
	if ((data = file_read_below(r->dir, t->csv, CSV_SIZE_MAX, &len,
	    &e)) == NULL) {
		read_wrong(r, node, &path, "%s", e.msg);
		return;
	}
	buf_fmt(&name, "%s%s%s", r->dir, r->dir[strlen(r->dir) - 1] == '/' ?
	    "" : "/", t->csv);
	if (buf_ok(&name)) {
		r->file = name.data;	/* findings are in there */
		take_records(&s, data, len);
		r->file = page;
	} else
		read_nomem(r);
	buf_free(&name);
	free(data);
}

/* -- totals ------------------------------------------------------------ */

/* The digits behind the point. */
static size_t
decimals(const char *s)
{
	const char	*point = strchr(s, '.');

	return point == NULL ? 0 : strspn(point + 1, "0123456789");
}

/* The value in units of 10^-scale; -1: too large. */
static int
scaled(const char *s, size_t scale, int64_t *out)
{
	const int	 minus = *s == '-';
	int64_t		 v = 0;
	size_t		 part = 0, digits = 0;
	int		 behind = 0;

	for (s += minus; (*s >= '0' && *s <= '9') || *s == '.'; s++) {
		if (*s == '.') {
			behind = 1;
			continue;
		}
		v = v * 10 + (*s - '0');
		digits += v > 0;
		part += (size_t)behind;
		if (digits > SUM_DIGITS)
			return -1;
	}
	for (; part < scale; part++) {
		v *= 10;
		digits += v > 0;
		if (digits > SUM_DIGITS)
			return -1;
	}
	*out = minus ? -v : v;
	return 0;
}

/* The total of a column, exact.  NULL: added; else what is wrong. */
static const char *
add_up(const struct block_table *t, size_t column, int64_t *sum,
    size_t *scale, int *more)
{
	const struct table_cell	*c;
	int64_t			 v;
	size_t			 i, n = 0;

	*sum = 0;
	*scale = 0;
	*more = 0;
	for (i = 0; i < t->nrow; i++) {
		c = cell_at(t, i, column);
		if (c->value.text != NULL && decimals(c->value.text) > *scale)
			*scale = decimals(c->value.text);
	}
	for (i = 0; i < t->nrow; i++) {
		c = cell_at(t, i, column);
		if (c->value.text == NULL && c->text.in[0] != NULL)
			return "there is a text in this column, which cannot "
			    "be added up";
		if (c->value.text == NULL)
			continue;
		if (scaled(c->value.text, *scale, &v) == -1)
			return "the sum has more than 15 digits";
		*more |= strchr(c->value.text, '+') != NULL;
		*sum += v;
		n++;
	}
	if (*sum > 999999999999999 || *sum < -999999999999999)
		return "the sum has more than 15 digits";
	return n > 0 ? NULL : "there is no number in this column";
}

static void
put_sum(struct reader *r, const struct block_table *t, size_t column,
    const struct yaml_node *node, struct table_cell *to,
    const struct path *path)
{
	char		 s[40], digits[32];
	const char	*why;
	int64_t		 sum;
	size_t		 scale, len;
	int		 more;

	if ((why = add_up(t, column, &sum, &scale, &more)) != NULL) {
		read_wrong(r, node, path, "%s", diag_say(r->d, why));
		return;
	}
	snprintf(digits, sizeof(digits), "%0*lld", (int)(scale % 16) + 1,
	    (long long)(sum < 0 ? -sum : sum));
	len = strlen(digits) - scale;
	snprintf(s, sizeof(s), "%s%.*s%s%s%s", sum < 0 ? "-" : "", (int)len,
	    digits, scale > 0 ? "." : "", digits + len, more ? "+" : "");
	if ((to->value.text = arena_copy(r->arena, s, strlen(s))) == NULL)
		read_nomem(r);
	to->value.number = strtod(digits, NULL);
	for (; scale > 0; scale--)
		to->value.number /= 10;
	if (sum < 0)
		to->value.number = -to->value.number;
}

static void
read_totals(struct reader *r, const struct yaml_node *node,
    struct block_table *t)
{
	const struct yaml_node	*c;
	struct path		 table = { NULL, "table", 0 };
	struct path		 path = { &table, "totals", 0 };
	struct path		 here = { &path, NULL, 0 };
	struct table_cell	*to;
	const unsigned		 errors = r->errors;

	read_row(r, node, t, t->nrow, &path);
	if (r->errors > errors)
		return;
	for (c = node->child; c != NULL; c = c->next, here.index++)
		if (c->kind == YAML_SCALAR && c->plain &&
		    strcmp(c->text, sum_word) == 0) {
			to = cell_at(t, t->nrow, here.index);
			memset(to, 0, sizeof(*to));
			put_sum(r, t, here.index, c, to, &here);
		}
	t->has_total = 1;
	t->nrow++;
}

void
block_check_table(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	const struct yaml_node	*node;
	struct block_table	*t = &b->table;
	struct path		 table = { NULL, "table", 0 };
	struct path		 path = { &table, "columns", 0 };

	if (t->ncol == 0 || r->nlang == 0)
		return;			/* an error already */
	if (t->ncol < 2) {
		node = yaml_get(body, "columns");
		read_bad(r, node->line, node->column, &path, "one column, "
		    "want two or more (a list does for one)");
		return;
	}
	if (t->csv != NULL)
		read_sheet(r, yaml_get(body, "csv"), t);
	else if ((node = yaml_get(body, "rows")) != NULL)
		read_rows(r, node, t);
	if (t->nrow > 0 && (node = yaml_get(body, "totals")) != NULL)
		read_totals(r, node, t);
}
