/* SPDX-License-Identifier: ISC */
/*
 * The links of a page.  A URL may be a stranger's: one that no browser should
 * follow is shown as text, and each is escaped.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/frame.h"
#include "html/link.h"
#include "html/served.h"
#include "html/text.h"
#include "lang/lang.h"
#include "lang/tag.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"
#include "proto/site.h"
#include "proto/url.h"

static int
link_ok(const struct site_table *site, const char *s, size_t len)
{
	struct url	 u;

	if (url_parse(s, len, &u, NULL) == -1)
		return 0;
	if (!u.scheme.given)
		return !u.host.given && len > 0 &&
		    (s[0] != '/' || site->is_served);
	return url_scheme_of(&u) != NULL || url_is(&u.scheme, "tel");
}

/*
 * Append the address: a relative link to a page gets .html for .gmi, one to the
 * package its place beside the pages; on a server one to search results gets
 * the address of the form.
 */
static void
put_href(struct buf *b, const struct site_table *site, const char *s,
    size_t len)
{
	struct url	 u;
	int		 good = url_parse(s, len, &u, NULL) == 0;

	if (good && site->is_served && html_search_href(&u, b))
		return;
	if (good && !u.scheme.given && len > 4 &&
	    memcmp(s + len - 4, ".gmi", 4) == 0) {
		text_markup(s, len - 4, b);
		buf_str(b, ".html");
	} else if (good && site_is_package(site, &u))
		buf_fmt(b, "../%s.gpub", site->id);
	else
		text_markup(s, len, b);
}

/* The language of a link ../DIR/ID.gmi; NULL: it is this page's, or none. */
static const struct site_lang *
link_lang(const struct site_table *site, const struct site_lang *own,
    const char *s, size_t len)
{
	const struct site_lang	*l;
	const char		*end;

	if (len < 4 || memcmp(s, "../", 3) != 0 ||
	    (end = memchr(s + 3, '/', len - 3)) == NULL)
		return NULL;
	l = site_table_lang_at(site, s + 3, (size_t)(end - s - 3));
	return l == own ? NULL : l;
}

/*
 * How many bytes at the label's end are the title of the page of this language
 * to which the link leads, if the title ends with a language's tag; else 0.
 */
static size_t
title_bytes(const struct site_table *site, const struct site_lang *own,
    const struct gemtext_line *l, const char *label, size_t len)
{
	const struct slice	 all = { label, len };
	const struct site_page	*p;
	struct slice		 text, tag;
	char			 id[64];
	size_t			 n;

	if (l->urllen < 5 || l->urllen - 4 >= sizeof(id) ||
	    !idiom_tagged_read(&all, &text, &tag))
		return 0;
	memcpy(id, l->url, l->urllen - 4);
	id[l->urllen - 4] = '\0';
	if ((p = site_table_page(site, own->dir, id)) == NULL)
		return 0;
	n = strlen(p->title);
	return n <= len && memcmp(label + len - n, p->title, n) == 0 ? n : 0;
}

void
html_link(struct buf *b, const struct site_table *site,
    const struct site_lang *own, const struct gemtext_line *l,
    const char *rel, const struct html_script *script)
{
	const struct site_lang	*to = link_lang(site, own, l->url,
				    l->urllen);
	struct html_script	 other;
	size_t			 n;
	const char		*label = l->len > 0 ? l->text : l->url;
	size_t			 len = l->len > 0 ? l->len : l->urllen;
	int			 ok = link_ok(site, l->url, l->urllen);

	if (to != NULL)		/* the label is in that language */
		other = (struct html_script){ to->tag, NULL,
		    tag_is_rtl(to->tag) };
	if (ok) {
		buf_str(b, "<a href=\"");
		put_href(b, site, l->url, l->urllen);
		buf_str(b, "\"");
		if (rel != NULL)
			buf_fmt(b, " rel=\"%s\"", rel);
		if (to != NULL)
			buf_fmt(b, " hreflang=\"%s\" lang=\"%s\"%s",
			    to->tag, to->tag, other.rtl == script->rtl ? "" :
			    other.rtl ? " dir=\"rtl\"" : " dir=\"ltr\"");
		buf_str(b, ">");
	}
	n = to != NULL ? 0 : title_bytes(site, own, l, label, len);
	html_text(b, label, len - n, to != NULL ? &other : script);
	if (n > 0)
		html_tagged(b, site, own, label + len - n, n);
	buf_str(b, ok ? "</a>" : "");
}

/* The phrase in the page's language: the capsule's own word, else apeng's. */
static const char *
word_of(const struct site_table *site, const struct site_lang *own,
    enum lang_phrase phrase)
{
	const struct site_word	*w;

	for (w = site->word; w < site->word + site->nword; w++)
		if (strcmp(w->dir, own->dir) == 0 &&
		    strcmp(w->id, lang_id(phrase)) == 0)
			return w->text;
	return lang_or_english(own->tag)->text[phrase];
}

/* 1: a page in the same folder. */
static int
is_beside(const struct slice *url)
{
	return url->len > 4 && memchr(url->at, '/', url->len) == NULL &&
	    memchr(url->at, ':', url->len) == NULL &&
	    memcmp(url->at + url->len - 4, ".gmi", 4) == 0;
}

/* 1: ../DIR/ID.gmi, a page of the same name in another language's folder. */
static int
is_sibling(const struct site_page *page, const struct gemtext_line *l)
{
	size_t	 n = strlen(page->id);

	return l->urllen > n + 5 && l->url[l->urllen - n - 5] == '/' &&
	    memcmp(l->url + l->urllen - n - 4, page->id, n) == 0 &&
	    memcmp(l->url + l->urllen - 4, ".gmi", 4) == 0;
}

const char *
html_link_rel(const struct site_table *site, const struct site_lang *own,
    const struct site_page *page, const struct gemtext_line *l, int in_ways)
{
	static const struct {
		enum lang_phrase	 phrase;
		const char		*rel;
	} kinds[] = { { LANG_NEXT, "next" }, { LANG_PREVIOUS, "prev" } };
	const char		*word;
	struct idiom_way	 w;
	size_t			 i;

	if (link_lang(site, own, l->url, l->urllen) != NULL)
		return is_sibling(page, l) ? "alternate" : NULL;
	if (!in_ways)
		return NULL;
	idiom_way_read(l, &w);
	for (i = 0; i < 2 && w.word.at != NULL; i++) {
		word = word_of(site, own, kinds[i].phrase);
		if (strlen(word) == w.word.len && is_beside(&w.url) &&
		    memcmp(word, w.word.at, w.word.len) == 0)
			return kinds[i].rel;
	}
	return NULL;
}
