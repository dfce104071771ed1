#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "proto/site.h"
#include "view/menu.h"
#include "view/page.h"
#include "view/trees.h"
#include "view/view.h"

#define NUMBER_MAX	9999		/* of a part, of a page of a menu */
#define ID_BYTES	64		/* of a page or section in a selector */
#define TREE_MAX	30		/* bytes of a tree's name */

/* What a selector asks of a tree. */
enum ask { ASK_HOME, ASK_SECTION, ASK_NOTICE, ASK_WHOLE, ASK_PAGE, ASK_PART };

struct asked_view {
	enum ask	 ask;
	char		 id[ID_BYTES + 1];
	size_t		 n;			/* from 1 */
};

static void
add(struct view *out, size_t *n, const char *name, const char *dir,
    enum charset charset)
{
	unsigned	 cols = charset == CHARSET_GB2312 ||
			    charset == CHARSET_HZ ? 66 : 67;
	size_t		 i;

	for (i = 0; i < *n; i++)
		if (strcmp(out[i].name, name) == 0)
			return;
	i = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_");
	if (*n == VIEW_MAX || i == 0 || i > TREE_MAX || name[i] != '\0')
		return;		/* no selector can begin with it */
	out[*n].name = name;
	out[*n].dir = dir;
	out[*n].charset = charset;
	out[*n].text_cols = out[*n].menu_cols = cols;
	out[*n].old = charset != CHARSET_UTF8;
	if (strcmp(name, "40") == 0) {
		out[*n].text_cols = 38;
		out[*n].menu_cols = 27;
	}
	(*n)++;
}

size_t
view_list(const struct site_table *site, struct view out[VIEW_MAX])
{
	const struct site_tree	*t;
	size_t			 i, n = 0;

	for (i = 0; i < site->nlang && n < VIEW_MAX - 4; i++)
		add(out, &n, site->lang[i].dir, site->lang[i].dir,
		    CHARSET_UTF8);
	for (i = 0; i < site->ntree; i++) {
		t = &site->tree[i];
		if (strcmp(t->tree, "ascii") == 0) {
			add(out, &n, "ascii", t->dir, CHARSET_ASCII);
			add(out, &n, "40", t->dir, CHARSET_ASCII);
		} else if (strcmp(t->tree, "gb") == 0) {
			add(out, &n, "gb", t->dir, CHARSET_GB2312);
			add(out, &n, "hz", t->dir, CHARSET_HZ);
		}
	}
	return n;
}

/* A number from min up, without zeros before it; 0: it is none. */
static size_t
number(const char *s, size_t len, size_t min)
{
	size_t	 i, n = 0;

	if (len == 0 || len > 4 || *s == '0')
		return 0;
	for (i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return 0;
		n = n * 10 + (size_t)(s[i] - '0');
	}
	return n < min ? 0 : n;
}

/* Cut the next segment off; its length. */
static size_t
segment(const char **s, size_t *len, const char **seg)
{
	const char	*slash;
	size_t		 n;

	*seg = *s;
	slash = *len == 0 ? NULL : memchr(*s, '/', *len);
	n = slash == NULL ? *len : (size_t)(slash - *s);
	*s += slash == NULL ? n : n + 1;
	*len -= slash == NULL ? n : n + 1;
	return n;
}

static int
is_txt(const char *s, size_t len)
{
	return len > 4 && memcmp(s + len - 4, ".txt", 4) == 0;
}

static int
set_id(struct asked_view *a, const char *s, size_t len)
{
	if (len == 0 || len > ID_BYTES)
		return -1;
	memcpy(a->id, s, len);
	a->id[len] = '\0';
	return 0;
}

/* What is behind /TREE/s/. */
static int
parse_section(const char *s, size_t len, struct asked_view *a)
{
	const char	*seg;
	size_t		 n;

	n = segment(&s, &len, &seg);
	if (n == 10 && memcmp(seg, "notice.txt", 10) == 0 && len == 0) {
		a->ask = ASK_NOTICE;
		return 0;
	}
	a->ask = ASK_SECTION;
	a->n = 1;
	if (set_id(a, seg, n) == -1)
		return -1;
	return len == 0 || (a->n = number(s, len, 2)) > 0 ? 0 : -1;
}

/* What is behind /TREE/: 0, or -1 for what can be no selector. */
static int
parse(const char *s, size_t len, struct asked_view *a)
{
	const char	*seg, *all = s;
	size_t		 n, alllen = len;

	a->ask = ASK_HOME;
	a->n = 1;
	if (len == 0 || (a->n = number(s, len, 2)) > 0)
		return 0;
	n = segment(&s, &len, &seg);
	if (n == 1 && *seg == 's' && len > 0 && number(s, len, 2) == 0 &&
	    !(is_txt(s, len) && number(s, len - 4, 1) > 0))
		return parse_section(s, len, a);
	if (is_txt(all, alllen) && n == alllen) {
		a->ask = ASK_WHOLE;
		return set_id(a, seg, n - 4);
	}
	a->n = 1;
	a->ask = ASK_PAGE;
	if (set_id(a, seg, n) == -1 || strcmp(a->id, "search") == 0)
		return -1;
	if (len == 0)
		return 0;
	if (is_txt(s, len)) {
		a->ask = ASK_PART;
		return (a->n = number(s, len - 4, 1)) > 0 ? 0 : -1;
	}
	return (a->n = number(s, len, 2)) > 0 ? 0 : -1;
}

static int
reply_page(const struct view_source *src, const struct view *v,
    const struct asked_view *a, struct buf *out, enum view_kind *kind,
    struct err *e)
{
	const struct site_page	*page;
	struct page_text	 t;
	struct fit		 f;
	int			 rv;

	if ((page = site_table_page(src->site, v->dir, a->id)) == NULL)
		return 0;
	charset_init(&f, v->charset, src->site);
	if ((rv = page_compose(src, v, &f, page, NULL, &t, e)) == 1) {
		*kind = a->ask == ASK_PAGE ? VIEW_MENU : VIEW_TEXT;
		rv = 0;
		if (a->ask == ASK_WHOLE &&
		    page_size(v, &t) <= VIEW_TEXT_BYTES) {
			page_whole(v, &t, out);
			rv = 1;
		} else if (a->ask == ASK_PART && t.npart > 1 &&
		    a->n <= t.npart) {
			page_part(src, v, &f, &t, a->n - 1, out);
			rv = 1;
		} else if (a->ask == ASK_PAGE && t.npart > 1)
			rv = trees_page(src, v, &t, a->n, out, e);
	}
	page_free(&t);
	return rv;
}

static int
reply_tree(const struct view_source *src, const struct view *v,
    const char *s, size_t len, struct buf *out, enum view_kind *kind,
    struct err *e)
{
	const struct site_section	*section;
	struct asked_view		 a = { .n = 1 };

	if (parse(s, len, &a) == -1)
		return 0;
	*kind = VIEW_MENU;
	switch (a.ask) {
	case ASK_HOME:
		return trees_home(src, v, a.n, out, e);
	case ASK_SECTION:
		section = site_table_section(src->site, v->dir, a.id);
		return section == NULL ? 0 :
		    trees_section(src, v, section, a.n, out, e);
	case ASK_NOTICE:
		*kind = VIEW_TEXT;
		return trees_notice(src, v, out, e);
	default:
		return reply_page(src, v, &a, out, kind, e);
	}
}

int
view_reply(const struct view_source *src, const char *selector, size_t len,
    struct buf *out, enum view_kind *kind, struct err *e)
{
	struct view	 list[VIEW_MAX];
	const char	*name;
	size_t		 i, n, namelen, start = out->len;
	int		 rv = 0;

	if (len > 0 && selector[len - 1] == '/')
		len--;
	*kind = VIEW_MENU;
	if (len == 0)
		rv = trees_root(src, 1, out, e);
	else {
		n = view_list(src->site, list);
		namelen = segment(&selector, &len, &name);
		for (i = 0; i < n; i++)
			if (strlen(list[i].name) == namelen &&
			    memcmp(list[i].name, name, namelen) == 0)
				break;
		if (i < n)
			rv = reply_tree(src, &list[i], selector, len, out,
			    kind, e);
	}
	if (rv != 1) {
		*kind = VIEW_NONE;
		buf_cut(out, start);
		return rv;
	}
	if (!buf_ok(out)) {
		err_nomem(e);
		return -1;
	}
	return 0;
}

/* One view_walk() on its way. */
struct walk {
	const struct view_source	*src;
	const struct view		*view;
	int	(*each)(void *, const char *, enum view_kind);
	void				*arg;
	struct err			*e;
};

static int
walk_one(struct walk *w, enum view_kind kind, const char *fmt, const char *id,
    size_t n)
{
	char	 selector[160], rest[120];

	snprintf(rest, sizeof(rest), fmt, id, n);
	snprintf(selector, sizeof(selector), "%.30s%s", w->view->name, rest);
	return w->each(w->arg, selector, kind);
}

/* All pages of a menu: ask for one after the other until there is none. */
static int
walk_menu(struct walk *w, const char *path, const char *id)
{
	enum view_kind	 kind;
	struct buf	 b = BUF_INIT;
	char		 selector[160], fmt[32];
	size_t		 n;
	int		 rv = 0;

	snprintf(fmt, sizeof(fmt), "%s%%s", path);
	if (walk_one(w, VIEW_MENU, fmt, id, 0) == -1)
		return -1;
	snprintf(fmt, sizeof(fmt), "%s%%s/%%zu", path);
	for (n = 2; rv == 0 && n <= NUMBER_MAX; n++) {
		snprintf(selector, sizeof(selector), "%.30s%s%.64s/%zu",
		    w->view->name, path, id, n);
		buf_reset(&b);
		if (view_reply(w->src, selector, strlen(selector), &b, &kind,
		    w->e) == -1)
			rv = -1;
		else if (kind == VIEW_NONE)
			break;
		else
			rv = walk_one(w, VIEW_MENU, fmt, id, n);
	}
	buf_free(&b);
	return rv;
}

static int
walk_page(struct walk *w, const struct site_page *page)
{
	struct page_text	 t;
	struct fit		 f;
	size_t			 k;
	int			 rv;

	charset_init(&f, w->view->charset, w->src->site);
	rv = page_compose(w->src, w->view, &f, page, NULL, &t, w->e);
	if (rv == 1) {
		rv = 0;
		if (page_size(w->view, &t) <= VIEW_TEXT_BYTES)
			rv = walk_one(w, VIEW_TEXT, "/%s.txt", page->id, 0);
		if (rv == 0 && t.npart > 1)
			rv = walk_menu(w, "/", page->id);
		for (k = 0; rv == 0 && t.npart > 1 && k < t.npart; k++)
			rv = walk_one(w, VIEW_TEXT, "/%s/%zu.txt", page->id,
			    k + 1);
	}
	page_free(&t);
	return rv;
}

static int
walk_tree(struct walk *w)
{
	const struct site_table	*site = w->src->site;
	const struct site_lang	*l = site_table_lang(site, w->view->dir);
	size_t			 i;

	if (walk_menu(w, "", "") == -1)
		return -1;
	if (l != NULL && l->notice != NULL &&
	    walk_one(w, VIEW_TEXT, "/s/notice.txt", "", 0) == -1)
		return -1;
	for (i = 0; i < site->nsection; i++)
		if (strcmp(site->section[i].dir, w->view->dir) == 0 &&
		    walk_menu(w, "/s/", site->section[i].id) == -1)
			return -1;
	for (i = 0; i < site->npage; i++)
		if (strcmp(site->page[i].dir, w->view->dir) == 0 &&
		    walk_page(w, &site->page[i]) == -1)
			return -1;
	return 0;
}

int
view_walk(const struct view_source *src, int (*each)(void *, const char *,
    enum view_kind), void *arg, struct err *e)
{
	struct view	 list[VIEW_MAX];
	struct walk	 w = { src, NULL, each, arg, e };
	size_t		 i, n;

	if (each(arg, "", VIEW_MENU) == -1)
		return -1;
	n = view_list(src->site, list);
	for (i = 0; i < n; i++) {
		w.view = &list[i];
		if (walk_tree(&w) == -1)
			return -1;
	}
	return 0;
}
