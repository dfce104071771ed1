/* SPDX-License-Identifier: ISC */
/* Series of values over time, drawn as columns and told as a table. */
#ifndef HTML_SERIES_H
#define HTML_SERIES_H

struct buf;
struct idiom_block;

/*
 * 1: the block was a series, whose SVG and table have been added to out; 0:
 * it is something else.  tag, han: of the page's language, see html_text().
 */
int	 html_series(const struct idiom_block *, const char *tag,
	    const char *han, struct buf *out);

#endif
