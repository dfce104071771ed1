/* SPDX-License-Identifier: ISC */
/*
 * A path is looked up in the package's index, never in a file system: first
 * in the site that the host means, then, if it begins with /ID, in the
 * package of that id.  The path is a stranger's; it is compared with names
 * and copied, within its bounds, and that is all.
 */
#include <string.h>

#include "base/err.h"
#include "proto/types.h"
#include "serve/found.h"
#include "serve/sites.h"

/* "search" is page 1, "search/2" page 2.  0: no page of results. */
static int
is_search(const char *path, size_t len, size_t *pg)
{
	size_t	 i;

	*pg = 1;
	if (len < 6 || memcmp(path, "search", 6) != 0)
		return 0;
	if (len == 6)
		return 1;
	if (path[6] != '/' || len == 7 || len > 7 + 4 || path[7] == '0')
		return 0;
	for (*pg = 0, i = 7; i < len; i++) {
		if (path[i] < '0' || path[i] > '9')
			return 0;
		*pg = *pg * 10 + (size_t)(path[i] - '0');
	}
	return 1;
}

static int
is_package(const struct site *s, const char *path, size_t len)
{
	size_t	 n = strlen(s->id);

	return len == n + 5 && memcmp(path, s->id, n) == 0 &&
	    memcmp(path + n, ".gpub", 5) == 0;
}

/*
 * A folder without its last slash: its relative links would go astray, so
 * that a redirect cannot be avoided.
 */
static int
is_folder(const struct site *s, const char *path, size_t len)
{
	struct pkg_entry	 en;
	char			 index[FOUND_PATH_MAX + 16];

	memcpy(index, path, len);
	memcpy(index + len, "/index.gmi", 10);
	return pkg_find(s->pkg, index, len + 10, &en);
}

static void
set_redirect(struct found *f, const char *path, size_t len)
{
	size_t	 n = strlen(f->prefix);

	f->kind = FOUND_FOLDER;
	memcpy(f->redirect, f->prefix, n);
	if (len > 0) {
		f->redirect[n++] = '/';
		memcpy(f->redirect + n, path, len);	/* a safe path */
	}
	f->redirect[n + len] = '/';
	f->redirect[n + len + 1] = '\0';
}

/* In f->site; path has no leading slash. */
static void
look(struct found *f, const char *path, size_t len)
{
	char	 name[FOUND_PATH_MAX + 16];
	size_t	 n = len;

	memcpy(name, path, n);
	if (n == 0 || name[n - 1] == '/') {
		memcpy(name + n, "index.gmi", 9);
		n += 9;
	}
	f->dir[0] = '\0';
	f->page = 1;
	if (n > 11 && memcmp(name + n - 11, "/search.gmi", 11) == 0) {
		f->kind = FOUND_SEARCH;	/* the page itself is for offline */
		memcpy(f->dir, name, n - 11);
		f->dir[n - 11] = '\0';
	} else if (pkg_find(f->site->pkg, name, n, &f->entry)) {
		f->kind = FOUND_ENTRY;
	} else if (n >= 7 && memcmp(name, ".apeng/", 7) == 0) {
		f->kind = FOUND_MIRROR;
		f->rest = path + 7;
		f->restlen = len - 7;
	} else if (is_search(path, len, &f->page)) {
		f->kind = FOUND_SEARCH;
	} else if (is_package(f->site, name, n)) {
		f->kind = FOUND_PACKAGE;
	} else if (is_folder(f->site, path, len))
		set_redirect(f, path, len);
}

int
found_look(struct sites *ss, struct site *s, const char *path, size_t len,
    struct found *f)
{
	const char	*slash;
	size_t		 n;

	f->kind = FOUND_NOTHING;
	f->site = s;
	f->prefix[0] = '\0';
	if (len > FOUND_PATH_MAX)
		return 0;
	path += len > 0;		/* its slash */
	len -= len > 0;
	if (sites_wake(ss, s) == -1)
		return -1;
	look(f, path, len);
	if (f->kind != FOUND_NOTHING)
		return 0;
	/* /ID/...: any package by any of our names, as on Gopher. */
	slash = memchr(path, '/', len);
	n = slash != NULL ? (size_t)(slash - path) : len;
	if ((s = sites_by_id(ss, path, n)) == NULL)
		return 0;
	f->site = s;
	f->prefix[0] = '/';
	memcpy(f->prefix + 1, path, n);
	f->prefix[n + 1] = '\0';
	if (slash == NULL) {
		set_redirect(f, "", 0);
		return 0;
	}
	if (sites_wake(ss, s) == -1)
		return -1;
	look(f, path + n + 1, len - n - 1);
	return 0;
}

const char *
found_lang(const struct found *f)
{
	const char		*path = f->entry.path, *slash;
	const struct type	*type = type_of(path, strlen(path));
	const struct site_lang	*l;

	if (!type_is_text(type) || strncmp(type->mime, "text/", 5) != 0 ||
	    (slash = strchr(path, '/')) == NULL ||
	    (l = site_table_lang_at(f->site->table, path,
	    (size_t)(slash - path))) == NULL)
		return NULL;
	return l->tag;
}
