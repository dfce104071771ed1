/* SPDX-License-Identifier: ISC */
/*
 * The first menus: the chooser of trees, the home menu of a tree, and the
 * notice that stands on both.
 *
 * The items come from the site table; menu.c writes them.  A notice that takes
 * more than NOTICE_LINES lines becomes a text of its own.  Trusts the site
 * table, which proto/site.c has parsed.  A stranger's capsule may still have
 * more pages without a section than a menu holds; the rest is left out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "charset/wrap.h"
#include "proto/site.h"
#include "view/home.h"
#include "view/nav.h"
#include "view/page.h"
#include "view/section.h"
#include "view/tree.h"
#include "view/words.h"

#define NOTICE_LINES	4		/* longer ones are a text of their own */
#define HOME_ITEMS	64		/* of a home menu, at most */

static int
notice_line(void *arg, const char *prefix, const char *s, size_t len)
{
	(void)prefix;
	(void)s;
	(void)len;
	return ++*(size_t *)arg > NOTICE_LINES ? -1 : 0;
}

/* 1: the notice is short enough to stand on a menu itself. */
static int
notice_fits(const struct view_source *src, const struct view *v,
    const char *notice)
{
	struct wrap	 w = { v->charset, v->menu_cols, "", "" };
	struct buf	 b = BUF_INIT;
	struct fit	 f;
	size_t		 n = 0;

	tree_fit(&f, v, src->site);
	charset_fit(&f, notice, strnlen(notice, 1024), &b);
	if (buf_ok(&b) && b.len > 0)
		wrap_text(&w, b.data, b.len, notice_line, &n);
	buf_free(&b);
	return n > 0 && n <= NOTICE_LINES;
}

static int
notice_page(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	struct buf	*b = arg;

	(void)dir;
	(void)id;
	*text = b->data;
	*len = b->len;
	return 0;
}

int
home_notice(const struct view_source *src, const struct view *v,
    struct buf *out, struct err *e)
{
	const struct site_lang	*l = site_table_lang(src->site, v->dir);
	struct words_view	 own;
	const struct words_view	*words = words_view(src->site, v->dir, &own);
	struct buf		 b = BUF_INIT;
	struct view_source	 one = { .site = src->site,
				    .page = notice_page, .arg = &b };
	struct site_page	 page = { .id = "index" };
	struct page_text	 t;
	struct fit		 f;
	int			 rv;

	if (l == NULL || l->notice == NULL)
		return 0;
	buf_fmt(&b, "# %s\n%s\n", words->notice, l->notice);
	if (!buf_ok(&b)) {
		err_nomem(e);
		return -1;
	}
	page.dir = l->dir;
	page.title = l->title;
	tree_fit(&f, v, src->site);
	rv = page_compose(&one, v, &f, &page, NULL, &t, e);
	if (rv == 1)
		page_whole(v, &t, out);
	page_free(&t);
	buf_free(&b);
	return rv;
}

/* Put the notice first: as info lines, or as an item when it is long. */
static void
add_notice(const struct view_source *src, const struct view *v,
    const char *tree, struct menu *m, struct menu_item *item,
    const char **info, char room[80])
{
	const struct site_lang	*l = site_table_lang(src->site, v->dir);
	struct words_view	 own;

	if (l == NULL || l->notice == NULL)
		return;
	if (notice_fits(src, v, l->notice)) {
		*info = l->notice;
		m->info = info;
		m->ninfo = 1;
		return;
	}
	snprintf(room, 80, "/%s/s/notice.txt", tree);
	item[m->nitem].type = '0';
	item[m->nitem].title = words_view(src->site, v->dir, &own)->notice;
	item[m->nitem].selector = room;
	m->nitem++;
}

int
home_root(const struct view_source *src, size_t n, struct buf *out,
    struct err *e)
{
	const struct site_lang	*l;
	struct menu_item	 item[VIEW_MAX + 1];
	struct menu		 m = { .item = item,
				    .max_bytes = VIEW_ROOT_BYTES };
	struct view		 v, list[VIEW_MAX];
	char			 label[VIEW_MAX][TREE_LABEL];
	char			 selector[VIEW_MAX][80], notice[80];
	const char		*info;
	size_t			 i, ntree;
	int			 ascii;

	memset(item, 0, sizeof(item));
	tree_chooser(src->site, &v);
	ntree = tree_list(src->site, list);
	ascii = tree_by_name(list, ntree, "ascii") != NULL;
	l = site_table_lang(src->site, v.dir);
	m.title = ascii && l != NULL ? l->title : src->site->id;
	if (ascii)
		add_notice(src, &v, "ascii", &m, item, &info, notice);
	for (i = 0; i < ntree; i++, m.nitem++) {
		tree_label(src->site, &list[i], &v, label[i]);
		snprintf(selector[i], sizeof(selector[i]), "/%.70s",
		    list[i].name);
		item[m.nitem].type = '1';
		item[m.nitem].title = label[i];
		item[m.nitem].selector = selector[i];
	}
	return menu_write(src, &v, &m, n, out, e);
}

/* The items of a home menu and their selectors. */
struct home {
	struct menu_item	 item[HOME_ITEMS];
	char			 selector[HOME_ITEMS][160];
	struct menu_item	 nav[NAV_MAX];
	struct nav_room	 room;
	size_t			 n;
};

static struct menu_item *
home_add(struct home *h, char type, const char *title, const char *tree,
    const char *path)
{
	struct menu_item	*i;

	if (h->n == HOME_ITEMS)
		return NULL;
	i = &h->item[h->n];
	snprintf(h->selector[h->n], sizeof(h->selector[0]), "%s%s%s",
	    tree == NULL ? "" : "/", tree == NULL ? "" : tree, path);
	i->type = type;
	i->title = title;
	i->selector = h->selector[h->n++];
	return i;
}

/* Add the sections, and the pages that no section has. */
static int
home_contents(const struct view_source *src, const struct view *v,
    struct home *h, struct err *e)
{
	const struct site_table	*site = src->site;
	struct menu_item	*item;
	char			 path[80];
	size_t			 i;

	for (i = 0; i < site->nsection; i++) {
		if (strcmp(site->section[i].dir, v->dir) != 0)
			continue;
		snprintf(path, sizeof(path), "/s/%s", site->section[i].id);
		if ((item = home_add(h, '1', site->section[i].title, v->name,
		    path)) != NULL)
			item->short_title = site->section[i].short_title;
	}
	for (i = 0; i < site->npage; i++) {
		if (strcmp(site->page[i].dir, v->dir) != 0 ||
		    strcmp(site->page[i].section, "-") != 0 ||
		    strcmp(site->page[i].id, "index") == 0 ||
		    site_page_is_list(&site->page[i]) ||
		    (item = home_add(h, '0', site->page[i].title, v->name,
		    "")) == NULL)
			continue;
		item->short_title = site->page[i].short_title;
		if (section_item(src, v, &site->page[i], item,
		    h->selector[h->n - 1], e) == -1)
			return -1;
	}
	return 0;
}

int
home_menu(const struct view_source *src, const struct view *v, size_t n,
    struct buf *out, struct err *e)
{
	struct words_view	 own;
	const struct words_view	*w = words_view(src->site, v->dir, &own);
	const struct site_lang	*l = site_table_lang(src->site, v->dir);
	const struct site_page	*index;
	struct menu		 m = { 0 };
	struct menu_item	*item;
	struct home		*h;
	char			 base[80], file[80], notice[80];
	const char		*info;
	int			 rv = -1;

	if ((h = calloc(1, sizeof(*h))) == NULL) {
		err_nomem(e);
		return -1;
	}
	snprintf(base, sizeof(base), "/%s", v->name);
	m.title = l == NULL ? v->name : l->title;
	m.short_title = l == NULL ? NULL : l->short_title;
	m.base = base;
	m.item = h->item;
	m.max_bytes = v->old ? VIEW_ROOT_BYTES : 0;
	add_notice(src, v, v->name, &m, h->item, &info, notice);
	h->n = m.nitem;
	index = site_table_page(src->site, v->dir, "index");
	if (index != NULL && (item = home_add(h, '0', w->intro, v->name,
	    "")) != NULL && section_item(src, v, index, item,
	    h->selector[h->n - 1], e) == -1)
		goto out;
	home_add(h, '7', w->search, v->name, "/search");
	if (home_contents(src, v, h, e) == -1)
		goto out;
	snprintf(file, sizeof(file), "/%.60s.gpub", src->site->id);
	if ((item = home_add(h, '9', w->package, NULL, file)) != NULL)
		item->size = (size_t)src->package_size;
	if (item != NULL)
		item->short_title = w->package_short;
	m.nitem = h->n;
	m.nav = h->nav;
	m.nnav = nav_fill(src, v, 1, "", h->nav, &h->room);
	rv = menu_write(src, v, &m, n, out, e);
 out:
	free(h);
	return rv;
}
