/* SPDX-License-Identifier: ISC */
/* What pages have only when a server shows them: forms, links, refusals. */
#ifndef HTML_SERVED_H
#define HTML_SERVED_H

#include <stddef.h>

struct buf;
struct url;

/*
 * A form that asks DIR/search, from a page of that folder; what: the word on
 * its button.  q: what the field holds already, a stranger's words.
 */
void	html_form(struct buf *, const char *what, size_t len, const char *q);
/*
 * 1: u leads to a page of results (.../search/N?WORDS, as search replies have
 * it), and the form's way to ask for it was appended.
 */
int	html_search_href(const struct url *, struct buf *);

/* A page in place of one that cannot be shown. */
struct html_refusal {
	int		 status;
	const char	*tag;		/* of the language of text */
	const char	*text;
	const char	*more;		/* in English, or NULL */
	const char	*root;		/* "/" or "/ID/": the home page */
	const char	*home;		/* what leads there; NULL: no link */
};
void	html_refusal(const struct html_refusal *, struct buf *out);

#endif
