/* SPDX-License-Identifier: ISC */
/*
 * Menus of the directory.  view/menu.h cuts them to the rules of each tree:
 * columns, bytes, links, characters.  A place leads to the same tree of its
 * package, or to its choice of trees when it does not have that one.
 *
 * Titles come from proven packages.  Selectors and words come from a stranger:
 * selectors are compared with the roll's ids, and words are never shown.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "directory/find.h"
#include "directory/menus.h"
#include "lang/lang.h"
#include "view/menu.h"
#include "view/nav.h"
#include "view/tree.h"
#include "view/words.h"

#define NUMBER_BYTES	12		/* of the links to pages above 9 */
#define ROOT_GROUPS	10		/* with more, the first menu has none */

/* A menu that is being made: its items' strings are offsets in text. */
struct menus {
	const struct roll	*r;
	struct view_source	 src;
	const struct view	*v;
	const struct words_view	*say;
	struct words_view	 own;
	struct buf		 text;
	size_t			 n;
	struct menu_item	*item;
	size_t			*title, *selector;	/* offsets in text */
	struct menu_item	 nav[NAV_MAX + 3];
	char			 up[ROLL_GROUP_MAX + 80];	/* selector */
	char			 step[2][80];
	size_t			 nnav;
	struct nav_room		 room;
};

/* Begin a menu of at most n items.  -1: no memory. */
static int
begin(struct menus *m, const struct roll *r, const struct menus_host *h,
    const struct view *v, size_t n)
{
	memset(m, 0, sizeof(*m));
	m->r = r;
	m->src.site = &r->table;
	m->src.host = h->host;
	m->src.port = h->port;
	m->src.prefix = ROLL_PREFIX;
	m->v = v;
	m->say = words_view(&r->table, v->dir, &m->own);
	m->item = calloc(n, sizeof(*m->item));
	m->title = calloc(n, sizeof(*m->title));
	m->selector = calloc(n, sizeof(*m->selector));
	return m->item == NULL || m->title == NULL || m->selector == NULL ?
	    -1 : 0;
}

static void
end(struct menus *m)
{
	buf_free(&m->text);
	free(m->item);
	free(m->title);
	free(m->selector);
}

/* Add an item.  The caller appends its title, then calls add_selector(). */
static struct menu_item *
add(struct menus *m, char type)
{
	struct menu_item	*i = &m->item[m->n];

	i->type = type;
	m->title[m->n++] = m->text.len;
	return i;
}

static void
add_selector(struct menus *m)
{
	buf_ch(&m->text, '\0');
	m->selector[m->n - 1] = m->text.len;
}

static void
add_group(struct menus *m, const struct roll_group *g)
{
	add(m, '1');
	roll_put_group(m->r, g, m->v->dir, &m->text);
	buf_fmt(&m->text, " (%zu)", g->n);
	add_selector(m);
	buf_fmt(&m->text, "/%s/s/%s", m->v->name, g->id);
	buf_ch(&m->text, '\0');
}

static void
add_place(struct menus *m, const struct roll_place *p)
{
	struct view	 list[VIEW_MAX];
	const char	*tree = "";
	size_t		 n = tree_list(p->t, list);

	add(m, '1')->is_elsewhere = 1;
	roll_put_place(p, m->v->dir, &m->text);
	add_selector(m);
	if (tree_by_name(list, n, m->v->name) != NULL)
		tree = m->v->name;
	buf_fmt(&m->text, "/%s/%s", p->t->id, tree);
	buf_ch(&m->text, '\0');
}

/* Add the search field: over all packages, or within a group. */
static void
add_search(struct menus *m, const char *what, size_t group)
{
	add(m, '7');
	buf_str(&m->text, what);
	add_selector(m);
	buf_fmt(&m->text, "/%s/search%s%s", m->v->name, group != ROLL_NONE ?
	    "/" : "", group != ROLL_NONE ? m->r->group[group].id : "");
	buf_ch(&m->text, '\0');
}

/* Turn the offsets into pointers; text must not grow from here on. */
static int
settle(struct menus *m, struct err *e)
{
	size_t	 i;

	if (!buf_ok(&m->text)) {
		err_nomem(e);
		return -1;
	}
	for (i = 0; i < m->n; i++) {
		m->item[i].title = m->text.data + m->title[i];
		m->item[i].selector = m->text.data + m->selector[i];
	}
	return 0;
}

/* The tree that a selector behind the prefix begins with; *rest: behind it. */
static int
take_tree(const struct roll *r, const char *s, size_t len, struct view *v,
    const char **rest, size_t *left)
{
	struct view		 list[VIEW_MAX];
	const struct view	*t;
	const char		*slash;
	char			 name[64];
	size_t			 n = tree_list(&r->table, list), k;

	s += len > 0;			/* its slash */
	len -= len > 0;
	slash = memchr(s, '/', len);
	k = slash != NULL ? (size_t)(slash - s) : len;
	if (k >= sizeof(name))
		return 0;
	memcpy(name, s, k);
	name[k] = '\0';
	if ((t = tree_by_name(list, n, name)) == NULL)
		return 0;
	*v = *t;
	*rest = s + k + (slash != NULL);
	*left = len - k - (slash != NULL);
	return 1;
}

/* The choice of trees, and the groups when all of it fits an old machine. */
static int
root(const struct roll *r, const struct menus_host *h, struct buf *out,
    struct err *e)
{
	struct view	 list[VIEW_MAX], v;
	struct menus	 m;
	struct menu	 menu = { .max_bytes = VIEW_ROOT_BYTES };
	char		 label[TREE_LABEL];
	size_t		 i, n = tree_list(&r->table, list), pages = 2;
	int		 rv = -1;

	tree_chooser(&r->table, &v);
	if (begin(&m, r, h, &v, n + ROOT_GROUPS + 1) == -1) {
		err_nomem(e);
		goto out;
	}
	for (i = 0; i < n; i++) {
		tree_label(&r->table, &list[i], &v, label);
		add(&m, '1');
		buf_str(&m.text, label);
		add_selector(&m);
		buf_fmt(&m.text, "/%s", list[i].name);
		buf_ch(&m.text, '\0');
	}
	if (tree_by_name(list, n, "ascii") != NULL) {
		v.name = "ascii";
		menu.title = site_table_lang(&r->table, v.dir)->title;
		add_search(&m, m.say->search, ROLL_NONE);
		for (i = 0; i < r->ntop && r->ntop <= ROOT_GROUPS; i++)
			add_group(&m, &r->group[r->top[i]]);
	}
	if (settle(&m, e) == -1)
		goto out;
	menu.item = m.item;
	menu.nitem = m.n;
	if (menu_pages(&m.src, &v, &menu, &pages, e) == -1)
		goto out;
	if (pages > 1)
		menu.nitem = n;
	rv = menu_write(&m.src, &v, &menu, 1, out, e);
 out:
	end(&m);
	return rv;
}

/* Add a link to the group that q's group is a part of; title: its room. */
static int
add_up(struct menus *m, const struct ask *q, struct buf *title)
{
	struct ask	 up;
	size_t		 n = m->nnav;

	if (!ask_up(m->r, q, &up))
		return 0;
	roll_put_group(m->r, &m->r->group[up.group], m->v->dir, title);
	snprintf(m->up, sizeof(m->up), "/%s/s/%s", m->v->name,
	    m->r->group[up.group].id);
	m->nav[n].type = '1';
	m->nav[n].title = buf_ok(title) ? title->data : "";
	m->nav[n].selector = m->up;
	return 1;
}

/* The home menu of a tree, or a group's. */
static int
list(const struct roll *r, const struct menus_host *h, const struct view *v,
    const struct ask *q, struct buf *out, struct err *e)
{
	struct menus	 m;
	struct menu	 menu = { 0 };
	struct ask_item	 item;
	struct buf	 title = BUF_INIT, up = BUF_INIT;
	char		 base[160], path[128] = "";
	size_t		 i, n = ask_count(r, q);
	int		 rv = -1;

	if (begin(&m, r, h, v, n + 1) == -1) {
		err_nomem(e);
		goto out;
	}
	add_search(&m, m.say->search, q->group);
	for (i = 0; i < n; i++) {
		ask_item(r, q, i, &item);
		if (item.group != NULL)
			add_group(&m, item.group);
		else
			add_place(&m, item.place);
	}
	if (q->what == ASK_GROUP) {
		roll_put_group(r, &r->group[q->group], v->dir, &title);
		snprintf(path, sizeof(path), "/s/%s", r->group[q->group].id);
	} else
		roll_put_heading(r, v->dir, &title);
	if (settle(&m, e) == -1 || !buf_ok(&title))
		goto out;
	snprintf(base, sizeof(base), "/%s%s", v->name, path);
	menu.title = title.data;
	menu.base = base;
	menu.max_bytes = (v->old && q->what == ASK_HOME ? VIEW_ROOT_BYTES :
	    VIEW_MENU_BYTES) - NUMBER_BYTES;
	menu.item = m.item;
	menu.nitem = m.n;
	menu.nav = m.nav;
	menu.nnav = m.nnav = nav_fill(&m.src, v, q->what == ASK_HOME,
	    strlen(path) + 31 < sizeof(m.room.selector[0]) ? path : "", m.nav,
	    &m.room);
	if (add_up(&m, q, &up))
		menu.nnav++;
	rv = buf_ok(&up) ? menu_write(&m.src, v, &menu, q->page, out, e) : -1;
 out:
	buf_free(&up);
	buf_free(&title);
	end(&m);
	return rv;
}

int
menus_page(const struct roll *r, const struct menus_host *h,
    const char *s, size_t len, struct buf *out, struct err *e)
{
	struct ask	 q = { .what = ASK_HOME, .group = ROLL_NONE };
	struct view	 v;
	size_t		 n = ask_prefix(s, len);

	s += n;
	len -= n;
	if (len == 0 || (len == 1 && *s == '/'))
		return root(r, h, out, e);
	if (n == 0 || !take_tree(r, s, len, &v, &s, &len) ||
	    !ask_parse_rest(r, s, len, &q) || q.what == ASK_SEARCH)
		return 0;
	q.dir = v.dir;
	return list(r, h, &v, &q, out, e);
}

/*
 * TREE/search[/GROUP] or TREE/search[/GROUP]/N/WORDS into what results_parse()
 * knows, with the group in *group.  0: it is another selector.
 */
static int
parse(const struct roll *r, const char *s, size_t len, const char *query,
    size_t querylen, size_t *group, struct results_ask *ask)
{
	struct view_source	 src = { .site = &r->table };
	struct view		 v;
	const char		*rest, *slash;
	char			 plain[1100];
	size_t			 n = ask_prefix(s, len), left, k, parts = 0, i;

	*group = ROLL_NONE;
	if (n == 0 || !take_tree(r, s + n, len - n, &v, &rest, &left) ||
	    left < 6 || memcmp(rest, "search", 6) != 0 ||
	    (left > 6 && rest[6] != '/'))
		return 0;
	s += n + 1;
	len -= n + 1;
	if (left > 7) {
		for (i = 7; i < left; i++)
			parts += rest[i] == '/';
		rest += 7;
		left -= 7;
		slash = memchr(rest, '/', left);
		k = slash != NULL ? (size_t)(slash - rest) : left;
		if (parts != 1)
			*group = roll_find(r, rest, k);
		if (*group == ROLL_NONE)
			return results_parse(&src, s, len, query, querylen,
			    ask);
		left -= k;
		k = (size_t)snprintf(plain, sizeof(plain), "%s/search%.*s",
		    v.name, (int)left, slash != NULL ? slash : "");
		return k < sizeof(plain) && results_parse(&src, plain, k,
		    query, querylen, ask);
	}
	return results_parse(&src, s, len, query, querylen, ask);
}

/* Add the links to the next and previous page of results. */
static void
add_steps(struct menus *m, const struct results_ask *ask, size_t group,
    const struct hits *h)
{
	char	 within[ROLL_GROUP_MAX + 2] = "";

	if (group != ROLL_NONE)
		snprintf(within, sizeof(within), "/%s",
		    m->r->group[group].id);
	if (h->first + h->n < h->total && results_selector(ask, within,
	    ask->page + 1, m->step[0])) {
		m->nav[m->nnav].title = m->say->next;
		m->nav[m->nnav].type = '1';
		m->nav[m->nnav++].selector = m->step[0];
	}
	if (ask->page > 1 && results_selector(ask, within, ask->page - 1,
	    m->step[1])) {
		m->nav[m->nnav].title = m->say->previous;
		m->nav[m->nnav].type = '1';
		m->nav[m->nnav++].selector = m->step[1];
	}
}

/*
 * Add a page of a place: in the same tree when that has the page's language,
 * else in the UTF-8 tree of that language.  An old tree, whose readers cannot
 * read UTF-8, gets the place in its stead, and so does a page that is long.
 */
static void
add_page(struct menus *m, const struct hit *h)
{
	const struct roll_place	*p = h->place;
	struct view		 list[VIEW_MAX];
	const struct view	*t;
	const char		*tree = m->v->name;
	size_t			 n = tree_list(p->t, list);
	struct menu_item	*item;

	t = tree_by_name(list, n, tree);
	if (t == NULL || strcmp(t->dir, h->dir) != 0)
		tree = m->v->old ? NULL : h->dir;
	if (tree == NULL || h->size > VIEW_TEXT_BYTES / 2) {
		add_place(m, p);
		return;
	}
	item = add(m, '0');
	item->is_elsewhere = 1;
	item->note = h->context[0] != '\0' ? h->context : NULL;
	roll_put_place(p, m->v->dir, &m->text);
	buf_fmt(&m->text, "%s%s", m->say->colon, h->title);
	add_selector(m);
	buf_fmt(&m->text, "/%s/%s/%s.txt", p->t->id, tree, h->id);
	buf_ch(&m->text, '\0');
}

int
menus_search_parse(const struct roll *r, const char *s, size_t len,
    const char *query, size_t querylen, struct menus_search *m)
{
	memset(m, 0, sizeof(*m));
	m->words.page = 1;
	m->ask.what = ASK_SEARCH;
	if (!parse(r, s, len, query, querylen, &m->ask.group, &m->words))
		return 0;
	m->most = results_hits(&m->words);
	m->first = (m->words.page - 1) * m->most;
	return 1;
}

void
menus_search_free(struct menus_search *m)
{
	buf_free(&m->words.words);
}

int
menus_found(const struct roll *r, const struct menus_host *host,
    const struct menus_search *s, const struct hits *h, struct buf *out,
    struct err *e)
{
	const struct results_ask	*ask = &s->words;
	struct menus	 m;
	struct menu	 menu = { .max_lines = 64 };
	const char	*narrow;
	char		 counted[WORDS_NUMBER];
	size_t		 i;
	int		 rv = -1;

	if (begin(&m, r, host, &ask->view, HITS_PAGE + 1) == -1) {
		err_nomem(e);
		goto out;
	}
	for (i = 0; i < h->n; i++)
		if (h->hit[i].dir == NULL)
			add_place(&m, h->hit[i].place);
		else
			add_page(&m, &h->hit[i]);
	add_search(&m, m.say->again, s->ask.group);
	if (settle(&m, e) == -1)
		goto out;
	words_number(counted, sizeof(counted), lang_or_english(
	    site_table_lang(&r->table, ask->view.dir)->tag)->text[LANG_PLACES],
	    h->total, 0);
	narrow = m.say->narrow;
	if (h->n > 0 && h->cut && ask->page >= HITS_PAGES) {
		menu.info = &narrow;
		menu.ninfo = 1;
	}
	menu.title = h->unclear ? m.say->unclear :
	    h->total == 0 ? (h->cut ? m.say->narrow : m.say->none) :
	    h->n == 0 ? m.say->beyond : h->cut ? m.say->search : counted;
	menu.item = m.item;
	menu.nitem = m.n;
	if (ask->page < HITS_PAGES || h->n == 0)
		add_steps(&m, ask, s->ask.group, h);
	m.nnav += nav_fill(&m.src, m.v, 0, "", m.nav + m.nnav, &m.room);
	menu.nav = m.nav;
	menu.nnav = m.nnav;
	rv = menu_write(&m.src, m.v, &menu, 1, out, e);
 out:
	end(&m);
	return rv;
}
