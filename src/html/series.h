/* SPDX-License-Identifier: ISC */
/* Series of values over time, drawn as columns and told as a table. */
#ifndef HTML_SERIES_H
#define HTML_SERIES_H

struct buf;
struct html_script;
struct idiom_block;

/*
 * 1: the block was a series, whose SVG and table have been added to out; 0:
 * it is something else.  Time runs from left to right in any language, as on
 * the axis of a printed chart; the table runs as the language does.
 */
int	 html_series(const struct idiom_block *, const struct html_script *,
	    struct buf *out);

#endif
