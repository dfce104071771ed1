/* SPDX-License-Identifier: ISC */
/*
 * What a web browser gets from the Gopher port: a page that leads on to a
 * link out of Gopher, and the address to ask for when it spoke HTTP.  The
 * link is a client's: it must parse, its scheme must be one that capsules
 * link to, and it is written with all markup escaped.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/url.h"
#include "serve/web.h"

/* Write a client's text into a page of ours, with apostrophes escaped, too. */
static void
html(const char *s, size_t len, struct buf *out)
{
	const char	*quote;

	while ((quote = memchr(s, '\'', len)) != NULL) {
		text_markup(s, (size_t)(quote - s), out);
		buf_str(out, "&#39;");
		len -= (size_t)(quote + 1 - s);
		s = quote + 1;
	}
	text_markup(s, len, out);
}

int
web_link_page(const char *url, size_t len, struct buf *out)
{
	const struct url_scheme	*s;
	struct url		 u;

	if (url_parse(url, len, &u, NULL) == -1 ||
	    (s = url_scheme_of(&u)) == NULL ||
	    (u.kind != URL_NO_HOST) != s->has_host)
		return -1;
	buf_str(out, "<!DOCTYPE html>\r\n<html><head><meta charset=\"utf-8\">"
	    "\r\n<meta http-equiv=\"refresh\" content=\"3;url=");
	html(url, len, out);
	buf_str(out, "\">\r\n<title>Link</title></head><body>\r\n"
	    "<p>This link leaves Gopher:\r\n<a href=\"");
	html(url, len, out);
	buf_str(out, "\">");
	html(url, len, out);
	buf_str(out, "</a></p>\r\n</body></html>\r\n");
	return 0;
}

void
web_refuse(const char *host, unsigned port, struct buf *out)
{
	const char	*open = strchr(host, ':') != NULL ? "[" : "";
	const char	*shut = *open != '\0' ? "]" : "";

	buf_str(out, "HTTP/1.0 400 Bad Request\r\n"
	    "Content-Type: text/plain\r\nConnection: close\r\n\r\n"
	    "This is a Gopher server. Ask a Gopher client for\r\n");
	buf_fmt(out, "gopher://%s%s%s:%u/\r\n", open, host, shut, port);
}
