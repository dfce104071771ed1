/* SPDX-License-Identifier: ISC */
/* Series of values over time, as a picture of columns and as a table. */
#ifndef HTML_SERIES_H
#define HTML_SERIES_H

struct buf;
struct html_script;
struct idiom_block;

/*
 * 1: the block is a series, and its SVG and table were appended to out; 0: it
 * is something else.  In the picture time runs from left to right in every
 * language, as on the axis of a printed chart; the table runs as the language
 * does.
 */
int	 html_series(const struct idiom_block *, const struct html_script *,
	    struct buf *out);

#endif
