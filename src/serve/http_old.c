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
	struct old_text		 text;
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
old_has(const struct view *v)
{
	return v->old && trees_is_chosen(v->row) && type_at(v) != -1;
}

int
old_tree(const struct site_table *table, const char *rest, size_t len,
    struct view *v)
{
	struct view	 list[VIEW_MAX];
	size_t		 i, k, n = tree_list(table, list);

	for (i = 0; i < n; i++) {
		k = strlen(list[i].name);
		if (!old_has(&list[i]) || len <= k ||
		    memcmp(rest, list[i].name, k) != 0 || rest[k] != '/')
			continue;
		*v = list[i];
		return 1;
	}
	return 0;
}

void
old_text_begin(struct old_text *t, const struct view *v,
    const struct site_table *table, struct buf *out)
{
	memset(t, 0, sizeof(*t));
	t->view = v;
	t->out = out;
	tree_fit(&t->fit, v, table);
}

void
old_text_end(struct old_text *t)
{
	buf_free(&t->fitted);
	buf_free(&t->marked);
}

void
old_put(struct old_text *t, const char *s, size_t len)
{
	buf_reset(&t->fitted);
	buf_reset(&t->marked);
	charset_fit(&t->fit, s, len, &t->fitted);
	text_markup(t->fitted.data == NULL ? "" : t->fitted.data,
	    t->fitted.len, &t->marked);
	charset_encode(t->view->charset, t->marked.data == NULL ? "" :
	    t->marked.data, t->marked.len, t->out);
	if (!buf_ok(&t->fitted) || !buf_ok(&t->marked))
		t->out->failed = 1;
}

void
old_put_head(struct old_text *t, const char *title, size_t len)
{
	buf_fmt(t->out, "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//"
	    "EN\">\n<HTML><HEAD>\n<META HTTP-EQUIV=\"Content-Type\" "
	    "CONTENT=\"text/html; charset=%s\">\n<TITLE>",
	    types[type_at(t->view)].label);
	old_put(t, title, len);
	buf_str(t->out, "</TITLE>\n</HEAD><BODY>\n");
}

/* The field c tells old_words() the charset of the words. */
void
old_put_form(struct old_text *t, const char *action, const char *what,
    const char *words, size_t len)
{
	buf_fmt(t->out, "<FORM ACTION=\"%s\"><P><INPUT NAME=\"q\" "
	    "SIZE=\"20\" VALUE=\"", action);
	old_put(t, words, len);
	buf_fmt(t->out, "\"><INPUT TYPE=\"hidden\" NAME=\"c\" VALUE=\"%s\">"
	    "<INPUT TYPE=\"submit\" VALUE=\"", t->view->name);
	old_put(t, what, strlen(what));
	buf_str(t->out, "\"></P></FORM>\n");
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

static void
put_form(struct old *o, const char *what)
{
	old_put_form(&o->text, "search", what, o->words == NULL ? "" :
	    o->words, o->words == NULL ? 0 : strlen(o->words));
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
	old_put(&o->text, label, l->len > 0 ? l->len : l->urllen);
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
		old_put(&o->text, l->text, l->len);
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

	old_text_begin(&o.text, v, s->table, out);
	old_put_head(&o.text, title, strlen(title));
	if (words != NULL)
		put_form(&o, words_view(s->table, v->dir, &own)->search);
	gemtext_start(&g, text, len);
	while (gemtext_next(&g, &l))
		line(&o, &l);
	group(&o, GEMTEXT_TEXT);
	buf_str(out, o.in_pre ? "</PRE>\n" : "");
	buf_str(out, "</BODY></HTML>\n");
	old_text_end(&o.text);
	return buf_ok(out) ? 0 : -1;
}

size_t
old_words(const struct view *v, const char *query, size_t querylen,
    char *words, size_t n)
{
	const struct charset	*c = v->charset;
	struct buf		 b = BUF_INIT;
	char			 tree[HTTP_TARGET_MAX];

	if (n > 0 && c->decode != NULL && http_form_field(query, querylen,
	    "c", tree) > 0 && c->decode(words, n, &b) == 0 && buf_ok(&b) &&
	    b.data != NULL && text_utf8_check(b.data, b.len) == b.len) {
		n = text_utf8_cut(b.data, b.len, HTTP_TARGET_MAX);
		memcpy(words, b.data, n);
	}
	buf_free(&b);
	return n;
}
