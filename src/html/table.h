/* SPDX-License-Identifier: ISC */
/* Tables of a page, whether written as a block or as records. */
#ifndef HTML_TABLE_H
#define HTML_TABLE_H

struct buf;
struct html_script;
struct idiom_table;
struct slice;

/*
 * Append the table; t must be before its first row.  caption: its at is NULL
 * when there is none.
 */
void	 html_table(struct idiom_table *t, const struct slice *caption,
	    const struct html_script *, struct buf *out);

#endif
