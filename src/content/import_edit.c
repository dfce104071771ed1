/* SPDX-License-Identifier: ISC */
/*
 * Where a value stands in a page's bytes, by the line and column that its
 * node has, and the page's text with some of them changed.  Nothing is
 * written over: the new text goes to a file beside the old one.
 */
#include <sys/stat.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "content/diag.h"
#include "content/import_edit.h"
#include "content/yaml.h"

/* One more element of an array that grows by doubling; NULL: no memory. */
void *
import_one_more(void **list, size_t *n, size_t size)
{
	char	*p = *list;

	if ((*n & (*n - 1)) == 0) {	/* 0 and powers of two */
		p = realloc(*list, (*n == 0 ? 1 : *n * 2) * size);
		if (p == NULL)
			return NULL;
		*list = p;
	}
	p += (*n)++ * size;
	memset(p, 0, size);
	return p;
}

/* The byte at a line and column, which count characters from 1. */
static size_t
offset_of(const struct import_page *p, unsigned line, unsigned column)
{
	const char	*s = p->data, *end = s + p->len, *nl;
	uint32_t	 cp;
	size_t		 n;

	if (p->len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		s += 3;
	for (; line > 1 && s < end; line--)
		s = (nl = memchr(s, '\n', (size_t)(end - s))) == NULL ? end :
		    nl + 1;
	for (; column > 1 && s < end; column--) {
		n = text_utf8_next(s, (size_t)(end - s), &cp);
		s += n > 0 ? n : 1;
	}
	return (size_t)(s - p->data);
}

/* The bytes of a scalar with its quotes.  0: it is not on one line. */
int
import_span(const struct import_page *p, const struct yaml_node *node,
    size_t *at, size_t *len)
{
	const char	*s, *q;
	size_t		 left;

	*at = offset_of(p, node->line, node->column);
	if (node->kind != YAML_SCALAR || node->lines || *at >= p->len)
		return 0;
	s = p->data + *at;
	left = p->len - *at;
	if (node->plain) {
		*len = node->len;
		return node->len <= left &&
		    memcmp(s, node->text, node->len) == 0;
	}
	if (*s != '"' && *s != '\'')
		return 0;		/* | or > */
	for (q = s + 1; q < s + left && *q != '\n'; q++) {
		if (*s == '"' && *q == '\\')
			q++;
		else if (*q == *s && *s == '\'' && q + 1 < s + left &&
		    q[1] == '\'')
			q++;
		else if (*q == *s) {
			*len = (size_t)(q - s) + 1;
			return 1;
		}
	}
	return 0;
}

int
import_edit_add(struct import_page *p, size_t at, size_t len, const char *text)
{
	void		*list = p->edit;
	struct import_edit	*e;

	if ((e = import_one_more(&list, &p->nedit, sizeof(*e))) == NULL)
		return -1;
	p->edit = list;
	e->at = at;
	e->len = len;
	e->order = p->nedit;
	return (e->text = strdup(text)) == NULL ? -1 : 0;
}

/* Replace a scalar's text; its quotes stay. */
int
import_replace(struct import_page *p, const struct yaml_node *node,
    const char *text)
{
	struct buf	 b = BUF_INIT;
	size_t		 at, len;
	int		 rv;

	if (!import_span(p, node, &at, &len))
		return -1;
	if (!node->plain)
		buf_ch(&b, p->data[at]);
	buf_str(&b, text);
	if (!node->plain)
		buf_ch(&b, p->data[at]);
	rv = buf_ok(&b) ? import_edit_add(p, at, len, b.data) : -1;
	buf_free(&b);
	return rv;
}

/* Add a year to {2018: 12000}, or a line below the years. */
int
import_insert(struct import_page *p, const struct yaml_node *values,
    const char *when, const char *value)
{
	const struct yaml_node	*last = values->child;
	struct buf		 b = BUF_INIT;
	const char		*nl;
	size_t			 at, len;
	unsigned		 i;
	int			 rv;

	while (last->next != NULL)
		last = last->next;
	if (!import_span(p, last, &at, &len))
		return -1;
	at += len;
	if (values->flow)
		buf_fmt(&b, ", %s: %s", when, value);
	else {
		nl = memchr(p->data + at, '\n', p->len - at);
		at = nl == NULL ? p->len : (size_t)(nl - p->data);
		buf_ch(&b, '\n');
		for (i = 1; i < last->key_column; i++)
			buf_ch(&b, ' ');
		buf_fmt(&b, "%s: %s", when, value);
	}
	rv = buf_ok(&b) ? import_edit_add(p, at, 0, b.data) : -1;
	buf_free(&b);
	return rv;
}

static int
by_offset(const void *a, const void *b)
{
	const struct import_edit	*x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* The page's bytes with all edits; parsed again, to be sure.  -1: see d. */
int
import_apply(const struct import_page *p, struct buf *out, struct diag *d)
{
	const struct import_edit	*e;
	struct yaml		*y;
	size_t			 at = 0;

	qsort(p->edit, p->nedit, sizeof(*p->edit), by_offset);
	for (e = p->edit; e < p->edit + p->nedit; e++) {
		buf_add(out, p->data + at, e->at - at);
		buf_str(out, e->text);
		at = e->at + e->len;
	}
	buf_add(out, p->data + at, p->len - at);
	if (!buf_ok(out)) {
		diag_cannot(d, p->name, "out of memory");
		return -1;
	}
	if ((y = yaml_open_text(p->name, out->data, out->len, d)) == NULL)
		return -1;
	yaml_close(y);
	return 0;
}

/* Write the new text beside the old; file_commit() puts it in place. */
int
import_beside(const char *dir, const struct import_page *p,
    const struct buf *text, struct file_new *f, struct diag *d)
{
	struct buf	 path = BUF_INIT;
	struct stat	 st;
	struct err	 e;
	int		 rv = -1;

	buf_fmt(&path, "%s/%s", dir, p->name);
	if (!buf_ok(&path))
		diag_cannot(d, p->name, "out of memory");
	else if (file_begin(f, path.data, stat(path.data, &st) == 0 ?
	    st.st_mode & 0777 : 0644, &e) == -1)
		diag_err(d, p->name, &e);
	else if (file_write_all(f->fd, text->data, text->len) == -1)
		diag_cannot(d, p->name, "cannot be written");
	else
		rv = 0;
	buf_free(&path);
	return rv;
}
