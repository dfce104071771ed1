/* SPDX-License-Identifier: ISC */
/* A timeline as SVG. */
#ifndef HTML_RAIL_H
#define HTML_RAIL_H

struct buf;
struct html_script;
struct idiom_block;

/*
 * 1: the block is a timeline, and its SVG was appended to out; 0: it is none.
 * On a page from right to left the times are on the right of the line and the
 * words on its left.
 */
int	html_rail(const struct idiom_block *, const struct html_script *,
	    struct buf *out);

#endif
