/* SPDX-License-Identifier: ISC */
/*
 * Gemini's request and the first line of its reply, read and written. The
 * bytes are a stranger's: a request is at most 1024 bytes, ends in CRLF, and
 * holds an absolute URL without user name and fragment. A parser can answer
 * that it needs more bytes, so a connection may call it after each read.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/gemini.h"

/* How many bytes at the start are printable ASCII other than space. */
static size_t
graph_len(const uint8_t *s, size_t len)
{
	size_t	 i;

	for (i = 0; i < len && s[i] > 0x20 && s[i] < 0x7f; i++)
		continue;
	return i;
}

int
gemini_request_parse(const uint8_t *s, size_t len, struct gemini_request *r,
    const char **why)
{
	size_t	 n;

	n = graph_len(s, len < GEMINI_URL_MAX + 1 ? len : GEMINI_URL_MAX + 1);
	if (n > GEMINI_URL_MAX) {
		*why = "The URL is longer than 1024 bytes";
		return -1;
	}
	if (n == len || (n + 1 == len && s[n] == '\r'))
		return 0;
	if (s[n] != '\r' || s[n + 1] != '\n') {
		*why = s[n] == '\r' || s[n] == '\n' ?
		    "The request does not end in CRLF" :
		    "The request has bytes that no URL has";
		return -1;
	}
	if (url_parse((const char *)s, n, &r->url, NULL) == -1 ||
	    !r->url.scheme.given) {
		*why = "The request is not an absolute URL";
		return -1;
	}
	if (r->url.userinfo.given || r->url.fragment.given) {
		*why = r->url.fragment.given ?
		    "A request has no fragment" : "A request has no user name";
		return -1;
	}
	if (url_is(&r->url.scheme, "gemini") && r->url.kind == URL_NO_HOST) {
		*why = "The URL names no host";
		return -1;
	}
	r->len = n;
	return 1;
}

int
gemini_header_parse(const uint8_t *s, size_t len, struct gemini_header *h,
    const char **why)
{
	const uint8_t	*lf;
	size_t		 max = GEMINI_META_MAX + 5, i;

	*why = "the reply does not begin with a Gemini status line";
	if ((len > 0 && (s[0] < '1' || s[0] > '6')) ||
	    (len > 1 && (s[1] < '0' || s[1] > '9')) ||
	    (len > 2 && s[2] != ' ' && s[2] != '\r'))
		return -1;
	if ((lf = memchr(s, '\n', len < max ? len : max)) == NULL) {
		if (len < max)
			return 0;
		*why = "the reply's status line is too long";
		return -1;
	}
	h->len = (size_t)(lf - s) + 1;
	if (h->len < 4 || lf[-1] != '\r')
		return -1;
	h->status = (s[0] - '0') * 10 + (s[1] - '0');
	h->meta = (const char *)s + (s[2] == ' ' ? 3 : 2);
	h->metalen = (size_t)((const char *)lf - 1 - h->meta);
	for (i = 0; i < h->metalen; i++) {
		if ((unsigned char)h->meta[i] < 0x20 || h->meta[i] == 0x7f) {
			*why = "the reply's status line has control bytes";
			return -1;
		}
	}
	if (text_utf8_check(h->meta, h->metalen) != h->metalen) {
		*why = "the reply's status line is not UTF-8";
		return -1;
	}
	if (h->metalen == 0 && h->status < 40) {
		*why = "the reply's status line lacks its meta";
		return -1;
	}
	return 1;
}

void
gemini_header_write(struct buf *b, int status, const char *meta)
{
	buf_ch(b, (char)('0' + status / 10 % 10));
	buf_ch(b, (char)('0' + status % 10));
	if (meta != NULL && *meta != '\0') {
		buf_ch(b, ' ');
		buf_str(b, meta);
	}
	buf_str(b, "\r\n");
}
