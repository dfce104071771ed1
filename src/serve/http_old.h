/* SPDX-License-Identifier: ISC */
/* Pages for browsers of the 1990s, in the charsets of the Gopher trees. */
#ifndef SERVE_HTTP_OLD_H
#define SERVE_HTTP_OLD_H

#include <stddef.h>

#include "base/buf.h"
#include "charset/charset.h"

struct site;
struct site_page;
struct site_table;
struct view;

/*
 * The tree that a path begins with, behind the package's own prefix, and a
 * slash: one that is made for a language, such as gb.  0: none.
 */
int	old_tree(const struct site_table *, const char *rest, size_t len,
	    struct view *);
/* 1: the tree is one of those that old browsers have. */
int	old_has(const struct view *);
/* Its MIME type with the charset. */
const char *old_type(const struct view *);
/*
 * A page of gemtext as HTML 3.2.  0; -1: no memory.  words: NULL, or what was
 * searched for, UTF-8: the page is of results, or asks for words.
 */
int	old_page(const struct site *, const struct view *, const char *title,
	    const char *text, size_t len, const char *words, struct buf *out);
/*
 * Turn n bytes of words into UTF-8 where they are; *query is of a form of that
 * tree, whose field c tells its charset.  How many bytes they have then, at
 * most n of HTTP_TARGET_MAX.
 */
size_t	old_words(const struct view *, const char *query, size_t querylen,
	    char *words, size_t n);

/* Writing a document of that kind, for other files. */
struct old_text {
	const struct view	*view;
	struct fit		 fit;
	struct buf		 fitted, marked;	/* one piece of text on
							   its way */
	struct buf		*out;
};
/* table: whose replacements count.  End with old_text_end(). */
void	old_text_begin(struct old_text *, const struct view *,
	    const struct site_table *, struct buf *out);
void	old_text_end(struct old_text *);	/* a failure is out's */
/* UTF-8 in the tree's charset, escaped. */
void	old_put(struct old_text *, const char *, size_t len);
/* From the doctype to the body. */
void	old_put_head(struct old_text *, const char *title, size_t len);
/* what: on the button; words: UTF-8, in the field. */
void	old_put_form(struct old_text *, const char *action, const char *what,
	    const char *words, size_t len);

#endif
