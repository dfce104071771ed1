/* SPDX-License-Identifier: ISC */
/*
 * The pages of one language as a book for e-readers: the files of an EPUB 3.3,
 * which the caller puts into a ZIP.  Pure: the same pages give the same files,
 * in the same order.
 */
#ifndef HTML_EPUB_H
#define HTML_EPUB_H

#include <stddef.h>

#include "html/book.h"

struct err;

/* Give all files to put and picture, mimetype first.  0, or -1: see e. */
int	 html_epub(const struct book *, struct err *e);
/*
 * The words of the line "KEY: WORDS" of metadata.txt; at is NULL: there is
 * none.
 */
struct slice	 html_meta(const char *text, size_t len, const char *key);

#endif
