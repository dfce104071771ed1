/* SPDX-License-Identifier: ISC */
/* A link of a page: to where it leads in html/. */
#ifndef HTML_LINK_H
#define HTML_LINK_H

#include <stddef.h>

struct buf;
struct gemtext_line;
struct html_script;
struct site_lang;
struct site_table;

/* own: the language of the page that it stands on. */
void	html_link(struct buf *, const struct site_table *,
	    const struct site_lang *own, const struct gemtext_line *,
	    const struct html_script *);
/*
 * Of the links that end a page (idiom_ways()), those to the next page and to
 * the one before, as <link> elements of a head: browsers offer them as keys.
 */
void	html_link_ways(struct buf *, const struct site_table *,
	    const struct site_lang *own, const char *ways, size_t len);

#endif
