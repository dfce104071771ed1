/* SPDX-License-Identifier: ISC */
/* A request of HTTP on its way to its reply, for the files that answer it. */
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

#define LATER_S		10		/* until there may be room */

struct http_ask {
	struct sites			*sites;
	const struct asked		*asked;
	enum proto			 proto;
	const struct http_request	*req;
	struct url			 url;		/* made of it */
	struct found			 at;
	const struct site_lang		*lang;		/* of the path, NULL */
	int				 is_foreign;	/* a portal's: the host is
							   not ours */
	int				 is_html;	/* a page was asked for */
	const struct view		*tree;		/* of an old browser; NULL */
	struct reply			*r;
};


/* What refuses it, as an answer: a page; more: in English, or NULL. */
int	http_ask_refuse(struct http_ask *, int status, unsigned wait,
	    const char *more);
/* The head, and the body that the reply has unless a HEAD asked. */
int	http_ask_finish(struct http_ask *, struct http_head *);
/*
 * The body is in the reply, all of it: perhaps the client has it already, or
 * wants a part alone.
 */
int	http_ask_deliver(struct http_ask *, struct http_head *);

#endif
