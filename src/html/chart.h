/* SPDX-License-Identifier: ISC */
/* Preformatted blocks as SVG. */
#ifndef HTML_CHART_H
#define HTML_CHART_H

struct buf;
struct html_script;
struct idiom_block;

/*
 * 1: the block is a chart (html_chart) or another drawing such as a map
 * (html_art), and its SVG was appended to out; 0: it is something else, nothing
 * was appended.  The words of a drawing are placed on a grid, so that the
 * reader's font does not move them.  On a page from right to left a chart
 * begins on the right; a map is not turned, because east stays on the right.
 */
int	html_chart(const struct idiom_block *, const struct html_script *,
	    struct buf *out);
int	html_art(const struct idiom_block *, const struct html_script *,
	    struct buf *out);

#endif
