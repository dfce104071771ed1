/* SPDX-License-Identifier: ISC */
/*
 * A gemtext page as plain HTML5 for those who have only a web browser: one
 * style sheet beside it, no script, nothing from outside, relative links, so
 * that it works from a file: URL and on paper.  Pure functions.
 */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include <stddef.h>

struct buf;
struct err;
struct site_page;
struct site_table;

/*
 * DIR/ID.gmi -> DIR/ID.html: the whole document.  page is its line of the site
 * table.  Links to pages of the capsule end in .html, links to its other files
 * are kept; a link with a scheme that no browser should follow becomes text. 0,
 * or -1: see e (no memory).
 */
int	 html_page(const struct site_table *, const struct site_page *page,
	    const char *text, size_t len, struct buf *out, struct err *e);

#endif
