/* SPDX-License-Identifier: ISC */
/* The books of a package over HTTP: EPUB, sheets for a printer, their feed. */
#ifndef SERVE_HTTP_BOOK_H
#define SERVE_HTTP_BOOK_H

#include <stddef.h>

struct buf;
struct http_thing;
struct site;

/*
 * 1: the package is small enough that its books are made when somebody asks,
 * in memory.  Larger ones are for export.
 */
int	http_book_has(const struct site *);
/* 1: the path (REST behind the package's prefix) is that of a book. */
int	http_book_named(struct site *, const char *rest, size_t len,
	    struct http_thing *);
/* 1: it was appended to out; -1: no memory, or it is too large. */
int	http_book_make(struct site *, const struct http_thing *,
	    struct buf *out);

#endif
