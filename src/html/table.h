/* SPDX-License-Identifier: ISC */
/* Tables of a page, from either of their forms. */
#ifndef HTML_TABLE_H
#define HTML_TABLE_H

struct buf;
struct html_script;
struct idiom_table;
struct slice;

/*
 * The table, of which t is before its first row.  caption: at NULL, none.
 */
void	 html_table(struct idiom_table *t, const struct slice *caption,
	    const struct html_script *, struct buf *out);

#endif
