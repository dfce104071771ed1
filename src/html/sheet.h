/* SPDX-License-Identifier: ISC */
/* The pages of one language for a printer, and the style sheets of books. */
#ifndef HTML_SHEET_H
#define HTML_SHEET_H

struct book;
struct buf;
struct err;

/*
 * Append all pages as one document for a printer, beside which print.css must
 * be: a cover, the contents, the pages.  put and picture of the book are not
 * called.  0, or -1: see e (no memory).
 */
int		 sheet_write(const struct book *, struct buf *out,
		    struct err *e);
/*
 * The text of the style sheet of a book for e-readers or, with is_paper, for
 * pages of A5.
 */
const char	*sheet_style(int is_paper);

#endif
