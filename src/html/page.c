/* SPDX-License-Identifier: ISC */
/*
 * Gemtext -> HTML5, line by line.  What belongs together is held back until
 * the line after it says what it is: a text line before a preformatted block
 * is its caption, one right after a link describes it, list items that are
 * all "label: number" are a table, a block of bars is drawn.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "html/chart.h"
#include "html/frame.h"
#include "html/page.h"
#include "html/series.h"
#include "html/table.h"
#include "html/rail.h"
#include "html/text.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"
#include "proto/site.h"
#include "proto/url.h"

struct html {
	struct buf		*out;
	const struct site_table	*site;
	const struct site_lang	*lang;
	const char		*han;		/* see html_han() */
	struct slice		*item;		/* held list items */
	size_t			 nitem, room;
	struct slice		 text;		/* held paragraph */
	struct slice		*note;		/* text of note 1, 2, ... */
	size_t			 nnote, noteroom;
	const char		*foot, *foot_end;	/* where the notes stand
						   in the gemtext; NULL */
	struct idiom_block	 block;		/* open */
	int			 has_text, in_pre, in_link;
	int			 figure;	/* of a picture: 1 open, 2 its
						   caption, too */
	enum gemtext_type	 open;		/* GEMTEXT_TEXT: no group */
	int			 is_home;	/* the page lists the sections */
	int			 failed;
};

static void
words(struct html *h, const char *s, size_t len)
{
	html_text(h->out, s, len, h->han);
}

/* Room for one more in an array of slices; NULL: no memory. */
static struct slice *
one_more(struct slice **at, size_t *room, size_t n)
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

/*
 * Find the remarks at the page's foot: items that are notes 1, 2 and so on,
 * under a heading.  They are shown where their marks stand.
 */
static void
find_notes(struct html *h, const char *text, size_t len)
{
	struct gemtext_line	 l;
	struct gemtext		 g;
	struct idiom_note	 n;
	struct slice		*to;
	const char		*at, *heading = NULL;

	gemtext_start(&g, text, len);
	while (at = g.at, gemtext_next(&g, &l)) {
		if (l.type == GEMTEXT_LIST && (heading != NULL ||
		    h->foot_end == at) && idiom_note_read(l.text, l.len, &n) &&
		    idiom_mark(&n.mark) == h->nnote + 1) {
			if ((to = one_more(&h->note, &h->noteroom,
			    h->nnote)) == NULL) {
				h->failed = 1;
				return;
			}
			*to = n.text;
			if (h->nnote++ == 0)
				h->foot = heading;
			h->foot_end = g.at;
		}
		heading = l.type == GEMTEXT_HEADING2 ? at : NULL;
	}
}

static void
hold_item(struct html *h, const struct gemtext_line *l)
{
	struct slice	*item = one_more(&h->item, &h->room, h->nitem);

	if (item == NULL) {
		h->failed = 1;
		return;
	}
	item->at = l->text;
	item->len = l->len;
	h->nitem++;
}

/* The remark of an item, from the page's foot if it stands there. */
static void
put_remark(struct html *h, const struct idiom_item *i)
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

/* "554,000 people (2018)": the year goes to a next line whole. */
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

/* A list item, or the row of a table. */
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
		put_remark(h, &i);
	if (is_row) {
		buf_str(h->out, "</th><td>");
		put_value(h, &i);
	}
	buf_str(h->out, is_row ? "</td></tr>\n" : "</li>\n");
}

static void
put_items(struct html *h)
{
	struct idiom_item	 item;
	size_t			 i;
	int			 table = 1;

	for (i = 0; i < h->nitem && table; i++) {
		idiom_item_read(h->item[i].at, h->item[i].len, &item);
		table = idiom_is_figure(&item);
	}
	if (h->nitem > 0)
		buf_str(h->out, table ? "<table>\n" : "<ul>\n");
	for (i = 0; i < h->nitem; i++)
		put_item(h, &h->item[i], table);
	if (h->nitem > 0)
		buf_str(h->out, table ? "</table>\n" : "</ul>\n");
	h->nitem = 0;
}

static void
put_text(struct html *h)
{
	if (!h->has_text)
		return;
	buf_str(h->out, "<p>");
	words(h, h->text.at, h->text.len);
	buf_str(h->out, "</p>\n");
	h->has_text = 0;
}

/* A table, with the held text as its caption. */
static void
put_table(struct html *h, struct idiom_table *t)
{
	static const struct slice	 none = { NULL, 0 };

	html_table(t, h->has_text ? &h->text : &none, h->han, h->out);
	h->has_text = 0;
}

/* The held text, if any, is the caption of what can be drawn. */
static void
put_pre(struct html *h)
{
	struct buf		 svg = BUF_INIT;
	struct idiom_table	 table;

	if (idiom_table_read(&h->block, &table)) {
		put_table(h, &table);
		return;
	}
	if (!html_series(&h->block, h->lang->tag, h->han, &svg) &&
	    !html_chart(&h->block, h->lang->tag, &svg) && !html_rail(&h->block, &svg) &&
	    !html_art(&h->block, &svg)) {
		put_text(h);
		buf_str(h->out, "<pre>\n");
		words(h, h->block.lines.at, h->block.lines.len);
		buf_str(h->out, "\n</pre>\n");
		return;
	}
	buf_str(h->out, "<figure>\n");
	if (h->has_text) {
		buf_str(h->out, "<figcaption>");
		words(h, h->text.at, h->text.len);
		buf_str(h->out, "</figcaption>\n");
		h->has_text = 0;
	}
	if (buf_ok(&svg))
		buf_add(h->out, svg.data, svg.len);
	else
		h->failed = 1;
	buf_str(h->out, "</figure>\n");
	buf_free(&svg);
}

static int
link_ok(const char *s, size_t len)
{
	struct url	 u;

	if (url_parse(s, len, &u, NULL) == -1)
		return 0;
	if (!u.scheme.given)
		return !u.host.given && len > 0 && s[0] != '/';
	return url_scheme_of(&u) != NULL || url_is(&u.scheme, "tel");
}

/* The package itself lies beside the pages. */
static int
is_package(const struct html *h, const struct url *u)
{
	size_t	 n = strlen(h->site->id);

	return url_is(&u->scheme, "gemini") && u->path.len == n + 6 &&
	    memcmp(u->path.at + 1, h->site->id, n) == 0 &&
	    memcmp(u->path.at + 1 + n, ".gpub", 5) == 0;
}

/* A relative link to a page of ours gets the ending that it has here. */
static void
put_href(struct html *h, const char *s, size_t len)
{
	struct url	 u;
	int		 good = url_parse(s, len, &u, NULL) == 0;

	if (good && !u.scheme.given && len > 4 &&
	    memcmp(s + len - 4, ".gmi", 4) == 0) {
		text_markup(s, len - 4, h->out);
		buf_str(h->out, ".html");
	} else if (good && is_package(h, &u))
		buf_fmt(h->out, "../%s.gpub", h->site->id);
	else
		text_markup(s, len, h->out);
}

/* The language of ../DIR/ID.gmi, when it is not this page's. */
static const struct site_lang *
link_lang(const struct html *h, const char *s, size_t len)
{
	const struct site_lang	*l;
	const char		*end;

	if (len < 4 || memcmp(s, "../", 3) != 0 ||
	    (end = memchr(s + 3, '/', len - 3)) == NULL)
		return NULL;
	l = site_table_lang_at(h->site, s + 3, (size_t)(end - s - 3));
	return l == h->lang ? NULL : l;
}

static void
put_link(struct html *h, const struct gemtext_line *l)
{
	const struct site_lang	*to = link_lang(h, l->url, l->urllen);
	const char		*label = l->len > 0 ? l->text : l->url;
	size_t			 len = l->len > 0 ? l->len : l->urllen;
	int			 ok = link_ok(l->url, l->urllen);

	if (l->urllen == 10 && memcmp(l->url, "search.gmi", 10) == 0)
		return;			/* no server, no search */
	buf_str(h->out, "<li>");
	if (ok) {
		buf_str(h->out, "<a href=\"");
		put_href(h, l->url, l->urllen);
		buf_str(h->out, "\"");
		if (to != NULL)
			buf_fmt(h->out, " hreflang=\"%s\" lang=\"%s\"",
			    to->tag, to->tag);
		buf_str(h->out, ">");
	}
	html_text(h->out, label, len, to != NULL ? NULL : h->han);
	buf_str(h->out, ok ? "</a>" : "");
	h->in_link = 1;
}

/* A link to a picture beside the text, by its idiom: what of it to show. */
static int
is_picture(const struct html *h, const struct gemtext_line *l,
    struct idiom_file *f)
{
	const struct site_table	*s = h->site;

	return l->type == GEMTEXT_LINK && l->urllen > 9 &&
	    memcmp(l->url, "../files/", 9) == 0 &&
	    file_path_ok(l->url + 3, l->urllen - 3) &&
	    idiom_file_read(l->text, l->len, f) && f->width > 0 &&
	    (s->holds == NULL || s->holds(s->holds_arg, l->url + 3,
	    l->urllen - 3));
}

static void
put_picture(struct html *h, const struct gemtext_line *l,
    const struct idiom_file *f)
{
	buf_str(h->out, "<figure class=\"picture\">\n<a href=\"");
	text_markup(l->url, l->urllen, h->out);
	buf_str(h->out, "\"><img src=\"");
	text_markup(l->url, l->urllen, h->out);
	buf_fmt(h->out, "\" width=\"%u\" height=\"%u\" loading=\"lazy\" alt=\"",
	    f->width, f->height);
	text_markup(f->label.at, f->label.len, h->out);
	buf_str(h->out, "\"></a>\n");
	h->figure = 1;
}

/* The lines right below it: a caption, a credit. */
static void
put_caption(struct html *h, const struct gemtext_line *l)
{
	struct slice	 credit;
	int		 is_credit = idiom_credit_read(l->text, l->len,
			    &credit);

	buf_str(h->out, h->figure == 1 ? "<figcaption>" : "<br>\n");
	h->figure = 2;
	if (is_credit)
		buf_str(h->out, "<small>");
	words(h, is_credit ? credit.at : l->text,
	    is_credit ? credit.len : l->len);
	if (is_credit)
		buf_str(h->out, "</small>");
}

static void
figure_end(struct html *h)
{
	if (h->figure == 2)
		buf_str(h->out, "</figcaption>\n");
	if (h->figure != 0)
		buf_str(h->out, "</figure>\n");
	h->figure = 0;
}

static void
link_end(struct html *h)
{
	if (h->in_link)
		buf_str(h->out, "</li>\n");
	h->in_link = 0;
}

/* End the group that is open unless the next line goes on with it. */
static void
group(struct html *h, enum gemtext_type next)
{
	if (next != GEMTEXT_TOGGLE)
		put_text(h);
	link_end(h);
	if (h->open == next)
		return;
	if (h->open == GEMTEXT_LIST)
		put_items(h);
	else if (h->open == GEMTEXT_LINK)
		buf_str(h->out, "</ul>\n");
	else if (h->open == GEMTEXT_QUOTE)
		buf_str(h->out, "</blockquote>\n");
	if (next == GEMTEXT_LINK)
		buf_str(h->out, "<ul class=\"links\">\n");
	else if (next == GEMTEXT_QUOTE)
		buf_str(h->out, "<blockquote>\n");
	h->open = next == GEMTEXT_LINK || next == GEMTEXT_QUOTE ||
	    next == GEMTEXT_LIST ? next : GEMTEXT_TEXT;
}

/* A phone number is read from left to right on any page. */
static void
put_reach(struct html *h, const struct idiom_contact_part *p)
{
	size_t	 number = 0;

	buf_str(h->out, "<li>");
	if (p->word.at != NULL)		/* with the colon behind it */
		words(h, p->word.at, (size_t)(p->text.at - p->word.at));
	if (p->kind == CONTACT_PHONE)
		number = html_phone(p->text.at, p->text.len);
	if (p->kind != CONTACT_ITEM) {
		buf_str(h->out, "<a href=\"");
		put_href(h, p->url.at, p->url.len);
		buf_str(h->out, number > 0 ? "\"><bdi dir=\"ltr\">" : "\">");
		words(h, p->text.at, number > 0 ? number : p->text.len);
		buf_str(h->out, number > 0 ? "</bdi></a>" : "</a>");
	}
	if (p->kind == CONTACT_ITEM || number > 0)
		words(h, p->text.at + number, p->text.len - number);
	buf_str(h->out, "</li>\n");
}

/* A contact that begins at s, if one does; bytes that it took. */
static size_t
put_contact(struct html *h, const char *s, size_t len)
{
	struct idiom_contact_part	 p;
	struct idiom_contact		 c;
	size_t				 n = idiom_contact_read(s, len, &c);

	if (n == 0)
		return 0;
	group(h, GEMTEXT_HEADING3);
	buf_str(h->out, "<h3>");
	words(h, c.name.at, c.name.len);
	buf_str(h->out, "</h3>\n<address>\n");
	if (c.role.at != NULL) {
		buf_str(h->out, "<p>");
		words(h, c.role.at, c.role.len);
		buf_str(h->out, "</p>\n");
	}
	buf_str(h->out, "<ul class=\"links\">\n");
	while (idiom_contact_next(&c.parts, &p))
		put_reach(h, &p);
	buf_str(h->out, "</ul>\n</address>\n");
	return n;
}

/* On home the headings of sections can be linked, as html_head() does. */
static void
put_section_id(struct html *h, const struct gemtext_line *l)
{
	const struct site_section	*s = h->site->section;
	const struct site_section	*end = s + h->site->nsection;

	for (; h->is_home && s < end; s++)
		if (strcmp(s->dir, h->lang->dir) == 0 &&
		    strlen(s->title) == l->len &&
		    memcmp(s->title, l->text, l->len) == 0) {
			buf_str(h->out, " id=\"");
			text_markup(s->id, strlen(s->id), h->out);
			buf_str(h->out, "\"");
			return;
		}
}

static void
line(struct html *h, const struct gemtext_line *l)
{
	char			 tag = (char)('1' + (int)l->type -
				    (int)GEMTEXT_HEADING1);
	struct idiom_file	 f;

	if (l->type == GEMTEXT_PRE) {
		if (h->block.lines.at == NULL)
			h->block.lines.at = l->text;
		h->block.lines.len = (size_t)(l->text + l->len - h->block.lines.at);
		return;
	}
	if (h->figure != 0 && l->type == GEMTEXT_TEXT && l->len > 0) {
		put_caption(h, l);
		return;
	}
	figure_end(h);
	if (is_picture(h, l, &f)) {
		group(h, GEMTEXT_TEXT);
		put_picture(h, l, &f);
		return;
	}
	if (h->in_link && l->type == GEMTEXT_TEXT && l->len > 0) {
		buf_str(h->out, "\n<p>");
		words(h, l->text, l->len);
		buf_str(h->out, "</p>");
		link_end(h);
		return;
	}
	group(h, l->type);
	switch (l->type) {
	case GEMTEXT_TOGGLE:
		if (h->in_pre) {
			if (h->block.lines.at != NULL)
				put_pre(h);
		} else {
			h->block.alt.at = l->text;
			h->block.alt.len = l->len;
			h->block.lines.at = NULL;
			h->block.lines.len = 0;
		}
		h->in_pre = !h->in_pre;
		break;
	case GEMTEXT_HEADING1:
	case GEMTEXT_HEADING2:
	case GEMTEXT_HEADING3:
		buf_fmt(h->out, "<h%c", tag);
		if (l->type == GEMTEXT_HEADING2)
			put_section_id(h, l);
		buf_str(h->out, ">");
		words(h, l->text, l->len);
		buf_fmt(h->out, "</h%c>\n", tag);
		break;
	case GEMTEXT_LIST:
		hold_item(h, l);
		break;
	case GEMTEXT_QUOTE:
		buf_str(h->out, "<p>");
		words(h, l->text, l->len);
		buf_str(h->out, "</p>\n");
		break;
	case GEMTEXT_LINK:
		put_link(h, l);
		break;
	default:
		h->has_text = l->len > 0;
		h->text.at = l->text;
		h->text.len = l->len;
	}
}

/*
 * The links that end a page lead about the capsule: where the first of them
 * begins, or NULL.
 */
static const char *
last_links(const char *text, size_t len)
{
	struct gemtext_line	 l;
	struct gemtext		 g;
	const char		*at, *first = NULL;

	gemtext_start(&g, text, len);
	while (at = g.at, gemtext_next(&g, &l)) {
		if (l.type == GEMTEXT_LINK)
			first = first == NULL ? at : first;
		else if (l.type != GEMTEXT_TEXT || l.len > 0)
			first = NULL;
	}
	return first;
}

/* A table in records, of which l is the first line, at at; g moves on. */
static int
records(struct html *h, struct gemtext *g, const struct gemtext_line *l,
    const char *at)
{
	struct idiom_table	 table;
	size_t			 used, n = (size_t)(g->at - at);

	if (l->type != GEMTEXT_HEADING3 ||
	    !idiom_records_read(at, n + g->left, &table, &used) || used < n)
		return 0;
	link_end(h);
	if (h->open != GEMTEXT_TEXT)
		group(h, GEMTEXT_TEXT);
	put_table(h, &table);
	g->at = at + used;
	g->left -= used - n;
	return 1;
}

int
html_page(const struct site_table *site, const struct site_page *page,
    const char *text, size_t len, struct buf *out, struct err *e)
{
	struct gemtext_line	 l;
	struct gemtext		 g;
	struct html		 h = { .out = out, .site = site,
				     .open = GEMTEXT_TEXT };
	const char		*at, *stop, *last = last_links(text, len);
	size_t			 used;

	if ((h.lang = site_table_lang(site, page->dir)) == NULL) {
		err_set(e, "%s/%s: no language of the site table", page->dir,
		    page->id);
		return -1;
	}
	h.is_home = strcmp(page->id, "index") == 0;
	h.han = html_han(site, h.lang);
	html_head(out, site, h.lang, page);
	find_notes(&h, text, len);
	gemtext_start(&g, text, len);
	while (at = g.at, gemtext_next(&g, &l)) {
		if (h.foot != NULL && at >= h.foot && at < h.foot_end)
			continue;
		if (at == last) {
			figure_end(&h);
			group(&h, GEMTEXT_TEXT);
			buf_str(out, "</main>\n<nav>\n");
		}
		/* What goes on in the links at the end is no contact. */
		stop = last != NULL && at < last ? last : text + len;
		if (l.type == GEMTEXT_HEADING3 && (used = put_contact(&h, at,
		    (size_t)(stop - at))) > 0)
			gemtext_start(&g, at + used,
			    (size_t)(text + len - at) - used);
		else if (!records(&h, &g, &l, at))
			line(&h, &l);
	}
	if (h.in_pre && h.block.lines.at != NULL)
		put_pre(&h);
	h.in_pre = 0;
	figure_end(&h);
	group(&h, GEMTEXT_TEXT);
	buf_str(out, last != NULL ? "</nav>\n" : "</main>\n");
	buf_str(out, "</body>\n</html>\n");
	free(h.item);
	free(h.note);
	if (!h.failed && buf_ok(out))
		return 0;
	err_nomem(e);
	return -1;
}
