/* SPDX-License-Identifier: ISC */
/* The pages of one language on paper, and the style of books. */
#ifndef HTML_SHEET_H
#define HTML_SHEET_H

/*
 * The style of a book, on a screen of any size or, with is_paper, on sheets
 * of A5.
 */
const char	*sheet_style(int is_paper);

#endif
