/* SPDX-License-Identifier: ISC */
/*
 * What pages have only when a server shows them.  A copy on a stick has no
 * server: there the form, and links from the server's root, are left out.  The
 * words in a form are a stranger's and are escaped.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/frame.h"
#include "html/served.h"
#include "proto/url.h"

void
html_form(struct buf *b, const char *what, size_t len, const char *q)
{
	buf_str(b, "<form action=\"search\"><p><input name=\"q\" value=\"");
	text_markup(q, strlen(q), b);
	buf_str(b, "\" size=\"24\" aria-label=\"");
	text_markup(what, len, b);
	buf_str(b, "\"> <input type=\"submit\" value=\"");
	text_markup(what, len, b);
	buf_str(b, "\"></p></form>");
}

int
html_search_href(const struct url *u, struct buf *b)
{
	const char	*at, *end = u->path.at + u->path.len;
	size_t		 n;

	if (u->scheme.given || u->host.given || u->path.len < 7 ||
	    (at = memmem(u->path.at, u->path.len, "/search", 7)) == NULL)
		return 0;
	at += 7;
	for (n = 0; at < end && n < (size_t)(end - at) && (at[n] == '/' ||
	    (at[n] >= '0' && at[n] <= '9')); n++)
		;
	if (at + n != end)
		return 0;
	buf_str(b, "search");
	if (u->query.given) {
		buf_str(b, "?q=");
		text_markup(u->query.at, u->query.len, b);
	}
	if (n > 1) {
		buf_str(b, u->query.given ? "&amp;p=" : "?p=");
		text_markup(at + 1, n - 1, b);
	}
	return 1;
}

void
html_refusal(const struct html_refusal *f, struct buf *b)
{
	buf_str(b, "<!doctype html>\n<html");
	html_foreign(b, f->tag);
	buf_fmt(b, ">\n<head>\n" HTML_METAS "<title>%d</title>\n<link rel=\"stylesheet\" href=\"%sstyle.css\">"
	    "\n</head>\n<body>\n<main>\n<h1>%d</h1>\n<p>", f->status, f->root,
	    f->status);
	text_markup(f->text, strlen(f->text), b);
	buf_str(b, "</p>\n");
	if (f->more != NULL) {
		buf_str(b, "<p lang=\"en\" dir=\"ltr\">");
		text_markup(f->more, strlen(f->more), b);
		buf_str(b, "</p>\n");
	}
	if (f->home != NULL) {
		buf_fmt(b, "<p><a href=\"%s\">", f->root);
		text_markup(f->home, strlen(f->home), b);
		buf_str(b, "</a></p>\n");
	}
	buf_str(b, "</main>\n</body>\n</html>\n");
}
