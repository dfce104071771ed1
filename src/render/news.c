/* SPDX-License-Identifier: ISC */
/* What is new: the page's lines and the Atom feed, from the pages' dates. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "render/part.h"

struct dated {
	const char	*date;
	size_t		 page;
};

/* Newest first, then in reading order; dates compare as bytes. */
static int
newer(const void *va, const void *vb)
{
	const struct dated	*a = va, *b = vb;
	int			 n = strcmp(b->date, a->date);

	if (n != 0)
		return n;
	return a->page < b->page ? -1 : 1;
}

size_t *
news_order(const struct profile *p, size_t max, size_t *n)
{
	struct dated	*d;
	size_t		*out, i;

	*n = 0;
	if ((d = calloc(p->npage + 1, sizeof(*d))) == NULL)
		return NULL;
	for (i = 0; i < p->npage; i++) {
		d[i].date = p->page[i].date;
		d[i].page = i;
	}
	qsort(d, p->npage, sizeof(*d), newer);
	*n = p->npage < max ? p->npage : max;
	if ((out = calloc(*n + 1, sizeof(*out))) != NULL)
		for (i = 0; i < *n; i++)
			out[i] = d[i].page;
	free(d);
	return out;
}

/* Lines that `Subscribing to Gemini pages' readers know: date first. */
void
half_news(const struct pen *p)
{
	const struct page_head	*h;
	const char		*change;
	size_t			*order, i, n;

	if ((order = news_order(p->p, NEWS_MAX, &n)) == NULL) {
		p->b->failed = 1;
		return;
	}
	for (i = 0; i < n; i++) {
		h = &p->p->page[order[i]];
		change = pen_in(p, &h->change);
		buf_fmt(p->b, "=> %s.gmi %s %s", h->id, h->date,
		    pen_in(p, &h->title));
		if (*change != '\0') {
			pen_colon(p);
			buf_str(p->b, change);
		}
		buf_ch(p->b, '\n');
	}
	free(order);
	pen_empty(p);
	pen_link(p, "feed.xml", LANG_N, p->v->word[LANG_FEED]);
	pen_empty(p);
}

static void
element(struct buf *b, const char *name, const char *text)
{
	buf_fmt(b, "<%s>", name);
	text_markup(text, strlen(text), b);
	buf_fmt(b, "</%s>\n", name);
}

/* Absolute when the capsule has a host, else beside the feed. */
static void
address(const struct pen *p, const char *name)
{
	if (p->p->nhost > 0) {
		buf_str(p->b, "gemini://");
		text_markup(p->p->host[0], strlen(p->p->host[0]), p->b);
		buf_fmt(p->b, "/%s/", p->p->lang[p->lang].dir);
	}
	buf_str(p->b, name);
}

/* A change of a page is an entry; the next one will be another. */
static void
entry(const struct render *r, const struct pen *p, size_t page)
{
	const struct page_head	*h = &p->p->page[page];
	struct pen		 t = *p;
	struct buf		 title = BUF_INIT;
	const char		*change = pen_in(p, &h->change);

	(void)r;
	t.b = &title;
	buf_str(&title, pen_in(p, &h->title));
	if (*change != '\0') {
		pen_colon(&t);
		buf_str(&title, change);
	}
	if (!buf_ok(&title)) {
		p->b->failed = 1;
		buf_free(&title);
		return;
	}
	buf_str(p->b, "<entry>\n");
	element(p->b, "title", title.data);
	buf_fmt(p->b, "<id>tag:%s,2026:%s/%s/%s</id>\n", p->p->id,
	    p->p->lang[p->lang].dir, h->id, h->date);
	buf_fmt(p->b, "<updated>%sT12:00:00Z</updated>\n", h->date);
	buf_str(p->b, "<link rel=\"alternate\" type=\"text/gemini\" href=\"");
	address(p, h->id);
	buf_str(p->b, ".gmi\"/>\n");
	element(p->b, "summary", pen_in(p, &h->summary));
	buf_str(p->b, "</entry>\n");
	buf_free(&title);
}

void
feed_write(const struct render *r, size_t lang, struct buf *b)
{
	const struct profile	*p = r->p;
	struct pen		 pen = { b, p, r->ids, &r->voice[lang], lang };
	size_t			*order, i, n;

	if ((order = news_order(p, NEWS_MAX, &n)) == NULL) {
		b->failed = 1;
		return;
	}
	buf_str(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	buf_fmt(b, "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
	    "xml:lang=\"%s\">\n", p->lang[lang].tag);
	element(b, "title", pen_in(&pen, &p->title));
	element(b, "subtitle", pen_in(&pen, &p->subtitle));
	buf_fmt(b, "<id>tag:%s,2026:%s/feed</id>\n", p->id,
	    p->lang[lang].dir);
	buf_fmt(b, "<updated>%sT12:00:00Z</updated>\n", n > 0 ?
	    p->page[order[0]].date : p->newest);
	buf_str(b, "<author>");
	element(b, "name", pen_in(&pen, &p->publisher));
	buf_str(b, "</author>\n");
	if (p->nhost > 0) {
		buf_str(b, "<link rel=\"self\" href=\"");
		address(&pen, "feed.xml");
		buf_str(b, "\"/>\n");
	}
	buf_str(b, "<link rel=\"alternate\" type=\"text/gemini\" href=\"");
	address(&pen, "index.gmi");
	buf_str(b, "\"/>\n");
	for (i = 0; i < n; i++)
		entry(r, &pen, order[i]);
	buf_str(b, "</feed>\n");
	free(order);
}
