/* SPDX-License-Identifier: ISC */
/* A timeline drawn again as SVG. */
#ifndef HTML_RAIL_H
#define HTML_RAIL_H

struct buf;
struct html_script;
struct idiom_block;

/*
 * 1: it was one, and its SVG has been added to out; 0: it is none.  From right
 * to left the times stand on the right of the line, the words on its left.
 */
int	html_rail(const struct idiom_block *, const struct html_script *,
	    struct buf *out);

#endif
