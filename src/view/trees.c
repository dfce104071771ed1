#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "charset/wrap.h"
#include "proto/site.h"
#include "view/memo.h"
#include "view/menu.h"
#include "view/trees.h"
#include "view/words.h"

#define NOTICE_LINES	4		/* longer ones are a text of their own */
#define HOME_ITEMS	64		/* beside pages that no section has */
#define LABEL_MAX	128
#define ONE_PART_BYTES	3000		/* of gemtext: surely one part */

/* Can a tree's charset show s as it is? */
static int
can_show(const struct view *v, const char *s)
{
	struct buf	 b = BUF_INIT;
	struct fit	 f;
	int		 ok;

	charset_init(&f, v->charset, NULL);
	ok = charset_fit(&f, s, strlen(s), &b) == 0 && b.len == strlen(s);
	buf_free(&b);
	return ok;
}

/* What a menu of tree `in' calls tree t: "Chinese (GB2312)". */
static void
tree_label(const struct site_table *site, const struct view *t,
    const struct view *in, char label[LABEL_MAX])
{
	const struct site_lang	*l = site_table_lang(site, t->dir);
	const char		*name = t->dir, *kind = "";

	if (l != NULL) {
		name = l->name;
		if (!can_show(in, name) && words_language(l->tag) != NULL)
			name = words_language(l->tag);
	}
	if (t->charset == CHARSET_GB2312)
		kind = " (GB2312)";
	else if (t->charset == CHARSET_HZ)
		kind = " (HZ, 7-bit)";
	else if (t->charset == CHARSET_ASCII)
		kind = t->text_cols < 60 ? " (40 columns)" : " (ASCII)";
	else if (in->old)
		kind = " (UTF-8)";
	snprintf(label, LABEL_MAX, "%.*s%s", (int)text_utf8_cut(name,
	    strlen(name), 64), name, kind);
}

static const struct view *
by_name(const struct view *list, size_t n, const char *name)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}

/*
 * The tree most readers of v would go to next: another language if old
 * machines have one too, a wider or more readable form else.
 */
static const struct view *
sibling_of(const struct view *v, const struct view *list, size_t n)
{
	const struct view	*s = NULL;
	size_t			 i, at = n;

	if (v->old) {
		if (strcmp(v->name, "ascii") == 0)
			s = by_name(list, n, "gb");
		else if (strcmp(v->name, "hz") == 0)
			s = by_name(list, n, "gb");
		else
			s = by_name(list, n, "ascii");
		return s != NULL ? s : by_name(list, n, v->dir);
	}
	for (i = 0; i < n; i++)
		if (strcmp(list[i].name, v->name) == 0)
			at = i;
	for (i = 1; i < n && at < n; i++) {
		s = &list[(at + i) % n];
		if (!s->old)
			return s;
	}
	return by_name(list, n, "ascii");
}

int
trees_sibling(const struct site_table *site, const struct view *v,
    struct view *out)
{
	struct view		 list[VIEW_MAX];
	const struct view	*s = sibling_of(v, list, view_list(site, list));

	if (s == NULL || strcmp(s->name, v->name) == 0)
		return 0;
	*out = *s;
	return 1;
}

size_t
menu_nav(const struct view_source *src, const struct view *v, int at_home,
    const char *path, struct menu_item nav[MENU_NAV],
    struct menu_nav_room *room)
{
	struct words_view	 own;
	const struct words_view	*w = words_view(src->site, v->dir, &own);
	struct view		 s;
	size_t			 n, len;

	memset(nav, 0, MENU_NAV * sizeof(*nav));
	n = 0;
	if (!at_home) {
		nav[n].type = '1';
		nav[n].title = w->home;
		snprintf(room->selector[n], sizeof(room->selector[n]), "/%s",
		    v->name);
		n++;
	}
	if (trees_sibling(src->site, v, &s)) {
		len = path == NULL ? 0 : strlen(path);
		nav[n].type = len > 4 && strcmp(path + len - 4, ".txt") == 0 ?
		    '0' : '1';
		tree_label(src->site, &s, v, room->title[n]);
		nav[n].title = room->title[n];
		snprintf(room->selector[n], sizeof(room->selector[n]), "/%s%s",
		    s.name, path == NULL ? "" : path);
		n++;
	}
	nav[n].type = '1';
	nav[n].title = w->trees;
	nav[n].short_title = w->trees_short;
	snprintf(room->selector[n], sizeof(room->selector[n]), "/");
	n++;
	for (len = 0; len < n; len++)
		nav[len].selector = room->selector[len];
	return n;
}

int
trees_page_item(const struct view_source *src, const struct view *v,
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
		charset_init(&f, v->charset, src->site);
		rv = page_compose(src, v, &f, page, NULL, &t, e);
		item->type = t.npart > 1 ? '1' : '0';
		item->size = t.npart == 1 ? page_size(v, &t) : 0;
		if (rv == 1)
			trees_keep(src, v, &t);
		page_free(&t);
	}
	snprintf(room, 80, "/%s/%s%s", v->name, page->id,
	    item->type == '1' ? "" : ".txt");
	item->selector = room;
	return rv;
}

int
menu_page_item(const struct view_source *src, const struct view *v,
    const struct site_page *page, struct menu_item *item, char room[80],
    struct err *e)
{
	const char	*text;
	size_t		 len;

	if (src->page(src->arg, page->dir, page->id, &text, &len) == -1)
		return 0;
	if (len > ONE_PART_BYTES)
		return trees_page_item(src, v, page, item, room, e);
	item->type = '0';
	item->size = 0;
	snprintf(room, 80, "/%s/%s.txt", v->name, page->id);
	item->selector = room;
	return 1;
}

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

	charset_init(&f, v->charset, src->site);
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
trees_notice(const struct view_source *src, const struct view *v,
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
	charset_init(&f, v->charset, src->site);
	rv = page_compose(&one, v, &f, &page, NULL, &t, e);
	if (rv == 1)
		page_whole(v, &t, out);
	page_free(&t);
	buf_free(&b);
	return rv;
}

/* The notice first: as info lines, or as an item when it is long. */
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

void
trees_chooser(const struct site_table *site, struct view *v)
{
	size_t	 i;

	memset(v, 0, sizeof(*v));
	v->name = "";
	v->dir = site->nlang > 0 ? site->lang[0].dir : "";
	v->charset = CHARSET_ASCII;
	v->text_cols = v->menu_cols = 38;
	v->old = 1;
	for (i = 0; i < site->ntree; i++)
		if (strcmp(site->tree[i].tree, "ascii") == 0)
			v->dir = site->tree[i].dir;
}

int
trees_root(const struct view_source *src, size_t n, struct buf *out,
    struct err *e)
{
	const struct site_lang	*l;
	struct menu_item	 item[VIEW_MAX + 1];
	struct menu		 m = { .item = item,
				    .max_bytes = VIEW_ROOT_BYTES };
	struct view		 v, list[VIEW_MAX];
	char			 label[VIEW_MAX][LABEL_MAX];
	char			 selector[VIEW_MAX][80], notice[80];
	const char		*info;
	size_t			 i, ntree;
	int			 ascii;

	memset(item, 0, sizeof(item));
	trees_chooser(src->site, &v);
	ntree = view_list(src->site, list);
	ascii = by_name(list, ntree, "ascii") != NULL;
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

/* Room for the items of a home menu. */
struct home {
	struct menu_item	 item[HOME_ITEMS];
	char			 selector[HOME_ITEMS][160];
	struct menu_item	 nav[MENU_NAV];
	struct menu_nav_room	 room;
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

/* The sections, and pages that no section has. */
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
		if (trees_page_item(src, v, &site->page[i], item,
		    h->selector[h->n - 1], e) == -1)
			return -1;
	}
	return 0;
}

int
trees_home(const struct view_source *src, const struct view *v, size_t n,
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
	    "")) != NULL && trees_page_item(src, v, index, item,
	    h->selector[h->n - 1], e) == -1)
		goto out;
	if (home_contents(src, v, h, e) == -1)
		goto out;
	home_add(h, '7', w->search, v->name, "/search");
	snprintf(file, sizeof(file), "/%.60s.gpub", src->site->id);
	if ((item = home_add(h, '9', w->package, NULL, file)) != NULL)
		item->size = (size_t)src->package_size;
	if (item != NULL)
		item->short_title = w->package_short;
	m.nitem = h->n;
	m.nav = h->nav;
	m.nnav = menu_nav(src, v, 1, "", h->nav, &h->room);
	rv = menu_write(src, v, &m, n, out, e);
 out:
	free(h);
	return rv;
}
