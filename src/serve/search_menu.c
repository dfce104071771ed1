/* SPDX-License-Identifier: ISC */
/*
 * What searchers are shown: gemtext to Gemini, menus to Gopher.  The search
 * itself is search.c's; one that lasts is kept by the caller between calls.
 * Words and selectors are a stranger's: they are never shown as they came.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "charset/charset.h"
#include "proto/url.h"
#include "serve/search.h"
#include "serve/search_query.h"
#include "view/menu.h"
#include "view/nav.h"
#include "view/section.h"
#include "view/tree.h"
#include "view/words.h"

#define GLOSSARY	"glossary"
#define HITS_OLD	13		/* on a menu, one line each */
#define HITS_NEW	8		/* with lines of context */
#define PAGES_MAX	999
#define ITEMS_MAX	(SEARCH_PAGE + 4)

static const char	base32[] = "abcdefghijklmnopqrstuvwxyz234567";

/* The folder whose words the reader is likely to know. */
static const char *
reader_dir(const struct view_source *src, const char *words, size_t len)
{
	const struct site_table	*site = src->site;
	uint32_t		 cp;
	size_t			 i, n;

	for (; len > 0; words += n, len -= n) {
		n = text_utf8_next(words, len, &cp);
		if (n == 0)
			n = 1;
		else if (text_is_cjk(cp))
			break;
	}
	for (i = 0; len > 0 && i < site->nlang; i++)
		if (strncmp(site->lang[i].tag, "zh", 2) == 0)
			return site->lang[i].dir;
	return site->nlang > 0 ? site->lang[0].dir : "";
}

/* The glossary of each language: where names have their other spellings. */
static void
gemini_glossary(const struct view_source *src, const char *prefix,
    struct buf *out)
{
	const struct site_page	*p;
	size_t			 i;

	for (i = 0; i < src->site->nlang; i++) {
		p = site_table_page(src->site, src->site->lang[i].dir,
		    GLOSSARY);
		if (p != NULL)
			buf_fmt(out, "=> %s/%s/%s.gmi %s\n", prefix, p->dir,
			    p->id, p->title);
	}
}

static void
gemini_page_link(const char *prefix, const char *what, const char *words,
    size_t len, size_t page, struct buf *out)
{
	buf_fmt(out, "=> %s/search", prefix);
	if (page > 1)
		buf_fmt(out, "/%zu", page);
	buf_ch(out, '?');
	url_encode(out, words, len);
	buf_fmt(out, " %s\n", what);
}

static void
gemini_hits(const char *prefix, const struct search_result *r,
    struct buf *out)
{
	const struct search_hit	*h;
	size_t			 i;

	for (i = 0; i < r->n; i++) {
		h = &r->hit[i];
		buf_fmt(out, "=> %s/%s/%s.gmi %s\n", prefix, h->page->dir,
		    h->page->id, h->page->title);
		if (h->context[0] != '\0')
			buf_fmt(out, "> %s\n", h->context);
	}
}

/* What the words find.  0; -1: see e; SEARCH_MORE: not all is known yet. */
static int
look(const struct view_source *src, struct search **kept, const char *dir,
    const char *words, size_t len, size_t first, struct search_result *r,
    struct err *e)
{
	if (kept == NULL)
		return search_run(src, dir, words, len, first, r, e);
	if (*kept == NULL && (*kept = search_start(src, dir, words, len,
	    SEARCH_WORK, e)) == NULL)
		return -1;
	if (!search_step(*kept, SEARCH_SLICE))
		return SEARCH_MORE;
	return search_result(*kept, first, r, e);
}

int
search_gemini(const struct view_source *src, struct search **kept,
    const char *prefix, const char *words, size_t len, size_t page,
    struct buf *out, struct err *e)
{
	struct words_view	 own;
	const struct words_view	*w = words_view(src->site,
				    reader_dir(src, words, len), &own);
	struct search_result	*r;
	struct err		 why = { 0 };
	char			 text[WORDS_NUMBER];
	size_t			 first = page > 0 ? (page - 1) * SEARCH_PAGE : 0;
	int			 got;

	if ((r = malloc(sizeof(*r))) == NULL) {
		err_nomem(e);
		return -1;
	}
	if (page > PAGES_MAX)
		first = (size_t)PAGES_MAX * SEARCH_PAGE;
	got = look(src, kept, NULL, words, len, first, r, &why);
	if (got == SEARCH_MORE) {
		free(r);
		return SEARCH_MORE;
	}
	buf_fmt(out, "# %s\n\n", w->search);
	if (got == -1) {
		if (why.status == STATUS_CANNOT) {
			free(r);
			err_nomem(e);
			return -1;
		}
		buf_fmt(out, "%s\n\n", w->unclear);
	} else if (r->total == 0) {
		buf_fmt(out, "%s\n\n", w->none);
		gemini_glossary(src, prefix, out);
	} else if (r->n == 0) {
		buf_fmt(out, "%s\n\n", w->beyond);
	} else {
		words_number(text, sizeof(text), w->found, r->total, 0);
		buf_fmt(out, "%s\n\n", text);
		gemini_hits(prefix, r, out);
		buf_str(out, "\n");
		if (r->cut)
			buf_fmt(out, "%s\n", w->narrow);
		if (r->first + r->n < r->total)
			gemini_page_link(prefix, w->next, words, len, page + 1,
			    out);
		if (page > 1)
			gemini_page_link(prefix, w->previous, words, len,
			    page - 1, out);
	}
	buf_fmt(out, "=> %s/search %s\n", prefix, w->again);
	free(r);
	if (!buf_ok(out)) {
		err_nomem(e);
		return -1;
	}
	return 1;
}

/* A selector cannot hold words: page 2 and on carry them in base 32. */
static int
pack_words(const char *s, size_t len, char *out, size_t size)
{
	unsigned	 bits = 0;
	uint32_t	 acc = 0;
	size_t		 i, n = 0;

	if ((len * 8 + 4) / 5 + 1 > size)
		return -1;
	for (i = 0; i < len; i++) {
		acc = acc << 8 | (uint8_t)s[i];
		for (bits += 8; bits >= 5; bits -= 5)
			out[n++] = base32[acc >> (bits - 5) & 31];
	}
	if (bits > 0)
		out[n++] = base32[acc << (5 - bits) & 31];
	out[n] = '\0';
	return 0;
}

static int
unpack_words(const char *s, size_t len, struct buf *out)
{
	const char	*p;
	unsigned	 bits = 0;
	uint32_t	 acc = 0;
	size_t		 i;

	for (i = 0; i < len; i++) {
		if (s[i] == '\0' || (p = strchr(base32, s[i])) == NULL)
			return -1;
		acc = acc << 5 | (uint32_t)(p - base32);
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			buf_ch(out, (char)(acc >> bits & 0xff));
		}
	}
	return 0;
}

/* A request for results: the words as UTF-8, and which page of them. */
struct request {
	struct view	 view;
	struct buf	 words;
	size_t		 page;
	int		 unclear;	/* no words, or of another charset */
};

/* The tree's own charset first; modern clients send UTF-8 anywhere. */
static void
decode(struct request *r, const char *s, size_t len)
{
	const struct charset	*own = r->view.charset;
	const struct charset	*tries[] = { own, &charset_utf8, own,
				    &charset_gb2312 };
	size_t			 i = own->takes_any ? 1 : 0;

	for (; i < sizeof(tries) / sizeof(tries[0]); i++) {
		buf_reset(&r->words);
		if (tries[i]->decode(s, len, &r->words) == 0)
			return;
	}
	buf_reset(&r->words);
	r->unclear = 1;
}

/* "N/WORDS" behind "TREE/search/".  0: no such selector. */
static int
parse_rest(struct request *r, const char *s, size_t len)
{
	size_t	 n = 0;

	for (; len > 0 && *s >= '0' && *s <= '9' && n <= PAGES_MAX; s++, len--)
		n = n * 10 + (size_t)(*s - '0');
	if (n < 1 || n > PAGES_MAX || len < 2 || *s != '/')
		return 0;
	r->page = n;
	return unpack_words(s + 1, len - 1, &r->words) == 0 &&
	    text_utf8_check(r->words.data == NULL ? "" : r->words.data,
	    r->words.len) == r->words.len;
}

/* 1: *r is what was asked; 0: the selector is none of search's. */
static int
request_parse(const struct view_source *src, const char *s, size_t len,
    const char *query, size_t querylen, struct request *r)
{
	struct view	 list[VIEW_MAX];
	size_t		 i, n, k = 0;

	if (len > 0 && s[len - 1] == '/')
		len--;
	n = tree_list(src->site, list);
	for (i = 0; i < n; i++) {
		k = strlen(list[i].name);
		if (len >= k + 7 && memcmp(s, list[i].name, k) == 0 &&
		    memcmp(s + k, "/search", 7) == 0)
			break;
	}
	if (i == n)
		return 0;
	r->view = list[i];
	r->page = 1;
	s += k + 7;
	len -= k + 7;
	if (len > 0)
		return *s == '/' && parse_rest(r, s + 1, len - 1);
	if (query == NULL || querylen > QUERY_MAX)
		r->unclear = 1;
	else
		decode(r, query, querylen);
	return 1;
}

/* A menu of results in the making. */
struct results {
	const struct view_source	*src;
	const struct view		*view;
	const struct words_view		*words;
	struct words_view		 own;		/* words may be this */
	struct menu_item		 item[ITEMS_MAX];
	char				 selector[ITEMS_MAX][80];
	size_t				 n;
	struct menu_item		 nav[NAV_MAX + 3];
	char				 navselector[3][80];
	size_t				 nnav;
	struct nav_room		 room;
};

/* -1: no memory. */
static int
add_page(struct results *m, const struct site_page *page, const char *note,
    struct err *e)
{
	struct menu_item	*i = &m->item[m->n];
	int			 got;

	got = section_quick_item(m->src, m->view, page, i, m->selector[m->n], e);
	if (got != 1)
		return got;
	i->title = page->title;
	i->short_title = page->short_title;
	i->size = 0;			/* the section's menu says it */
	i->note = note != NULL && *note != '\0' ? note : NULL;
	m->n++;
	return 1;
}

/* Next and previous page of results; 0: the words do not fit a selector. */
static int
add_step(struct results *m, const struct request *r, size_t page,
    const char *title)
{
	char	*s = m->navselector[m->nnav];
	char	 packed[VIEW_SELECTOR];
	int	 n;

	if (pack_words(r->words.data, r->words.len, packed,
	    sizeof(packed)) == -1)
		return 0;
	n = snprintf(s, sizeof(m->navselector[0]), "/%.30s/search/%zu/%s",
	    m->view->name, page, packed);
	if (n > VIEW_SELECTOR)
		return 0;
	m->nav[m->nnav].type = '1';
	m->nav[m->nnav].title = title;
	m->nav[m->nnav++].selector = s;
	return 1;
}

/* The glossary, if there is one, and the field to search once more. */
static int
add_ways_on(struct results *m, int glossary, struct err *e)
{
	const struct site_page	*p;

	p = site_table_page(m->src->site, m->view->dir, GLOSSARY);
	if (glossary && p != NULL && add_page(m, p, NULL, e) == -1)
		return -1;
	snprintf(m->selector[m->n], sizeof(m->selector[0]), "/%.30s/search",
	    m->view->name);
	m->item[m->n].type = '7';
	m->item[m->n].title = m->words->again;
	m->item[m->n].selector = m->selector[m->n];
	m->n++;
	return 0;
}

static int
write_menu(struct results *m, const char *title, const char *info,
    struct buf *out, struct err *e)
{
	struct menu	 menu = { .title = title, .item = m->item,
			    .nitem = m->n, .nav = m->nav, .max_lines = 64 };

	if (info != NULL) {
		menu.info = &info;
		menu.ninfo = 1;
	}
	m->nnav += nav_fill(m->src, m->view, 0, "", m->nav + m->nnav,
	    &m->room);
	menu.nnav = m->nnav;
	return menu_write(m->src, m->view, &menu, 1, out, e);
}

/* What search_run() found, as a menu. */
static int
show(struct results *m, const struct request *r,
    const struct search_result *sr, size_t hits, struct buf *out,
    struct err *e)
{
	const char	*info = NULL;
	char		 title[80];
	size_t		 i;

	for (i = 0; i < sr->n && i < hits; i++)
		if (add_page(m, sr->hit[i].page, sr->hit[i].context, e) == -1)
			return -1;
	if (sr->cut)
		info = m->words->narrow;
	if (sr->first + i < sr->total &&
	    !add_step(m, r, r->page + 1, m->words->next))
		info = m->words->narrow;
	if (r->page > 1)
		add_step(m, r, r->page - 1, m->words->previous);
	if (add_ways_on(m, sr->total == 0, e) == -1)
		return -1;
	words_number(title, sizeof(title), m->words->found, sr->total, 0);
	return write_menu(m, sr->total == 0 ? m->words->none :
	    sr->n == 0 ? m->words->beyond : title, info, out, e);
}

int
search_is(const struct view_source *src, const char *selector, size_t len)
{
	struct request	 r = { .page = 1 };
	int		 rv;

	rv = request_parse(src, selector, len, NULL, 0, &r);
	buf_free(&r.words);
	return rv;
}

int
search_gopher(const struct view_source *src, struct search **kept,
    const char *selector, size_t selectorlen, const char *query,
    size_t querylen, struct buf *out, struct err *e)
{
	struct request		 r = { .page = 1 };
	struct search_result	*sr = NULL;
	struct results		*m = NULL;
	struct err		 why = { 0 };
	size_t			 hits;
	int			 got = -1, rv = -1;

	if (!request_parse(src, selector, selectorlen, query, querylen, &r)) {
		buf_free(&r.words);
		return 0;
	}
	if ((m = calloc(1, sizeof(*m))) == NULL ||
	    (sr = malloc(sizeof(*sr))) == NULL) {
		err_nomem(e);
		goto out;
	}
	m->src = src;
	m->view = &r.view;
	m->words = words_view(src->site, r.view.dir, &m->own);
	hits = r.view.old ? HITS_OLD : HITS_NEW;
	if (!r.unclear)
		got = look(src, kept, r.view.dir, r.words.data == NULL ? "" :
		    r.words.data, r.words.len, (r.page - 1) * hits, sr, &why);
	if (got == SEARCH_MORE)
		rv = SEARCH_MORE;
	else if (got == 0)
		rv = show(m, &r, sr, hits, out, e);
	else if (why.status == STATUS_CANNOT)
		err_nomem(e);
	else if (add_ways_on(m, 1, e) == 0)
		rv = write_menu(m, m->words->unclear, NULL, out, e);
 out:
	free(sr);
	free(m);
	buf_free(&r.words);
	return rv;
}
