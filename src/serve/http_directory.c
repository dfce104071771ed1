/* SPDX-License-Identifier: ISC */
/*
 * The directory of packages over HTTP: directory/ makes the pages, in the
 * language of the path or, at the server's root, in the reader's.  Path and
 * words are a stranger's.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "directory/ask.h"
#include "directory/browser.h"
#include "directory/find.h"
#include "html/frame.h"
#include "html/lean.h"
#include "serve/answer.h"
#include "serve/directory.h"
#include "serve/gzip.h"
#include "serve/http_ask.h"
#include "serve/http_directory.h"
#include "serve/http_page.h"
#include "serve/http_refuse.h"

/* Send what is in the reply's own, small if the client takes it. */
static int
deliver(struct http_ask *q, struct http_head *h)
{
	struct buf	*own = &q->r->own, small = BUF_INIT;
	char		 etag[ETAG_ROOM];
	int		 rv;

	http_etag(own->data, own->len, etag);
	h->etag = etag;
	h->may_gzip = 1;
	if (q->req->gzip && gzip_bytes(own->data, own->len, &small) == 0) {
		h->is_gzip = 1;
		buf_reset(own);
		buf_add(own, small.data, small.len);
	}
	buf_free(&small);
	reply_own(q->r);
	rv = http_ask_deliver(q, h);
	return rv == 1 && !buf_ok(own) ? -1 : rv;
}

static int
style(struct http_ask *q)
{
	struct http_head	 h = { .type = "text/css", .cache =
				    CACHE_PAGE };

	buf_str(&q->r->own, html_style());
	return deliver(q, &h);
}

/* Take the words of a form, or of the whole query; their length. */
static size_t
take_words(const struct http_ask *q, char words[HTTP_TARGET_MAX + 1])
{
	const struct url_part	*query = &q->url.query;
	long			 n;

	if (!query->given)
		return 0;
	if ((n = http_form_field(query->at, query->len, "q", words)) == -1)
		n = (long)url_decode(words, query->at, query->len);
	return (size_t)n;
}

int
http_directory(struct http_ask *q)
{
	struct http_head	 h = { .type = "text/html",
				    .cache = CACHE_ASK, .is_page = 1 };
	const struct roll	*r = directory_roll(q->sites);
	const struct site_lang	*l;
	const struct hits	*hits = NULL;
	struct ask		 want;
	struct buf		 page = BUF_INIT;
	char			 words[HTTP_TARGET_MAX + 1];
	size_t			 n = 0;
	int			 rv;

	q->at.site = NULL;		/* not awake */
	if (r == NULL)
		return -1;
	if (q->at.restlen == strlen(ROLL_PREFIX BROWSER_STYLE) &&
	    memcmp(q->at.rest, ROLL_PREFIX BROWSER_STYLE, q->at.restlen) == 0)
		return style(q);
	if (!ask_parse(r, q->at.rest, q->at.restlen, &want))
		return http_ask_refuse(q, 404, 0, NULL);
	if (*want.dir == '\0') {
		h.cache = CACHE_NEVER;
		l = http_reader_lang(&r->table, q->req);
		if (l == NULL && r->table.nlang > 0)
			l = &r->table.lang[0];
		want.dir = l != NULL ? l->dir : "";
	}
	if (want.what == ASK_SEARCH && (n = take_words(q, words)) > 0) {
		rv = directory_find(q->sites, q->r, &(struct directory_search){
		    &want, words, n, (want.page - 1) * HITS_PAGE, HITS_PAGE,
		    q->asked->search_wait }, &hits);
		if (rv == 0)
			return http_ask_refuse(q, 503,
			    q->asked->search_wait, NULL);
		if (rv != 1)
			return rv;
		h.cache = CACHE_NEVER;
	}
	if ((rv = browser_page(r, &want, words, n, hits, &page)) == 1)
		html_lean(page.data, page.len, &q->r->own);
	buf_free(&page);
	if (rv == 0)
		return http_ask_refuse(q, 404, 0, NULL);
	return rv == -1 || !buf_ok(&q->r->own) ? -1 : deliver(q, &h);
}
