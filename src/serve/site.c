/* SPDX-License-Identifier: ISC */
/*
 * One open package as the answers need it.  What is needed to find a site stays
 * in memory: its id, its host names, its title in menus.  The site table, which
 * is many times as large, is read from the package at the first request, and
 * the set (sites.c) may free it while nobody holds the site.  The package was
 * proven; its publisher may still be a stranger.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "directory/grams.h"
#include "package/head.h"
#include "package/reader.h"
#include "package/store.h"
#include "serve/open.h"
#include "serve/site.h"

#define TABLE_PATH	"data/site.txt"

static int
read_table(struct site *s, struct err *e)
{
	struct pkg_entry	 en;

	if (!pkg_find(s->pkg, TABLE_PATH, strlen(TABLE_PATH), &en)) {
		err_set(e, "%s: the package has no %s", pkg_head(s->pkg)->id,
		    TABLE_PATH);
		return -1;
	}
	s->table = site_table_parse((const char *)en.data, en.size, e);
	return s->table == NULL ? -1 : 0;
}

/* 1: ASCII, of SITE_LABEL_COLS at most. */
static int
is_plain(const char *s)
{
	const char	*p;

	for (p = s; *p >= 0x20 && *p < 0x7f; p++)
		continue;
	return *p == '\0' && p != s && p - s <= SITE_LABEL_COLS;
}

/* A title that any machine can show, or the id. */
static const char *
ascii_title(const struct site_table *t)
{
	size_t	 i;

	for (i = 0; i < t->nlang; i++) {
		if (is_plain(t->lang[i].title))
			return t->lang[i].title;
		if (is_plain(t->lang[i].short_title))
			return t->lang[i].short_title;
	}
	return t->id;
}

static int
keep_names(struct site *s)
{
	if ((s->brief = site_table_brief(s->table)) == NULL)
		return -1;
	s->nhost = s->brief->nhost;
	s->host = s->brief->host;
	s->label = ascii_title(s->brief);
	return 0;
}

struct site *
site_new(struct pkg *pkg, struct store *store, struct err *e)
{
	static uint64_t	 number;
	struct site	*s;

	if ((s = calloc(1, sizeof(*s))) == NULL) {
		err_nomem(e);
		store_close(store);
		pkg_close(pkg);
		return NULL;
	}
	s->count = 1;
	s->number = ++number;
	s->pkg = pkg;
	s->store = store;
	s->id = pkg_head(pkg)->id;
	if (read_table(s, e) == -1)
		goto fail;
	if (strcmp(s->table->id, s->id) != 0) {
		err_set(e, "%s: %s has the id %s", s->id, TABLE_PATH,
		    s->table->id);
		goto fail;
	}
	if (keep_names(s) == -1) {
		err_nomem(e);
		goto fail;
	}
	site_sleep(s);
	return s;
 fail:
	site_free(s);
	return NULL;
}

struct site *
site_ref(struct site *s)
{
	s->count++;
	return s;
}

void
site_free(struct site *s)
{
	if (s == NULL || --s->count > 0)
		return;
	site_table_free(s->table);
	store_close(s->store);
	pkg_close(s->pkg);
	grams_free(s->grams);
	free(s->brief);
	free(s->key);
	free(s);
}

void
site_fds(const struct site *s, struct site_fds *out)
{
	memset(out, 0, sizeof(*out));
	out->pkg = pkg_fd(s->pkg, &out->pkg_size);
	out->store = s->store == NULL ? -1 :
	    store_fd(s->store, &out->store_size, &out->nblob);
}

void
site_shut(struct site *s)
{
	pkg_shut(s->pkg);
	if (s->store != NULL)
		store_shut(s->store);
}

void
site_rest(const struct site *s)
{
	pkg_rest(s->pkg);
	if (s->store != NULL)
		store_rest(s->store);
}

struct site *
site_take(const struct site_fds *from, struct err *e)
{
	struct store	*store = NULL;
	struct site	*s;
	struct pkg	*pkg;

	pkg = pkg_take(from->pkg, from->pkg_size, e);
	if (pkg == NULL) {
		if (from->store != -1)
			close(from->store);
		return NULL;
	}
	if (from->store != -1 && (store = store_take(from->store,
	    from->store_size, from->nblob, pkg, e)) == NULL) {
		pkg_close(pkg);
		return NULL;
	}
	if ((s = site_new(pkg, store, e)) != NULL)
		site_rest(s);
	return s;
}

int
site_same(const struct site *a, const struct site *b)
{
	const char	*x, *y;
	size_t		 nx, ny;

	x = pkg_comment(a->pkg, &nx);
	y = pkg_comment(b->pkg, &ny);
	if (nx != ny || memcmp(x, y, nx) != 0)
		return 0;
	if (a->store == NULL || b->store == NULL)
		return a->store == b->store;
	return store_same(a->store, b->store);
}

const struct site_table *
site_table(struct site *s)
{
	if (s->table == NULL && read_table(s, NULL) == -1)
		return NULL;
	return s->table;
}

void
site_sleep(struct site *s)
{
	site_table_free(s->table);
	s->table = NULL;
}

const struct pkg *
site_pkg(const struct site *s)
{
	return s->pkg;
}

static int
page(void *arg, const char *dir, const char *id, const char **text,
    size_t *len)
{
	struct site		*s = arg;
	struct pkg_entry	 en;
	char			 path[256];
	int			 n;

	n = snprintf(path, sizeof(path), "%s/%s.gmi", dir, id);
	if (n < 0 || (size_t)n >= sizeof(path) ||
	    !pkg_find(s->pkg, path, (size_t)n, &en))
		return -1;
	*text = (const char *)en.data;
	*len = en.size;
	return 0;
}

void
site_source(struct site *s, const char *host, unsigned port,
    const char *prefix, struct view_source *src)
{
	size_t	 size;

	pkg_bytes(s->pkg, &size);
	memset(src, 0, sizeof(*src));
	src->site = s->table;
	src->page = page;
	src->arg = s;
	src->host = host;
	src->port = port;
	src->prefix = prefix;
	src->package_size = size;
}
