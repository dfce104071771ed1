/* SPDX-License-Identifier: ISC */
/*
 * The pages of one language in one document for a printer, and the style sheets
 * of books.  An e-reader has its own fonts, margins and colours, so the style
 * sheet for it sets only what the text needs; the one for paper sets all of
 * these.  Titles and pages may be a stranger's; they are escaped here and by
 * html_page().
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "html/book.h"
#include "html/frame.h"
#include "html/leaf.h"
#include "html/page.h"
#include "html/sheet.h"
#include "lang/lang.h"
#include "proto/site.h"

#define COMMON \
	"h1,h2,h3{line-height:1.3;break-after:avoid;" \
	"page-break-after:avoid}\n" \
	"ul.links{list-style:none;padding:0}\n" \
	"ul.links li{margin:.3em 0}ul.links p{margin:0}\n" \
	"table{border-collapse:collapse;width:100%;margin:1em 0}\n" \
	"th,td{border-bottom:1px solid #999;padding:.3em .4em .3em 0;" \
	"text-align:start;vertical-align:top}\n" \
	"th{font-weight:normal}thead th,tfoot th,tfoot td{font-weight:bold}\n" \
	"td{text-align:end}.grid td,.times td{text-align:start}" \
	".grid .n{text-align:end}\n" \
	"caption,figcaption{text-align:start;font-weight:bold;" \
	"margin-bottom:.4em}\n" \
	"small{display:block;font-size:.85em}\n" \
	".url{font-size:.85em;overflow-wrap:anywhere}\n" \
	"blockquote{border-inline-start:2px solid #999;margin-inline:0;" \
	"padding-inline-start:1em}\n" \
	"address{font-style:normal}address p{margin:0}\n" \
	"[role=note]{border:1px solid #999;padding:0 1em;margin:1em 0}\n" \
	"figure{margin:1.2em 0;break-inside:avoid;" \
	"page-break-inside:avoid}\n" \
	"tr{break-inside:avoid;page-break-inside:avoid}\n" \
	"img{max-width:100%;height:auto}\n" \
	"pre{white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.2;" \
	"font-size:.75em;font-family:monospace}\n" \
	"svg{display:block;width:100%;max-width:28em;height:auto}\n" \
	"svg text{font-size:15px;fill:currentColor}\n" \
	"svg rect,svg circle{fill:#2f7d5b}svg .l1{fill:#b5642a}" \
	"svg .l2{fill:#3a6ea5}svg .l3{fill:#8a5a9e}svg .l4{fill:#77862b}" \
	"svg .l5{fill:#666}\n" \
	"svg .end{text-anchor:end}\n" \
	"svg.art text{font-size:13px;font-family:monospace}\n"

const char *
sheet_style(int is_paper)
{
	if (is_paper)
		return COMMON
		    "@page{size:A5;margin:15mm 13mm 17mm;@bottom-center{"
		    "content:counter(page);font:8pt sans-serif}}\n"
		    "@page:left{margin-right:17mm}"
		    "@page:right{margin-left:17mm}\n"
		    "@page:first{@bottom-center{content:none}}\n"
		    "body{font:9.5pt/1.45 serif;max-width:40em;margin:0 auto;"
		    "padding:0 1em}\n"
		    "h1{font-size:1.5em;margin:1.2em 0 .5em}"
		    "h2{font-size:1.15em;margin:1.1em 0 .3em}"
		    "h3{font-size:1em;margin:.9em 0 .2em}\n"
		    "p{margin:.4em 0;orphans:2;widows:2}ul{margin:.4em 0}\n"
		    "header{text-align:center}"
		    "header img{width:60%}\n"
		    "nav,.part{break-before:page}\n"
		    "nav ol{list-style:none;padding:0;margin:.2em 0}"
		    "nav ol ol{padding-inline-start:1.2em;margin-bottom:.5em}\n"
		    "nav li li{display:flex;justify-content:space-between}\n"
		    "a{color:inherit;text-decoration:none}"
		    "a[href^=http]::after{content:\" (\" attr(href) \")\";"
		    "font-size:.85em;overflow-wrap:anywhere}\n"
		    "@media screen{body{font-size:1.1em}}\n"
		    "@media print{body{max-width:none;padding:0}}\n";
	return COMMON
	    "nav ol{list-style:none;padding-inline-start:0}"
	    "nav ol ol{padding-inline-start:1.5em}\n"
	    "body.cover{text-align:center}"
	    ".cover img{max-height:60vh;max-width:90%}\n";
}

static void
markup(struct buf *b, const char *s)
{
	text_markup(s, strlen(s), b);
}

static void
put_line(struct buf *b, const struct slice *s)
{
	if (s->at == NULL)
		return;
	buf_str(b, "<p>");
	text_markup(s->at, s->len, b);
	buf_str(b, "</p>\n");
}

static void
put_cover(const struct book *k, struct buf *b)
{
	struct slice	 about = { NULL, 0 };
	const char	*text;
	size_t		 len;

	if (k->page(k->page_arg, k->lang->dir, "index", &text, &len) == 0)
		about = html_about(text, len);
	buf_str(b, "<!doctype html>\n<html");
	html_foreign(b, k->lang->tag);
	buf_str(b, ">\n<head>\n" HTML_METAS "<title>");
	markup(b, k->lang->title);
	buf_str(b, "</title>\n<link rel=\"stylesheet\" href=\"print.css\">\n"
	    "</head>\n<body>\n<header>\n");
	if (k->has_cover)
		buf_str(b, "<p><img src=\"cover.png\" alt=\"\"></p>\n");
	buf_str(b, "<h1>");
	markup(b, k->lang->title);
	buf_str(b, "</h1>\n");
	put_line(b, &about);
	put_line(b, &k->publisher);
	buf_fmt(b, "<p>%.10s</p>\n</header>\n", k->modified);
}

/* 1: the page is in the book's language and the package has it. */
static int
is_in(const struct book *k, const struct site_page *p, const char **text,
    size_t *len)
{
	return strcmp(p->dir, k->lang->dir) == 0 &&
	    k->page(k->page_arg, p->dir, p->id, text, len) == 0;
}

/*
 * Append the contents: sections with their pages; a page without a section is
 * an entry of its own.
 */
static void
put_contents(const struct book *k, struct buf *b)
{
	const struct site_section	*now = NULL, *s;
	const struct site_page		*p;
	const char			*text;
	size_t				 i, len;

	buf_str(b, "<nav id=\"contents\" aria-labelledby=\"toc\">\n"
	    "<h1 id=\"toc\">");
	markup(b, lang_or_english(k->lang->tag)->text[LANG_BOOK_CONTENTS]);
	buf_str(b, "</h1>\n<ol>\n");
	for (i = 0; i < k->site->npage; i++) {
		p = &k->site->page[i];
		if (!is_in(k, p, &text, &len))
			continue;
		s = site_table_section(k->site, p->dir, p->section);
		if (s != now && now != NULL)
			buf_str(b, "</ol>\n</li>\n");
		if (s != now && s != NULL) {
			buf_str(b, "<li>");
			markup(b, s->title);
			buf_str(b, "\n<ol>\n");
		}
		now = s;
		buf_fmt(b, "<li><a href=\"#p-%s\">", p->id);
		markup(b, p->title);
		buf_str(b, "</a></li>\n");
	}
	buf_str(b, now != NULL ? "</ol>\n</li>\n</ol>\n</nav>\n" :
	    "</ol>\n</nav>\n");
}

/*
 * Append the pages; the first of each section, and each one without a section,
 * begins a new page of paper.  -1: see e.
 */
static int
put_pages(const struct book *k, struct buf *b, struct err *e)
{
	const struct site_section	*now = NULL, *s;
	const struct site_page		*p;
	struct leaf			 leaf = { .site = k->site,
					     .lang = k->lang, .in_one = 1 };
	struct buf			 html = BUF_INIT;
	const char			*text;
	size_t				 i, len;
	int				 rv = 0;

	for (i = 0; rv == 0 && i < k->site->npage; i++) {
		p = &k->site->page[i];
		if (!is_in(k, p, &text, &len))
			continue;
		s = site_table_section(k->site, p->dir, p->section);
		buf_fmt(b, "<section id=\"p-%s\"%s>\n", p->id, s == NULL ||
		    s != now ? " class=\"part\"" : "");
		now = s;
		buf_reset(&html);
		rv = html_page(k->site, p, text, len, &html, e);
		if (rv == 0)
			leaf_write(&leaf, html.data, html.len, b);
		buf_str(b, "</section>\n");
	}
	leaf_free(&leaf);
	buf_free(&html);
	return rv;
}

int
sheet_write(const struct book *k, struct buf *b, struct err *e)
{
	put_cover(k, b);
	put_contents(k, b);
	buf_str(b, "<main>\n");
	if (put_pages(k, b, e) == -1)
		return -1;
	buf_str(b, "</main>\n</body>\n</html>\n");
	if (buf_ok(b))
		return 0;
	err_nomem(e);
	return -1;
}
