/* SPDX-License-Identifier: ISC */
/* Pages that say why there is no other page, in the reader's language. */
#ifndef SERVE_HTTP_REFUSE_H
#define SERVE_HTTP_REFUSE_H

#include <stdint.h>

struct buf;
struct http_request;
struct site;
struct site_lang;
struct site_table;

struct http_no {
	int				 status;
	unsigned			 wait;	/* s, of 503; 0: not said */
	const char			*more;	/* in English, or NULL */
	uint64_t			 size;	/* of 416 */
	const struct http_request	*req;
	struct site			*site;	/* awake; NULL: none is meant */
	const struct site_lang		*lang;	/* of its path; NULL: not known */
	const char			*prefix;	/* "" or "/ID" */
	int				 keep;
};

/* The whole reply, head and page. */
void	http_refuse(const struct http_no *, struct buf *out);
/* The language of the table that the reader asked for; NULL: none of them. */
const struct site_lang *http_reader_lang(const struct site_table *,
	    const struct http_request *);

#endif
