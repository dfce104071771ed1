/* SPDX-License-Identifier: ISC */
/* A request of HTTP that is being answered, for the files that answer it. */
#ifndef SERVE_HTTP_ASK_H
#define SERVE_HTTP_ASK_H

#include "proto/http.h"
#include "proto/url.h"
#include "serve/found.h"
#include "serve/http_head.h"
#include "serve/protocols.h"

struct asked;
struct reply;
struct sites;
struct view;

#define LATER_S		10		/* seconds until there may be a place */

struct http_ask {
	struct sites			*sites;
	const struct asked		*asked;
	enum proto			 proto;
	const struct http_request	*req;
	struct url			 url;		/* the request as a
							   URL */
	struct found			 at;
	const struct site_lang		*lang;		/* of the path, NULL */
	int				 is_foreign;	/* a portal was asked
							   for a host that is
							   not this server's */
	int				 is_html;	/* a page was asked for */
	const struct view		*tree;		/* for an old browser;
							   NULL */
	struct reply			*r;
};


/*
 * The page that refuses it, as an answer. more: a sentence in English, or NULL.
 */
int	http_ask_refuse(struct http_ask *, int status, unsigned wait,
	    const char *more);
/* Write the head; the reply's body stays unless the request is a HEAD. */
int	http_ask_finish(struct http_ask *, struct http_head *);
/*
 * The reply has the whole body.  Send all of it, a part, or only a head when
 * the client has it already.
 */
int	http_ask_deliver(struct http_ask *, struct http_head *);

#endif
