/* SPDX-License-Identifier: ISC */
/*
 * A page of html/ made into a leaf of a book: well-formed XML, with no link
 * that leads out of the book and that a book's reader cannot follow.
 */
#ifndef HTML_LEAF_H
#define HTML_LEAF_H

#include <stddef.h>

#include "base/buf.h"

struct site_lang;
struct site_table;

/* Start: site, lang and in_one, the rest 0.  End with leaf_free(). */
struct leaf {
	const struct site_table	*site;
	const struct site_lang	*lang;
	/* All pages go into one document: their links lead to "#p-ID". */
	int			 in_one;
	int			 has_svg;	/* this page has a drawing */
	int			 has_svgs;	/* so has this or an earlier one */
	struct buf		 pictures;	/* "files/NAME" and LF for each
						   shown, each once */
};

/*
 * What html_page() wrote, from <main> to </main> without these two, appended
 * to out.  Void elements are closed, and every lang is xml:lang, too.
 *
 * Of links, those to a page of this language stay, and those that a book's
 * reader can follow over the network (http, https, mailto, tel).  A list item
 * that leads to another language goes.  Any other link becomes its text with
 * the address behind it.
 */
void	 leaf_write(struct leaf *, const char *html, size_t len,
	    struct buf *out);
void	 leaf_free(struct leaf *);

#endif
