/* SPDX-License-Identifier: ISC */
/* The pages of one language on paper, and the style of books. */
#ifndef HTML_SHEET_H
#define HTML_SHEET_H

struct book;
struct buf;
struct err;

/*
 * All pages in one document for a printer, which lies beside style.css of
 * html/: a cover, the contents, the pages.  Only the book's texts, has_cover
 * and page() are asked for.  0, or -1: see e (no memory).
 */
int		 sheet_write(const struct book *, struct buf *out,
		    struct err *e);
/*
 * The style of a book, on a screen of any size or, with is_paper, on sheets
 * of A5.
 */
const char	*sheet_style(int is_paper);

#endif
