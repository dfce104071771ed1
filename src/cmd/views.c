/* SPDX-License-Identifier: ISC */
/*
 * Check the Gopher rules for the pages of a package, several pages at a time
 * (base/crew.h).  Each job has a struct check_desk, with a struct package and
 * findings of its own; the findings are taken over in the order of the pages,
 * so that the output does not depend on the threads.  The package has just been
 * built, so its bytes are our own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crew.h"
#include "base/err.h"
#include "cmd/package.h"
#include "cmd/views.h"
#include "content/diag.h"
#include "content/profile.h"
#include "proto/site.h"
#include "view/check_site.h"

#define PAGES_EACH	200		/* pages for each thread, at least */
#define TOLD_MAX	64		/* findings remembered of one page */

struct finder {
	const struct profile	*p;
	struct diag		*d;
	/* Lines of the page and rules that were told already. */
	size_t			 line[TOLD_MAX];
	char			*rule[TOLD_MAX];
	size_t			 ntold;
};

/* What the check of one page needs; no two jobs use the same at a time. */
struct check_desk {
	struct package	 c;
	struct finder	 f;
	struct err	 e;
	int		 rv;
};

struct checks {
	struct check_desk	 desk[CREW_SLOTS];
	struct package	 c;
	struct diag	*d;
	struct err	*e;
	const size_t	*page;		/* indexes in c.site of these jobs */
};

/* 1: the same rule was told of that line before, for another tree. */
static int
is_told(struct finder *f, size_t line, const char *rule)
{
	size_t	 i;

	for (i = 0; i < f->ntold; i++)
		if (f->line[i] == line && strcmp(f->rule[i], rule) == 0)
			return 1;
	if (i < TOLD_MAX && line > 0 &&
	    (f->rule[i] = strdup(rule)) != NULL) {
		f->line[i] = line;
		f->ntold++;
	}
	return 0;
}

static void
forget(struct finder *f)
{
	while (f->ntold > 0)
		free(f->rule[--f->ntold]);
}

/* Add a finding, under the name of the YAML file that its author can change. */
static void
found(void *arg, const char *tree, const char *path, size_t line,
    const struct finding *broken)
{
	struct finder	*f = arg;
	const char	*file = f->p->dir;
	const char	*id;
	char		 rule[300], name[64];
	size_t		 i;

	finding_say(broken, diag_say(f->d, broken->text), rule, sizeof(rule));
	if (is_told(f, line, rule))
		return;
	id = strrchr(path, '/');
	id = id != NULL ? id + 1 : path;
	/* Later parts of a generated page are ID_2.gmi and so on. */
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(id, "_."), id);
	if ((i = profile_page(f->p, name)) != SIZE_MAX)
		file = f->p->page[i].file;
	if (line > 0)
		diag_add(f->d, DIAG_ERROR, file, 0, 0, "%s:%zu, Gopher tree "
		    "/%s: %s", path, line, tree, rule);
	else
		diag_add(f->d, DIAG_ERROR, file, 0, 0, "%s, Gopher tree /%s: "
		    "%s", path, tree, rule);
}

/* Check one page: crew's make(). */
static void
check_page(void *arg, size_t slot, size_t i)
{
	struct checks		*c = arg;
	struct check_desk		*k = &c->desk[slot];
	const struct site_page	*page = &c->c.site->page[c->page[i]];

	k->rv = check_site(&k->c.src, page->dir, page->id, found, &k->f,
	    &k->e);
	forget(&k->f);
}

static int
take_check(void *arg, size_t slot, size_t i)
{
	struct checks	*c = arg;
	struct check_desk	*k = &c->desk[slot];

	(void)i;
	diag_take(c->d, k->f.d);
	if (k->rv == -1)
		*c->e = k->e;
	return k->rv == -1 ? -1 : 0;
}

static int
checks_open(struct checks *c, struct pkg *pkg, struct err *e)
{
	size_t	 i;

	if (package_of(&c->c, pkg, e) == -1)
		return -1;
	for (i = 0; i < CREW_SLOTS; i++) {
		if (package_share(&c->desk[i].c, &c->c, e) == -1)
			return -1;
		if ((c->desk[i].f.d = diag_like(c->d)) == NULL) {
			err_nomem(e);
			return -1;
		}
	}
	return 0;
}

/*
 * Check all pages, the home pages last: with a home page the menus of all
 * others are checked, and by then the sizes of those are known.
 */
static int
check_all(struct checks *c)
{
	const struct crew	 crew = { check_page, take_check, c };
	const struct site_table	*site = c->c.site;
	size_t			*order, i, home = site->npage, n = 0;
	int			 rv;

	if ((order = calloc(site->npage + 1, sizeof(*order))) == NULL) {
		err_nomem(c->e);
		return -1;
	}
	for (i = site->npage; i-- > 0;)
		if (strcmp(site->page[i].id, "index") == 0)
			order[--home] = i;
	for (i = 0; i < site->npage; i++)
		if (strcmp(site->page[i].id, "index") != 0)
			order[n++] = i;
	c->page = order;
	rv = crew_run(&crew, n, PAGES_EACH);
	c->page = order + n;
	/* There are few home pages, but their menus list all pages. */
	if (rv == 0)
		rv = crew_run(&crew, site->npage - n, n < PAGES_EACH ?
		    site->npage : 1);
	free(order);
	return rv;
}

int
views_check(struct pkg *pkg, const struct profile *p, struct diag *d,
    struct err *e)
{
	struct checks	*c;
	size_t		 i;
	int		 rv = -1;

	if ((c = calloc(1, sizeof(*c))) == NULL) {
		err_nomem(e);
		return -1;
	}
	c->d = d;
	c->e = e;
	for (i = 0; i < CREW_SLOTS; i++)
		c->desk[i].f.p = p;
	if (checks_open(c, pkg, e) == 0)
		rv = check_all(c);
	for (i = 0; i < CREW_SLOTS; i++) {
		package_close(&c->desk[i].c);
		diag_free(c->desk[i].f.d);
	}
	package_close(&c->c);
	free(c);
	return rv;
}
