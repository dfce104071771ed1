/*
 * Gemtext -> HTML5, line by line.  What belongs together is held back until
 * the line after it says what it is: a text line before a preformatted block
 * is its caption, list items that are all "label: number" are a table, a
 * block of bars is drawn.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "proto/gemtext.h"
#include "proto/site.h"
#include "proto/url.h"
#include "view/html.h"
#include "view/html_chart.h"

struct slice {
	const char	*at;
	size_t		 len;
};

struct html {
	struct buf		*out;
	const struct site_table	*site;
	struct slice		*item;		/* held list items */
	size_t			 nitem, room;
	struct slice		 text;		/* held paragraph */
	struct slice		 alt, pre;	/* an open block */
	int			 has_text, in_pre;
	enum gemtext_type	 open;		/* GEMTEXT_TEXT: no group */
	int			 failed;
};

static const char *const	schemes[] = {
	"http", "https", "gemini", "gopher", "mailto", "tel", NULL
};

static void	hold_item(struct html *, const struct gemtext_line *);
static size_t	label_end(const struct slice *, size_t *);
static void	put_items(struct html *);
static void	put_text(struct html *);
static void	put_pre(struct html *);
static void	put_link(struct html *, const struct gemtext_line *);
static void	put_href(struct buf *, const char *, size_t);
static int	link_ok(const char *, size_t);
static void	group(struct html *, enum gemtext_type);
static void	line(struct html *, const struct gemtext_line *);
static void	put_head(struct html *, const struct site_page *);
static const struct site_lang *lang_of(const struct site_table *,
		    const char *);
static int	is_rtl(const char *);

void
html_escape(struct buf *b, const char *s, size_t len)
{
	size_t	 i, from = 0;
	const char *as;

	for (i = 0; i < len; i++) {
		switch (s[i]) {
		case '&': as = "&amp;"; break;
		case '<': as = "&lt;"; break;
		case '>': as = "&gt;"; break;
		case '"': as = "&quot;"; break;
		default: continue;
		}
		buf_add(b, s + from, i - from);
		buf_str(b, as);
		from = i + 1;
	}
	buf_add(b, s + from, len - from);
}

static void
hold_item(struct html *h, const struct gemtext_line *l)
{
	struct slice	*item;
	size_t		 room;

	if (h->nitem == h->room) {
		room = h->room == 0 ? 32 : h->room * 2;
		if ((item = realloc(h->item, room * sizeof(*item))) == NULL) {
			h->failed = 1;
			return;
		}
		h->item = item;
		h->room = room;
	}
	h->item[h->nitem].at = l->text;
	h->item[h->nitem++].len = l->len;
}

/* Where "label" of "label: 12" ends, *value where the number begins. */
static size_t
label_end(const struct slice *s, size_t *value)
{
	size_t	 i;

	for (i = 1; i + 3 < s->len; i++) {
		if (s->at[i] == ':' && s->at[i + 1] == ' ')
			*value = i + 2;
		else if (memcmp(s->at + i, "：", 3) == 0)
			*value = i + 3;
		else
			continue;
		return s->at[*value] >= '0' && s->at[*value] <= '9' ? i : 0;
	}
	return 0;
}

static void
put_items(struct html *h)
{
	size_t	 i, end, value;
	int	 table = h->nitem > 1;

	for (i = 0; i < h->nitem && table; i++)
		table = label_end(&h->item[i], &value) != 0;
	if (h->nitem > 0)
		buf_str(h->out, table ? "<table>\n" : "<ul>\n");
	for (i = 0; i < h->nitem; i++) {
		if (table) {
			end = label_end(&h->item[i], &value);
			buf_str(h->out, "<tr><th scope=\"row\">");
			html_escape(h->out, h->item[i].at, end);
			buf_str(h->out, "</th><td>");
			html_escape(h->out, h->item[i].at + value,
			    h->item[i].len - value);
			buf_str(h->out, "</td></tr>\n");
		} else {
			buf_str(h->out, "<li>");
			html_escape(h->out, h->item[i].at, h->item[i].len);
			buf_str(h->out, "</li>\n");
		}
	}
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
	html_escape(h->out, h->text.at, h->text.len);
	buf_str(h->out, "</p>\n");
	h->has_text = 0;
}

/* The held text, if any, is the caption. */
static void
put_pre(struct html *h)
{
	buf_str(h->out, "<figure>\n");
	if (h->has_text) {
		buf_str(h->out, "<figcaption>");
		html_escape(h->out, h->text.at, h->text.len);
		buf_str(h->out, "</figcaption>\n");
		h->has_text = 0;
	}
	if (!html_chart(h->pre.at, h->pre.len, h->out)) {
		buf_str(h->out, "<pre");
		if (h->alt.len > 0) {
			buf_str(h->out, " role=\"img\" aria-label=\"");
			html_escape(h->out, h->alt.at, h->alt.len);
			buf_str(h->out, "\"");
		}
		buf_str(h->out, ">\n");
		html_escape(h->out, h->pre.at, h->pre.len);
		buf_str(h->out, "\n</pre>\n");
	}
	buf_str(h->out, "</figure>\n");
}

static int
link_ok(const char *s, size_t len)
{
	struct url	 u;
	size_t		 i;

	if (url_parse(s, len, &u, NULL) == -1)
		return 0;
	if (!u.scheme.given)
		return !u.host.given && len > 0 && s[0] != '/';
	for (i = 0; schemes[i] != NULL; i++)
		if (url_is(&u.scheme, schemes[i]))
			return 1;
	return 0;
}

/* A relative link to a page of ours gets the ending that it has here. */
static void
put_href(struct buf *b, const char *s, size_t len)
{
	struct url	 u;

	if (len > 4 && memcmp(s + len - 4, ".gmi", 4) == 0 &&
	    url_parse(s, len, &u, NULL) == 0 && !u.scheme.given) {
		html_escape(b, s, len - 4);
		buf_str(b, ".html");
	} else
		html_escape(b, s, len);
}

static void
put_link(struct html *h, const struct gemtext_line *l)
{
	const char	*label = l->len > 0 ? l->text : l->url;
	size_t		 len = l->len > 0 ? l->len : l->urllen;
	int		 ok = link_ok(l->url, l->urllen);

	buf_str(h->out, "<li>");
	if (ok) {
		buf_str(h->out, "<a href=\"");
		put_href(h->out, l->url, l->urllen);
		buf_str(h->out, "\">");
	}
	html_escape(h->out, label, len);
	buf_str(h->out, ok ? "</a></li>\n" : "</li>\n");
}

/* End the group that is open unless the next line goes on with it. */
static void
group(struct html *h, enum gemtext_type next)
{
	if (next != GEMTEXT_TOGGLE)
		put_text(h);
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

static void
line(struct html *h, const struct gemtext_line *l)
{
	char	 tag = (char)('1' + (int)l->type - (int)GEMTEXT_HEADING1);

	if (l->type == GEMTEXT_PRE) {
		if (h->pre.at == NULL)
			h->pre.at = l->text;
		h->pre.len = (size_t)(l->text + l->len - h->pre.at);
		return;
	}
	group(h, l->type);
	switch (l->type) {
	case GEMTEXT_TOGGLE:
		if (h->in_pre) {
			if (h->pre.at != NULL)
				put_pre(h);
		} else {
			h->alt.at = l->text;
			h->alt.len = l->len;
			h->pre.at = NULL;
			h->pre.len = 0;
		}
		h->in_pre = !h->in_pre;
		break;
	case GEMTEXT_HEADING1:
	case GEMTEXT_HEADING2:
	case GEMTEXT_HEADING3:
		buf_fmt(h->out, "<h%c>", tag);
		html_escape(h->out, l->text, l->len);
		buf_fmt(h->out, "</h%c>\n", tag);
		break;
	case GEMTEXT_LIST:
		hold_item(h, l);
		break;
	case GEMTEXT_QUOTE:
		buf_str(h->out, "<p>");
		html_escape(h->out, l->text, l->len);
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

static const struct site_lang *
lang_of(const struct site_table *t, const char *dir)
{
	size_t	 i;

	for (i = 0; i < t->nlang; i++)
		if (strcmp(t->lang[i].dir, dir) == 0)
			return &t->lang[i];
	return NULL;
}

static int
is_rtl(const char *tag)
{
	static const char *const	rtl[] = { "ar", "fa", "he", "ku", "ps",
					    "sd", "ug", "ur", "yi", NULL };
	size_t				i;

	for (i = 0; rtl[i] != NULL; i++)
		if (strncmp(tag, rtl[i], 2) == 0 &&
		    (tag[2] == '\0' || tag[2] == '-'))
			return 1;
	return 0;
}

static void
put_start(struct buf *b, const char *tag, const char *title,
    const char *of, const char *up)
{
	buf_str(b, "<!doctype html>\n<html lang=\"");
	html_escape(b, tag, strlen(tag));
	buf_fmt(b, "\"%s>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\""
	    "viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<title>", is_rtl(tag) ? " dir=\"rtl\"" : "");
	html_escape(b, title, strlen(title));
	if (of != NULL && strcmp(of, title) != 0) {
		buf_str(b, " · ");
		html_escape(b, of, strlen(of));
	}
	buf_fmt(b, "</title>\n<link rel=\"stylesheet\" href=\"%sstyle.css\">\n",
	    up);
}

static void
put_head(struct html *h, const struct site_page *page)
{
	const struct site_lang	*lang = lang_of(h->site, page->dir), *l;
	struct buf		*b = h->out;
	size_t			 i;

	put_start(b, lang->tag, page->title, lang->title, "../");
	for (i = 0; i < h->site->nlang; i++) {
		l = &h->site->lang[i];
		if (l != lang && site_table_page(h->site, l->dir, page->id))
			buf_fmt(b, "<link rel=\"alternate\" hreflang=\"%s\" "
			    "href=\"../%s/%s.html\">\n", l->tag, l->dir,
			    page->id);
	}
	buf_str(b, "</head>\n<body>\n<header><p><a href=\"index.html\">");
	html_escape(b, lang->title, strlen(lang->title));
	buf_str(b, "</a></p></header>\n<main>\n");
}

int
html_page(const struct site_table *site, const struct site_page *page,
    const char *text, size_t len, struct buf *out, struct err *e)
{
	struct gemtext_line	 l;
	struct gemtext		 g;
	struct html		 h;

	memset(&h, 0, sizeof(h));
	h.out = out;
	h.site = site;
	h.open = GEMTEXT_TEXT;
	if (lang_of(site, page->dir) == NULL) {
		err_set(e, "%s/%s: no language of the site table", page->dir,
		    page->id);
		return -1;
	}
	put_head(&h, page);
	gemtext_start(&g, text, len);
	while (gemtext_next(&g, &l))
		line(&h, &l);
	if (h.in_pre && h.pre.at != NULL)
		put_pre(&h);
	h.in_pre = 0;
	group(&h, GEMTEXT_TEXT);
	buf_str(out, "</main>\n</body>\n</html>\n");
	free(h.item);
	if (h.failed || !buf_ok(out)) {
		err_nomem(e);
		return -1;
	}
	return 0;
}

int
html_chooser(const struct site_table *t, struct buf *b, struct err *e)
{
	const struct site_lang	*l;
	size_t			 i;

	put_start(b, t->lang[0].tag, t->lang[0].title, NULL, "");
	buf_str(b, "</head>\n<body>\n<main>\n");
	for (i = 0; i < t->nlang; i++) {
		l = &t->lang[i];
		buf_fmt(b, "<%s lang=\"%s\"%s><a hreflang=\"%s\" "
		    "href=\"%s/index.html\">", i == 0 ? "h1" : "p", l->tag,
		    is_rtl(l->tag) ? " dir=\"rtl\"" : "", l->tag, l->dir);
		html_escape(b, l->title, strlen(l->title));
		buf_str(b, "</a> – ");
		html_escape(b, l->name, strlen(l->name));
		buf_fmt(b, "</%s>\n", i == 0 ? "h1" : "p");
	}
	buf_str(b, "</main>\n</body>\n</html>\n");
	if (!buf_ok(b)) {
		err_nomem(e);
		return -1;
	}
	return 0;
}

const char *
html_style(void)
{
	return
	    "/* One column, the reader's own fonts, ink that prints. */\n"
	    ":root{color-scheme:light dark}\n"
	    "body{max-width:38em;margin:0 auto;padding:0 1em 3em;"
	    "font-family:system-ui,sans-serif;line-height:1.6}\n"
	    "header{border-bottom:1px solid;margin-bottom:1em}\n"
	    "h1{line-height:1.2}\nh2{margin-top:1.8em}\n"
	    "a{color:#05618a}\n"
	    "ul.links{list-style:none;padding-left:0}\n"
	    "ul.links li{padding:.15em 0}\n"
	    "table{border-collapse:collapse;width:100%;margin:1em 0}\n"
	    "th,td{border-bottom:1px solid #8886;padding:.3em .5em;"
	    "text-align:start;vertical-align:top}\n"
	    "th{font-weight:normal}\n"
	    "td{text-align:end;font-variant-numeric:tabular-nums}\n"
	    "blockquote{border-inline-start:3px solid #8888;margin-inline:0;"
	    "padding-inline-start:1em}\n"
	    "figure{margin:1.2em 0}\nfigcaption{font-weight:bold}\n"
	    "pre{overflow-x:auto;line-height:1.25;padding:.5em;"
	    "border:1px solid #8886;font-family:ui-monospace,monospace}\n"
	    "svg{width:100%;height:auto}\n"
	    "svg text{fill:currentColor;font-size:13px}\n"
	    "svg rect{fill:#2f7d5b}\n"
	    "@media(prefers-color-scheme:dark){body{background:#161816;"
	    "color:#e6e6e0}a{color:#7cc4e8}}\n"
	    "@media print{body{max-width:none}header,ul.links{display:none}"
	    "a{color:inherit}}\n";
}
