/* SPDX-License-Identifier: ISC */
/*
 * Gemtext -> HTML5, line by line.  Lines whose meaning depends on the next
 * lines are held until these are read: a text line before a preformatted block
 * is its caption, one right after a link describes it, list items that are all
 * "label: number" are a table, a block of bars is drawn.  The page may be a
 * stranger's: all its text is escaped.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "html/chart.h"
#include "html/frame.h"
#include "html/inner.h"
#include "html/link.h"
#include "html/office.h"
#include "html/page.h"
#include "html/series.h"
#include "html/served.h"
#include "html/table.h"
#include "html/rail.h"
#include "html/text.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"
#include "proto/site.h"
#include "proto/url.h"

static void
words(struct html *h, const char *s, size_t len)
{
	html_text(h->out, s, len, &h->script);
}

/*
 * Write a title or a summary, which may be in another language and end with its
 * tag.
 */
static void
tagged(struct html *h, const char *s, size_t len)
{
	if (h->foreign)
		words(h, s, len);
	else
		html_tagged(h->out, h->site, h->lang, s, len);
}

/*
 * Find the notes at the page's foot: list items that are the notes 1, 2 and so
 * on, under a heading.  They are left out there and written at their marks
 * instead.
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
			if ((to = html_one_more(&h->note, &h->noteroom,
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

/*
 * 1: the line is a link to a picture beside the text that can be shown; *f has
 * its label, width and height.
 */
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

/* Write a line right below a picture: its caption or its credit. */
static void
put_caption(struct html *h, const struct slice *below)
{
	struct slice	 credit;
	int		 is_credit = idiom_credit_read(below->at, below->len,
			    &credit);

	buf_str(h->out, h->figure == 1 ? "<figcaption>" : "<br>\n");
	h->figure = 2;
	if (is_credit)
		buf_str(h->out, "<small>");
	words(h, is_credit ? credit.at : below->at,
	    is_credit ? credit.len : below->len);
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
put_link(struct html *h, const struct gemtext_line *l)
{
	if (l->urllen == 10 && memcmp(l->url, "search.gmi", 10) == 0) {
		if (h->site->is_served) {
			buf_str(h->out, "<li>");
			html_form(h->out, l->text, l->len, "");
			h->in_link = 1;
		}
		return;			/* without a server there is no search */
	}
	buf_str(h->out, "<li>");
	html_link(h->out, h->site, h->lang, l, html_link_rel(h->site, h->lang,
	    h->page, l, h->in_ways), &h->script);
	h->in_link = 1;
}

static void
put_text(struct html *h)
{
	if (!h->has_text)
		return;
	buf_str(h->out, "<p>");
	if (h->is_summary)
		tagged(h, h->text.at, h->text.len);
	else
		words(h, h->text.at, h->text.len);
	buf_str(h->out, "</p>\n");
	h->is_summary = 0;
	h->has_text = 0;
}

/* Write a table, with the held text as its caption. */
static void
put_table(struct html *h, struct idiom_table *t)
{
	static const struct slice	 none = { NULL, 0 };

	html_table(t, h->has_text ? &h->text : &none, &h->script, h->out);
	h->has_text = 0;
}

/* Write a block that is a timetable, with the held text as its caption. */
static void
put_times(struct html *h)
{
	struct slice	 rest = h->block.lines, line, name, times;

	buf_str(h->out, "<table class=\"times\">\n");
	if (h->has_text) {
		buf_str(h->out, "<caption>");
		words(h, h->text.at, h->text.len);
		buf_str(h->out, "</caption>\n");
		h->has_text = 0;
	}
	while (idiom_next_line(&rest, &line)) {
		(void)idiom_stop_read(&line, &name, &times);
		html_stop(h->out, &name, &times, &h->script);
	}
	buf_str(h->out, "</table>\n");
}

/*
 * Write a preformatted block: as a table or a drawing, with the held text as
 * its caption, if it is one; else as it is, behind the held text.
 */
static void
put_pre(struct html *h)
{
	struct buf		 svg = BUF_INIT;
	struct idiom_table	 table;

	if (idiom_times_read(&h->block) > 0) {
		put_times(h);
		return;
	}
	if (idiom_table_read(&h->block, &table)) {
		put_table(h, &table);
		return;
	}
	if (!html_series(&h->block, &h->script, &svg) &&
	    !html_chart(&h->block, &h->script, &svg) &&
	    !html_rail(&h->block, &h->script, &svg) &&
	    !html_art(&h->block, &h->script, &svg)) {
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

static void
link_end(struct html *h)
{
	if (h->in_link)
		buf_str(h->out, "</li>\n");
	h->in_link = 0;
}

/*
 * End the open group, unless the next line belongs to it, and begin that of the
 * next line.
 */
static void
group(struct html *h, enum gemtext_type next)
{
	if (next != GEMTEXT_TOGGLE)
		put_text(h);
	link_end(h);
	if (h->open == next || (h->open == GEMTEXT_LIST &&
	    next == GEMTEXT_LINK && html_is_plain(h)))
		return;			/* a link among items is an item */
	if (h->open == GEMTEXT_LIST)
		html_items(h);
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

/*
 * Write the steps that begin at s, two lines or more, as a numbered list.
 * Returns their bytes; 0: there are none.
 */
static size_t
put_steps(struct html *h, const char *s, size_t len)
{
	struct gemtext_line	 l;
	struct gemtext		 g;
	struct idiom_item	 item;
	struct slice		 text, line;
	const char		*at, *end = s;
	size_t			 n = 0;
	int			 pass;

	for (pass = 0; pass < 2; pass++) {
		gemtext_start(&g, s, len);
		for (n = 0; at = g.at, gemtext_next(&g, &l); n++) {
			line = (struct slice){ l.text, l.len };
			if (l.type != GEMTEXT_TEXT ||
			    idiom_step_read(&line, &text) != n + 1)
				break;
			end = g.at;
			if (pass == 0)
				continue;
			idiom_item_read(text.at, text.len, &item);
			buf_str(h->out, "<li>");
			words(h, text.at, text.len - item.remark.len);
			if (item.remark.len > 0)
				html_remark(h, &item);
			buf_str(h->out, "</li>\n");
		}
		if (n < 2)
			return 0;
		if (pass == 0) {
			group(h, GEMTEXT_TEXT);
			buf_str(h->out, "<ol>\n");
		}
	}
	(void)at;
	buf_str(h->out, "</ol>\n");
	return (size_t)(end - s);
}

/* End the part in another language, if one is open. */
static void
foreign_end(struct html *h)
{
	if (!h->foreign)
		return;
	group(h, GEMTEXT_TEXT);
	buf_str(h->out, "</div>\n");
	h->script = html_script(h->site, h->lang);
	h->foreign = 0;
}

/*
 * 1: the line says that the next lines are in another language of the capsule,
 * and that part was begun.
 */
static int
put_foreign(struct html *h, const struct slice *line)
{
	const struct site_lang	*l = NULL;
	struct slice		 tag, text;
	size_t			 i;

	if (!idiom_foreign_read(line, &tag, &text))
		return 0;
	for (i = 0; i < h->site->nlang; i++)
		if (strlen(h->site->lang[i].tag) == tag.len &&
		    memcmp(h->site->lang[i].tag, tag.at, tag.len) == 0)
			l = &h->site->lang[i];
	if (l == NULL || l == h->lang)
		return 0;
	foreign_end(h);
	group(h, GEMTEXT_TEXT);
	buf_str(h->out, "<p><small>");
	words(h, text.at, text.len);
	buf_str(h->out, "</small></p>\n<div");
	html_foreign(h->out, l->tag);
	buf_str(h->out, ">\n");
	h->script = html_script(h->site, l);
	h->foreign = 1;
	return 1;
}

/* The bytes of the line at s, with its line end. */
static size_t
line_bytes(const struct gemtext_line *l, const char *s, size_t len)
{
	size_t	 n = (size_t)(l->text + l->len - s);

	n += n < len && s[n] == '\r';
	return n + (n < len && s[n] == '\n');
}

/*
 * Write the idiom that begins at s: a contact, a notice, steps, or the
 * beginning of a part in another language.  Returns its bytes; 0: there is
 * none.
 */
static size_t
put_idiom(struct html *h, const struct gemtext_line *l, const char *s,
    size_t len)
{
	const struct slice	 line = { l->text, l->len };
	struct idiom_contact	 c;
	struct idiom_notice	 n;
	struct slice		 text;
	size_t			 used = 0;

	if ((h->figure != 0 || h->in_link) && idiom_below_read(l, &text))
		return 0;
	figure_end(h);
	if (l->type == GEMTEXT_HEADING3 &&
	    (used = idiom_contact_read(s, len, &c)) > 0) {
		group(h, GEMTEXT_HEADING3);
		html_contact(h->out, &c, h->has_part ? 3 : 2, &h->script);
	} else if (l->type == GEMTEXT_TEXT && l->len == 0)
		foreign_end(h);
	else if (l->type == GEMTEXT_TEXT && idiom_notice_read(&line, &n)) {
		group(h, GEMTEXT_TEXT);
		html_notice(h->out, &n, &h->script);
		used = line_bytes(l, s, len);
	} else if (l->type == GEMTEXT_TEXT && put_foreign(h, &line))
		used = line_bytes(l, s, len);
	else if (l->type == GEMTEXT_TEXT &&
	    idiom_step_read(&line, &text) == 1)
		used = put_steps(h, s, len);
	return used;
}

/*
 * Give the heading of a section on the home page an id, to which html_head()
 * links.
 */
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
	struct slice		 below;

	if (l->type == GEMTEXT_PRE) {
		if (h->block.lines.at == NULL)
			h->block.lines.at = l->text;
		h->block.lines.len = (size_t)(l->text + l->len - h->block.lines.at);
		return;
	}
	if (h->figure != 0 && idiom_below_read(l, &below)) {
		put_caption(h, &below);
		return;
	}
	figure_end(h);
	if (is_picture(h, l, &f)) {
		group(h, GEMTEXT_TEXT);
		put_picture(h, l, &f);
		return;
	}
	if (h->in_link && idiom_below_read(l, &below)) {
		buf_str(h->out, "\n<p>");
		tagged(h, below.at, below.len);
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
		if (l->type == GEMTEXT_HEADING3 && !h->has_part)
			tag = '2';	/* levels must not be skipped */
		h->has_part |= l->type == GEMTEXT_HEADING2;
		buf_fmt(h->out, "<h%c", tag);
		if (l->type == GEMTEXT_HEADING2)
			put_section_id(h, l);
		buf_str(h->out, ">");
		tagged(h, l->text, l->len);
		buf_fmt(h->out, "</h%c>\n", tag);
		h->is_summary = l->type == GEMTEXT_HEADING1;
		break;
	case GEMTEXT_LIST:
		html_hold_item(h, l->text, l->len);
		break;
	case GEMTEXT_QUOTE:
		buf_str(h->out, "<p>");
		words(h, l->text, l->len);
		buf_str(h->out, "</p>\n");
		break;
	case GEMTEXT_LINK:
		if (h->open == GEMTEXT_LIST)
			html_hold_link(h, l);
		else
			put_link(h, l);
		break;
	default:
		h->has_text = l->len > 0;
		h->text.at = l->text;
		h->text.len = l->len;
	}
}

/*
 * 1: a table in records begins at `at' with the line l; it was written, and g
 * is behind it.
 */
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
	const char		*at, *stop, *last = text + idiom_ways(text, len);
	size_t			 used;

	if ((h.lang = site_table_lang(site, page->dir)) == NULL) {
		err_set(e, "%s/%s: no language of the site table", page->dir,
		    page->id);
		return -1;
	}
	h.is_home = strcmp(page->id, "index") == 0;
	h.script = html_script(site, h.lang);
	h.page = page;
	html_head(out, site, h.lang, page);
	find_notes(&h, text, len);
	gemtext_start(&g, text, len);
	while (at = g.at, gemtext_next(&g, &l)) {
		if (h.foot != NULL && at >= h.foot && at < h.foot_end)
			continue;
		if (at == last) {
			figure_end(&h);
			group(&h, GEMTEXT_TEXT);
			foreign_end(&h);
			buf_str(out, "</main>\n<nav>\n");
			h.in_ways = 1;
		}
		/* No idiom reaches into the links at the page's end. */
		stop = at < last ? last : text + len;
		if (!g.pre && l.type != GEMTEXT_TOGGLE && (used = put_idiom(&h,
		    &l, at, (size_t)(stop - at))) > 0)
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
	foreign_end(&h);
	buf_str(out, last < text + len ? "</nav>\n" : "</main>\n");
	buf_str(out, "</body>\n</html>\n");
	free(h.item);
	free(h.note);
	if (!h.failed && buf_ok(out))
		return 0;
	err_nomem(e);
	return -1;
}
