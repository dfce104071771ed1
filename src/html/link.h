/* SPDX-License-Identifier: ISC */
/* The links of a page, as HTML. */
#ifndef HTML_LINK_H
#define HTML_LINK_H

#include <stddef.h>

struct buf;
struct gemtext_line;
struct html_script;
struct site_lang;
struct site_page;
struct site_table;

/*
 * Write a link; one that a browser should not follow becomes text.  own: the
 * language of the page that has the link.  rel: from html_link_rel(), or NULL.
 */
void	html_link(struct buf *, const struct site_table *,
	    const struct site_lang *own, const struct gemtext_line *,
	    const char *rel, const struct html_script *);
/*
 * What the page to which a link leads is for this page: "alternate" in another
 * language; "next" or "prev" among the links that end a page (idiom_ways()),
 * which browsers can offer as keys.  NULL: none of these.
 */
const char *html_link_rel(const struct site_table *,
	    const struct site_lang *own, const struct site_page *,
	    const struct gemtext_line *, int in_ways);

#endif
