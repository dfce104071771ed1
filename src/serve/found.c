/* SPDX-License-Identifier: ISC */
/*
 * Finds what a path means.  It is looked up in the package's index, never in a
 * file system: first in the site that the host names, then, if it begins with
 * /ID, in the package with that id.  The path is a stranger's; it is only
 * compared with names and copied within bounds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "package/hash.h"
#include "proto/types.h"
#include "serve/directory.h"
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
 * 1: a folder without its last slash.  It needs a redirect, because the page's
 * relative links would lead elsewhere.
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
		memcpy(f->redirect + n, path, len);	/* a path without . and
							   .. */
	}
	f->redirect[n + len] = '/';
	f->redirect[n + len + 1] = '\0';
}

/* The line of the list that begins at this byte of it. */
static int
row_at(const struct pkg_entry *list, const char *at, struct file_row *row)
{
	struct files	 l;

	memset(&l, 0, sizeof(l));
	l.at = at;
	l.left = list->size - (size_t)(at - (const char *)list->data);
	return files_next(&l, row, NULL) == 1;
}

int
found_row(const struct site *s, const char *path, size_t len,
    struct file_row *row)
{
	struct pkg_entry	 list;
	char			 want[FILE_NAME_MAX + 3];
	const char		*text, *at;

	if (len > FILE_NAME_MAX || len <= strlen(FILES_FOLDER) ||
	    memcmp(path, FILES_FOLDER, strlen(FILES_FOLDER)) != 0 ||
	    !file_path_ok(path, len) ||
	    !pkg_find(s->pkg, FILES_PATH, strlen(FILES_PATH), &list))
		return 0;
	text = (const char *)list.data;
	want[0] = '\n';
	memcpy(want + 1, path, len);
	want[len + 1] = ' ';
	if (list.size > len && memcmp(text, want + 1, len + 1) == 0)
		at = text;
	else if ((at = memmem(text, list.size, want, len + 2)) != NULL)
		at++;
	return at != NULL && row_at(&list, at, row);
}

int
found_row_of(const struct site *s, const char *hex, struct file_row *row)
{
	struct pkg_entry	 list;
	const char		*text, *at;
	char			 want[20], full[SHA_HEX + 1];

	if (strspn(hex, "0123456789abcdef") != 16 ||
	    !pkg_find(s->pkg, FILES_PATH, strlen(FILES_PATH), &list))
		return 0;
	text = (const char *)list.data;
	snprintf(want, sizeof(want), " %s", hex);
	if ((at = memmem(text, list.size, want, strlen(want))) == NULL)
		return 0;
	while (at > text && at[-1] != '\n')
		at--;
	if (!row_at(&list, at, row))
		return 0;
	hex_format(row->sha, SHA_LEN, full);
	return strncmp(full, hex, 16) == 0;
}

void
found_absent(const struct site *s, const struct file_row *row, char *out,
    size_t size)
{
	snprintf(out, size, "This file (%s, %" PRIu64 " KB) is not held here"
	    "%s%.200s", row->type->word, (row->size + 1023) / 1024,
	    s->nhost > 0 ? "; try " : "", s->nhost > 0 ? s->host[0] : "");
}

/* "en/search/2", and "en/search.gmi", a page for readers without a server. */
static int
is_search_in(struct found *f, const char *path, size_t len)
{
	const char	*slash = memchr(path, '/', len);
	size_t		 n = slash == NULL ? 0 : (size_t)(slash - path);
	size_t		 left = len - n - 1;

	if (n == 0 || site_table_lang_at(f->site->table, path, n) == NULL ||
	    (!is_search(slash + 1, left, &f->page) &&
	    (left != 10 || memcmp(slash + 1, "search.gmi", 10) != 0)))
		return 0;
	memcpy(f->dir, path, n);
	f->dir[n] = '\0';
	return 1;
}

/*
 * The plain names hold what mirrors ask for and nothing else, so that a
 * package whose id is `apeng' keeps its pages.
 */
size_t
found_mirror(const char *path, size_t len)
{
	static const char	*const plain[] = { "apeng/u/", "apeng/up/",
	    "apeng/b/", "apeng/f/", "apeng/all/" };
	size_t	 i;

	if (len >= 7 && memcmp(path, ".apeng/", 7) == 0)
		return 7;
	if (len == 10 && (memcmp(path, "apeng/head", 10) == 0 ||
	    memcmp(path, "apeng/keys", 10) == 0))
		return 6;
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (len >= strlen(plain[i]) &&
		    memcmp(path, plain[i], strlen(plain[i])) == 0)
			return 6;
	return 0;
}

/* Look in f->site; path has no leading slash. */
static void
look(struct found *f, const char *path, size_t len)
{
	char	 name[FOUND_PATH_MAX + 16];
	size_t	 skip, n = len;

	memcpy(name, path, n);
	if (n == 0 || name[n - 1] == '/') {
		memcpy(name + n, "index.gmi", 9);
		n += 9;
	}
	f->dir[0] = '\0';
	f->page = 1;
	if (is_search_in(f, path, len)) {
		f->kind = FOUND_SEARCH;
	} else if (pkg_find(f->site->pkg, name, n, &f->entry)) {
		f->kind = FOUND_ENTRY;
	} else if (found_row(f->site, path, len, &f->row)) {
		f->kind = FOUND_FILE;
	} else if ((skip = found_mirror(path, len)) > 0) {
		f->kind = FOUND_MIRROR;
		f->rest = path + skip;
		f->restlen = len - skip;
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
	if (directory_is(ss, path, len)) {
		f->kind = FOUND_DIRECTORY;
		f->rest = path;
		f->restlen = len;
		return 0;
	}
	path += len > 0;		/* its slash */
	len -= len > 0;
	if (sites_wake(ss, s) == -1)
		return -1;
	look(f, path, len);
	if (f->kind != FOUND_NOTHING)
		return 0;
	/*
	 * /ID/...: any package under any of the server's names, as on Gopher.
	 */
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
