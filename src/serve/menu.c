#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/gopher.h"
#include "proto/url.h"
#include "serve/menu.h"

static void	 html(const char *, size_t, struct buf *);
static size_t	 line_len(const char *, size_t, size_t *);
static void	 title_of(const char *, size_t, int, struct gopher_item *);

/* Length of the first line without its end; *whole with it. */
static size_t
line_len(const char *s, size_t len, size_t *whole)
{
	const char	*lf = memchr(s, '\n', len);
	size_t		 n = lf != NULL ? (size_t)(lf - s) : len;

	*whole = n + (lf != NULL);
	if (n > 0 && s[n - 1] == '\r')
		n--;
	return n;
}

int
menu_has_end(const char *s, size_t len)
{
	return (len >= 3 && memcmp(s + len - 3, ".\r\n", 3) == 0) &&
	    (len == 3 || s[len - 4] == '\n');
}

size_t
menu_without_end(const char *s, size_t len)
{
	return menu_has_end(s, len) ? len - 3 : len;
}

void
menu_plus_dir(const char *s, size_t len, struct buf *out)
{
	size_t	 n, whole;

	len = menu_without_end(s, len);
	buf_str(out, "+-1\r\n");
	for (; len > 0; s += whole, len -= whole) {
		n = line_len(s, len, &whole);
		buf_str(out, "+INFO: ");
		buf_add(out, s, n);
		buf_str(out, "\r\n");
	}
	buf_str(out, ".\r\n");
}

/* The display field of *it: the first line that says something. */
static void
title_of(const char *s, size_t len, int is_menu, struct gopher_item *it)
{
	const char	*why;
	size_t		 n, whole;

	for (; len > 0; s += whole, len -= whole) {
		n = line_len(s, len, &whole);
		if (is_menu) {
			if (gopher_item_parse(s, n, it, &why) == 0 &&
			    it->displaylen > 0)
				return;
			continue;
		}
		if (n > 0) {
			it->display = s;
			it->displaylen = n;
			return;
		}
	}
	it->display = "Untitled";
	it->displaylen = strlen(it->display);
}

void
menu_plus_info(const char *s, size_t len, int is_menu, const char *selector,
    size_t selectorlen, const char *host, unsigned port, struct buf *out)
{
	struct gopher_item	 it;

	title_of(s, len, is_menu, &it);
	buf_str(out, "+-1\r\n+INFO: ");
	if (gopher_item_write(out, is_menu ? '1' : '0', it.display,
	    it.displaylen, selector, selectorlen, host, port) == -1)
		gopher_item_write(out, is_menu ? '1' : '0', "Untitled", 8,
		    selector, selectorlen, host, port);
	buf_str(out, ".\r\n");
}

void
menu_plus_reply(const char *s, size_t len, struct buf *out)
{
	/* -1: up to the "." line; otherwise the size in bytes. */
	if (menu_has_end(s, len))
		buf_str(out, "+-1\r\n");
	else
		buf_fmt(out, "+%zu\r\n", len);
	buf_add(out, s, len);
}

/* A client's words in a page of ours: apostrophes are no end of anything. */
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
menu_url_page(const char *url, size_t len, struct buf *out)
{
	static const char *const	 scheme[] = { "http", "https",
					    "gemini", "gopher", "mailto" };
	struct url			 u;
	size_t				 i;

	if (url_parse(url, len, &u, NULL) == -1)
		return -1;
	for (i = 0; i < sizeof(scheme) / sizeof(scheme[0]); i++)
		if (url_is(&u.scheme, scheme[i]))
			break;
	if (i == sizeof(scheme) / sizeof(scheme[0]) ||
	    (u.kind == URL_NO_HOST) != (strcmp(scheme[i], "mailto") == 0))
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
menu_http_answer(const char *host, unsigned port, struct buf *out)
{
	const char	*open = strchr(host, ':') != NULL ? "[" : "";
	const char	*shut = *open != '\0' ? "]" : "";

	buf_str(out, "HTTP/1.0 400 Bad Request\r\n"
	    "Content-Type: text/plain\r\nConnection: close\r\n\r\n"
	    "This is a Gopher server. Ask a Gopher client for\r\n");
	buf_fmt(out, "gopher://%s%s%s:%u/\r\n", open, host, shut, port);
}

void
menu_text(const char *s, size_t len, struct buf *out)
{
	size_t	 n, whole;

	for (; len > 0; s += whole, len -= whole) {
		n = line_len(s, len, &whole);
		if (n > 0 && s[0] == '.')
			buf_ch(out, ' ');
		buf_add(out, s, n);
		buf_str(out, "\r\n");
	}
}
