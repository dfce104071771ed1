/* SPDX-License-Identifier: ISC */
/* Searches by a form, whose results are pages. */
#ifndef SERVE_HTTP_SEARCH_H
#define SERVE_HTTP_SEARCH_H

struct http_ask;

/* Answer /DIR/search?q=WORDS&p=PAGE, or ask for words: as an answer. */
int	http_search(struct http_ask *);

#endif
