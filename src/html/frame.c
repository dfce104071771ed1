/* SPDX-License-Identifier: ISC */
/*
 * What an HTML page has around its text: the start up to <main>, index.html
 * with the choice of languages, the style sheet, and the links of feeds.
 * Titles, names and texts come from a package, perhaps a stranger's, so
 * text_markup() escapes them; the ids, dirs and tags are written as they are,
 * since site_table_parse() has checked their characters.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "html/book.h"
#include "html/frame.h"
#include "html/text.h"
#include "lang/lang.h"
#include "lang/tag.h"
#include "proto/gemtext.h"
#include "proto/site.h"
#include "proto/trees.h"

/* 1: tag is the language lang, or that with a region, script and so on. */
static int
speaks(const char *tag, const char *lang)
{
	size_t	 n = strlen(lang);

	return strncmp(tag, lang, n) == 0 && (tag[n] == '\0' || tag[n] == '-');
}

static const char *
tag_of_han(const struct site_table *t, const struct site_lang *lang)
{
	static const char *const	han[] = { "zh", "ja", "ko", "yue",
					    "wuu", "cmn", NULL };
	size_t				i;

	for (i = 0; han[i] != NULL; i++)
		if (speaks(lang->tag, han[i]))
			return NULL;
	for (i = 0; i < t->nlang; i++)
		if (speaks(t->lang[i].tag, "zh"))
			return t->lang[i].tag;
	return NULL;
}

struct html_script
html_script(const struct site_table *t, const struct site_lang *lang)
{
	return (struct html_script){ lang->tag, tag_of_han(t, lang),
	    tag_is_rtl(lang->tag) };
}

void
html_foreign(struct buf *b, const char *tag)
{
	buf_str(b, " lang=\"");
	text_markup(tag, strlen(tag), b);
	buf_fmt(b, "\" dir=\"%s\"", tag_is_rtl(tag) ? "rtl" : "ltr");
}

void
html_tagged(struct buf *b, const struct site_table *site,
    const struct site_lang *own, const char *s, size_t len)
{
	const struct slice	 line = { s, len };
	const struct site_lang	*l;
	struct html_script	 script = html_script(site, own), other;
	struct slice		 text, tag;
	size_t			 i;

	for (i = 0; i < site->nlang && idiom_tagged_read(&line, &text, &tag);
	    i++) {
		l = &site->lang[i];
		if (l == own || strlen(l->tag) != tag.len ||
		    memcmp(l->tag, tag.at, tag.len) != 0)
			continue;
		other = html_script(site, l);
		buf_str(b, "<span");
		html_foreign(b, l->tag);
		buf_str(b, ">");
		html_text(b, text.at, text.len, &other);
		buf_fmt(b, "</span> [%s]", l->tag);
		return;
	}
	html_text(b, s, len, &script);
}

/*
 * Append the attribute lang, and dir when the language runs from right to left.
 */
static void
put_tag(struct buf *b, const char *tag)
{
	buf_str(b, " lang=\"");
	text_markup(tag, strlen(tag), b);
	buf_fmt(b, "\"%s", tag_is_rtl(tag) ? " dir=\"rtl\"" : "");
}

static void
put_start(struct buf *b, const char *tag, const char *title,
    const char *of, const char *up)
{
	buf_str(b, "<!doctype html>\n<html");
	put_tag(b, tag);
	buf_str(b, ">\n<head>\n" HTML_METAS "<title>");
	text_markup(title, strlen(title), b);
	if (of != NULL && strcmp(of, title) != 0) {
		buf_str(b, " · ");
		text_markup(of, strlen(of), b);
	}
	buf_fmt(b, "</title>\n<link rel=\"stylesheet\" href=\"%sstyle.css\">\n",
	    up);
}

void
html_head(struct buf *b, const struct site_table *site,
    const struct site_lang *lang, const struct site_page *page)
{
	const struct site_section *s;

	put_start(b, lang->tag, page->title, lang->title, "../");
	buf_fmt(b, "</head>\n<body>\n<header><p><a href=\"index.html\"%s>",
	    strcmp(page->id, "index") == 0 ? " aria-current=\"page\"" : "");
	text_markup(lang->title, strlen(lang->title), b);
	buf_str(b, "</a>");
	s = site_table_section(site, page->dir, page->section);
	if (s != NULL) {
		buf_str(b, " \u203a <a href=\"index.html#");
		text_markup(s->id, strlen(s->id), b);
		buf_str(b, "\">");
		text_markup(s->title, strlen(s->title), b);
		buf_str(b, "</a>");
	}
	buf_str(b, "</p></header>\n<main>\n");
}

static void
put_page(struct buf *b, const struct site_page *p, const char *title)
{
	buf_fmt(b, "<a href=\"%s/%s.html\">", p->dir, p->id);
	text_markup(title, strlen(title), b);
	buf_str(b, "</a>");
}

/* Append links to the language's books, if they are there. */
static void
put_books(struct buf *b, const struct site_table *t,
    const struct site_lang *l)
{
	const char *const	*say = lang_or_english(l->tag)->text;

	if (!t->has_books)
		return;
	buf_fmt(b, "<ul class=\"links\">\n<li><a href=\"%s-%s" EPUB_SUFFIX
	    "\" type=\"" EPUB_MEDIA "\">", t->id, l->dir);
	text_markup(say[LANG_BOOK], strlen(say[LANG_BOOK]), b);
	buf_fmt(b, "</a></li>\n<li><a href=\"print-%s.html\">", l->dir);
	text_markup(say[LANG_BOOK_PRINT], strlen(say[LANG_BOOK_PRINT]), b);
	buf_str(b, "</a></li>\n</ul>\n");
}

/*
 * Append a language: its name, what the capsule is about, links to all of its
 * pages.
 */
static void
put_contents(struct buf *b, const struct site_table *t,
    const struct site_lang *l, const struct slice *about)
{
	const struct site_page	*p;
	const char		*section = "";
	size_t			 i, j;

	buf_str(b, "<section");
	put_tag(b, l->tag);
	buf_str(b, ">\n<h2>");
	for (i = 0; i < t->npage; i++) {
		p = &t->page[i];
		if (strcmp(p->dir, l->dir) != 0)
			continue;
		if (strcmp(p->id, "index") == 0) {
			put_page(b, p, l->name);
			buf_str(b, "</h2>\n");
			if (about != NULL && about->at != NULL) {
				buf_str(b, "<p>");
				text_markup(about->at, about->len, b);
				buf_str(b, "</p>\n");
			}
			continue;
		}
		for (j = 0; j < t->nsection && (strcmp(t->section[j].dir,
		    l->dir) != 0 || strcmp(t->section[j].id, p->section)); j++)
			;
		if (strcmp(section, p->section) != 0 && j < t->nsection) {
			buf_str(b, *section != '\0' ? "</ul>\n<h3>" : "<h3>");
			text_markup(t->section[j].title,
			    strlen(t->section[j].title), b);
			buf_str(b, "</h3>\n<ul class=\"links\">\n");
			section = p->section;
		}
		buf_str(b, "<li>");
		put_page(b, p, p->title);
		buf_str(b, "</li>\n");
	}
	buf_str(b, *section != '\0' ? "</ul>\n" : "");
	put_books(b, t, l);
	buf_str(b, "</section>\n");
}

void
html_trees(struct buf *b, const struct site_table *t, const char *before)
{
	const struct tree_row	*row;
	const struct site_lang	*l;
	size_t			 i, n = 0;

	for (i = 0; i < t->ntree; i++) {
		row = trees_find(t->tree[i].tree);
		l = site_table_lang(t, t->tree[i].dir);
		if (row == NULL || l == NULL)
			continue;
		buf_fmt(b, "%s<a href=\"%s%s/\"", n++ > 0 ? " · " : "<p>",
		    before, row->name);
		put_tag(b, l->tag);
		buf_str(b, ">");
		text_markup(l->name, strlen(l->name), b);
		buf_fmt(b, " (%s)</a>", row->label);
	}
	buf_str(b, n > 0 ? "</p>\n" : "");
}

struct slice
html_about(const char *text, size_t len)
{
	struct gemtext_line	 l;
	struct gemtext		 g;

	gemtext_start(&g, text, len);
	while (gemtext_next(&g, &l))
		if (l.type == GEMTEXT_TEXT && l.len > 0)
			return (struct slice){ l.text, l.len };
		else if (l.type != GEMTEXT_TEXT && l.type != GEMTEXT_QUOTE &&
		    l.type != GEMTEXT_HEADING1)
			break;
	return (struct slice){ NULL, 0 };
}

void
html_feed(const char *text, size_t len, struct buf *out)
{
	static const char	 mark[] = "type=\"text/gemini\" href=\"";
	const size_t		 n = sizeof(mark) - 1;
	const char		*at, *end;

	while ((at = memmem(text, len, mark, n)) != NULL &&
	    (end = memchr(at + n, '"', len - (size_t)(at - text) - n)) !=
	    NULL) {
		buf_add(out, text, (size_t)(at - text));
		if (end - at > (ptrdiff_t)n + 4 &&
		    memcmp(end - 4, ".gmi", 4) == 0 &&
		    memchr(at + n, ':', (size_t)(end - at) - n) == NULL) {
			buf_str(out, "type=\"text/html\" href=\"");
			buf_add(out, at + n, (size_t)(end - at) - n - 4);
			buf_str(out, ".html");
		} else
			buf_add(out, at, (size_t)(end - at));
		len -= (size_t)(end - text);
		text = end;
	}
	buf_add(out, text, len);
}

int
html_chooser(const struct site_table *t, const struct slice *about,
    const char *cover, struct buf *b, struct err *e)
{
	const struct site_lang	*l;
	size_t			 i;

	put_start(b, t->lang[0].tag, t->lang[0].title, NULL, "");
	if (t->has_books)
		buf_str(b, "<link rel=\"alternate\" type=\"" OPDS_MEDIA
		    "\" href=\"" OPDS_NAME "\">\n");
	buf_str(b, "</head>\n<body class=\"chooser\">\n<main>\n<h1>");
	for (i = 0; i < t->nlang; i++) {
		l = &t->lang[i];
		buf_str(b, i > 0 ? " · <a" : "<a");
		put_tag(b, l->tag);
		buf_fmt(b, " hreflang=\"%s\" href=\"%s/index.html\">",
		    l->tag, l->dir);
		text_markup(l->title, strlen(l->title), b);
		buf_str(b, "</a>");
	}
	buf_str(b, "</h1>\n");
	if (cover != NULL) {
		buf_str(b, "<p><img src=\"");
		text_markup(cover, strlen(cover), b);
		buf_str(b, "\" alt=\"\"></p>\n");
	}
	for (i = 0; i < t->nlang; i++)
		put_contents(b, t, &t->lang[i], about == NULL ? NULL :
		    &about[i]);
	if (t->is_served)
		html_trees(b, t, "");
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
	    "header{border-bottom:1px solid #8888;margin-bottom:1.5em}\n"
	    "header p{margin:.8em 0}\n"
	    "h1{line-height:1.2;font-size:1.8em;margin:.5em 0}\n"
	    "h2{margin:2em 0 .5em;font-size:1.35em;line-height:1.3}\n"
	    "h3{margin:1.5em 0 .4em;font-size:1.08em}\n"
	    "h1+p{font-size:1.1em;margin-top:0}\n"
	    "p,li,td,th{overflow-wrap:anywhere}\n"
	    "a{color:#05618a}\n"
	    "ul{padding-inline-start:1.3em}\nli{margin:.2em 0}\n"
	    "ul.links{list-style:none;padding:0}\n"
	    "ul.links li{padding:.15em 0}\n"
	    "ul.links p{margin:0 0 .4em;opacity:.8}\n"
	    "nav{border-top:1px solid #8888;margin-top:2em}\n"
	    "table{border-collapse:collapse;width:100%;margin:1em 0}\n"
	    "th,td{border-bottom:1px solid #8886;padding:.35em 0;"
	    "text-align:start;vertical-align:top}\n"
	    "th{font-weight:normal;padding-inline-end:1em}\n"
	    "td{text-align:end;font-variant-numeric:tabular-nums;"
	    "min-width:6em}\n"
	    "td span{display:inline-block}\n"
	    "@media(min-width:32em){td{white-space:nowrap}}\n"
	    ".wide{overflow-x:auto}caption{text-align:start}\n"
	    ".grid td{text-align:start;min-width:0;padding-inline-end:1em}\n"
	    ".grid th{vertical-align:bottom}.grid .n{text-align:end}\n"
	    "thead th,tfoot th,tfoot td{font-weight:bold}\n"
	    "small{display:block;font-size:.85em;line-height:1.4;"
	    "opacity:.75}\n"
	    "blockquote{border-inline-start:3px solid #8888;margin-inline:0;"
	    "padding-inline-start:1em}\n"
	    "address{font-style:normal}address p{margin:0}\n"
	    "[role=note]{border:1px solid #8888;border-inline-start-width:.4em;"
	    "padding:.1em 1em;margin:1em 0}[role=note] p{margin:.4em 0}\n"
	    ".warning{border-color:#b8860b}.danger{border-color:#c0392b}\n"
	    "table.times{width:auto}table.times td{min-width:0;"
	    "padding-inline-end:1em}\ncaption{text-align:start;"
	    "font-weight:bold}\n"
	    "figure{margin:1.5em 0}\n"
	    "img{max-width:100%;height:auto}\n"
	    "figcaption{font-weight:bold;margin-bottom:.5em;line-height:1.4}\n"
	    "pre{unicode-bidi:plaintext;overflow-x:auto;line-height:1.2;"
	    "padding:.7em;"
	    "border:1px solid #8886;font-size:min(.9em,3.6vw);"
	    "font-family:ui-monospace,monospace}\n"
	    "svg{display:block;width:100%;max-width:28em;height:auto}\n"
	    "svg text{fill:currentColor;font-size:15px}\n"
	    "svg rect,svg circle{fill:#2f7d5b}\n"
	    "svg.series{direction:ltr;max-width:34em}svg .l1{fill:#b5642a}"
	    "svg .l2{fill:#3a6ea5}\n"
	    "svg .l3{fill:#8a5a9e}svg .l4{fill:#77862b}svg .l5{fill:#666}\n"
	    "svg .end{text-anchor:end}\n"
	    "svg.art text{font-size:13px;font-family:ui-monospace,monospace}\n"
	    "img{max-width:100%;height:auto}\n"
	    ".chooser{max-width:60em}\n"
	    ".chooser main{display:flex;flex-wrap:wrap;gap:0 3em}\n"
	    ".chooser h1{flex-basis:100%}\n"
	    ".chooser img{width:15em;max-width:45vw}\n"
	    "section{flex:1 1 12em}\nsection h2{margin-top:.6em}\n"
	    "@media(prefers-color-scheme:dark){body{background:#161816;"
	    "color:#e6e6e0}a{color:#7cc4e8}svg rect,svg circle{fill:#58a883}}\n"
	    "@media print{body{max-width:none}header,nav{display:none}"
	    "a{color:inherit;text-decoration:none}"
	    "h2,h3{break-after:avoid}figure,tr{break-inside:avoid}}\n";
}
