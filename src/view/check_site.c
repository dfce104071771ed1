/* SPDX-License-Identifier: ISC */
/*
 * Every rule over a page and over the menus of its trees.  Each tree's replies
 * are made as the server makes them, and check.c then looks at their bytes
 * alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "proto/site.h"
#include "view/check.h"
#include "view/check_site.h"
#include "view/page.h"
#include "view/section.h"
#include "view/tree.h"
#include "view/view.h"

#define HOST32		"gopher.of-a-long-name.example.cn"	/* and NUL */
#define PACKAGE_SIZE	9999999		/* stands for one not known yet */
#define MENUS_MAX	9999

struct site_check {
	struct view_source	 src, from;	/* from: as given */
	const char		*dir, *id;	/* the page whose text is kept */
	const char		*kept;
	size_t			 keptlen;
	struct page_text		 base;	/* that page in the tree before,
						   without findings; see
						   is_base() */
	struct page_link	*link;		/* the page's links */
	size_t			 nlink;
	struct buf		 title, reply;	/* scratch */
	const struct view	*view, *next;	/* next NULL: no more */
	const char		*path;		/* of the page, or the menu */
	const struct page_text	*text;		/* lines of the reply */
	size_t			 shift;		/* where it begins in text */
	void	(*found)(void *, const char *, const char *, size_t,
		    const struct finding *);
	void			*arg;
	int			 count;
};

static void
tell(struct site_check *c, size_t line, const struct finding *f)
{
	c->count++;
	if (c->found != NULL)
		c->found(c->arg, *c->view->name == '\0' ? "/" : c->view->name,
		    c->path, line, f);
}

/* Find the page that is checked once, not for each tree. */
static int
page_at_hand(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	struct site_check	*c = arg;

	if (c->kept == NULL || strcmp(id, c->id) != 0 ||
	    strcmp(dir, c->dir) != 0)
		return c->from.page(c->from.arg, dir, id, text, len);
	*text = c->kept;
	*len = c->keptlen;
	return 0;
}

/* A finding of the composer; line: of the gemtext. */
static void
on_page(void *arg, size_t line, const struct finding *f)
{
	tell(arg, line, f);
}

/* A finding in a line of a reply: tell it by the line of the gemtext. */
static void
on_reply(void *arg, size_t line, const struct finding *f)
{
	struct site_check	*c = arg;
	const struct page_text	*t = c->text;

	if (t == NULL || line == 0 || line + c->shift > t->nline)
		tell(c, 0, f);
	else
		tell(c, t->line[line + c->shift - 1].line, f);
}

static void
on_title(void *arg, uint32_t cp)
{
	lacking_add(arg, cp);
}

/* Columns of a title in this tree; its characters are checked too. */
static size_t
title_width(struct site_check *c, const char *s)
{
	struct lacking	 lacking = { 0 };
	struct finding	 found;
	struct buf	*b = &c->title;
	struct fit	 f;

	if (s == NULL)
		return 0;
	buf_reset(b);
	tree_fit(&f, c->view, c->src.site);
	f.lacks = on_title;
	f.arg = &lacking;
	charset_fit(&f, s, strlen(s), b);
	if (lacking.n > 0) {
		finding_lacks(&found, c->view->charset->label,
		    c->view->charset->lacks_wide, &lacking, s, strlen(s));
		tell(c, 0, &found);
	}
	return b->data == NULL ? 0 : charset_width(c->view->charset, b->data,
	    b->len);
}

static void
check_titles(struct site_check *c, const char *title, const char *brief)
{
	size_t	 a = title_width(c, title), b = title_width(c, brief);
	struct finding	 f;

	if (a <= c->view->menu_cols || (b > 0 && b <= c->view->menu_cols))
		return;
	finding_set(&f, "short", "neither title nor short title fits %s "
	    "columns");
	finding_number(&f, 0, c->view->menu_cols);
	tell(c, 0, &f);
}

/* Compose a reply and check it by the rules. */
static int
check_reply(struct site_check *c, const char *selector, size_t most,
    int *there, struct err *e)
{
	struct buf	 b = BUF_INIT;
	enum view_kind	 kind;
	int		 rv;

	rv = view_reply(&c->src, selector, strlen(selector), &b, &kind, e);
	*there = kind != VIEW_NONE;
	if (rv == 0 && kind == VIEW_MENU)
		check_menu(c->view, b.data, b.len, most, on_reply, c);
	else if (rv == 0 && kind == VIEW_TEXT)
		check_text(c->view, b.data, b.len, most, on_reply, c);
	buf_free(&b);
	return rv;
}

/* Check all pages of a menu. */
static int
check_menus(struct site_check *c, const char *selector, struct err *e)
{
	const char	*was = c->path;
	char		 s[200];
	size_t		 n, most;
	int		 there = 1, rv = 0;

	c->text = NULL;
	most = c->view->old && strchr(selector, '/') == NULL ?
	    VIEW_ROOT_BYTES : VIEW_MENU_BYTES;
	for (n = 1; rv == 0 && there && n <= MENUS_MAX; n++) {
		if (n == 1)
			snprintf(s, sizeof(s), "%s", selector);
		else
			snprintf(s, sizeof(s), "%s/%zu", selector, n);
		c->path = s;
		rv = check_reply(c, s, most, &there, e);
		if (*selector == '\0')
			break;
	}
	c->path = was;
	return rv;
}

/* Check the home menu, the notice and the sections of the tree. */
static int
check_tree(struct site_check *c, struct err *e)
{
	const struct site_table		*site = c->src.site;
	const struct site_section	*s;
	const struct site_lang		*l = site_table_lang(site, c->view->dir);
	char				 selector[160];
	size_t				 i;
	int				 there;

	if (l != NULL) {
		check_titles(c, l->title, l->short_title);
		title_width(c, l->notice);
	}
	if (check_menus(c, c->view->name, e) == -1)
		return -1;
	snprintf(selector, sizeof(selector), "%.30s/s/notice.txt",
	    c->view->name);
	if (l != NULL && l->notice != NULL &&
	    check_reply(c, selector, VIEW_PART_BYTES, &there, e) == -1)
		return -1;
	for (i = 0; i < site->nsection; i++) {
		s = &site->section[i];
		if (strcmp(s->dir, c->view->dir) != 0)
			continue;
		check_titles(c, s->title, s->short_title);
		snprintf(selector, sizeof(selector), "%.30s/s/%.100s",
		    c->view->name, s->id);
		if (check_menus(c, selector, e) == -1)
			return -1;
	}
	return 0;
}

/* Check the menu of a page in parts; its text is composed already. */
static int
check_page_menu(struct site_check *c, struct page_text *t, struct err *e)
{
	struct buf	*b = &c->reply;
	const char	*was = c->path;
	char		 s[200];
	size_t		 n;
	int		 rv = 1;

	for (n = 1; rv == 1 && n <= MENUS_MAX; n++) {
		snprintf(s, sizeof(s), n == 1 ? "%.30s/%.100s" :
		    "%.30s/%.100s/%zu", c->view->name, t->page->id, n);
		c->path = s;
		buf_reset(b);
		rv = section_page_menu(&c->src, c->view, t, n, b, e);
		if (rv == 1)
			check_menu(c->view, b->data, b->len, VIEW_MENU_BYTES,
			    on_reply, c);
	}
	c->path = was;
	return rv;
}

/* Check the texts of a page whose composed lines are t. */
static int
check_texts(struct site_check *c, const struct fit *f, struct page_text *t,
    struct err *e)
{
	struct buf	*b = &c->reply;
	size_t		 k;

	c->text = t;
	buf_reset(b);
	page_whole(c->view, t, b);
	/*
	 * The whole of a page in parts may have any size: above
	 * VIEW_TEXT_BYTES no menu lists it for printing.
	 */
	check_text(c->view, b->data, b->len, t->npart > 1 ? (size_t)-1 :
	    VIEW_PART_BYTES, on_reply, c);
	c->text = NULL;
	for (k = 0; buf_ok(b) && t->npart > 1 && k < t->npart; k++) {
		buf_reset(b);
		page_part(&c->src, c->view, f, t, k, b);
		check_text(c->view, b->data, b->len, VIEW_PART_BYTES,
		    on_reply, c);
	}
	if (!buf_ok(b)) {
		err_nomem(e);
		return -1;
	}
	return t->npart > 1 ? check_page_menu(c, t, e) : 0;
}

/* 1: the next tree has the same lines in other bytes, as /hz of /gb. */
static int
is_base(const struct site_check *c)
{
	return c->next != NULL && c->next->charset->of == c->view->charset &&
	    c->next->text_cols == c->view->text_cols;
}

/* Compose the page in this tree, out of the tree before where possible. */
static int
compose(struct site_check *c, const struct fit *f,
    const struct site_page *page, struct page_text *t, struct err *e)
{
	struct page_watch	 w = { on_page, c, c->link, c->nlink };

	if (c->base.page == page)
		return page_convert(c->view, &c->base, t, e);
	return page_compose(&c->src, c->view, f, page, &w, t, e);
}

static void
tell_search(struct site_check *c)
{
	struct finding	 f;

	finding_set(&f, "selector", "search is the search's, not a page's");
	tell(c, 0, &f);
}

static int
check_page(struct site_check *c, const struct site_page *page, struct err *e)
{
	const int	 before = c->count;
	struct page_text t;
	struct fit	 f;
	int		 rv, clean = 0;

	check_titles(c, page->title, page->short_title);
	if (strcmp(page->id, "search") == 0)
		tell_search(c);
	tree_fit(&f, c->view, c->src.site);
	if ((rv = compose(c, &f, page, &t, e)) == 1) {
		clean = c->count == before;
		section_keep(&c->src, c->view, &t);
		rv = check_texts(c, &f, &t, e);
	}
	/*
	 * The links are the same in every tree: keep them for the next ones.
	 * A tree that is made from the base takes them from there.
	 */
	if (c->link == NULL && !is_base(c)) {
		c->link = t.link;
		c->nlink = t.nlink;
		t.link = NULL;
	}
	page_free(&c->base);
	if (rv != -1 && clean && is_base(c))
		c->base = t;
	else
		page_free(&t);
	return rv;
}

int
check_site(const struct view_source *src, const char *dir, const char *id,
    void (*found)(void *, const char *, const char *, size_t,
    const struct finding *),
    void *arg, struct err *e)
{
	const struct site_page	*at = site_table_page(src->site, dir, id);
	struct site_check	 c = { .src = *src, .from = *src,
				    .found = found, .arg = arg,
				    .dir = dir, .id = id };
	struct view		 list[VIEW_MAX], chooser;
	char			 path[256];
	size_t			 i, n;
	int			 rv = -1;

	if (at == NULL)
		return 0;
	if (src->page(src->arg, dir, id, &c.kept, &c.keptlen) == -1)
		c.kept = NULL;
	c.src.page = page_at_hand;
	c.src.arg = &c;
	c.src.host = HOST32;
	c.src.port = 7070;
	c.src.prefix = NULL;
	if (c.src.package_size == 0)
		c.src.package_size = PACKAGE_SIZE;
	snprintf(path, sizeof(path), "%.100s/%.100s.gmi", dir, id);
	c.path = path;
	n = tree_list(src->site, list);
	for (i = 0; i < n; i++) {
		c.view = &list[i];
		c.next = i + 1 < n ? &list[i + 1] : NULL;
		if (strcmp(list[i].dir, dir) != 0)
			continue;
		if (check_page(&c, at, e) == -1 || (strcmp(id, "index") == 0
		    && check_tree(&c, e) == -1))
			goto out;
	}
	tree_chooser(src->site, &chooser);
	c.view = &chooser;
	c.next = NULL;
	if (strcmp(id, "index") != 0 || strcmp(chooser.dir, dir) != 0 ||
	    check_menus(&c, "", e) == 0)
		rv = c.count;
 out:
	page_free(&c.base);
	free(c.link);
	buf_free(&c.title);
	buf_free(&c.reply);
	return rv;
}
