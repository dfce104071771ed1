/* SPDX-License-Identifier: ISC */
/*
 * How every answer of HTTP ends: with a page that refuses, or with a head that
 * suits the body and what the client has already.  The fields of the request
 * are a stranger's; the grammar has checked their bytes.
 */
#include <string.h>

#include "base/buf.h"
#include "serve/answer.h"
#include "serve/http_ask.h"
#include "serve/http_refuse.h"

/* The status that the log shows, as Gemini's number. */
static int
shown_status(int status)
{
	switch (status) {
	case 301:
		return 31;
	case 302:
		return 30;
	case 404:
		return 51;
	case 421:
		return 53;
	case 503:
		return 44;
	default:
		return status < 400 ? 20 : 59;
	}
}

/*
 * After a 404 or 416 the connection may go on.  After any other refusal it
 * ends: the client was misunderstood, or asks too much.
 */
static int
refuse_as(struct http_ask *q, struct http_no *no)
{
	reply_clear(q->r);
	no->keep = q->req->keep && (no->status == 404 || no->status == 416);
	http_refuse(no, &q->r->head);
	q->r->status = shown_status(no->status);
	q->r->used = no->keep ? q->req->len : 0;
	return buf_ok(&q->r->head) ? 1 : -1;
}

int
http_ask_refuse(struct http_ask *q, int status, unsigned wait, const char *more)
{
	struct http_no	 no = { .status = status, .wait = wait, .more = more,
			    .req = q->req, .site = q->at.site, .lang =
			    q->lang, .prefix = q->at.prefix };

	return refuse_as(q, &no);
}

int
http_ask_finish(struct http_ask *q, struct http_head *h)
{
	struct reply	*r = q->r;

	h->minor = q->req->minor;
	h->keep = q->req->keep;
	r->used = q->req->keep ? q->req->len : 0;
	http_head_write(h, &r->head);
	r->status = shown_status(h->status);
	if (q->req->is_head || h->status == 304) {
		r->body = NULL;
		r->len = 0;
	}
	return buf_ok(&r->head) ? 1 : -1;
}

int
http_ask_deliver(struct http_ask *q, struct http_head *h)
{
	const struct http_request	*req = q->req;
	struct http_no			 no;
	uint64_t			 n;

	h->status = 200;
	h->size = q->r->len;
	h->len = q->r->len;
	if (h->etag != NULL && http_etag_in(&req->none_match, h->etag)) {
		h->status = 304;
		return http_ask_finish(q, h);
	}
	if (!h->has_ranges || req->range.at == NULL || req->is_head ||
	    (req->if_range.at != NULL && (req->if_range.at[0] != '"' ||
	    !http_etag_in(&req->if_range, h->etag))))
		return http_ask_finish(q, h);
	switch (http_range(&req->range, h->size, &h->from, &n)) {
	case 1:
		h->status = 206;
		h->len = n;
		q->r->body += h->from;
		q->r->len = (size_t)n;
		return http_ask_finish(q, h);
	case -1:
		memset(&no, 0, sizeof(no));
		no.status = 416;
		no.size = h->size;
		no.req = req;
		no.site = q->at.site;
		no.prefix = q->at.prefix;
		return refuse_as(q, &no);
	default:
		return http_ask_finish(q, h);
	}
}
