/* SPDX-License-Identifier: ISC */
/*
 * An OPDS 1.2 acquisition feed, which is Atom: e-readers list its entries and
 * fetch what their links name.  All links are relative, so that the feed works
 * from any server and path.  The text may be a stranger's: it is escaped, and
 * at the end characters that XML does not allow are replaced.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "html/frame.h"
#include "html/opds.h"
#include "html/text.h"
#include "proto/site.h"

static void
put_text(struct buf *b, const char *element, const char *s, size_t len)
{
	buf_fmt(b, "<%s>", element);
	text_markup(s, len, b);
	buf_fmt(b, "</%s>\n", element);
}

static void
put_author(struct buf *b, const struct book *k)
{
	buf_str(b, "<author>");
	if (k->publisher.at != NULL)
		put_text(b, "name", k->publisher.at, k->publisher.len);
	else
		put_text(b, "name", k->lang->title, strlen(k->lang->title));
	buf_str(b, "</author>\n");
}

static void
put_book(struct buf *b, const struct book *k)
{
	struct slice	 about = { NULL, 0 };
	const char	*text;
	size_t		 len;

	if (k->page(k->page_arg, k->lang->dir, "index", &text, &len) == 0)
		about = html_about(text, len);
	buf_str(b, "<entry xml:lang=\"");
	text_markup(k->lang->tag, strlen(k->lang->tag), b);
	buf_str(b, "\">\n");
	put_text(b, "title", k->lang->title, strlen(k->lang->title));
	put_text(b, "id", k->identifier, strlen(k->identifier));
	put_text(b, "updated", k->modified, strlen(k->modified));
	put_author(b, k);
	put_text(b, "dc:language", k->lang->tag, strlen(k->lang->tag));
	if (k->publisher.at != NULL)
		put_text(b, "dc:publisher", k->publisher.at,
		    k->publisher.len);
	if (k->rights.at != NULL)
		put_text(b, "rights", k->rights.at, k->rights.len);
	if (about.at != NULL)
		put_text(b, "summary", about.at, about.len);
	if (k->has_cover)
		buf_str(b, "<link rel=\"http://opds-spec.org/image\" "
		    "href=\"cover.png\" type=\"image/png\"/>\n"
		    "<link rel=\"http://opds-spec.org/image/thumbnail\" "
		    "href=\"cover.png\" type=\"image/png\"/>\n");
	buf_fmt(b, "<link rel=\"http://opds-spec.org/acquisition/open-access\""
	    " href=\"%s-%s" EPUB_SUFFIX "\" type=\"" EPUB_MEDIA "\"/>\n"
	    "<link rel=\"http://opds-spec.org/acquisition/open-access\" "
	    "href=\"%s.gpub\" type=\"application/gpub+zip\"/>\n</entry>\n",
	    k->site->id, k->lang->dir, k->site->id);
}

int
opds_write(const char *id, const struct book *k, size_t n, struct buf *out,
    struct err *e)
{
	struct buf	 b = BUF_INIT;
	size_t		 i;
	int		 ok;

	buf_str(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed "
	    "xmlns=\"http://www.w3.org/2005/Atom\" "
	    "xmlns:dc=\"http://purl.org/dc/terms/\" xml:lang=\"");
	text_markup(k->lang->tag, strlen(k->lang->tag), &b);
	buf_str(&b, "\">\n");
	put_text(&b, "id", id, strlen(id));
	put_text(&b, "title", k->lang->title, strlen(k->lang->title));
	put_text(&b, "updated", k->modified, strlen(k->modified));
	put_author(&b, k);
	buf_str(&b, "<link rel=\"self\" href=\"" OPDS_NAME "\" type=\""
	    OPDS_MEDIA "\"/>\n<link rel=\"start\" href=\"" OPDS_NAME "\" "
	    "type=\"" OPDS_MEDIA "\"/>\n");
	for (i = 0; i < n; i++)
		put_book(&b, &k[i]);
	buf_str(&b, "</feed>\n");
	html_clean(out, b.data, b.len);
	ok = buf_ok(&b) && buf_ok(out);
	buf_free(&b);
	if (ok)
		return 0;
	err_nomem(e);
	return -1;
}
