/* SPDX-License-Identifier: ISC */
/*
 * The menus of sections and of pages in several parts: which pages they list,
 * which links of these pages, and how a part is named.  Pages may come from a
 * stranger and have 1 MiB each, so the time here must grow no faster than their
 * size.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "proto/site.h"
#include "proto/types.h"
#include "view/memo.h"
#include "view/nav.h"
#include "view/page.h"
#include "view/section.h"
#include "view/tree.h"
#include "view/words.h"

#define EXTRA_MAX	8		/* links of a page that its menu lists */
#define SEE_ALSO_MAX	3		/* of all pages, on a section's menu */
#define ONE_PART_BYTES	3000		/* of gemtext; fewer are one part */
#define SELECTOR_MAX	255		/* Gopher's own limit */

/* A link of a page, which its menu lists if it fits. */
struct extra {
	struct link	 to;
	char		 label[160];
	char		 selector[SELECTOR_MAX + 1];
};

struct listing {
	const struct view_source	*src;
	const struct view		*view;
	const struct site_section	*section;	/* NULL: page menu */
	const struct site_page		*page;		/* page menu: of this */
	struct fit			 fit;
	const struct site_page		**of;		/* page of each item */
	char				(*selector)[80];
	struct extra			 extra[EXTRA_MAX];
	size_t				 nextra;
};

static int
is_beside(const struct site_table *site, const struct site_page *a,
    const struct site_page *b)
{
	return strcmp(a->dir, b->dir) == 0 && b >= site->page &&
	    (a == b + 1 || b == a + 1);
}

/*
 * 1: the menu needs no link to page `to': it is on this menu, or on every menu,
 * or a step of reading in order, or in another language.
 */
static int
is_listed(const struct listing *l, const struct site_page *from,
    const struct site_page *to)
{
	if (strcmp(to->dir, l->view->dir) != 0 || to == from ||
	    strcmp(to->id, "index") == 0 ||
	    strcmp(to->id, l->src->site->contact) == 0 ||
	    is_beside(l->src->site, from, to))
		return 1;
	return l->section != NULL && strcmp(to->section, l->section->id) == 0;
}

/* Write the selector of a URL item; 0: the URL cannot be a selector. */
static int
url_selector(const struct page_link *p, char out[SELECTOR_MAX + 1])
{
	size_t	 i;

	if (p->urllen + 4 > SELECTOR_MAX || !p->to.scheme_ok)
		return 0;
	for (i = 0; i < p->urllen; i++)
		if (p->url[i] <= ' ' || p->url[i] == 0x7f ||
		    (unsigned char)p->url[i] >= 0x80)
			return 0;
	memcpy(out, "URL:", 4);
	memcpy(out + 4, p->url, p->urllen);
	out[4 + p->urllen] = '\0';
	return 1;
}

static void
add_extra(struct listing *l, const struct site_page *from,
    const struct page_link *p)
{
	struct extra	*x;
	size_t		 i, n;

	if (l->nextra == (l->section != NULL ? SEE_ALSO_MAX : EXTRA_MAX))
		return;
	x = &l->extra[l->nextra];
	x->to = p->to;
	switch (p->to.kind) {
	case LINK_PAGE:
		if (is_listed(l, from, p->to.page))
			return;
		snprintf(x->selector, sizeof(x->selector), "/%s/%s.txt",
		    l->view->name, p->to.page->id);
		break;
	case LINK_FILE:
		if (strlen(p->to.path) >= VIEW_SELECTOR)
			return;		/* the text shows its selector */
		snprintf(x->selector, sizeof(x->selector), "/%s", p->to.path);
		break;
	case LINK_URL:
		if (l->view->old || !url_selector(p, x->selector))
			return;
		break;
	default:
		return;
	}
	for (i = 0; i < l->nextra; i++)
		if (strcmp(l->extra[i].selector, x->selector) == 0)
			return;
	n = text_utf8_cut(p->label, p->labellen, sizeof(x->label) - 1);
	memcpy(x->label, p->label, n);
	x->label[n] = '\0';
	l->nextra++;
}

static void
add_links(struct listing *l, const struct page_text *t)
{
	size_t	 i;

	for (i = 0; i < t->nlink; i++)
		add_extra(l, t->page, &t->link[i]);
}

void
section_keep(const struct view_source *src, const struct view *v,
    const struct page_text *t)
{
	struct listing		 l = { .src = src, .view = v };
	struct memo_item	 it;

	l.section = site_table_section(src->site, t->page->dir,
	    t->page->section);
	add_links(&l, t);
	it.plain = l.section != NULL && l.nextra == 0;
	it.type = t->npart > 1 ? '1' : '0';
	it.size = t->npart == 1 ? page_size(v, t) : 0;
	memo_keep(src->memo, v, t->page, &it);
}

int
section_item(const struct view_source *src, const struct view *v,
    const struct site_page *page, struct menu_item *item, char room[80],
    struct err *e)
{
	struct memo_item	 kept;
	struct page_text	 t;
	struct fit		 f;
	int			 rv = 1;

	if (memo_get(src->memo, v, page, &kept)) {
		item->type = kept.type;
		item->size = kept.size;
	} else {
		tree_fit(&f, v, src->site);
		rv = page_compose(src, v, &f, page, NULL, &t, e);
		item->type = t.npart > 1 ? '1' : '0';
		item->size = t.npart == 1 ? page_size(v, &t) : 0;
		if (rv == 1)
			section_keep(src, v, &t);
		page_free(&t);
	}
	snprintf(room, 80, "/%s/%s%s", v->name, page->id,
	    item->type == '1' ? "" : ".txt");
	item->selector = room;
	return rv;
}

int
section_quick_item(const struct view_source *src, const struct view *v,
    const struct site_page *page, struct menu_item *item, char room[80],
    struct err *e)
{
	const char	*text;
	size_t		 len;

	if (src->page(src->arg, page->dir, page->id, &text, &len) == -1)
		return 0;
	if (len > ONE_PART_BYTES)
		return section_item(src, v, page, item, room, e);
	item->type = '0';
	item->size = 0;
	snprintf(room, 80, "/%s/%s.txt", v->name, page->id);
	item->selector = room;
	return 1;
}

/* Set item to page i of the section, and collect the page's links. */
static int
fill(void *arg, size_t i, struct menu_item *item, struct err *e)
{
	struct listing		*l = arg;
	struct memo_item	 kept;
	struct page_text	 t;
	int			 rv = 1;

	if (memo_get(l->src->memo, l->view, l->of[i], &kept)) {
		item->type = kept.type;
		item->size = kept.size;
		if (kept.plain)
			memset(&t, 0, sizeof(t));
		else
			rv = page_links(l->src, l->view, l->of[i], &t, e);
	} else {
		rv = page_compose(l->src, l->view, &l->fit, l->of[i], NULL,
		    &t, e);
		item->type = t.npart > 1 ? '1' : '0';
		item->size = t.npart == 1 ? page_size(l->view, &t) : 0;
		if (rv == 1)
			section_keep(l->src, l->view, &t);
	}
	item->selector = l->selector[i];
	snprintf(l->selector[i], sizeof(l->selector[i]), "/%s/%s%s",
	    l->view->name, l->of[i]->id, item->type == '1' ? "" : ".txt");
	add_links(l, &t);
	page_free(&t);
	return rv == -1 ? -1 : 0;
}

/* Set item to a page of another section: type 0 unless it has parts. */
static int
more_page(struct listing *l, struct extra *x, struct menu_item *item,
    struct err *e)
{
	const struct site_page	*page = x->to.page;

	item->title = page->title;
	item->short_title = page->short_title;
	if (section_quick_item(l->src, l->view, page, item, x->selector, e) == -1)
		return -1;
	item->size = 0;			/* its own menu shows it */
	return 1;
}

static int
more(void *arg, size_t k, struct menu_item *item, struct err *e)
{
	struct listing	*l = arg;
	struct extra	*x;

	if (k >= l->nextra)
		return 0;
	x = &l->extra[k];
	item->title = x->label;
	item->selector = x->selector;
	if (x->to.kind == LINK_URL)
		item->type = 'h';
	else if (x->to.kind == LINK_FILE)	/* old clients: as bytes */
		item->type = l->view->old ? '9' :
		    type_of(x->to.path, strlen(x->to.path))->item;
	if (x->to.kind == LINK_PAGE)
		return more_page(l, x, item, e);
	return 1;
}

static void
set_row(struct listing *l, struct menu *m, size_t i,
    const struct site_page *page)
{
	m->item[i].title = page->title;
	m->item[i].short_title = page->short_title;
	l->of[i] = page;
}

/*
 * Set the items of a section's menu.  When the section's pages follow each
 * other in the table and the memo has the cuts, only the items of page n are
 * set, because a section may have thousands of pages.
 */
static void
set_rows(struct listing *l, struct menu *m, size_t n)
{
	const struct site_table		*site = l->src->site;
	const struct site_section	*s = l->section;
	const struct site_page		*page;
	size_t				 i, end;

	if (s->end > 0 && s->end - s->first == s->n) {
		m->nitem = end = s->n;
		i = 0;
		(void)menu_known(l->src, m, n, &i, &end);
		for (; i < end; i++)
			set_row(l, m, i, &site->page[s->first + i]);
		return;
	}
	end = s->end > 0 ? s->end : site->npage;
	for (i = s->first; i < end; i++) {
		page = &site->page[i];
		if (strcmp(page->section, s->id) == 0 &&
		    strcmp(page->dir, s->dir) == 0)
			set_row(l, m, m->nitem++, page);
	}
}

int
section_menu(const struct view_source *src, const struct view *v,
    const struct site_section *section, size_t n, struct buf *out,
    struct err *e)
{
	struct menu_item	 nav[NAV_MAX];
	struct nav_room	 room;
	struct listing		 l = { .src = src, .view = v,
				    .section = section };
	struct menu		 m = { .title = section->title, .nav = nav,
				    .short_title = section->short_title,
				    .fill = fill, .more = more, .arg = &l,
				    .is_fixed = 1 };
	char			 base[160], path[80];
	size_t			 size;
	int			 rv = -1;

	tree_fit(&l.fit, v, src->site);
	/* Allocate all: pages of zeros that are not written cost no memory. */
	size = section->end > 0 ? section->n : src->site->npage;
	m.item = calloc(size + 1, sizeof(*m.item));
	l.of = calloc(size + 1, sizeof(*l.of));
	l.selector = calloc(size + 1, sizeof(*l.selector));
	if (m.item == NULL || l.of == NULL || l.selector == NULL) {
		err_nomem(e);
		goto out;
	}
	snprintf(base, sizeof(base), "/%s/s/%s", v->name, section->id);
	snprintf(path, sizeof(path), "/s/%s", section->id);
	m.base = base;
	set_rows(&l, &m, n);
	m.nnav = nav_fill(src, v, 0, path, nav, &room);
	rv = menu_write(src, v, &m, n, out, e);
 out:
	free(m.item);
	free(l.of);
	free(l.selector);
	return rv;
}

/* Titles and selectors of a page's parts. */
struct part_room {
	char	title[160], brief[64], selector[80];
};

/*
 * The first heading of part k that is not the page's title.  Headings stand
 * in the order of their lines, and a page may have 100,000 of them.
 */
static const struct page_heading *
part_heading(const struct page_text *t, size_t k)
{
	size_t	 low = 0, high = t->nheading, mid, first, end;

	first = t->part[k] > 0 ? t->part[k] : 1;
	end = k + 1 < t->npart ? t->part[k + 1] : t->nline;
	while (low < high) {
		mid = low + (high - low) / 2;
		if (t->heading[mid].line < first)
			low = mid + 1;
		else
			high = mid;
	}
	return low < t->nheading && t->heading[low].line < end ?
	    &t->heading[low] : NULL;
}

static void
part_item(const struct view_source *src, const struct view *v,
    const struct fit *f, struct page_text *t, size_t k,
    struct menu_item *item, struct part_room *r)
{
	struct words_view		 own;
	const struct words_view		*w = words_view(src->site, v->dir, &own);
	const struct page_heading	*h = part_heading(t, k);

	words_number(r->brief, sizeof(r->brief), w->part_title, k + 1,
	    t->npart);
	snprintf(r->title, sizeof(r->title), "%s%s%.*s", r->brief,
	    h == NULL ? "" : w->colon, h == NULL ? 0 :
	    (int)text_utf8_cut(h->text, h->len, 60), h == NULL ? "" : h->text);
	snprintf(r->selector, sizeof(r->selector), "/%s/%s/%zu.txt", v->name,
	    t->page->id, k + 1);
	item->type = '0';
	item->title = r->title;
	item->short_title = r->brief;
	item->selector = r->selector;
	item->size = page_part_size(src, v, f, t, k);
}

struct page_nav {
	struct menu_item	 item[NAV_MAX + 3];
	struct nav_room	 room;
	size_t			 n;
	char			 title[3][160], brief[3][160], path[80];
	char			 selector[3][80];
};

/* The words are UTF-8, from a site table; a cut may end in half a character. */
static void
nav_text(char s[160], const char *what, const char *colon, const char *title)
{
	snprintf(s, 160, "%s%s%.100s", what, colon, title);
	s[text_utf8_check(s, strlen(s))] = '\0';
}

/* Add a nav item "Next: TITLE"; the caller sets its selector and type. */
static struct menu_item *
nav_add(struct page_nav *nav, const struct words_view *w, const char *what,
    const char *title, const char *brief)
{
	struct menu_item	*i = &nav->item[nav->n];

	nav_text(nav->title[nav->n], what, w->colon, title);
	nav_text(nav->brief[nav->n], what, w->colon, brief);
	i->type = '1';
	i->title = nav->title[nav->n];
	i->short_title = nav->brief[nav->n];
	i->selector = nav->selector[nav->n++];
	return i;
}

/* Add the page before or after this one in reading order. */
static int
nav_step(const struct view_source *src, const struct view *v,
    const struct site_page *page, int step, struct page_nav *nav,
    struct err *e)
{
	struct words_view	 own;
	const struct words_view	*w = words_view(src->site, v->dir, &own);
	const struct site_table	*site = src->site;
	const struct site_page	*to = page + step;
	struct menu_item	*item;

	if (to < site->page || to >= site->page + site->npage ||
	    strcmp(to->dir, page->dir) != 0 || strcmp(to->id, "index") == 0 ||
	    site_page_is_list(to) != site_page_is_list(page))
		return 0;
	item = nav_add(nav, w, step > 0 ? w->next : w->previous, to->title,
	    to->short_title);
	if (section_quick_item(src, v, to, item, nav->selector[nav->n - 1],
	    e) == -1)
		return -1;
	item->size = 0;			/* its own menu shows it */
	return 0;
}

/* Write where the sibling has this page: "/ID.txt", "/ID", or its home. */
static int
sibling_path(const struct view_source *src, const struct view *v,
    const struct site_page *page, char path[80], struct err *e)
{
	struct menu_item	 item;
	struct view		 s;
	char			 selector[80];
	int			 got;

	path[0] = '\0';
	if (!tree_sibling(src->site, v, &s) || (page =
	    site_table_page(src->site, s.dir, page->id)) == NULL)
		return 0;
	got = section_quick_item(src, &s, page, &item, selector, e);
	if (got == 1)
		snprintf(path, 80, "%s", selector + 1 + strlen(s.name));
	return got == -1 ? -1 : 0;
}

static int
page_nav(const struct view_source *src, const struct view *v,
    const struct site_page *page, struct page_nav *nav, struct err *e)
{
	struct words_view		 own;
	const struct words_view		*w = words_view(src->site, v->dir, &own);
	const struct site_section	*s;

	memset(nav, 0, sizeof(*nav));
	if (nav_step(src, v, page, 1, nav, e) == -1 ||
	    nav_step(src, v, page, -1, nav, e) == -1)
		return -1;
	s = site_table_section(src->site, page->dir, page->section);
	if (s != NULL) {
		nav_add(nav, w, w->up, s->title, s->short_title);
		snprintf(nav->selector[nav->n - 1], sizeof(nav->selector[0]),
		    "/%s/s/%s", v->name, s->id);
	}
	if (sibling_path(src, v, page, nav->path, e) == -1)
		return -1;
	nav->n += nav_fill(src, v, 0, nav->path, nav->item + nav->n,
	    &nav->room);
	return 0;
}

int
section_page_menu(const struct view_source *src, const struct view *v,
    struct page_text *t, size_t n, struct buf *out, struct err *e)
{
	struct words_view	 own;
	const struct words_view	*w = words_view(src->site, v->dir, &own);
	struct listing		 l = { .src = src, .view = v };
	struct page_nav		 nav;
	struct menu		 m = { .title = t->page->title, .nav = nav.item,
				    .short_title = t->page->short_title,
				    .more = more, .arg = &l };
	struct part_room	*r;
	char			 base[160], whole[80];
	size_t			 k;
	int			 rv = -1;

	tree_fit(&l.fit, v, src->site);
	m.item = calloc(t->npart + 1, sizeof(*m.item));
	r = calloc(t->npart, sizeof(*r));
	if (m.item == NULL || r == NULL) {
		err_nomem(e);
		goto out;
	}
	for (k = 0; k < t->npart; k++)
		part_item(src, v, &l.fit, t, k, &m.item[k], &r[k]);
	m.nitem = t->npart;
	if (page_size(v, t) <= VIEW_TEXT_BYTES) {
		snprintf(whole, sizeof(whole), "/%s/%s.txt", v->name,
		    t->page->id);
		m.item[m.nitem].type = '0';
		m.item[m.nitem].title = w->whole;
		m.item[m.nitem].short_title = w->whole_short;
		m.item[m.nitem].size = page_size(v, t);
		m.item[m.nitem++].selector = whole;
	}
	add_links(&l, t);
	snprintf(base, sizeof(base), "/%s/%s", v->name, t->page->id);
	m.base = base;
	if (page_nav(src, v, t->page, &nav, e) == 0) {
		m.nnav = nav.n;
		rv = menu_write(src, v, &m, n, out, e);
	}
 out:
	free(m.item);
	free(r);
	return rv;
}
