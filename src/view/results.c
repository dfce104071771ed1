/* SPDX-License-Identifier: ISC */
/*
 * What a search found, as a menu of a tree.  The search itself is not here: a
 * caller parses the selector, searches, and gives the hits.  Words and
 * selectors come from a stranger.  Words are never shown.  The selectors of
 * further pages hold them in base 32, since a selector cannot hold every byte.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "charset/charset.h"
#include "proto/site.h"
#include "view/menu.h"
#include "view/nav.h"
#include "view/results.h"
#include "view/section.h"
#include "view/words.h"

#define GLOSSARY	"glossary"
#define HITS_OLD	13		/* hits on a menu, one line each */
#define HITS_NEW	8		/* hits with lines of context */
#define ITEMS_MAX	(RESULTS_MAX + 4)

static const char	base32[] = "abcdefghijklmnopqrstuvwxyz234567";

/* Write the words in base 32 for the selectors of page 2 and on. */
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

/*
 * Try the tree's charset, then UTF-8, which modern clients send in any tree,
 * then GB2312.  A charset that takes any bytes is tried only after UTF-8.
 */
static void
decode(struct results_ask *r, const char *s, size_t len)
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

/* Parse "N/WORDS" behind "TREE/search/".  0: no such selector. */
static int
parse_rest(struct results_ask *r, const char *s, size_t len)
{
	size_t	 n = 0;

	for (; len > 0 && *s >= '0' && *s <= '9' && n <= RESULTS_PAGES; s++, len--)
		n = n * 10 + (size_t)(*s - '0');
	if (n < 1 || n > RESULTS_PAGES || len < 2 || *s != '/')
		return 0;
	r->page = n;
	return unpack_words(s + 1, len - 1, &r->words) == 0 &&
	    text_utf8_check(r->words.data == NULL ? "" : r->words.data,
	    r->words.len) == r->words.len;
}

int
results_parse(const struct view_source *src, const char *s, size_t len,
    const char *query, size_t querylen, struct results_ask *r)
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
	if (query == NULL)
		r->unclear = 1;
	else
		decode(r, query, querylen);
	return 1;
}

/* The menu that is being made. */
struct results_menu {
	const struct view_source	*src;
	const struct view		*view;
	const struct words_view		*words;
	struct words_view		 own;		/* words may be &own */
	struct menu_item		 item[ITEMS_MAX];
	char				 selector[ITEMS_MAX][80];
	size_t				 n;
	struct menu_item		 nav[NAV_MAX + 3];
	char				 navselector[3][80];
	size_t				 nnav;
	struct nav_room		 room;
};

/* 1: v's charset has every character of s, or a replacement for it. */
static int
can_say(const struct view_source *src, const struct view *v, const char *s)
{
	struct buf	 b = BUF_INIT;
	struct fit	 f;
	int		 ok;

	tree_fit(&f, v, src->site);
	ok = charset_fit(&f, s, strlen(s), &b) == 0 && b.len > 0;
	buf_free(&b);
	return ok;
}

int
results_lead(const struct view_source *src, const struct view *v,
    const struct site_page *page, struct view *to)
{
	if (strcmp(page->dir, v->dir) == 0) {
		*to = *v;
		return 1;
	}
	return tree_toward(src->site, v, page->dir, to) &&
	    can_say(src, v, page->title);
}

/* 1; 0: no such page, or the menu cannot lead to it; -1: see e. */
static int
add_page(struct results_menu *m, const struct site_page *page, const char *note,
    struct err *e)
{
	struct menu_item	*i = &m->item[m->n];
	const int		 own = strcmp(page->dir, m->view->dir) == 0;
	struct view		 to;
	int			 got;

	if (!results_lead(m->src, m->view, page, &to))
		return 0;
	got = section_quick_item(m->src, &to, page, i, m->selector[m->n], e);
	if (got != 1)
		return got;
	i->title = page->title;
	i->short_title = page->short_title;
	i->size = 0;			/* the section's menu shows it */
	if (note != NULL && *note != '\0' && (own || can_say(m->src, m->view,
	    note)))
		i->note = note;
	if (!own && i->short_title != NULL && !can_say(m->src, m->view, i->short_title))
		i->short_title = NULL;
	m->n++;
	return 1;
}

int
results_selector(const struct results_ask *r, const char *within, size_t page,
    char out[80])
{
	char	 packed[VIEW_SELECTOR];
	int	 n;

	if (pack_words(r->words.data == NULL ? "" : r->words.data,
	    r->words.len, packed, sizeof(packed)) == -1)
		return 0;
	n = snprintf(out, 80, "/%.30s/search%s/%zu/%s", r->view.name, within,
	    page, packed);
	return n > 0 && n <= VIEW_SELECTOR;
}

/* Add a link to another page of results; 0: its selector is too long. */
static int
add_step(struct results_menu *m, const struct results_ask *r, size_t page,
    const char *title)
{
	char	*s = m->navselector[m->nnav];

	if (!results_selector(r, "", page, s))
		return 0;
	m->nav[m->nnav].type = '1';
	m->nav[m->nnav].title = title;
	m->nav[m->nnav++].selector = s;
	return 1;
}

/* Add the glossary, if there is one, and the search field. */
static int
add_ways_on(struct results_menu *m, int glossary, struct err *e)
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
write_menu(struct results_menu *m, const char *title, const char *info,
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

size_t
results_hits(const struct results_ask *r)
{
	return r->view.old ? HITS_OLD : HITS_NEW;
}

/* Add the hits and the links below them; *info: a line above them. */
static int
add_hits(struct results_menu *m, const struct results_ask *r,
    const struct results *found, const char **info, struct err *e)
{
	size_t	 i;
	int	 got, divided = 0;

	for (i = 0; i < found->n && i < results_hits(r); i++) {
		got = add_page(m, found->hit[i].page, found->hit[i].context, e);
		if (got == -1)
			return -1;
		if (got == 0 || !found->hit[i].foreign || divided)
			continue;
		/* Each page has the divider: it may be the only one read. */
		m->item[m->n - 1].divider = m->words->trees_short;
		divided = 1;
	}
	if (found->cut)
		*info = m->words->narrow;
	if (found->first + i < found->total &&
	    !add_step(m, r, r->page + 1, m->words->next))
		*info = m->words->narrow;
	if (r->page > 1)
		add_step(m, r, r->page - 1, m->words->previous);
	return 0;
}

int
results_write(const struct view_source *src, const struct results_ask *r,
    const struct results *found, struct buf *out, struct err *e)
{
	struct results_menu	*m;
	const char		*info = NULL, *title;
	char			 counted[80];
	int			 rv = -1;

	if ((m = calloc(1, sizeof(*m))) == NULL) {
		err_nomem(e);
		return -1;
	}
	m->src = src;
	m->view = &r->view;
	m->words = words_view(src->site, r->view.dir, &m->own);
	if (found != NULL && add_hits(m, r, found, &info, e) == -1)
		goto out;
	if (add_ways_on(m, found == NULL || found->total == 0, e) == -1)
		goto out;
	if (found == NULL)
		title = m->words->unclear;
	else if (found->total == 0)
		title = m->words->none;
	else if (found->n == 0)
		title = m->words->beyond;
	else {
		words_number(counted, sizeof(counted), m->words->found,
		    found->total, 0);
		title = counted;
	}
	rv = write_menu(m, title, info, out, e);
 out:
	free(m);
	return rv;
}
