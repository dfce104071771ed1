/* SPDX-License-Identifier: ISC */
/*
 * The roll of a server's packages.  Groups come from catalogues, and so does
 * which group is a part of which; its parts stand right behind a group.  Where no
 * catalogue names a group, few places stand without groups.  Many places are
 * grouped by the first letter of the ASCII title that menus show, or of the id
 * where that is missing.  This needs no table of sounds or strokes.
 *
 * Titles are the publishers', proven, of one line; ids, folders and tags have
 * the characters that site_table_parse() allows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/fold.h"
#include "directory/roll.h"
#include "lang/lang.h"
#include "view/view.h"
#include "view/words.h"

#define BETWEEN		" / "		/* titles of two languages */
#define LANGS_MAX	(VIEW_MAX - TREES_MAX)	/* so that all are trees */

struct roll *
roll_new(void)
{
	struct roll	*r;

	if ((r = calloc(1, sizeof(*r))) == NULL)
		return NULL;
	r->count = 1;
	r->table.id = strdup("apeng");
	r->table.contact = strdup("-");
	if (r->table.id == NULL || r->table.contact == NULL) {
		roll_free(r);
		return NULL;
	}
	return r;
}

struct roll *
roll_ref(struct roll *r)
{
	r->count++;
	return r;
}

void
roll_free(struct roll *r)
{
	size_t	 i, k;

	if (r == NULL || --r->count > 0)
		return;
	for (i = 0; i < r->nplace; i++)
		free(r->place[i].folded);
	for (i = 0; i < r->table.nlang; i++)
		free(r->table.lang[i].title);
	for (i = 0; i < r->ngroup; i++) {
		for (k = 0; k < r->group[i].ntitle; k++)
			free(r->group[i].title[k].dir);
		free(r->group[i].title);
	}
	free(r->table.id);
	free(r->table.contact);
	free(r->table.lang);
	free(r->table.tree);
	free(r->place);
	free(r->group);
	free(r->top);
	free(r->used);
	free(r);
}

/* Make a list of n elements one longer; the new one.  NULL: no memory. */
static void *
more(struct roll *r, void **list, size_t n, size_t *held, size_t size)
{
	void	*p;
	size_t	 want = *held == 0 ? 8 : *held * 2;

	if (n == *held) {
		if ((p = reallocarray(*list, want, size)) == NULL) {
			r->failed = 1;
			return NULL;
		}
		*list = p;
		*held = want;
	}
	p = (char *)*list + n * size;
	memset(p, 0, size);
	return p;
}

size_t
roll_find(const struct roll *r, const char *id, size_t len)
{
	size_t	 i;

	for (i = 0; i < r->ngroup; i++)
		if (strlen(r->group[i].id) == len &&
		    memcmp(r->group[i].id, id, len) == 0)
			return i;
	return ROLL_NONE;
}

/* The group of that id; it is made when there is none. */
static size_t
group_at(struct roll *r, const char *id)
{
	struct roll_group	*g;
	size_t			 at = roll_find(r, id, strlen(id));

	if (at != ROLL_NONE || strlen(id) > ROLL_GROUP_MAX)
		return at;
	if ((g = more(r, (void **)&r->group, r->ngroup, &r->groups,
	    sizeof(*g))) == NULL)
		return ROLL_NONE;
	strcpy(g->id, id);
	g->parent = ROLL_NONE;
	return r->ngroup++;
}

void
roll_part(struct roll *r, const char *id, const char *parent)
{
	size_t	 up = group_at(r, parent), at = group_at(r, id), i;

	if (up == ROLL_NONE || at == ROLL_NONE || up == at ||
	    r->group[up].parent != ROLL_NONE)
		return;
	for (i = 0; i < r->ngroup; i++)
		if (r->group[i].parent == at)
			return;
	r->group[at].parent = up;
}

void
roll_group(struct roll *r, const char *id, const char *dir, const char *title)
{
	struct roll_group	*g;
	struct roll_title	*t;
	size_t			 at = group_at(r, id);

	if (at == ROLL_NONE)
		return;
	g = &r->group[at];
	t = reallocarray(g->title, g->ntitle + 1, sizeof(*t));
	if (t == NULL) {
		r->failed = 1;
		return;
	}
	g->title = t;
	t += g->ntitle;
	if ((t->dir = malloc(strlen(dir) + strlen(title) + 2)) == NULL) {
		r->failed = 1;
		return;
	}
	t->title = stpcpy(t->dir, dir) + 1;
	strcpy(t->title, title);
	g->ntitle++;
}

/*
 * Count a language; its name is that of the package that has it first.  A
 * folder with the name of a word in ask.h's paths would hide them: it is no
 * language of the directory, though apeng builds no such package.
 */
static void
add_lang(struct roll *r, const struct site_lang *l)
{
	struct site_table	*t = &r->table;
	size_t			 i, *used;
	struct site_lang	*more_langs;

	if (strcmp(l->dir, "s") == 0 || strcmp(l->dir, "search") == 0)
		return;
	for (i = 0; i < t->nlang; i++)
		if (strcmp(t->lang[i].dir, l->dir) == 0) {
			r->used[i]++;
			return;
		}
	if (i == r->langs) {
		more_langs = reallocarray(t->lang, i + 8, sizeof(*t->lang));
		if (more_langs != NULL)
			t->lang = more_langs;
		used = reallocarray(r->used, i + 8, sizeof(*used));
		if (used != NULL)
			r->used = used;
		if (more_langs == NULL || used == NULL) {
			r->failed = 1;
			return;
		}
		r->langs = i + 8;
	}
	memset(&t->lang[i], 0, sizeof(t->lang[i]));
	t->lang[i].dir = l->dir;
	t->lang[i].tag = l->tag;
	t->lang[i].name = l->name;
	r->used[i] = 1;
	t->nlang++;
}

/* A charset's tree has the language that the first package gives it. */
static void
add_tree(struct roll *r, const struct site_tree *tree)
{
	struct site_table	*t = &r->table;
	struct site_tree	*grown;
	size_t			 i;

	for (i = 0; i < t->ntree; i++)
		if (strcmp(t->tree[i].tree, tree->tree) == 0)
			return;
	if (i == TREES_MAX)
		return;
	grown = reallocarray(t->tree, i + 1, sizeof(*grown));
	if (grown == NULL) {
		r->failed = 1;
		return;
	}
	t->tree = grown;
	t->tree[t->ntree++] = *tree;
}

void
roll_place(struct roll *r, const struct site_table *t, const char *label,
    const char *group, int is_catalogue, void *arg, struct grams **grams)
{
	struct roll_place	*p;
	size_t			 i;

	for (i = 0; i < t->nlang; i++)
		add_lang(r, &t->lang[i]);
	for (i = 0; i < t->ntree; i++)
		add_tree(r, &t->tree[i]);
	if ((p = more(r, (void **)&r->place, r->nplace, &r->places,
	    sizeof(*p))) == NULL)
		return;
	p->t = t;
	p->label = label;
	p->arg = arg;
	p->grams = grams;
	p->group = is_catalogue || strcmp(group, ROLL_NO_GROUP) == 0 ?
	    ROLL_NONE : group_at(r, group);
	r->nplace++;
	r->ncatalogue += is_catalogue != 0;
	if (is_catalogue && r->ncatalogue < r->nplace) {
		/* Catalogues stand first; roll_done() sorts the others. */
		struct roll_place	 tmp = r->place[r->ncatalogue - 1];

		r->place[r->ncatalogue - 1] = *p;
		*p = tmp;
	}
}

/* Sort languages, the most used first, and drop the least used. */
static void
order_langs(struct roll *r)
{
	struct site_table	*t = &r->table;
	struct site_lang	 l;
	size_t			 i, k, n;

	for (i = 1; i < t->nlang; i++)
		for (k = i; k > 0 && r->used[k] > r->used[k - 1]; k--) {
			l = t->lang[k];
			t->lang[k] = t->lang[k - 1];
			t->lang[k - 1] = l;
			n = r->used[k];
			r->used[k] = r->used[k - 1];
			r->used[k - 1] = n;
		}
	if (t->nlang > LANGS_MAX)
		t->nlang = LANGS_MAX;
	for (i = n = 0; i < t->ntree; i++)
		if (site_table_lang(t, t->tree[i].dir) != NULL)
			t->tree[n++] = t->tree[i];
	t->ntree = n;
}

static int
by_group(const void *a, const void *b)
{
	const struct roll_place	*x = a, *y = b;
	int			 d;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if ((d = strcasecmp(x->label, y->label)) != 0)
		return d;
	return strcmp(x->t->id, y->t->id);
}

/* Group by first letter: "a" to "z", or "0" for any other. */
static void
by_initial(struct roll *r)
{
	char	 id[2] = "", title[2] = "";
	size_t	 i;
	int	 c;

	for (c = 'a'; c <= 'z' + 1; c++) {
		id[0] = c > 'z' ? '0' : (char)c;
		title[0] = c > 'z' ? '#' : (char)(c - 'a' + 'A');
		roll_group(r, id, "", title);
	}
	for (i = r->ncatalogue; i < r->nplace; i++) {
		c = r->place[i].label[0] | 0x20;
		id[0] = c >= 'a' && c <= 'z' ? (char)c : '0';
		r->place[i].group = roll_find(r, id, 1);
	}
}

/* Put places without a group in a group of their own, the last one. */
static void
put_others(struct roll *r)
{
	size_t	 i;

	for (i = r->ncatalogue; i < r->nplace; i++)
		if (r->place[i].group == ROLL_NONE)
			r->place[i].group = group_at(r, ROLL_NO_GROUP);
}

/* Put the parts of each group behind it, in their order. */
static void
order_groups(struct roll *r)
{
	struct roll_group	*g;
	size_t			*now, i, k, n = 0;

	g = calloc(r->ngroup + 1, sizeof(*g));
	now = calloc(r->ngroup + 1, sizeof(*now));
	if (g == NULL || now == NULL) {
		r->failed = 1;
		goto out;
	}
	for (i = 0; i < r->ngroup; i++) {
		if (r->group[i].parent != ROLL_NONE)
			continue;
		now[i] = n;
		g[n++] = r->group[i];
		for (k = 0; k < r->ngroup; k++)
			if (r->group[k].parent == i) {
				g[n] = r->group[k];
				g[n].parent = now[i];
				now[k] = n++;
			}
	}
	if (n > 0)
		memcpy(r->group, g, n * sizeof(*g));
	for (i = 0; i < r->nplace; i++)
		if (r->place[i].group != ROLL_NONE)
			r->place[i].group = now[r->place[i].group];
 out:
	free(g);
	free(now);
}

/*
 * Note where the places of each group are.  The places are sorted by group, so
 * those of its parts follow a group's own.
 */
static void
count_places(struct roll *r)
{
	struct roll_group	*g, *up;
	size_t			 i;

	for (i = r->ncatalogue; i < r->nplace; i++) {
		if (r->place[i].group == ROLL_NONE)
			continue;
		g = &r->group[r->place[i].group];
		if (g->own++ == 0)
			g->first = i;
	}
	for (i = 0; i < r->ngroup; i++) {
		g = &r->group[i];
		g->n += g->own;
		if (g->parent == ROLL_NONE || g->own == 0)
			continue;
		up = &r->group[g->parent];
		if (up->n == 0)
			up->first = g->first;
		up->n += g->own;
	}
}

/* Drop groups without places; note which are parts of none, and the parts. */
static void
drop_groups(struct roll *r)
{
	struct roll_group	*g;
	size_t			 i, k, n;

	if ((r->top = calloc(r->ngroup + 1, sizeof(*r->top))) == NULL) {
		r->failed = 1;
		return;
	}
	for (i = n = 0; i < r->ngroup; i++) {
		g = &r->group[i];
		if (g->n == 0) {
			for (k = 0; k < g->ntitle; k++)
				free(g->title[k].dir);
			free(g->title);
			continue;
		}
		for (k = 0; k < g->own; k++)
			r->place[g->first + k].group = n;
		r->group[n] = *g;
		if (g->parent == ROLL_NONE)
			r->top[r->ntop++] = n;
		else {
			/* Its parent is the last one that is a part of none. */
			g = &r->group[r->top[r->ntop - 1]];
			if (g->nparts++ == 0)
				g->part = n;
			r->group[n].parent = r->top[r->ntop - 1];
		}
		n++;
	}
	r->ngroup = n;
}

static void
say_counts(struct roll *r)
{
	struct site_lang	*l;
	char			 text[WORDS_NUMBER];
	size_t			 i;

	for (i = 0; i < r->table.nlang; i++) {
		l = &r->table.lang[i];
		words_number(text, sizeof(text),
		    lang_or_english(l->tag)->text[LANG_PLACES],
		    r->nplace - r->ncatalogue, 0);
		if ((l->title = strdup(text)) == NULL)
			r->failed = 1;
		l->short_title = l->title;
	}
}

int
roll_done(struct roll *r)
{
	size_t	 i, grouped = 0;

	order_langs(r);
	for (i = r->ncatalogue; i < r->nplace; i++)
		grouped += r->place[i].group != ROLL_NONE;
	if (grouped > 0)
		put_others(r);
	else if (r->nplace - r->ncatalogue > ROLL_ALL)
		by_initial(r);
	order_groups(r);
	if (r->ncatalogue > 0)
		qsort(r->place, r->ncatalogue, sizeof(*r->place), by_group);
	if (r->nplace > r->ncatalogue)
		qsort(r->place + r->ncatalogue, r->nplace - r->ncatalogue,
		    sizeof(*r->place), by_group);
	count_places(r);
	drop_groups(r);
	say_counts(r);
	return r->failed ? -1 : 0;
}

const struct site_lang *
roll_lang(const struct roll *r, const char *dir, size_t len)
{
	return site_table_lang_at(&r->table, dir, len);
}

static const char *
title_of(const struct site_lang *l)
{
	return *l->title != '\0' ? l->title : l->short_title;
}

void
roll_put_place(const struct roll_place *p, const char *dir, struct buf *b)
{
	const struct site_lang	*l = site_table_lang(p->t, dir);
	size_t			 i, k;

	if (*dir != '\0') {
		buf_str(b, l != NULL && *title_of(l) != '\0' ? title_of(l) :
		    p->label);
		return;
	}
	buf_str(b, p->label);
	for (i = 0; i < p->t->nlang; i++) {
		l = &p->t->lang[i];
		for (k = 0; k < i; k++)
			if (strcmp(title_of(&p->t->lang[k]), title_of(l)) == 0)
				break;
		if (k < i || *title_of(l) == '\0' ||
		    strcmp(title_of(l), p->label) == 0)
			continue;
		buf_str(b, BETWEEN);
		buf_str(b, title_of(l));
	}
}

const char *
roll_folded(struct roll *r, const struct roll_place *p)
{
	struct roll_place	*own = &r->place[p - r->place];
	struct buf		 b = BUF_INIT, text = BUF_INIT;

	if (p->folded != NULL)
		return p->folded;
	buf_fmt(&text, "%s ", p->t->id);
	roll_put_place(p, "", &text);
	if (buf_ok(&text))
		text_fold(text.data, text.len, &b);
	if (buf_ok(&text) && buf_ok(&b))
		own->folded = buf_take(&b, NULL);
	buf_free(&text);
	buf_free(&b);
	return own->folded;
}

/* "Other places", in one language or in all. */
static void
put_no_group(const struct roll *r, const char *dir, struct buf *b)
{
	const struct site_lang	*l = site_table_lang(&r->table, dir);
	size_t			 i;

	for (i = 0; l == NULL && i < r->table.nlang; i++)
		buf_fmt(b, "%s%s", i > 0 ? BETWEEN : "", lang_or_english(
		    r->table.lang[i].tag)->text[LANG_PLACES_OTHER]);
	if (l != NULL)
		buf_str(b, lang_or_english(l->tag)->text[LANG_PLACES_OTHER]);
}

void
roll_put_group(const struct roll *r, const struct roll_group *g,
    const char *dir, struct buf *b)
{
	size_t	 i, k;

	if (g->ntitle == 0 && strcmp(g->id, ROLL_NO_GROUP) == 0) {
		put_no_group(r, dir, b);
		return;
	}
	for (i = 0; i < g->ntitle && *dir != '\0'; i++)
		if (strcmp(g->title[i].dir, dir) == 0) {
			buf_str(b, g->title[i].title);
			return;
		}
	if (g->ntitle == 0)
		buf_str(b, g->id);
	for (i = 0; i < (*dir != '\0' && g->ntitle > 0 ? 1 : g->ntitle); i++) {
		for (k = 0; k < i; k++)
			if (strcmp(g->title[k].title, g->title[i].title) == 0)
				break;
		if (k == i)
			buf_fmt(b, "%s%s", i > 0 ? BETWEEN : "",
			    g->title[i].title);
	}
}

void
roll_put_heading(const struct roll *r, const char *dir, struct buf *b)
{
	const struct site_lang	*l = site_table_lang(&r->table, dir);
	size_t			 i;

	if (l != NULL)
		buf_str(b, l->title);
	for (i = 0; l == NULL && i < r->table.nlang; i++)
		buf_fmt(b, "%s%s", i > 0 ? BETWEEN : "",
		    r->table.lang[i].title);
}
