/* SPDX-License-Identifier: ISC */
/*
 * What is new: the lines of the page of news and the Atom feed of a language.
 *
 * The pages are sorted by their dates, newest first; pages with the same date
 * and the same words about the change become one entry.  No clock is read: the
 * newest date of a page is the feed's.  Trusts the profile; text that goes into
 * the feed is escaped.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "render/news.h"
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

/* 1: both changes have the same words in every language. */
static int
same_change(const struct profile *p, size_t a, size_t b)
{
	const struct words	*x = &p->page[a].change, *y = &p->page[b].change;
	size_t			 l;

	for (l = 0; l < p->nlang; l++)
		if ((x->in[l] == NULL) != (y->in[l] == NULL) ||
		    (x->in[l] != NULL && strcmp(x->in[l], y->in[l]) != 0))
			return 0;
	return 1;
}

/*
 * How many entries of d have the date and the change of the first one.  The
 * page of each but the first is set to SIZE_MAX.
 */
static size_t
gather(const struct profile *p, struct dated *d, size_t n)
{
	size_t	 i, same = 1;

	for (i = 1; i < n && strcmp(d[i].date, d[0].date) == 0; i++)
		if (d[i].page != SIZE_MAX &&
		    same_change(p, d[0].page, d[i].page)) {
			d[i].page = SIZE_MAX;
			same++;
		}
	return same;
}

struct news *
news_order(const struct profile *p, size_t max, size_t *n)
{
	struct dated	*d;
	struct news	*out;
	size_t		 i;

	*n = 0;
	d = calloc(p->npage + 1, sizeof(*d));
	out = calloc(max + 1, sizeof(*out));
	if (d == NULL || out == NULL) {
		free(d);
		free(out);
		return NULL;
	}
	for (i = 0; i < p->npage; i++) {
		d[i].date = p->page[i].date;
		d[i].page = i;
	}
	qsort(d, p->npage, sizeof(*d), newer);
	for (i = 0; i < p->npage && *n < max; i++)
		if (d[i].page != SIZE_MAX) {
			out[*n].page = d[i].page;
			out[(*n)++].n = gather(p, d + i, p->npage - i);
		}
	free(d);
	return out;
}

/* "First edition. (19 pages)", or "TITLE: CHANGE" of a single page. */
static void
news_title(const struct pen *p, const struct news *news)
{
	const struct page_head	*h = &p->p->page[news->page];
	const char		*change = pen_in(p, &h->change);
	char			 n[24];

	if (news->n == 1) {
		buf_str(p->b, pen_in(p, &h->title));
		if (*change != '\0')
			pen_colon(p);
	}
	buf_str(p->b, change);
	if (news->n > 1) {
		snprintf(n, sizeof(n), "%zu", news->n);
		pen_open(p);
		pen_word_of(p, LANG_NEWS_PAGES, n);
		pen_close(p);
	}
}

/* The id that an entry leads to: the page, or home for several pages. */
static const char *
news_id(const struct profile *p, const struct news *news)
{
	return p->page[news->n > 1 ? 0 : news->page].id;
}

/*
 * Write the links as `Subscribing to Gemini pages' wants them: the label begins
 * with the date.
 */
void
half_news(const struct pen *p)
{
	struct news	*news;
	size_t		 i, n;

	if ((news = news_order(p->p, NEWS_MAX, &n)) == NULL) {
		p->b->failed = 1;
		return;
	}
	for (i = 0; i < n; i++) {
		buf_fmt(p->b, "=> %s.gmi %s ", news_id(p->p, &news[i]),
		    p->p->page[news[i].page].date);
		news_title(p, &news[i]);
		buf_ch(p->b, '\n');
	}
	free(news);
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

/*
 * Write one change as an entry; a later change of the page is another entry.
 * Links are relative, so a reader of the feed on a mirror stays on the mirror.
 */
static void
entry(const struct pen *p, const struct news *news)
{
	const struct page_head	*h = &p->p->page[news->page];
	struct pen		 t = *p;
	struct buf		 title = BUF_INIT;

	t.b = &title;
	news_title(&t, news);
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
	buf_fmt(p->b, "<link rel=\"alternate\" type=\"text/gemini\" "
	    "href=\"%s.gmi\"/>\n", news_id(p->p, news));
	element(p->b, "summary", pen_in(p, news->n > 1 ? &h->change :
	    &h->summary));
	buf_str(p->b, "</entry>\n");
	buf_free(&title);
}

void
feed_write(const struct render *r, size_t lang, struct buf *b)
{
	const struct profile	*p = r->p;
	struct pen		 pen = { .b = b, .p = p, .ids = r->ids,
				    .v = &r->voice[lang], .lang = lang };
	struct news		*news;
	size_t			 i, n;

	if ((news = news_order(p, NEWS_MAX, &n)) == NULL) {
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
	    p->page[news[0].page].date : p->newest);
	buf_str(b, "<author>");
	element(b, "name", pen_in(&pen, &p->publisher));
	buf_str(b, "</author>\n");
	buf_str(b, "<link rel=\"self\" href=\"feed.xml\"/>\n");
	buf_str(b, "<link rel=\"alternate\" type=\"text/gemini\" "
	    "href=\"index.gmi\"/>\n");
	for (i = 0; i < n; i++)
		entry(&pen, &news[i]);
	buf_str(b, "</feed>\n");
	free(news);
}
