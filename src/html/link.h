/* SPDX-License-Identifier: ISC */
/* A link of a page: to where it leads in html/. */
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
 * own: the language of the page that it stands on.  rel: what html_link_rel()
 * says, or NULL.
 */
void	html_link(struct buf *, const struct site_table *,
	    const struct site_lang *own, const struct gemtext_line *,
	    const char *rel, const struct html_script *);
/*
 * What the link's page is to this one: "alternate", in another language; in the
 * links that end a page (idiom_ways()) "next" or "prev", which browsers offer
 * as keys.  NULL: nothing.
 */
const char *html_link_rel(const struct site_table *,
	    const struct site_lang *own, const struct site_page *,
	    const struct gemtext_line *, int in_ways);

#endif
