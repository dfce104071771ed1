/* SPDX-License-Identifier: ISC */
/*
 * Which trees a site has, and which tree leads to which.  The rows of
 * proto/trees.h describe each tree.  The site table says which of them the site
 * has and in which language; it may come from a stranger.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "lang/lang.h"
#include "proto/site.h"
#include "view/tree.h"
#include "view/words.h"

#define NAME_MAX_BYTES	30		/* of a tree's name */

/* Fast, since every reply looks for its tree: the first byte comes first. */
static int
is_same(const char *a, const char *b)
{
	return a[0] == b[0] && strcmp(a, b) == 0;
}

static void
add(struct view *out, size_t *n, const struct tree_row *row, const char *name,
    const char *dir)
{
	struct view	*v = &out[*n];
	size_t		 i;

	for (i = 0; i < *n; i++)
		if (is_same(out[i].name, name))
			return;
	i = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_");
	if (*n == VIEW_MAX || i == 0 || i > NAME_MAX_BYTES || name[i] != '\0')
		return;		/* no selector can begin with it */
	v->row = row;
	v->name = name;
	v->dir = dir;
	v->charset = charset_named(row->charset);
	v->text_cols = row->text_cols;
	v->menu_cols = row->menu_cols;
	v->old = row != &tree_language;
	(*n)++;
}

size_t
tree_list(const struct site_table *site, struct view out[VIEW_MAX])
{
	const struct site_tree	*t;
	size_t			 i, k, n = 0;

	for (i = 0; i < site->nlang && n < VIEW_MAX - tree_nrows; i++)
		add(out, &n, &tree_language, site->lang[i].dir,
		    site->lang[i].dir);
	for (i = 0; i < site->ntree; i++) {
		t = &site->tree[i];
		for (k = 0; k < tree_nrows; k++)
			if (is_same(tree_rows[k].with, t->tree))
				add(out, &n, &tree_rows[k], tree_rows[k].name,
				    t->dir);
	}
	return n;
}

void
tree_fit(struct fit *f, const struct view *v, const struct site_table *site)
{
	if (site == NULL)
		charset_init(f, v->charset, NULL, 0);
	else
		charset_init(f, v->charset, site->replace, site->nreplace);
}

const struct view *
tree_by_name(const struct view *list, size_t n, const char *name)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}

/* 1: the tree's charset has every character of s. */
static int
can_show(const struct view *v, const char *s)
{
	struct buf	 b = BUF_INIT;
	struct fit	 f;
	int		 ok;

	tree_fit(&f, v, NULL);
	ok = charset_fit(&f, s, strlen(s), &b) == 0 && b.len == strlen(s);
	buf_free(&b);
	return ok;
}

/* What a menu of tree `in' calls tree t: "Chinese (GB2312)". */
void
tree_label(const struct site_table *site, const struct view *t,
    const struct view *in, char label[TREE_LABEL])
{
	const struct site_lang	*l = site_table_lang(site, t->dir);
	const char		*name = t->dir;

	if (l != NULL) {
		name = l->name;
		if (!can_show(in, name) && lang_english_name(l->tag) != NULL)
			name = lang_english_name(l->tag);
	}
	snprintf(label, TREE_LABEL, t->old || in->old ? "%.*s (%s)" : "%.*s",
	    (int)text_utf8_cut(name, strlen(name), 64), name, t->row->label);
}

/*
 * The tree that most readers of v would go to next.  From a UTF-8 tree it is
 * the next UTF-8 tree, which has another language.  From an old tree, or when
 * there is no such tree, it is the first that v's row names: one of another
 * language, or a wider or more readable form.  Last, from an old tree, it is
 * the UTF-8 tree of its language.
 */
static const struct view *
sibling_of(const struct view *v, const struct view *list, size_t n)
{
	const struct view	*s;
	const char		*name;
	size_t			 i, at = n;

	for (i = 0; i < n && !v->old; i++)
		if (strcmp(list[i].name, v->name) == 0)
			at = i;
	for (i = 1; i < n && at < n; i++) {
		s = &list[(at + i) % n];
		if (!s->old)
			return s;
	}
	for (i = 0; i < 2; i++)
		if ((name = v->row->sibling[i]) != NULL &&
		    (s = tree_by_name(list, n, name)) != NULL)
			return s;
	return v->old ? tree_by_name(list, n, v->dir) : NULL;
}

int
tree_sibling(const struct site_table *site, const struct view *v,
    struct view *out)
{
	struct view		 list[VIEW_MAX];
	const struct view	*s = sibling_of(v, list, tree_list(site, list));

	if (s == NULL || strcmp(s->name, v->name) == 0)
		return 0;
	*out = *s;
	return 1;
}

/*
 * How well readers of v can read t's charset; 0: not at all.  A 7-bit client
 * shows most letters of ISO 8859-1 right.
 */
static int
is_readable(const struct view *v, const struct view *t)
{
	if (!v->old)
		return !t->old;
	if (!t->old)
		return 0;
	if (t->charset == v->charset)
		return 3;
	if (t->charset == &charset_ascii)
		return 2;
	return v->charset == &charset_ascii && t->charset == &charset_latin1;
}

int
tree_toward(const struct site_table *site, const struct view *v,
    const char *dir, struct view *out)
{
	struct view	 list[VIEW_MAX];
	size_t		 i, n;
	int		 got, best = 0;

	if (strcmp(v->dir, dir) == 0) {
		*out = *v;
		return 1;
	}
	n = tree_list(site, list);
	for (i = 0; i < n; i++) {
		got = strcmp(list[i].dir, dir) == 0 ?
		    is_readable(v, &list[i]) : 0;
		if (got > best) {
			best = got;
			*out = list[i];
		}
	}
	return best > 0;
}

void
tree_chooser(const struct site_table *site, struct view *v)
{
	size_t	 i;

	memset(v, 0, sizeof(*v));
	v->row = trees_find("ascii");
	v->name = "";
	v->dir = site->nlang > 0 ? site->lang[0].dir : "";
	v->charset = &charset_ascii;
	v->text_cols = v->menu_cols = 38;
	v->old = 1;
	for (i = 0; i < site->ntree; i++)
		if (strcmp(site->tree[i].tree, v->row->name) == 0)
			v->dir = site->tree[i].dir;
}
