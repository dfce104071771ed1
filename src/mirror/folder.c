/* SPDX-License-Identifier: ISC */
/*
 * Folders as sources, see folder.h.  Only the folder itself is read, no folder
 * in it.  Names that begin with a dot are skipped; editors and file managers
 * leave such files.  A file that is neither a letter nor a package is no error,
 * since sticks carry all kinds of files.  Everything in the files is a
 * stranger's word, and is proven later.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "mirror/folder.h"
#include "mirror/install.h"
#include "mirror/letterfile.h"
#include "mirror/source.h"

struct folder_found {
	char		*path;		/* owned */
	char		 id[HEAD_ID_MAX + 1];
	uint64_t	 serial;
	uint64_t	 size;		/* bytes */
	int		 is_twin;	/* same serial as here, other contents */
};

struct folder {
	struct folder_found	*f;
	size_t		 n;
	int		 has_gpub;
	struct head	 gpub;		/* of the package that is here */
};

/*
 * A file with the serial that is here and other contents comes before all
 * others: it is refused, and is evidence.
 */
static int
better_first(const void *a, const void *b)
{
	const struct folder_found *f = a, *g = b;

	if (f->is_twin != g->is_twin)
		return f->is_twin ? -1 : 1;
	if (f->serial != g->serial)
		return f->serial > g->serial ? -1 : 1;
	if (f->size != g->size)
		return f->size < g->size ? -1 : 1;
	return strcmp(f->path, g->path);
}

/* 1: h has the same serial as the package that is here, and other contents. */
static int
is_twin(const struct folder *d, const struct head *h)
{
	return d->has_gpub && strcmp(h->id, d->gpub.id) == 0 &&
	    h->serial == d->gpub.serial &&
	    memcmp(h->core, d->gpub.core, sizeof(h->core)) != 0;
}

/* 1: a file with this head and offer may help. */
static int
may_help(const struct folder *d, const struct letterfile *l, int is_letter)
{
	const struct head *h = &l->head, *here = &d->gpub;
	int		 is_delta;

	is_delta = is_letter && l->offer.size > 0 && l->offer.has_base;
	if (!d->has_gpub)
		return !is_delta && !(is_letter && l->offer.size == 0);
	if (is_twin(d, h))
		return 1;
	if (strcmp(h->id, here->id) != 0 || h->serial <= here->serial)
		return 0;
	if (is_letter && l->offer.size == 0)	/* the same pages, renewed */
		return memcmp(h->core, here->core, sizeof(h->core)) == 0;
	return !is_delta ||
	    memcmp(l->offer.base, here->core, SHORT_LEN) == 0;
}

/* Look at one file; keeps path when it may help.  0, or -1: no memory. */
static int
look(struct folder *d, char *path)
{
	struct letterfile l;
	struct folder_found	*bigger;
	struct stat	 st;
	int		 is_letter;

	if (stat(path, &st) == -1 || !S_ISREG(st.st_mode) ||
	    (is_letter = install_peek(path, &l, NULL)) == -1 ||
	    !may_help(d, &l, is_letter)) {
		free(path);
		return 0;
	}
	bigger = realloc(d->f, (d->n + 1) * sizeof(*bigger));
	if (bigger == NULL) {
		free(path);
		return -1;
	}
	d->f = bigger;
	d->f[d->n].path = path;
	memcpy(d->f[d->n].id, l.head.id, sizeof(l.head.id));
	d->f[d->n].serial = l.head.serial;
	d->f[d->n].is_twin = is_twin(d, &l.head);
	d->f[d->n++].size = (uint64_t)st.st_size;
	return 0;
}

static int
read_folder(struct folder *d, const char *path, struct err *e)
{
	struct dirent	*de;
	DIR		*dp;
	char		*name;
	size_t		 files = 0;
	int		 rv = -1;

	if ((dp = opendir(path)) == NULL) {
		err_sys(e, "%s", path);
		return -1;
	}
	while (errno = 0, (de = readdir(dp)) != NULL) {
		if (de->d_name[0] == '.')
			continue;
		if (files++ == FOLDER_FILES_MAX) {
			err_set(e, "%s: more than %d files: name one of them",
			    path, FOLDER_FILES_MAX);
			goto out;
		}
		if (asprintf(&name, "%s/%s", path, de->d_name) == -1 ||
		    look(d, name) == -1) {
			err_nomem(e);
			goto out;
		}
	}
	if (errno != 0) {
		err_sys(e, "%s", path);
		goto out;
	}
	rv = 0;
 out:
	closedir(dp);
	return rv;
}

/* When no package is here, all files of the folder must be of one package. */
static int
is_one_package(const struct folder *d, const char *path, struct err *e)
{
	size_t	 i;

	for (i = 1; i < d->n; i++)
		if (strcmp(d->f[i].id, d->f[0].id) != 0) {
			err_set(e, "%s: holds files of more than one package "
			    "(%s, %s ...): name one of them", path,
			    d->f[0].id, d->f[i].id);
			return 0;
		}
	return 1;
}

static int
add(struct source **out, size_t *n, const struct source *s, struct err *e)
{
	struct source	*bigger;

	bigger = realloc(*out, (*n + 1) * sizeof(*bigger));
	if (bigger == NULL) {
		err_nomem(e);
		return -1;
	}
	*out = bigger;
	bigger[*n] = *s;
	bigger[*n].url = strdup(s->url);
	bigger[*n].path = strdup(s->path);
	(*n)++;
	if (bigger[*n - 1].url == NULL || bigger[*n - 1].path == NULL) {
		err_nomem(e);
		return -1;
	}
	return 0;
}

/* One source that is a folder: its files, best first. */
static int
add_folder(struct source **out, size_t *n, const struct source *s,
    const char *gpub, struct err *e)
{
	struct folder	 d = { 0 };
	struct letterfile l;
	struct source	 one = *s;
	size_t		 i;
	int		 rv = -1;

	if (install_peek(gpub, &l, NULL) == 0) {
		d.has_gpub = 1;
		d.gpub = l.head;
	}
	if (read_folder(&d, s->path, e) == -1 ||
	    !is_one_package(&d, s->path, e))
		goto out;
	if (d.n == 0 && !d.has_gpub) {
		err_set(e, "%s: holds no package and no letter that begins "
		    "one", s->path);
		goto out;
	}
	if (d.n > 1)
		qsort(d.f, d.n, sizeof(*d.f), better_first);
	rv = 0;
	for (i = 0; i < d.n && rv == 0; i++) {
		one.path = one.url = d.f[i].path;
		rv = add(out, n, &one, e);
	}
 out:
	for (i = 0; i < d.n; i++)
		free(d.f[i].path);
	free(d.f);
	return rv;
}

int
folder_expand(const struct source *s, size_t n, const char *gpub,
    struct source **out, size_t *nout, struct err *e)
{
	struct stat	 st;
	size_t		 i;
	int		 rv = 0;

	*out = NULL;
	*nout = 0;
	for (i = 0; i < n && rv == 0; i++) {
		if (s[i].kind == SOURCE_FILE && stat(s[i].path, &st) == 0 &&
		    S_ISDIR(st.st_mode))
			rv = add_folder(out, nout, &s[i], gpub, e);
		else
			rv = add(out, nout, &s[i], e);
	}
	if (rv == -1) {
		folder_free(*out, *nout);
		*out = NULL;
		*nout = 0;
	}
	return rv;
}

void
folder_free(struct source *s, size_t n)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		source_free(&s[i]);
	free(s);
}
