/* SPDX-License-Identifier: ISC */
/* What pages have only when a server shows them: forms, links, refusals. */
#ifndef HTML_SERVED_H
#define HTML_SERVED_H

#include <stddef.h>

struct buf;
struct url;

/*
 * Append a form that asks DIR/search, for a page of that folder.  what: the
 * word on its button; q: the words that its field has at first, a stranger's.
 */
void	html_form(struct buf *, const char *what, size_t len, const char *q);
/*
 * 1: u leads to a page of results (.../search/N?WORDS, as in search replies),
 * and the address by which the form asks for it was appended.
 */
int	html_search_href(const struct url *, struct buf *);

/* The page that is sent when a request is refused. */
struct html_refusal {
	int		 status;
	const char	*tag;		/* of the language of text */
	const char	*text;
	const char	*more;		/* more text, in English; or NULL */
	const char	*root;		/* "/" or "/ID/": the home page */
	const char	*home;		/* the label of the link to root;
					   NULL: no link */
};
void	html_refusal(const struct html_refusal *, struct buf *out);

#endif
