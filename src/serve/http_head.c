/* SPDX-License-Identifier: ISC */
/*
 * The head of an HTTP reply, as short as a thin line wants it: no Date,
 * because the clock of such a machine may be wrong and no answer here depends
 * on one (RFC 9110, 6.6.1), no name of the server.  Every value comes from
 * the package or from tables of ours, but for Location, which is a path of a
 * checked URL.
 */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "proto/http.h"
#include "serve/http_head.h"

/*
 * A page may load its style, and its pictures if it has some, from this server
 * and nothing else, and nobody may put it into a frame.  Without pictures a
 * browser does not ask for an icon, either.
 */
#define PAGE_RULES	"Content-Security-Policy: default-src 'none';%s" \
			"style-src 'self';form-action 'self';"		\
			"base-uri 'none';frame-ancestors 'none'\r\n"
#define PICTURE_RULE	"img-src 'self';"
#define PAGE_TYPE	"text/html"

static const char *const	cache_words[] = {
	[CACHE_NEVER] = "no-store",
	[CACHE_ASK] = "no-cache",
	[CACHE_PAGE] = "max-age=300",
	[CACHE_LONG] = "max-age=31536000, immutable",
};

/*
 * A page of ours says its charset and language itself.  No browser takes what
 * is said to be HTML for something else (WHATWG's MIME Sniffing), so nosniff
 * is for all other types.
 */
static void
put_type(const char *type, struct buf *b)
{
	const int	 is_html = strncmp(type, PAGE_TYPE,
			    sizeof(PAGE_TYPE) - 1) == 0;

	buf_fmt(b, "Content-Type: %s%s\r\n", type, !is_html &&
	    strncmp(type, "text/", 5) == 0 && strchr(type, ';') == NULL ?
	    "; charset=utf-8" : "");
	if (!is_html)
		buf_str(b, "X-Content-Type-Options: nosniff\r\n");
}

void
http_head_write(const struct http_head *h, struct buf *b)
{
	buf_fmt(b, "HTTP/1.1 %d %s\r\n", h->status, http_reason(h->status));
	if (!h->keep)
		buf_str(b, "Connection: close\r\n");
	else if (h->minor == 0)
		buf_str(b, "Connection: keep-alive\r\n");
	if (h->location != NULL)
		buf_fmt(b, "Location: %s\r\n", h->location);
	if (h->status == 405)
		buf_str(b, "Allow: GET, HEAD\r\n");
	if (h->wait > 0)
		buf_fmt(b, "Retry-After: %u\r\n", h->wait);
	buf_fmt(b, "Cache-Control: %s\r\n", cache_words[h->cache]);
	if (h->etag != NULL)
		buf_fmt(b, "ETag: \"%s%s\"\r\n", h->etag, h->is_gzip ? "z" :
		    "");
	if (h->may_gzip)
		buf_str(b, "Vary: Accept-Encoding\r\n");
	if (h->status == 304) {
		buf_str(b, "\r\n");
		return;
	}
	if (h->type != NULL)
		put_type(h->type, b);
	if (h->is_gzip)
		buf_str(b, "Content-Encoding: gzip\r\n");
	if (h->has_ranges)
		buf_str(b, "Accept-Ranges: bytes\r\n");
	if (h->status == 206)
		buf_fmt(b, "Content-Range: bytes %" PRIu64 "-%" PRIu64 "/%"
		    PRIu64 "\r\n", h->from, h->from + h->len - 1, h->size);
	if (h->status == 416)
		buf_fmt(b, "Content-Range: bytes */%" PRIu64 "\r\n", h->size);
	if (h->is_page)
		buf_fmt(b, PAGE_RULES, h->has_pictures ? PICTURE_RULE : "");
	buf_fmt(b, "Content-Length: %" PRIu64 "\r\n\r\n", h->len);
}
