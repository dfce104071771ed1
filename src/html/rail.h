/* SPDX-License-Identifier: ISC */
/* A timeline drawn again as SVG. */
#ifndef HTML_RAIL_H
#define HTML_RAIL_H

struct buf;
struct idiom_block;

int	html_rail(const struct idiom_block *, struct buf *out);	/* rail.c */

#endif
