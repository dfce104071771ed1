/* SPDX-License-Identifier: ISC */
/* Pages for browsers of the 1990s, in the charsets of the Gopher trees. */
#ifndef SERVE_HTTP_OLD_H
#define SERVE_HTTP_OLD_H

#include <stddef.h>

struct buf;
struct site;
struct site_page;
struct view;

/*
 * The tree that a path begins with, behind the package's own prefix: one that
 * is made for a language, such as gb.  0: none.
 */
int	old_tree(const struct site *, const char *rest, size_t len,
	    struct view *);
/* Its MIME type with the charset. */
const char *old_type(const struct view *);
/*
 * A page of gemtext as HTML 3.2.  0; -1: no memory.  words: NULL, or what was
 * searched for, UTF-8: the page is of results, or asks for words.
 */
int	old_page(const struct site *, const struct view *, const char *title,
	    const char *text, size_t len, const char *words, struct buf *out);
/*
 * Words that came from a form of that tree, as UTF-8 with a NUL.  -1: they
 * cannot be read, or there is no memory.
 */
int	old_words(const struct view *, const char *, size_t len,
	    struct buf *out);

#endif
