/* SPDX-License-Identifier: ISC */
/*
 * Writes a table: its caption and its rows as proto/idiom.h writes them, and
 * the same as a CSV file in each language.  On a page numbers are written as
 * its language writes them, but never counted in myriads, so that a reader can
 * compare the digits of a column.  In the CSV file they stand as in the YAML.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "proto/idiom.h"
#include "render/csv.h"
#include "render/pen.h"
#include "render/table.h"

static const struct table_cell *
cell_at(const struct block_table *t, size_t row, size_t column)
{
	return &t->cell[row * t->ncol + column];
}

static int
is_number(const struct table_cell *c)
{
	return c->value.text != NULL;
}

static int
is_empty(const struct table_cell *c)
{
	return !is_number(c) && c->text.in[0] == NULL;
}

/*
 * 1: the column's cells stand at its right edge: the author says so, or it is
 * not the first column and has more numbers than texts.
 */
static int
is_right(const struct block_table *t, size_t column)
{
	const struct table_cell	*c;
	size_t			 i, n = 0, texts = 0;

	if (t->column[column].align != TABLE_AUTO)
		return t->column[column].align == TABLE_RIGHT;
	for (i = 0; i < t->nrow; i++) {
		c = cell_at(t, i, column);
		n += (size_t)is_number(c);
		texts += (size_t)(!is_number(c) && !is_empty(c));
	}
	return column > 0 && n > texts;
}

/* "Area (km²)" */
static void
put_label(const struct pen *p, const struct table_column *c)
{
	buf_str(p->b, pen_in(p, &c->label));
	if (c->unit >= p->p->nunit)
		return;
	pen_open(p);
	buf_str(p->b, pen_in(p, &p->p->unit[c->unit].word));
	pen_close(p);
}

static void
put_cell(const struct pen *p, const struct table_cell *c)
{
	if (!is_number(c))
		buf_str(p->b, pen_in(p, &c->text));
	else if (!number_write(p->b, c->value.text, &p->v->number, 0))
		buf_str(p->b, c->value.text);
}

/* Write all labels and cells to p->b, and set their slices; -1: no memory. */
static int
put_all(const struct pen *p, const struct block_table *t,
    struct slice *label, struct slice *cell)
{
	size_t	 i, last = 0;

	for (i = 0; i < t->ncol; i++) {
		put_label(p, &t->column[i]);
		label[i].len = p->b->len - last;
		last = p->b->len;
	}
	for (i = 0; i < t->nrow * t->ncol; i++) {
		put_cell(p, &t->cell[i]);
		cell[i].len = p->b->len - last;
		last = p->b->len;
	}
	buf_ch(p->b, '\0');
	if (!buf_ok(p->b))
		return -1;
	for (i = last = 0; i < t->ncol; i++) {
		label[i].at = p->b->data + last;
		last += label[i].len;
	}
	for (i = 0; i < t->nrow * t->ncol; i++) {
		cell[i].at = p->b->data + last;
		last += cell[i].len;
	}
	return 0;
}

void
table_write(const struct pen *p, const struct block *b)
{
	const struct block_table *t = &b->table;
	struct idiom_table	 table = { .ncol = t->ncol, .nrow = t->nrow,
				    .has_total = t->has_total };
	struct slice		 label[TABLE_COLUMNS], *cell;
	struct buf		 all = BUF_INIT;
	struct pen		 aside = *p;
	size_t			 i;

	aside.b = &all;
	if ((cell = calloc(t->nrow * t->ncol + 1, sizeof(*cell))) == NULL ||
	    put_all(&aside, t, label, cell) == -1)
		p->b->failed = 1;
	else {
		for (i = 0; i < t->ncol; i++) {
			table.column[i].label = label[i];
			table.column[i].right = is_right(t, i);
		}
		table.cell = cell;
		pen_line(p, pen_in(p, &t->caption));
		idiom_table_write(p->b, p->v->marks, p->v->word[LANG_TABLE],
		    &table);
	}
	free(cell);
	buf_free(&all);
}

void
table_csv(const struct pen *p, const struct block *b)
{
	const struct block_table *t = &b->table;
	const struct table_cell	*c;
	struct buf		 word = BUF_INIT;
	struct pen		 aside = *p;
	size_t			 i;

	aside.b = &word;
	for (i = 0; i < t->ncol; i++) {
		buf_reset(&word);
		put_label(&aside, &t->column[i]);
		csv_field(p->b, buf_ok(&word) && word.len > 0 ? word.data : "",
		    i + 1 == t->ncol);
	}
	for (i = 0; i < t->nrow * t->ncol; i++) {
		c = &t->cell[i];
		csv_field(p->b, is_number(c) ? c->value.text :
		    pen_in(p, &c->text), (i + 1) % t->ncol == 0);
	}
	p->b->failed |= word.failed;
	buf_free(&word);
}

void
table_name(const struct page *page, const struct block *b, const char *dir,
    struct buf *path)
{
	const struct block	*at;
	size_t			 n = 1;

	buf_fmt(path, "data/tables/%s/%s_", dir, page->head->id);
	if (b->table.id != NULL)
		buf_str(path, b->table.id);
	else {
		for (at = page->block; at < b; at++)
			n += at->type == BLOCK_TABLE;
		buf_fmt(path, "%zu", n);
	}
	buf_str(path, ".csv");
}
