/* SPDX-License-Identifier: ISC */
/*
 * A page of html/ changed into a leaf of a book: well-formed XML, in which
 * every link leads to a place in the book or can be followed over the network.
 */
#ifndef HTML_LEAF_H
#define HTML_LEAF_H

#include <stddef.h>

#include "base/buf.h"

struct site_lang;
struct site_table;

/*
 * The caller sets site, lang and in_one, the rest to 0; end with leaf_free().
 */
struct leaf {
	const struct site_table	*site;
	const struct site_lang	*lang;
	/* 1: all pages are in one document, so links lead to "#p-ID". */
	int			 in_one;
	int			 has_svg;	/* this page has a drawing */
	int			 has_svgs;	/* this or an earlier one has */
	struct buf		 pictures;	/* "files/NAME" and LF for each
						   shown, each once */
};

/*
 * Append what html_page() wrote between <main> and </main> to out.  Void
 * elements are closed, and every lang is written as xml:lang, too.
 *
 * Links to a page of this language stay, and so do those that a book's reader
 * can follow over the network (http, https, mailto, tel).  A list item that
 * leads to another language is left out.  Any other link becomes its text with
 * the address behind it.
 */
void	 leaf_write(struct leaf *, const char *html, size_t len,
	    struct buf *out);
void	 leaf_free(struct leaf *);

#endif
