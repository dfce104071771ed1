#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "content/damage.h"
#include "content/diag.h"
#include "content/load.h"
#include "content/profile.h"
#include "content/schema.h"
#include "content/yaml.h"

#define PAGE_SIZE_MAX	(1u << 20)	/* bytes of a page's file */

/*
 * A page is read twice but parsed once: first the lines before `blocks:',
 * so that every page knows all others' titles, then the rest.
 */
struct cut {
	size_t		 len;		/* of the whole file, bytes */
	size_t		 at;		/* where the rest begins */
	unsigned	 line;		/* of that place */
	int		 bad;		/* no use in reading the rest */
};

struct whole {
	struct profile		 profile;	/* first: the public part */
	struct arena		 arena;		/* what the profile points to */
	struct page_files	 files;
};

struct load {
	struct whole	*w;
	struct diag	*d;
	struct reader	 r;
	struct capsule	 capsule;
	size_t		 nall;		/* pages in order, and those in none */
	struct cut	*cut;		/* of each */
	struct arena	 nodes;		/* of one file at a time */
	char		*data;		/* its bytes */
	size_t		 len;
	unsigned	 errors;
	size_t		 generated[GENERATE_MIRROR + 1];
};

static struct whole *whole_of(const struct profile *);
static int	 read_file(struct load *, const char *, size_t);
static int	 load_capsule(struct load *);
static void	 place_pages(struct load *, const struct yaml_node *);
static const char *section_name(const struct profile *, size_t);
static void	 place_section(struct load *, const struct yaml_node *,
		    size_t);
static int	 begin_page(struct load *, struct page_file *, size_t);
static size_t	 find_blocks(const char *, size_t, size_t, unsigned *);
static int	 parse_head(struct load *, struct cut *, const char *,
		    struct yaml_node **);
static void	 load_head(struct load *, size_t);
static void	 check_head(struct load *, size_t, const struct yaml_node *);
static int	 load_page(struct load *, size_t,
		    int (*)(const struct profile *, const struct page *,
		    void *), void *);
static void	 newer(struct profile *, const char *);

static struct whole *
whole_of(const struct profile *p)
{
	return (struct whole *)(uintptr_t)p;
}

void
profile_free(struct profile *p)
{
	struct whole	*w;

	if (p == NULL)
		return;
	w = whole_of(p);
	page_files_free(&w->files);
	arena_free(&w->arena);
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

/* The file's bytes into l->data; 0, or -1 reported. */
static int
read_file(struct load *l, const char *file, size_t max)
{
	struct err	 e;
	const char	*msg = e.msg;
	size_t		 n = strlen(file);

	free(l->data);
	if ((l->data = file_read(file, max, &l->len, &e)) != NULL)
		return 0;
	l->errors++;
	if (strncmp(e.msg, file, n) == 0 && strncmp(e.msg + n, ": ", 2) == 0)
		msg += n + 2;
	if (e.sys == ENOENT && l->nall == 0)
		diag_cannot(l->d, file, "there is no such file; a capsule's "
		    "folder has one (`apeng new' makes all it needs)");
	else if (e.status == STATUS_REFUSED)
		diag_add(l->d, DIAG_ERROR, file, 0, 0, "%s", msg);
	else
		diag_cannot(l->d, file, "%s", msg);
	return -1;
}

static void
newer(struct profile *p, const char *date)
{
	if (date != NULL && (p->newest == NULL ||
	    strcmp(date, p->newest) > 0))
		p->newest = date;
}

/* -- capsule.yml ------------------------------------------------------- */

static int
load_capsule(struct load *l)
{
	struct profile		*p = &l->w->profile;
	struct yaml_text	 text = { .line = 1 };
	struct yaml_node	*root;
	struct buf		 name = BUF_INIT;
	size_t			 start, before;
	const char		*file;

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
	l->r.file = file;
	l->r.d = l->d;
	l->r.arena = &l->w->arena;
	l->r.files = &l->w->files;
	if (read_file(l, file, YAML_SIZE_MAX) == -1)
		return -1;
	if (damage_check(file, l->data, l->len, &start, l->d) == 0) {
		text.file = file;
		text.data = l->data + start;
		text.len = l->len - start;
		/* Its nodes stay: the profile's strings are theirs. */
		if (yaml_parse(&l->w->arena, &text, &root, NULL, l->d) == 0)
			goto parsed;
	}
	/* All errors in one run: of the pages too, what can be said. */
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
	read_capsule(&l->r, root, &l->capsule, p);
	place_pages(l, root);
	newer(p, p->notice.date);
	l->errors += (unsigned)(diag_count(l->d, DIAG_ERROR) - before);
	return 0;
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
	read_nomem(&l->r);
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
			read_bad(&l->r, c->line, c->column, &here,
			    "\"index\" is the home page and in no section");
		else if (f->page != SIZE_MAX)
			read_bad(&l->r, c->line, c->column, &here,
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
		read_nomem(&l->r);
		return;
	}
	p->npage = 1;
	if ((home = page_files_find(files, "index")) != NULL)
		l->cut[0].bad = begin_page(l, home, 0) == -1;
	else {
		l->cut[0].bad = 1;
		read_bad(&l->r, 0, 0, NULL, "there is no home page, "
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

/* Parse what is needed for the head: its part of the file, or all of it. */
static int
parse_head(struct load *l, struct cut *cut, const char *file,
    struct yaml_node **root)
{
	struct yaml_text	 text = { file, NULL, 0, 1 };
	size_t			 start;
	unsigned		 line;
	int			 ended;

	if (damage_check(file, l->data, l->len, &start, l->d) == -1)
		return -1;
	text.data = l->data + start;
	cut->len = l->len;
	cut->at = find_blocks(l->data, start, l->len, &line);
	if (cut->at != l->len) {
		text.len = cut->at - start;
		cut->line = line;
		if (yaml_parse(&l->nodes, &text, root, &ended, NULL) == 0 &&
		    *root != NULL && (*root)->kind == YAML_MAP &&
		    !(*root)->flow && (*root)->column == 1 && !ended)
			return 0;
		arena_reset(&l->nodes);
	}
	cut->at = start;
	cut->line = 1;
	text.len = l->len - start;
	return yaml_parse(&l->nodes, &text, root, NULL, l->d);
}

static void
check_head(struct load *l, size_t i, const struct yaml_node *root)
{
	struct profile		*p = &l->w->profile;
	struct page_head	*h = &p->page[i];
	struct path		 path = { NULL, "generate", 0 };
	const struct yaml_node	*node = yaml_get(root, "generate");

	if (i == 0) {
		if (node != NULL && h->generate != GENERATE_HOME)
			read_wrong(&l->r, node, &path, "want \"home\" on the "
			    "home page");
		h->generate = GENERATE_HOME;
	} else if (h->generate == GENERATE_HOME)
		read_wrong(&l->r, node, &path, "only index.yml is the home "
		    "page");
	else if (h->generate != GENERATE_NONE) {
		if (l->generated[h->generate] != 0)
			read_wrong(&l->r, node, &path, "%s.yml does so "
			    "already", p->page[l->generated[h->generate]].id);
		l->generated[h->generate] = i;
	}
	if (i < p->npage)
		newer(p, h->date);
}

static void
load_head(struct load *l, size_t i)
{
	struct page_head	*h = &l->w->profile.page[i];
	struct yaml_node	*root;
	size_t			 before = diag_count(l->d, DIAG_ERROR);

	l->cut[i].bad = 1;
	arena_reset(&l->nodes);
	l->r.file = h->file;
	l->r.arena = &l->w->arena;
	l->r.copy = 1;
	if (read_file(l, h->file, PAGE_SIZE_MAX) == -1 ||
	    parse_head(l, &l->cut[i], h->file, &root) == -1) {
		;				/* reported */
	} else if (root == NULL || root->kind != YAML_MAP) {
		diag_add(l->d, DIAG_ERROR, h->file, 1, 0, root == NULL ?
		    "the file is empty, want \"title: ...\" and the like" :
		    "want a mapping: \"title: ...\" and the like");
	} else {
		l->cut[i].bad = 0;
		read_map(&l->r, root, &schema_page, h, NULL);
		check_head(l, i, root);
	}
	l->errors += (unsigned)(diag_count(l->d, DIAG_ERROR) - before);
}

/* -- a page's blocks --------------------------------------------------- */

static int
load_page(struct load *l, size_t i, int (*each)(const struct profile *,
    const struct page *, void *), void *arg)
{
	struct profile		*p = &l->w->profile;
	struct cut		*cut = &l->cut[i];
	struct page		 page = { &p->page[i], 0, NULL };
	struct yaml_text	 text = { p->page[i].file, NULL, 0, cut->line };
	struct yaml_node	*root;
	const struct yaml_node	*blocks;
	size_t			 before = diag_count(l->d, DIAG_ERROR);

	if (cut->bad)
		return 0;
	arena_reset(&l->nodes);
	l->r.file = text.file;
	l->r.arena = &l->nodes;
	l->r.copy = 0;
	if (read_file(l, text.file, PAGE_SIZE_MAX) == -1)
		return 0;
	if (l->len != cut->len) {
		diag_cannot(l->d, text.file,
		    "the file changed while it was read; try again");
		l->errors++;
		return 0;
	}
	text.data = l->data + cut->at;
	text.len = l->len - cut->at;
	if (yaml_parse(&l->nodes, &text, &root, NULL, l->d) == 0) {
		blocks = yaml_get(root, "blocks");
		if (blocks != NULL && (blocks->kind != YAML_LIST ||
		    blocks->n > 0 || page.head->generate != GENERATE_NONE))
			read_blocks(&l->r, blocks, &page);
		else if (page.head->generate == GENERATE_NONE)
			diag_add(l->d, DIAG_ERROR, text.file, 1, 0,
			    "the page is empty, want \"blocks\"");
	}
	l->errors += (unsigned)(diag_count(l->d, DIAG_ERROR) - before);
	if (l->errors == 0 && each != NULL && i < p->npage)
		return each(p, &page, arg);
	return 0;
}

struct profile *
profile_load(const char *dir, struct diag *d,
    int (*each)(const struct profile *, const struct page *, void *),
    void *arg)
{
	struct load	 l;
	struct profile	*p = NULL;
	size_t		 i, len = strlen(dir);
	int		 stopped = 0;

	memset(&l, 0, sizeof(l));
	l.d = d;
	while (len > 1 && dir[len - 1] == '/')
		len--;
	if ((l.w = calloc(1, sizeof(*l.w))) == NULL ||
	    (l.w->profile.dir = arena_copy(&l.w->arena, len > 0 ? dir : ".",
	    len > 0 ? len : 1)) == NULL) {
		diag_cannot(d, dir, "out of memory");
		goto out;
	}
	if (page_files_list(&l.w->files, l.w->profile.dir, d) == -1)
		goto out;
	if (load_capsule(&l) == -1)
		goto out;
	for (i = 0; i < l.nall; i++)
		if (!l.cut[i].bad)
			load_head(&l, i);
	for (i = 0; i < l.nall && !stopped; i++)
		stopped = load_page(&l, i, each, arg) == -1;
	if (!stopped && diag_count(d, DIAG_ERROR) == 0) {
		p = &l.w->profile;
		l.w = NULL;
	}
 out:
	free(l.data);
	free(l.cut);
	arena_free(&l.nodes);
	if (l.w != NULL)
		profile_free(&l.w->profile);
	return p;
}
