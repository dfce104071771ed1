/* SPDX-License-Identifier: ISC */
/*
 * Load a capsule's folder: capsule.yml first, then the heads of all pages, and
 * then each page's blocks; only the blocks of pages being read are in memory.
 * Several threads may read pages, each page at its own desk; findings and pages
 * are taken in order.  The files are an author's: their size is limited, and no
 * link below the folder is followed.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/crew.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "content/arena.h"
#include "content/blocks.h"
#include "content/capsule.h"
#include "content/damage.h"
#include "content/diag.h"
#include "content/files.h"
#include "content/profile.h"
#include "content/read.h"
#include "content/say.h"
#include "content/schema.h"
#include "content/schema_table.h"
#include "content/written.h"
#include "content/yaml.h"

#define PAGE_SIZE_MAX	(1u << 20)	/* bytes of a page's file */
#define PAGES_EACH	200		/* pages that are worth a thread */

/*
 * A page is read twice but parsed once: first the lines before `blocks:',
 * so that every page knows all others' titles, then the rest.
 */
struct cut {
	size_t		 len;		/* of the whole file, bytes */
	size_t		 at;		/* where the rest begins */
	unsigned	 line;		/* of that place */
	int		 bad;		/* the rest is not read */
};

struct whole {
	struct profile		 profile;	/* first: the public part */
	struct arena		 arena;		/* what the profile points to */
	struct arena		 heads[CREW_SLOTS];	/* that, of the pages */
	struct page_files	 files;
};

/* A desk: where one file at a time is read.  Each slot of a crew has one. */
struct desk {
	struct reader		 r;
	struct diag		*d;		/* findings in it */
	struct arena		 nodes;
	struct yaml_node	*root;		/* NULL: bad, or empty */
	struct page		 page;		/* in there, too */
	char			*data;		/* the file's bytes */
	size_t			 len;
};

struct load {
	struct whole	*w;
	struct diag	*d;
	struct desk	 desk;		/* capsule.yml */
	struct desk	 page[CREW_SLOTS];
	struct capsule	 capsule;
	size_t		 nall;		/* pages in order, and those in none */
	struct cut	*cut;		/* of each */
	unsigned	 errors;
	size_t		 generated[GENERATE_MIRROR + 1];
	int		(*each)(const struct profile *, const struct page *,
			    void *);
	void		*arg;
};

static struct whole *
whole_of(const struct profile *p)
{
	return (struct whole *)(uintptr_t)p;
}

void
profile_free(struct profile *p)
{
	struct whole	*w;
	size_t		 i;

	if (p == NULL)
		return;
	w = whole_of(p);
	page_files_free(&w->files);
	arena_free(&w->arena);
	for (i = 0; i < CREW_SLOTS; i++)
		arena_free(&w->heads[i]);
	free(w);
}

size_t
profile_lang(const struct profile *p, const char *dir)
{
	size_t	 i;

	for (i = 0; i < p->nlang; i++)
		if (strcmp(p->lang[i].dir, dir) == 0)
			return i;
	return SIZE_MAX;
}

size_t
profile_page(const struct profile *p, const char *id)
{
	const struct page_file	*f;

	f = page_files_find(&whole_of(p)->files, id);
	return f == NULL ? SIZE_MAX : f->page;
}

/* -- files ------------------------------------------------------------- */

/*
 * The file's bytes into k->data; 0, or -1 reported.  No link below the
 * capsule's folder is followed: findings quote what they are about.
 */
static int
read_file(const struct load *l, struct desk *k, const char *file, size_t max)
{
	const char	*dir = l->w->profile.dir;
	struct err	 e;

	free(k->data);
	if ((k->data = file_read_below(dir, file + strlen(dir) + 1, max,
	    &k->len, &e)) != NULL)
		return 0;
	if (e.sys == ENOENT && k->r.nlang == 0)
		diag_cannot(k->d, file, "there is no such file; a capsule's "
		    "folder has one (`apeng new' makes all it needs)");
	else
		diag_err(k->d, file, &e);
	return -1;
}

/* A desk for each page being read, with what capsule.yml says. */
static int
desks_open(struct load *l)
{
	struct desk	*k;
	size_t		 i;

	for (i = 0; i < CREW_SLOTS; i++) {
		k = &l->page[i];
		if ((k->d = diag_like(l->d)) == NULL) {
			diag_cannot(l->d, l->w->profile.dir, "out of memory");
			return -1;
		}
		k->r = l->desk.r;
		k->r.d = k->d;
	}
	return 0;
}

static void
desk_close(struct desk *k)
{
	free(k->data);
	arena_free(&k->nodes);
}

/* Take over the findings of that desk. */
static void
collect(struct load *l, struct desk *k)
{
	l->errors += (unsigned)diag_count(k->d, DIAG_ERROR);
	diag_take(l->d, k->d);
}

static void
newer(struct profile *p, const char *date)
{
	if (date != NULL && (p->newest == NULL ||
	    strcmp(date, p->newest) > 0))
		p->newest = date;
}

/* Give a file its place i in the order of pages. */
static int
begin_page(struct load *l, struct page_file *f, size_t i)
{
	struct profile	*p = &l->w->profile;
	struct buf	 name = BUF_INIT;

	f->page = i;
	p->page[i].id = f->id;
	p->page[i].section = SIZE_MAX;
	buf_fmt(&name, "%s%spages/%s.yml", p->dir,
	    p->dir[strlen(p->dir) - 1] == '/' ? "" : "/", f->id);
	if (buf_ok(&name))
		p->page[i].file = arena_copy(&l->w->arena, name.data,
		    name.len);
	buf_free(&name);
	if (p->page[i].file != NULL)
		return 0;
	read_nomem(&l->desk.r);
	return -1;
}

static const char *
section_name(const struct profile *p, size_t i)
{
	return p->section[i].id != NULL ? p->section[i].id : "?";
}

static void
place_section(struct load *l, const struct yaml_node *node, size_t i)
{
	const struct section_source	*src = &l->capsule.section[i];
	const struct yaml_node		*ids, *c;
	struct profile			*p = &l->w->profile;
	struct page_file		*f;
	struct path			 sections = { NULL, "sections", 0 };
	struct path			 section = { &sections, NULL, i };
	struct path			 pages = { &section, "pages", 0 };
	struct path			 here = { &pages, NULL, 0 };

	p->section[i] = src->section;
	p->section[i].first = p->npage;
	ids = yaml_get(node, "pages");
	c = ids != NULL && ids->kind == YAML_LIST ? ids->child : NULL;
	for (; c != NULL; c = c->next, here.index++) {
		if (c->kind != YAML_SCALAR ||
		    (f = page_files_find(&l->w->files, c->text)) == NULL)
			continue;		/* an error already */
		if (f->page == 0)
			read_bad(&l->desk.r, c->line, c->column, &here,
			    "\"index\" is the home page and in no section");
		else if (f->page != SIZE_MAX)
			read_bad(&l->desk.r, c->line, c->column, &here,
			    "the page \"%s\" is in section \"%s\" already",
			    f->id, section_name(p, p->page[f->page].section));
		else if (begin_page(l, f, p->npage) == 0)
			p->page[p->npage++].section = i;
	}
	p->section[i].n = p->npage - p->section[i].first;
}

/*
 * Home, the sections' pages, and behind them the pages in no section.  No
 * root: nobody knows the sections.
 */
static void
place_pages(struct load *l, const struct yaml_node *root)
{
	struct profile		*p = &l->w->profile;
	struct page_files	*files = &l->w->files;
	struct page_file	*home;
	const struct yaml_node	*node;
	size_t			 i;

	p->page = arena_array(&l->w->arena, files->n + 1, sizeof(*p->page));
	l->cut = calloc(files->n + 1, sizeof(*l->cut));
	if (p->page == NULL || l->cut == NULL) {
		read_nomem(&l->desk.r);
		return;
	}
	p->npage = 1;
	if ((home = page_files_find(files, "index")) != NULL)
		l->cut[0].bad = begin_page(l, home, 0) == -1;
	else {
		l->cut[0].bad = 1;
		read_bad(&l->desk.r, 0, 0, NULL, "there is no home page, "
		    "pages/index.yml");
	}
	node = yaml_get(root, "sections");
	node = node != NULL ? node->child : NULL;
	p->nsection = l->capsule.nsection;
	for (i = 0; i < p->nsection && node != NULL; i++, node = node->next)
		place_section(l, node, i);
	l->nall = p->npage;
	for (i = 0; i < files->n; i++) {
		if (files->file[i].page != SIZE_MAX)
			continue;
		if (begin_page(l, &files->file[i], l->nall) == -1)
			return;
		if (root != NULL)
			diag_add(l->d, DIAG_ERROR, p->page[l->nall].file, 0, 0,
			    "the page is in no section: add \"%s\" to "
			    "the pages of one in capsule.yml",
			    files->file[i].id);
		l->nall++;
	}
}

/* -- capsule.yml ------------------------------------------------------- */

static int
load_capsule(struct load *l)
{
	struct profile		*p = &l->w->profile;
	struct yaml_text	 text = { .line = 1 };
	struct desk		*k = &l->desk;
	struct yaml_node	*root;
	struct buf		 name = BUF_INIT;
	size_t			 start, before;
	const char		*file;
	size_t			 i;

	buf_fmt(&name, "%s%scapsule.yml", p->dir,
	    p->dir[strlen(p->dir) - 1] == '/' ? "" : "/");
	file = buf_ok(&name) ? arena_copy(&l->w->arena, name.data, name.len) :
	    NULL;
	buf_free(&name);
	if (file == NULL) {
		diag_cannot(l->d, p->dir, "out of memory");
		return -1;
	}
	before = diag_count(l->d, DIAG_ERROR);
	k->d = l->d;
	k->r.dir = p->dir;
	k->r.file = file;
	k->r.d = k->d;
	k->r.arena = &l->w->arena;
	k->r.files = &l->w->files;
	if (read_file(l, k, file, YAML_SIZE_MAX) == -1)
		return -1;
	if (damage_check(file, k->data, k->len, &start, l->d) == 0) {
		text.file = file;
		text.data = k->data + start;
		text.len = k->len - start;
		/* Keep its nodes: they own the profile's strings. */
		if (yaml_parse(&l->w->arena, &text, &root, NULL, l->d) == 0)
			goto parsed;
	}
	/* Report all errors in one run: check the pages, too, if possible. */
	l->errors++;
	place_pages(l, NULL);
	return 0;
 parsed:
	if (root == NULL || root->kind != YAML_MAP) {
		diag_add(l->d, DIAG_ERROR, file, 1, 0, root == NULL ? "the "
		    "file is empty, want \"id: ...\" and the like" :
		    "want a mapping: \"id: ...\" and the like");
		return -1;
	}
	read_capsule(&k->r, root, &l->capsule, p);
	place_pages(l, root);
	for (i = 0; i < p->nnotice; i++)
		newer(p, p->notice[i].date);
	l->errors += (unsigned)(diag_count(l->d, DIAG_ERROR) - before);
	return 0;
}

/* -- a page's head ----------------------------------------------------- */

/*
 * The line that begins with `blocks:', when nothing but its list stands
 * behind it; else len.
 */
static size_t
find_blocks(const char *s, size_t start, size_t len, unsigned *line)
{
	const char	*p = s + start, *end = s + len, *lf;
	size_t		 at = len;

	for (*line = 1; p < end; p = lf + 1) {
		if (at != len) {
			if (strchr(" -#\r\n", *p) == NULL)
				return len;
			if (end - p >= 3 && memcmp(p, "---", 3) == 0)
				return len;
		} else if (end - p >= 7 && memcmp(p, "blocks:", 7) == 0)
			at = (size_t)(p - s);
		else
			++*line;
		if ((lf = memchr(p, '\n', (size_t)(end - p))) == NULL)
			break;
	}
	return at;
}

/*
 * Parse what is needed for the head: its part of the file, or all of it.
 * -1 reported.
 */
static int
parse_head(struct desk *k, struct cut *cut, const char *file)
{
	struct yaml_text	 text = { file, NULL, 0, 1 };
	size_t			 start;
	unsigned		 line;
	int			 ended;

	if (damage_check(file, k->data, k->len, &start, k->d) == -1)
		return -1;
	text.data = k->data + start;
	cut->len = k->len;
	cut->at = find_blocks(k->data, start, k->len, &line);
	if (cut->at != k->len) {
		text.len = cut->at - start;
		cut->line = line;
		if (yaml_parse(&k->nodes, &text, &k->root, &ended, NULL) == 0
		    && k->root != NULL && k->root->kind == YAML_MAP &&
		    !k->root->flow && k->root->column == 1 && !ended)
			return 0;
		arena_reset(&k->nodes);
	}
	cut->at = start;
	cut->line = 1;
	text.len = k->len - start;
	return yaml_parse(&k->nodes, &text, &k->root, NULL, k->d);
}

static void
check_head(struct load *l, struct desk *k, size_t i)
{
	struct profile		*p = &l->w->profile;
	struct page_head	*h = &p->page[i];
	struct path		 path = { NULL, "generate", 0 };
	const struct yaml_node	*node = yaml_get(k->root, "generate");

	if (i == 0) {
		if (node != NULL && h->generate != GENERATE_HOME)
			read_wrong(&k->r, node, &path, "want \"home\" on the "
			    "home page");
		h->generate = GENERATE_HOME;
	} else if (h->generate == GENERATE_HOME)
		read_wrong(&k->r, node, &path, "only index.yml is the home "
		    "page");
	else if (h->generate != GENERATE_NONE) {
		if (l->generated[h->generate] != 0)
			read_wrong(&k->r, node, &path, "%s.yml does so "
			    "already", p->page[l->generated[h->generate]].id);
		l->generated[h->generate] = i;
	}
	if (i < p->npage)
		newer(p, h->date);
}

/* 1: the page says that texts may lack languages, before or behind them. */
static int
is_fallback(const struct yaml_node *root)
{
	const struct yaml_node	*node = yaml_get(root, "fallback");

	return node != NULL && node->kind == YAML_SCALAR &&
	    strcmp(node->text, names_fallback[FALLBACK_YES]) == 0;
}

/* crew's make(): all of the head that needs no other page. */
static void
make_head(void *arg, size_t slot, size_t i)
{
	struct load		*l = arg;
	struct desk		*k = &l->page[slot];
	struct page_head	*h = &l->w->profile.page[i];

	arena_reset(&k->nodes);
	k->root = NULL;
	if (l->cut[i].bad)
		return;
	l->cut[i].bad = 1;
	k->r.file = h->file;
	k->r.arena = &l->w->heads[slot];
	k->r.copy = 1;
	if (read_file(l, k, h->file, PAGE_SIZE_MAX) == -1 ||
	    parse_head(k, &l->cut[i], h->file) == -1) {
		k->root = NULL;			/* reported */
	} else if (k->root == NULL || k->root->kind != YAML_MAP) {
		diag_add(k->d, DIAG_ERROR, h->file, 1, 0, k->root == NULL ?
		    "the file is empty, want \"title: ...\" and the like" :
		    "want a mapping: \"title: ...\" and the like");
	} else {
		l->cut[i].bad = 0;
		k->r.fallback = k->r.tagged = is_fallback(k->root);
		read_map(&k->r, k->root, &schema_page, h, NULL);
	}
}

static int
take_head(void *arg, size_t slot, size_t i)
{
	struct load	*l = arg;
	struct desk	*k = &l->page[slot];

	if (!l->cut[i].bad)
		check_head(l, k, i);
	collect(l, k);
	return 0;
}

/* -- a page's blocks --------------------------------------------------- */

static void
make_page(void *arg, size_t slot, size_t i)
{
	struct load		*l = arg;
	struct desk		*k = &l->page[slot];
	struct cut		*cut = &l->cut[i];
	struct page_head	*h = &l->w->profile.page[i];
	struct yaml_text	 text = { h->file, NULL, 0, cut->line };
	const struct yaml_node	*blocks;

	arena_reset(&k->nodes);
	k->page = (struct page){ h, 0, NULL };
	if (cut->bad)
		return;
	k->r.file = text.file;
	k->r.arena = &k->nodes;
	k->r.copy = 0;
	k->r.fallback = h->fallback == FALLBACK_YES;
	k->r.tagged = 0;		/* the block is marked */
	if (read_file(l, k, text.file, PAGE_SIZE_MAX) == -1)
		return;
	if (k->len != cut->len) {
		diag_cannot(k->d, text.file,
		    "the file changed while it was read; try again");
		return;
	}
	text.data = k->data + cut->at;
	text.len = k->len - cut->at;
	if (yaml_parse(&k->nodes, &text, &k->root, NULL, k->d) == -1)
		return;
	blocks = yaml_get(k->root, "blocks");
	if (blocks != NULL && (blocks->kind != YAML_LIST ||
	    blocks->n > 0 || h->generate != GENERATE_NONE))
		read_blocks(&k->r, blocks, &k->page);
	else if (h->generate == GENERATE_NONE)
		diag_add(k->d, DIAG_ERROR, text.file, 1, 0,
		    "the page is empty, want \"blocks\"");
}

static int
take_page(void *arg, size_t slot, size_t i)
{
	struct load	*l = arg;
	struct desk	*k = &l->page[slot];
	struct profile	*p = &l->w->profile;

	collect(l, k);
	if (l->errors == 0 && l->each != NULL && i < p->npage &&
	    !l->cut[i].bad)
		return l->each(p, &k->page, l->arg);
	return 0;
}

/* All heads, then each page; -1: stopped, or reported. */
static int
load_pages(struct load *l)
{
	const struct crew	 heads = { make_head, take_head, l };
	const struct crew	 pages = { make_page, take_page, l };

	if (desks_open(l) == -1)
		return -1;
	crew_run(&heads, l->nall, PAGES_EACH);
	return crew_run(&pages, l->nall, PAGES_EACH);
}

struct profile *
profile_load(const char *dir, struct diag *d,
    int (*each)(const struct profile *, const struct page *, void *),
    void *arg)
{
	struct load	 l;
	struct profile	*p = NULL;
	size_t		 i, len = strlen(dir);

	memset(&l, 0, sizeof(l));
	l.d = d;
	l.each = each;
	l.arg = arg;
	while (len > 1 && dir[len - 1] == '/')
		len--;
	if ((l.w = calloc(1, sizeof(*l.w))) == NULL ||
	    (l.w->profile.dir = arena_copy(&l.w->arena, len > 0 ? dir : ".",
	    len > 0 ? len : 1)) == NULL) {
		diag_cannot(d, dir, "out of memory");
		goto out;
	}
	if (page_files_list(&l.w->files, l.w->profile.dir, d) == -1 ||
	    load_capsule(&l) == -1)
		goto out;
	if (load_pages(&l) == 0 && diag_count(d, DIAG_ERROR) == 0) {
		p = &l.w->profile;
		l.w = NULL;
	}
 out:
	for (i = 0; i < CREW_SLOTS; i++) {
		diag_free(l.page[i].d);
		desk_close(&l.page[i]);
	}
	desk_close(&l.desk);
	free(l.cut);
	if (l.w != NULL)
		profile_free(&l.w->profile);
	return p;
}
