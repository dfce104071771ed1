/* SPDX-License-Identifier: ISC */
/*
 * Books over HTTP, at the names that export gives them: ID-LANG.epub,
 * print-LANG.html, print.css, opds.xml.  They are made in memory from the
 * mapped package, because a worker can open no file; so they have no pictures
 * from beside the text, whose place is taken by the pictures' descriptions.
 * The paths are a stranger's and are only compared; the package may be a
 * stranger's too, so that its size and that of a book have limits.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "html/epub.h"
#include "html/opds.h"
#include "html/sheet.h"
#include "package/reader.h"
#include "proto/site.h"
#include "serve/epub.h"
#include "serve/http_book.h"
#include "serve/http_thing.h"
#include "serve/open.h"
#include "serve/site.h"

#define PACKAGE_MAX	(1u << 20)	/* bytes; a larger package has no books
					   here */
#define BOOK_MAX	(4u << 20)

int
http_book_has(const struct site *s)
{
	size_t	 size;

	(void)pkg_bytes(s->pkg, &size);
	return size <= PACKAGE_MAX;
}

/* The language whose folder is between `before' and `after'; NULL: none. */
static const struct site_lang *
between(const struct site_table *t, const char *rest, size_t len,
    const char *before, const char *after)
{
	size_t	 n = strlen(before), m = strlen(after);

	if (len <= n + m || memcmp(rest, before, n) != 0 ||
	    memcmp(rest + len - m, after, m) != 0)
		return NULL;
	return site_table_lang_at(t, rest + n, len - n - m);
}

int
http_book_named(struct site *s, const char *rest, size_t len,
    struct http_thing *t)
{
	const struct site_table	*table;
	const struct site_lang	*lang;
	char			 before[HEAD_ID_MAX + 2];

	if (!http_book_has(s) || (table = site_table(s)) == NULL)
		return 0;
	memset(t, 0, sizeof(*t));
	snprintf(before, sizeof(before), "%s-", s->id);
	if (len == strlen(OPDS_NAME) && memcmp(rest, OPDS_NAME, len) == 0) {
		t->what = THING_BOOKS;
		t->type = OPDS_MEDIA;
	} else if (len == 9 && memcmp(rest, "print.css", 9) == 0) {
		t->what = THING_SHEET_STYLE;
		t->type = "text/css";
	} else if ((lang = between(table, rest, len, "print-", ".html")) != NULL) {
		t->what = THING_SHEET;
		t->type = "text/html";
		t->lang = lang;
	} else if ((lang = between(table, rest, len, before,
	    EPUB_SUFFIX)) != NULL) {
		t->what = THING_EPUB;
		t->type = EPUB_MEDIA;
		t->lang = lang;
	}
	return t->type != NULL;
}

/* struct site_table's holds */
static int
holds_nothing(const void *arg, const char *path, size_t len)
{
	(void)arg;
	(void)path;
	(void)len;
	return 0;
}

static int
make(struct site *s, const struct http_thing *t, struct buf *out)
{
	struct view_source	 src;
	struct err		 e;

	site_source(s, "", 0, "", &src);
	switch (t->what) {
	case THING_BOOKS:
		return epub_feed(s->pkg, &src, out, &e);
	case THING_SHEET:
		return epub_sheet(s->pkg, &src, t->lang, out, &e);
	case THING_EPUB:
		return epub_write(s->pkg, &src, t->lang, NULL, NULL, out, &e);
	default:
		buf_str(out, sheet_style(1));
		return buf_ok(out) ? 0 : -1;
	}
}

int
http_book_make(struct site *s, const struct http_thing *t, struct buf *out)
{
	struct site_table	*table = s->table;
	int			 rv;

	/*
	 * While the book is made, the pages are those of a copy and not of a
	 * server.
	 */
	table->is_served = 0;
	table->holds = holds_nothing;
	out->limit = BOOK_MAX;
	rv = make(s, t, out);
	table->holds = NULL;
	table->is_served = 1;
	return rv == -1 ? -1 : 1;
}
