/* SPDX-License-Identifier: ISC */
/*
 * The items of a list.  They are held until all of them are read, since only
 * all together tell whether they are a table of figures, events, a timetable,
 * or plain items, of which a link may be one.  The page may be a stranger's.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/inner.h"
#include "html/link.h"
#include "html/office.h"
#include "html/text.h"
#include "proto/gemtext.h"

static void
words(struct html *h, const char *s, size_t len)
{
	html_text(h->out, s, len, &h->script);
}

/*
 * The n-th place of an array of slices, which is made larger if needed; NULL:
 * no memory.
 */
struct slice *
html_one_more(struct slice **at, size_t *room, size_t n)
{
	size_t		 size = *room == 0 ? 32 : *room * 2;
	struct slice	*p;

	if (n < *room)
		return *at + n;
	if ((p = realloc(*at, size * sizeof(*p))) == NULL)
		return NULL;
	*at = p;
	*room = size;
	return p + n;
}

void
html_hold_item(struct html *h, const char *s, size_t len)
{
	struct slice	*item = html_one_more(&h->item, &h->room, h->nitem);

	if (item == NULL) {
		h->failed = 1;
		return;
	}
	*item = (struct slice){ s, len };
	h->nitem++;
}

/* Hold a link as an item of the list: its whole line. */
void
html_hold_link(struct html *h, const struct gemtext_line *l)
{
	const char	*s = l->url;

	while (s[-1] != '>')
		s--;
	s -= 2;
	html_hold_item(h, s, (size_t)((l->len > 0 ? l->text + l->len :
	    l->url + l->urllen) - s));
}

/* 1: the held item is a link; an item that begins "* =>" is text. */
static int
is_link(const struct slice *s)
{
	return s->len > 2 && memcmp(s->at, "=>", 2) == 0 && s->at[-1] == '\n';
}

/* Write the remark of an item; for a mark the note at the page's foot. */
void
html_remark(struct html *h, const struct idiom_item *i)
{
	const int	 blank = *i->remark.at == ' ';
	const char	*end = i->mark.at + i->mark.len;
	size_t		 n = i->mark.at == NULL ? 0 : idiom_mark(&i->mark);

	buf_str(h->out, " <small>");
	if (n > 0 && n <= h->nnote) {
		words(h, i->remark.at + blank,
		    (size_t)(i->mark.at - i->remark.at) - (size_t)blank);
		words(h, h->note[n - 1].at, h->note[n - 1].len);
		words(h, end, i->remark.len - (size_t)(end - i->remark.at));
	} else
		words(h, i->remark.at + blank, i->remark.len - (size_t)blank);
	buf_str(h->out, "</small>");
}

/*
 * Write "554,000 people (2018)" so that a line does not break inside the year.
 */
static void
put_value(struct html *h, const struct idiom_item *i)
{
	int	 blank = i->year_part.len > 0 && *i->year_part.at == ' ';

	words(h, i->value.at, i->value.len);
	if (i->year_part.len == 0)
		return;
	buf_str(h->out, blank ? " <span>" : "<span>");
	words(h, i->year_part.at + blank, i->year_part.len - (size_t)blank);
	buf_str(h->out, "</span>");
}

/* Write a list item, or a row of a table of figures. */
static void
put_item(struct html *h, const struct slice *s, int is_row)
{
	struct idiom_item	 i;
	size_t			 len;

	idiom_item_read(s->at, s->len, &i);
	len = is_row ? i.name.len : s->len - i.remark.len;
	buf_str(h->out, is_row ? "<tr><th scope=\"row\">" : "<li>");
	words(h, s->at, len);
	if (i.remark.len > 0)
		html_remark(h, &i);
	if (is_row) {
		buf_str(h->out, "</th><td>");
		put_value(h, &i);
	}
	buf_str(h->out, is_row ? "</td></tr>\n" : "</li>\n");
}

/*
 * Write an event, with its day and time in <time>, so that programs can read
 * them.
 */
static void
put_event(struct html *h, const struct slice *s)
{
	struct idiom_event	 e;
	struct idiom_item	 i;
	const char		*end;

	idiom_item_read(s->at, s->len, &i);
	if (!idiom_event_read(&i, &e))
		return;			/* not so: items_are() has read it */
	end = e.words.at != NULL ? e.words.at : i.name.at + i.name.len;
	if (e.words.at != NULL)		/* the parenthesis and its blank */
		end = e.to.at != NULL ? e.to.at + e.to.len :
		    e.from.at != NULL ? e.from.at + e.from.len :
		    e.last.at != NULL ? e.last.at + e.last.len :
		    e.first.at + e.first.len;
	buf_str(h->out, "<li><time datetime=\"");
	buf_add(h->out, e.first.at, e.first.len);
	if (e.from.at != NULL) {
		buf_ch(h->out, 'T');
		buf_add(h->out, e.from.at, e.from.len);
	}
	buf_str(h->out, "\">");
	words(h, s->at, (size_t)(end - s->at));
	buf_str(h->out, "</time>");
	words(h, end, (size_t)(i.name.at + i.name.len - end));
	buf_str(h->out, "<br>");
	words(h, i.value.at, i.value.len);
	words(h, i.year_part.at, i.year_part.len);
	if (i.remark.len > 0)
		html_remark(h, &i);
	buf_str(h->out, "</li>\n");
}

/* Write an item of a list that is a timetable. */
static void
put_stop(struct html *h, const struct slice *s)
{
	struct idiom_item	 i;
	struct slice		 name, times;

	idiom_item_read(s->at, s->len, &i);
	(void)idiom_stop_read(&i.value, &name, &times);
	html_stop(h->out, &i.name, &times, &h->script);
}

enum list { LIST_PLAIN, LIST_FIGURES, LIST_EVENTS, LIST_STOPS };

/* What the held items are together. */
static enum list
items_are(const struct html *h)
{
	struct idiom_event	 e;
	struct idiom_item	 item;
	struct slice		 name, times;
	size_t			 i, n, all = 0;
	int			 figures = 1, events = 1, stops = h->nitem > 1;

	for (i = 0; i < h->nitem; i++) {
		if (is_link(&h->item[i]))
			return LIST_PLAIN;
		idiom_item_read(h->item[i].at, h->item[i].len, &item);
		figures = figures && idiom_is_figure(&item);
		events = events && idiom_event_read(&item, &e);
		if (!stops || item.value.at == NULL)
			n = 0;
		else
			n = idiom_stop_read(&item.value, &name, &times);
		stops = n > 0 && name.len == 0 && (i == 0 || n == all);
		all = n;
	}
	return events ? LIST_EVENTS : stops ? LIST_STOPS : figures ?
	    LIST_FIGURES : LIST_PLAIN;
}

int
html_is_plain(const struct html *h)
{
	return items_are(h) == LIST_PLAIN;
}

/* Write an item that is a link, and behind it its remark. */
static void
put_link_item(struct html *h, const struct slice *s)
{
	struct gemtext_line	 l;
	struct idiom_item	 i;
	struct gemtext		 g;

	gemtext_start(&g, s->at, s->len);
	if (!gemtext_next(&g, &l) || l.type != GEMTEXT_LINK)
		return;			/* not so: html_hold_link() held it */
	idiom_item_read(l.text, l.len, &i);
	l.len -= i.remark.len;
	buf_str(h->out, "<li>");
	html_link(h->out, h->site, h->lang, &l, NULL, &h->script);
	if (i.remark.len > 0)
		html_remark(h, &i);
	buf_str(h->out, "</li>\n");
}

void
html_items(struct html *h)
{
	static const char *const	 open[] = {
		[LIST_PLAIN] = "<ul>\n", [LIST_FIGURES] = "<table>\n",
		[LIST_EVENTS] = "<ul class=\"links\">\n",
		[LIST_STOPS] = "<table class=\"times\">\n"
	};
	const enum list			 are = items_are(h);
	size_t				 i;

	if (h->nitem == 0)
		return;
	buf_str(h->out, open[are]);
	for (i = 0; i < h->nitem; i++)
		if (are == LIST_EVENTS)
			put_event(h, &h->item[i]);
		else if (are == LIST_STOPS)
			put_stop(h, &h->item[i]);
		else if (is_link(&h->item[i]))
			put_link_item(h, &h->item[i]);
		else
			put_item(h, &h->item[i], are == LIST_FIGURES);
	buf_str(h->out, are == LIST_PLAIN || are == LIST_EVENTS ? "</ul>\n" :
	    "</table>\n");
	h->nitem = 0;
}
