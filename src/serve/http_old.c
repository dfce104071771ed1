/* SPDX-License-Identifier: ISC */
/*
 * Pages for browsers of the 1990s: /gb/, /latin1/, /ascii/.  The gemtext is
 * shown line by line as HTML 3.2 without a style sheet; what is drawn for new
 * browsers stays the text that it is, 38 columns wide.  Text is brought down
 * to the charset as for Gopher's trees, with the capsule's replacements, then
 * escaped, then encoded: an escape is ASCII in all of these charsets.
 *
 * Pages come from a proven package, which may be a stranger's all the same;
 * words of a search are anybody's.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "charset/charset.h"
#include "html/served.h"
#include "package/reader.h"
#include "proto/gemtext.h"
#include "proto/http.h"
#include "proto/site.h"
#include "proto/url.h"
#include "serve/http_old.h"
#include "serve/open.h"
#include "view/link.h"
#include "view/tree.h"
#include "view/words.h"

struct old {
	const struct site_table	*site;
	const struct view	*view;
	const char		*words;		/* see old_page() */
	struct fit		 fit;
	struct buf		 fitted, marked;	/* one piece of text on
							   its way */
	struct buf		*out;
	int			 in_list, in_quote, in_pre;
};

static const struct {
	const char	*charset, *type, *label;
} types[] = {
	{ "ascii", "text/html; charset=us-ascii", "us-ascii" },
	{ "gb2312", "text/html; charset=gb2312", "gb2312" },
	{ "latin1", "text/html; charset=iso-8859-1", "iso-8859-1" },
};

static int
type_at(const struct view *v)
{
	size_t	 i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i].charset, v->row->charset) == 0)
			return (int)i;
	return -1;
}

const char *
old_type(const struct view *v)
{
	return types[type_at(v)].type;
}

int
old_tree(const struct site *s, const char *rest, size_t len, struct view *v)
{
	struct view	 list[VIEW_MAX];
	size_t		 i, k, n = tree_list(s->table, list);

	for (i = 0; i < n; i++) {
		k = strlen(list[i].name);
		if (!list[i].old || !trees_is_chosen(list[i].row) ||
		    type_at(&list[i]) == -1 || len <= k ||
		    memcmp(rest, list[i].name, k) != 0 || rest[k] != '/')
			continue;
		*v = list[i];
		return 1;
	}
	return 0;
}

static void
put(struct old *o, const char *s, size_t len)
{
	buf_reset(&o->fitted);
	buf_reset(&o->marked);
	charset_fit(&o->fit, s, len, &o->fitted);
	text_markup(o->fitted.data == NULL ? "" : o->fitted.data,
	    o->fitted.len, &o->marked);
	charset_encode(o->view->charset, o->marked.data == NULL ? "" :
	    o->marked.data, o->marked.len, o->out);
	if (!buf_ok(&o->fitted) || !buf_ok(&o->marked))
		o->out->failed = 1;
}

/* The folder in which pages of a language are for this reader. */
static const char *
folder_of(const struct old *o, const char *dir)
{
	const struct site_tree	*t = o->site->tree;
	size_t			 i;

	if (strcmp(dir, o->view->dir) == 0)
		return o->view->name;
	for (i = 0; i < o->site->ntree; i++)
		if (strcmp(t[i].dir, dir) == 0)
			return t[i].tree;
	return dir;
}

/* 1: <A HREF...> was written. */
static int
put_anchor(struct old *o, const struct gemtext_line *l)
{
	struct link	 to;
	struct url	 u;
	struct buf	 href = BUF_INIT;

	if (o->words != NULL && url_parse(l->url, l->urllen, &u, NULL) == 0 &&
	    html_search_href(&u, &href)) {
		buf_str(o->out, "<A HREF=\"");
		buf_add(o->out, href.data, href.len);
		buf_str(o->out, "\">");
		buf_free(&href);
		return 1;
	}
	link_resolve(o->site, o->view->dir, l->url, l->urllen, &to);
	switch (to.kind) {
	case LINK_PAGE:
		buf_fmt(o->out, "<A HREF=\"../%s/%s.html\">",
		    folder_of(o, to.page->dir), to.page->id);
		return 1;
	case LINK_ROOT:
		buf_str(o->out, "<A HREF=\"../\">");
		return 1;
	case LINK_FILE:
		buf_fmt(o->out, "<A HREF=\"../%s\">", to.path);
		return 1;
	case LINK_PACKAGE:
		buf_fmt(o->out, "<A HREF=\"../%s.gpub\">", o->site->id);
		return 1;
	case LINK_URL:
		if (!to.scheme_ok)
			return 0;
		buf_str(o->out, "<A HREF=\"");
		text_markup(l->url, l->urllen, o->out);
		buf_str(o->out, "\">");
		return 1;
	default:
		return 0;
	}
}

/* The field c tells old_words() the charset of the words. */
static void
put_form(struct old *o, const char *what)
{
	buf_str(o->out, "<FORM ACTION=\"search\"><P><INPUT NAME=\"q\" "
	    "SIZE=\"20\" VALUE=\"");
	put(o, o->words == NULL ? "" : o->words, o->words == NULL ? 0 :
	    strlen(o->words));
	buf_fmt(o->out, "\"><INPUT TYPE=\"hidden\" NAME=\"c\" VALUE=\"%s\">"
	    "<INPUT TYPE=\"submit\" VALUE=\"", o->view->name);
	put(o, what, strlen(what));
	buf_str(o->out, "\"></P></FORM>\n");
}

static void
put_link(struct old *o, const struct gemtext_line *l)
{
	const char	*label = l->len > 0 ? l->text : l->url;
	char		 what[128];
	int		 is_link;

	if (l->urllen == 10 && memcmp(l->url, "search.gmi", 10) == 0) {
		size_t n = text_utf8_cut(l->text, l->len, sizeof(what) - 1);

		memcpy(what, l->text, n);
		what[n] = '\0';
		put_form(o, what);
		return;
	}
	buf_str(o->out, "<P>");
	is_link = put_anchor(o, l);
	put(o, label, l->len > 0 ? l->len : l->urllen);
	buf_str(o->out, is_link ? "</A></P>\n" : "</P>\n");
}

/* End the list or block that is open, unless this line belongs to it. */
static void
group(struct old *o, enum gemtext_type next)
{
	if (o->in_list && next != GEMTEXT_LIST)
		buf_str(o->out, "</UL>\n");
	if (o->in_quote && next != GEMTEXT_QUOTE)
		buf_str(o->out, "</BLOCKQUOTE>\n");
	if (!o->in_list && next == GEMTEXT_LIST)
		buf_str(o->out, "<UL>\n");
	if (!o->in_quote && next == GEMTEXT_QUOTE)
		buf_str(o->out, "<BLOCKQUOTE>\n");
	o->in_list = next == GEMTEXT_LIST;
	o->in_quote = next == GEMTEXT_QUOTE;
}

static void
line(struct old *o, const struct gemtext_line *l)
{
	static const char *const tags[][2] = {
		[GEMTEXT_TEXT] = { "<P>", "</P>\n" },
		[GEMTEXT_HEADING1] = { "<H1>", "</H1>\n" },
		[GEMTEXT_HEADING2] = { "<H2>", "</H2>\n" },
		[GEMTEXT_HEADING3] = { "<H3>", "</H3>\n" },
		[GEMTEXT_LIST] = { "<LI>", "</LI>\n" },
		[GEMTEXT_QUOTE] = { "<P>", "</P>\n" },
		[GEMTEXT_PRE] = { "", "\n" },
	};

	if (l->type != GEMTEXT_PRE)
		group(o, l->type);
	if (l->type == GEMTEXT_TOGGLE) {
		buf_str(o->out, o->in_pre ? "</PRE>\n" : "<PRE>\n");
		o->in_pre = !o->in_pre;
	} else if (l->type == GEMTEXT_LINK)
		put_link(o, l);
	else if (l->len > 0 || l->type == GEMTEXT_PRE) {
		buf_str(o->out, tags[l->type][0]);
		put(o, l->text, l->len);
		buf_str(o->out, tags[l->type][1]);
	}
}

int
old_page(const struct site *s, const struct view *v, const char *title,
    const char *text, size_t len, const char *words, struct buf *out)
{
	struct old		 o = { .site = s->table, .view = v, .words =
				    words, .out = out };
	struct words_view	 own;
	struct gemtext_line	 l;
	struct gemtext		 g;

	tree_fit(&o.fit, v, s->table);
	buf_fmt(out, "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">"
	    "\n<HTML><HEAD>\n<META HTTP-EQUIV=\"Content-Type\" "
	    "CONTENT=\"text/html; charset=%s\">\n<TITLE>",
	    types[type_at(v)].label);
	put(&o, title, strlen(title));
	buf_str(out, "</TITLE>\n</HEAD><BODY>\n");
	if (words != NULL)
		put_form(&o, words_view(s->table, v->dir, &own)->search);
	gemtext_start(&g, text, len);
	while (gemtext_next(&g, &l))
		line(&o, &l);
	group(&o, GEMTEXT_TEXT);
	buf_str(out, o.in_pre ? "</PRE>\n" : "");
	buf_str(out, "</BODY></HTML>\n");
	buf_free(&o.fitted);
	buf_free(&o.marked);
	return buf_ok(out) ? 0 : -1;
}

int
old_words(const struct view *v, const char *s, size_t len, struct buf *out)
{
	const struct charset	*c = v->charset;

	if (c->decode == NULL || c->decode(s, len, out) == -1) {
		buf_reset(out);
		buf_add(out, s, len);
	}
	if (!buf_ok(out) || out->data == NULL ||
	    text_utf8_check(out->data, out->len) < out->len)
		return -1;
	return 0;
}
