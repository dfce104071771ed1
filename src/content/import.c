/* SPDX-License-Identifier: ISC */
/*
 * Values of a spreadsheet into pages that people write.  The YAML is parsed
 * only to find where each value stands; what is changed are the bytes of
 * that scalar, so that comments, order and layout stay as they were.  All is
 * prepared and each new text parsed again before the first file is written,
 * and the files are renamed into place at the end.
 *
 * Pages and the CSV file are an author's: any bytes may come.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "base/text.h"
#include "content/diag.h"
#include "content/files.h"
#include "content/import.h"
#include "content/import_edit.h"
#include "content/model.h"
#include "content/yaml.h"
#include "proto/csv.h"

#define CSV_MAX		(4u << 20)	/* bytes of the table */
#define COLUMNS		64

/* A figure, or a line of a series, with an id. */
struct import_target {
	struct import_page	*page;
	const struct yaml_node	*id, *value, *values, *year;
	/* The newest row for a figure of one value. */
	const struct import_row	*row;
};

/* A row of the table; strings are in the CSV file's bytes. */
struct import_row {
	const char	*id, *page, *when;
	char		*value;		/* as YAML has it; owned */
	const char	*as_is;		/* as the file has it */
	unsigned	 line;
};

struct import_done {
	struct import_page	*page;
	const struct import_row	*row;
	const char		*from;	/* "": the value is new */
	unsigned		 line;
};

struct import {
	const char		*dir;
	size_t			 npage, ntarget, nrow, nchange;
	struct import_page	*page;
	struct import_target		*target;
	struct import_row		*row;
	struct import_done		*change;
	char			*csv;
	size_t			 same, older;
	const char		*lang[LANG_MAX];
};

void
import_free(struct import *m)
{
	size_t	 i, k;

	if (m == NULL)
		return;
	for (i = 0; i < m->npage; i++) {
		for (k = 0; k < m->page[i].nedit; k++)
			free(m->page[i].edit[k].text);
		free(m->page[i].edit);
		yaml_close(m->page[i].yaml);
		free(m->page[i].data);
		free(m->page[i].name);
	}
	for (i = 0; i < m->nrow; i++)
		free(m->row[i].value);
	free(m->page);
	free(m->target);
	free(m->row);
	free(m->change);
	free(m->csv);
	free(m);
}

/* -- the pages --------------------------------------------------------- */

/* A figure or line that has an id and values. */
static int
add_target(struct import *m, struct import_page *page,
    const struct yaml_node *node)
{
	const struct yaml_node	*id = yaml_get(node, "id");
	void			*list = m->target;
	struct import_target		*t;

	if (id == NULL || id->kind != YAML_SCALAR)
		return 0;
	if ((t = import_one_more(&list, &m->ntarget, sizeof(*t))) == NULL)
		return -1;
	m->target = list;
	t->page = page;
	t->id = id;
	t->value = yaml_get(node, "value");
	t->values = yaml_get(node, "values");
	t->year = yaml_get(node, "year");
	return 0;
}

static int
find_targets(struct import *m, struct import_page *page)
{
	const struct yaml_node	*block, *list, *c;

	block = yaml_get(yaml_root(page->yaml), "blocks");
	for (block = block == NULL ? NULL : block->child; block != NULL;
	    block = block->next) {
		if ((list = yaml_get(block, "figures")) == NULL &&
		    (list = yaml_get(block, "series")) != NULL)
			list = yaml_get(list, "lines");
		for (c = list == NULL ? NULL : list->child; c != NULL;
		    c = c->next)
			if (add_target(m, page, c) == -1)
				return -1;
	}
	return 0;
}

static int
read_pages(struct import *m, struct diag *d)
{
	struct page_files	 files;
	struct import_page	*page;
	struct buf		 name = BUF_INIT;
	struct err		 e;
	size_t			 i;
	int			 rv = -1;

	if (page_files_list(&files, m->dir, d) == -1)
		return -1;
	m->page = calloc(files.n + 1, sizeof(*m->page));
	if (m->page == NULL)
		goto nomem;
	for (i = 0; i < files.n; i++) {
		page = &m->page[m->npage++];
		buf_reset(&name);
		buf_fmt(&name, "pages/%s.yml", files.file[i].id);
		if (!buf_ok(&name) ||
		    (page->name = strdup(name.data)) == NULL)
			goto nomem;
		if ((page->data = file_read_below(m->dir, page->name,
		    YAML_SIZE_MAX, &page->len, &e)) == NULL) {
			diag_err(d, page->name, &e);
			goto out;
		}
		page->yaml = yaml_open_text(page->name, page->data,
		    page->len, d);
		if (page->yaml == NULL)
			goto out;
		if (yaml_root(page->yaml) != NULL &&
		    find_targets(m, page) == -1)
			goto nomem;
	}
	rv = 0;
	goto out;
 nomem:
	diag_cannot(d, m->dir, "out of memory");
 out:
	buf_free(&name);
	page_files_free(&files);
	return rv;
}

/* -- the table --------------------------------------------------------- */

/* Which field a heading is in; SIZE_MAX: none. */
static size_t
find_column(char *const *field, size_t n, const char *name)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (strcmp(field[i], name) == 0)
			return i;
	return SIZE_MAX;
}

/* s without the apostrophe that stands before what would be a formula. */
static const char *
plain(const char *s)
{
	return *s == '\'' ? s + 1 : s;
}

static int
add_row(struct import *m, char *const *field, size_t n, const size_t at[4],
    const struct csv *c, char decimal)
{
	struct buf	 b = BUF_INIT;
	void		*list = m->row;
	struct import_row	*r;

	if (at[0] >= n || *field[at[0]] == '\0')
		return 0;		/* a figure without an id */
	if ((r = import_one_more(&list, &m->nrow, sizeof(*r))) == NULL)
		return -1;
	m->row = list;
	r->id = field[at[0]];
	r->as_is = at[1] < n ? plain(field[at[1]]) : "";
	r->when = at[2] < n ? field[at[2]] : "";
	r->page = at[3] < n ? field[at[3]] : "";
	r->line = c->line;
	if (csv_number(r->as_is, decimal, &b))
		r->value = buf_take(&b, NULL);
	if (b.failed) {
		buf_free(&b);
		return -1;
	}
	buf_free(&b);
	return 0;
}

/* All rows of the CSV file. */
static int
read_rows(struct import *m, const char *csv, char decimal, struct diag *d)
{
	static const char *const names[] = { "id", "value", "year", "page" };
	struct csv	 c;
	struct err	 e;
	char		*field[COLUMNS];
	size_t		 at[4], i, n, len;
	int		 got;

	if ((m->csv = file_read(csv, CSV_MAX, &len, &e)) == NULL) {
		diag_err(d, csv, &e);
		return -1;
	}
	if (text_utf8_check(m->csv, len) != len) {
		diag_add(d, DIAG_ERROR, csv, 0, 0, "the file is not UTF-8: "
		    "save it as \"CSV UTF-8\"");
		return -1;
	}
	csv_start(&c, m->csv, len);
	if ((got = csv_next(&c, field, COLUMNS, &n)) == 1) {
		for (i = 0; i < 4; i++)
			at[i] = find_column(field, n, names[i]);
		if (at[0] == SIZE_MAX || at[1] == SIZE_MAX) {
			diag_add(d, DIAG_ERROR, csv, 1, 0, "want the headings "
			    "id and value in the first line, and perhaps year "
			    "and page");
			return -1;
		}
		if (decimal == 0)
			decimal = csv_decimal(&c);
	}
	while (got == 1 && (got = csv_next(&c, field, COLUMNS, &n)) == 1)
		if (add_row(m, field, n, at, &c, decimal) == -1) {
			diag_cannot(d, csv, "out of memory");
			return -1;
		}
	if (got == -1)
		diag_add(d, DIAG_ERROR, csv, c.next_line, 0, "%s",
		    diag_say(d, c.why));
	return got;
}

/* -- what changes ------------------------------------------------------ */

/* 1: the row names this page, "economy", or it names no page. */
static int
is_page(const struct import_page *p, const char *id)
{
	const char	*name = p->name + strlen("pages/");
	size_t		 n = strlen(id);

	return n == 0 || (strncmp(name, id, n) == 0 &&
	    strcmp(name + n, ".yml") == 0);
}

/* The one figure that a row is about; NULL: reported. */
static struct import_target *
find_target(struct import *m, const struct import_row *r, const char *csv,
    struct diag *d)
{
	struct import_target	*t, *found = NULL;

	for (t = m->target; t < m->target + m->ntarget; t++) {
		if (strcmp(t->id->text, r->id) != 0 ||
		    !is_page(t->page, r->page))
			continue;
		if (found != NULL) {
			diag_add(d, DIAG_ERROR, csv, r->line, 0, "the id "
			    "\"%.60s\" stands in %s and in %s: want a column "
			    "page", r->id, found->page->name, t->page->name);
			return NULL;
		}
		found = t;
	}
	if (found == NULL)
		diag_add(d, DIAG_ERROR, csv, r->line, 0, *r->page == '\0' ?
		    "no figure has the id \"%.60s\"" : "no figure has the id "
		    "\"%.60s\" on that page", r->id);
	return found;
}

/* 1: both are the same number, or the same words. */
static int
says_same(const struct import_row *r, const char *text)
{
	char	*end, *stop;

	if (strcmp(r->as_is, text) == 0)
		return 1;
	return r->value != NULL && strtod(r->value, &end) ==
	    strtod(text, &stop) && strcmp(end, stop) == 0;
}

static int
add_change(struct import *m, struct import_page *page,
    const struct import_row *r, const char *from, unsigned line)
{
	void		*list = m->change;
	struct import_done	*c;

	if ((c = import_one_more(&list, &m->nchange, sizeof(*c))) == NULL)
		return -1;
	m->change = list;
	*c = (struct import_done){ page, r, from, line };
	return 0;
}

static const char no_place[] = "the value cannot be changed in place: write "
    "it on one line first";

/*
 * Replace a value.  0, also when import_replace() fails, for want of memory or
 * since the value is in no shape for it: that is reported.  -1: no memory for
 * the list of changes.
 */
static int
change_value(struct import *m, struct import_target *t,
    const struct yaml_node *node, const struct import_row *r, struct diag *d)
{
	if (import_replace(t->page, node, r->value) == 0)
		return add_change(m, t->page, r, node->text, node->line);
	diag_add(d, DIAG_ERROR, t->page->name, node->line, node->column, "%s",
	    diag_say(d, no_place));
	return 0;
}

/* A row for a figure or line with a value for each year. */
static int
one_of_many(struct import *m, struct import_target *t,
    const struct import_row *r, const char *csv, struct diag *d)
{
	const struct yaml_node	*node = yaml_get(t->values, r->when);

	if (t->values->kind != YAML_MAP || t->values->n == 0)
		return 0;
	if (node != NULL && node->kind == YAML_SCALAR) {
		if (!says_same(r, node->text))
			return change_value(m, t, node, r, d);
		m->same++;
		return 0;
	}
	if (strspn(r->when, "0123456789") != 4) {
		diag_add(d, DIAG_ERROR, csv, r->line, 0, "\"%.60s\" is no "
		    "year, as 2018, 2018-04 or 2081/82", r->when);
		return 0;
	}
	if (import_insert(t->page, t->values, r->when, r->value) == 0)
		return add_change(m, t->page, r, "", t->values->line);
	diag_add(d, DIAG_ERROR, t->page->name, t->values->line,
	    t->values->column, "%s", diag_say(d, no_place));
	return 0;
}

/* Take a figure's value and year from its newest row, unless that is older. */
static int
only_one(struct import *m, struct import_target *t, struct diag *d)
{
	const struct import_row	*r = t->row;
	const char		*year = t->year == NULL ? "" : t->year->text;
	int			 newer;

	if (r == NULL)
		return 0;
	newer = *year != '\0' && *r->when != '\0' ?
	    atoi(r->when) - atoi(year) : 0;
	if (newer < 0) {
		m->older++;
		return 0;
	}
	if (newer == 0 && says_same(r, t->value->text)) {
		m->same++;
		return 0;
	}
	if (newer > 0 && import_replace(t->page, t->year, r->when) == -1) {
		diag_add(d, DIAG_ERROR, t->page->name, t->year->line,
		    t->year->column, "%s", diag_say(d, no_place));
		return 0;
	}
	/* Words as they stand in the page, as "n/a": the year alone is new. */
	if (r->value == NULL)
		return add_change(m, t->page, r, t->value->text,
		    t->value->line);
	return change_value(m, t, t->value, r, d);
}

/* 1: no year, or a year of four digits. */
static int
is_plain_year(const char *s)
{
	return *s == '\0' || (strlen(s) == 4 &&
	    strspn(s, "0123456789") == 4);
}

static int
take_row(struct import *m, struct import_row *r, const char *csv, struct diag *d)
{
	struct import_target	*t;

	if ((t = find_target(m, r, csv, d)) == NULL)
		return 0;
	if (r->value == NULL && (t->value == NULL ||
	    strcmp(r->as_is, t->value->text) != 0)) {
		diag_add(d, DIAG_ERROR, csv, r->line, 0, "%.60s: \"%.60s\" is "
		    "no number", r->id, r->as_is);
		return 0;
	}
	if (t->values != NULL)
		return one_of_many(m, t, r, csv, d);
	if (t->value == NULL || t->value->kind != YAML_SCALAR)
		return 0;
	if (!is_plain_year(r->when)) {
		diag_add(d, DIAG_ERROR, csv, r->line, 0, "\"%.60s\" is no "
		    "year of a figure with one value", r->when);
		return 0;
	}
	if (t->row != NULL && (*r->when == '\0' || *t->row->when == '\0' ||
	    strcmp(t->row->when, r->when) == 0))
		diag_add(d, DIAG_ERROR, csv, r->line, 0, "the id \"%.60s\" "
		    "stands in line %u already", r->id, t->row->line);
	else if (t->row == NULL || strcmp(r->when, t->row->when) > 0)
		t->row = r;
	return 0;
}

static int
by_place(const void *a, const void *b)
{
	const struct import_done	*x = a, *y = b;

	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* The languages that change notes have on the pages that change. */
static void
find_langs(struct import *m)
{
	const struct yaml_node	*c;
	size_t			 i, k, n = 0;

	for (i = 0; i < m->npage; i++) {
		if (m->page[i].nedit == 0)
			continue;
		c = yaml_get(yaml_root(m->page[i].yaml), "change");
		for (c = c == NULL ? NULL : c->child; c != NULL;
		    c = c->next) {
			for (k = 0; k < n && strcmp(m->lang[k], c->key) != 0;
			    k++)
				continue;
			if (k == n && n < LANG_MAX)
				m->lang[n++] = c->key;
		}
	}
}

struct import *
import_open(const char *dir, const char *csv, char decimal, struct diag *d)
{
	struct import	*m;
	size_t		 i, errors;
	int		 got = 0;

	if ((m = calloc(1, sizeof(*m))) == NULL) {
		diag_cannot(d, csv, "out of memory");
		return NULL;
	}
	m->dir = dir;
	errors = diag_count(d, DIAG_ERROR);
	if (read_pages(m, d) == -1 || read_rows(m, csv, decimal, d) == -1) {
		import_free(m);
		return NULL;
	}
	for (i = 0; i < m->nrow && got == 0; i++)
		got = take_row(m, &m->row[i], csv, d);
	for (i = 0; i < m->ntarget && got == 0; i++)
		got = only_one(m, &m->target[i], d);
	if (got == -1)
		diag_cannot(d, csv, "out of memory");
	if (diag_count(d, DIAG_ERROR) > errors) {
		import_free(m);
		return NULL;
	}
	if (m->nchange > 0)
		qsort(m->change, m->nchange, sizeof(*m->change), by_place);
	find_langs(m);
	return m;
}

int
import_change(const struct import *m, size_t i, struct import_change *out)
{
	const struct import_done	*c;

	if (i >= m->nchange)
		return 0;
	c = &m->change[i];
	*out = (struct import_change){ c->page->name, c->line, c->row->id,
	    c->row->when, c->from, c->row->value != NULL ? c->row->value :
	    c->from };
	return 1;
}

size_t
import_pages(const struct import *m)
{
	size_t	 i, n = 0;

	for (i = 0; i < m->npage; i++)
		n += m->page[i].nedit > 0;
	return n;
}

size_t
import_same(const struct import *m)
{
	return m->same;
}

size_t
import_older(const struct import *m)
{
	return m->older;
}

const char *
import_lang(const struct import *m, size_t i)
{
	return i < LANG_MAX ? m->lang[i] : NULL;
}

/* -- writing ----------------------------------------------------------- */

/* The date and the change note of a page. */
static int
edit_head(const struct import *m, struct import_page *p, const char *date,
    const char *const *note, struct diag *d)
{
	const struct yaml_node	*root = yaml_root(p->yaml), *node, *c;
	struct buf		 b = BUF_INIT;
	size_t			 at, len, i;

	node = yaml_get(root, "date");
	if (node == NULL || !import_span(p, node, &at, &len) ||
	    import_edit_add(p, at, len, date) == -1)
		goto bad;
	node = yaml_get(root, "change");
	for (c = node == NULL ? NULL : node->child; c != NULL; c = c->next)
		for (i = 0; i < LANG_MAX && m->lang[i] != NULL; i++) {
			if (strcmp(m->lang[i], c->key) != 0)
				continue;
			buf_reset(&b);
			buf_quoted(&b, note[i]);
			if (!import_span(p, c, &at, &len) || !buf_ok(&b) ||
			    import_edit_add(p, at, len, b.data) == -1) {
				node = c;
				goto bad;
			}
		}
	buf_free(&b);
	return 0;
 bad:
	buf_free(&b);
	diag_add(d, DIAG_ERROR, p->name, node == NULL ? 1 : node->line, 0,
	    "date and change cannot be changed in place: write each text on "
	    "one line first");
	return -1;
}

int
import_write(struct import *m, const char *date, const char *const *note,
    struct diag *d)
{
	struct file_new	*file;
	struct buf	 text = BUF_INIT;
	struct err	 e;
	size_t		 i;
	int		 rv = 0;

	if ((file = calloc(m->npage + 1, sizeof(*file))) == NULL) {
		diag_cannot(d, m->dir, "out of memory");
		return -1;
	}
	for (i = 0; i < m->npage; i++)
		file[i].fd = -1;
	for (i = 0; i < m->npage && rv == 0; i++) {
		if (m->page[i].nedit == 0)
			continue;
		buf_reset(&text);
		rv = edit_head(m, &m->page[i], date, note, d);
		if (rv == 0)
			rv = import_apply(&m->page[i], &text, d);
		if (rv == 0)
			rv = import_beside(m->dir, &m->page[i],
			    &text, &file[i], d);
	}
	for (i = 0; i < m->npage; i++) {
		if (m->page[i].nedit == 0 || file[i].path == NULL)
			continue;
		if (rv == -1)
			file_abandon(&file[i]);
		else if (file_commit(&file[i], &e) == -1) {
			diag_err(d, m->page[i].name, &e);
			rv = -1;
		}
	}
	buf_free(&text);
	free(file);
	return rv;
}
