/* SPDX-License-Identifier: ISC */
/* Preformatted blocks drawn again as SVG. */
#ifndef HTML_CHART_H
#define HTML_CHART_H

struct buf;
struct html_script;
struct idiom_block;

/*
 * 1: the block was a chart, a timeline or another drawing (a map), and its
 * SVG has been added to out; 0: it is something else, nothing was added.
 * The words of a drawing are at their places on a grid, so that no reader's
 * font moves them.  From right to left, charts and timelines begin on the
 * right; a map does not turn, because east stays on the right.
 */
int	html_chart(const struct idiom_block *, const struct html_script *,
	    struct buf *out);
int	html_art(const struct idiom_block *, const struct html_script *,
	    struct buf *out);

#endif
