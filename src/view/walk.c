/* SPDX-License-Identifier: ISC */
/*
 * Every selector of every tree, in a stable order, for the export, the checks
 * and the tests.
 *
 * The pages of a menu are counted by asking view_reply() for one after the
 * other until there is none, so this file and the server cannot disagree.
 * Trusts the site table.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "proto/site.h"
#include "view/memo.h"
#include "view/page.h"
#include "view/tree.h"
#include "view/walk.h"

#define NUMBER_MAX	9999		/* the last page of a menu */

/* The state of one walk_selectors(). */
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

/* Walk the pages of a menu: ask for each until there is none. */
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
	struct page_text	 own, *t;
	struct fit		 f;
	size_t			 k, size, npart;
	int			 rv;

	tree_fit(&f, w->view, w->src->site);
	rv = memo_compose(w->src, w->view, &f, page, &own, &t, w->e);
	if (rv != 1)
		return rv;
	size = page_size(w->view, t);
	npart = t->npart;
	memo_release(&own, t);
	rv = 0;
	if (size <= VIEW_TEXT_BYTES)
		rv = walk_one(w, VIEW_TEXT, "/%s.txt", page->id, 0);
	if (rv == 0 && npart > 1)
		rv = walk_menu(w, "/", page->id);
	for (k = 0; rv == 0 && npart > 1 && k < npart; k++)
		rv = walk_one(w, VIEW_TEXT, "/%s/%zu.txt", page->id, k + 1);
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
walk_selectors(const struct view_source *src, int (*each)(void *, const char *,
    enum view_kind), void *arg, struct err *e)
{
	struct view	 list[VIEW_MAX];
	struct walk	 w = { src, NULL, each, arg, e };
	size_t		 i, n;

	if (each(arg, "", VIEW_MENU) == -1)
		return -1;
	n = tree_list(src->site, list);
	for (i = 0; i < n; i++) {
		w.view = &list[i];
		if (walk_tree(&w) == -1)
			return -1;
	}
	return 0;
}
