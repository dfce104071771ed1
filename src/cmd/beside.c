/* SPDX-License-Identifier: ISC */
/*
 * Files beside the text.  While pages are loaded, the files that they name are
 * noted; several pages may name the same file.  Once all pages are known each
 * file is hashed, and the list of them goes into the package; their bytes go to
 * NAME.gpub.files/ before the package gets its name.  The folder is the
 * author's: a file that changes while it is read is an error.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "cmd/beside.h"
#include "content/diag.h"
#include "content/profile.h"
#include "package/reader.h"
#include "package/writer.h"

void
beside_free(struct beside_list *l)
{
	free(l->dir);
	free(l->row);
	free(l->held);
	memset(l, 0, sizeof(*l));
}

static int
add(struct beside_list *l, const struct file_row *row)
{
	struct file_row	*p;
	size_t		 room;

	if (l->n == l->room) {
		room = l->room == 0 ? 16 : l->room * 2;
		if ((p = realloc(l->row, room * sizeof(*p))) == NULL)
			return -1;
		l->row = p;
		l->room = room;
	}
	l->row[l->n++] = *row;
	return 0;
}

static int
by_path(const void *a, const void *b)
{
	const struct file_row	*x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* Sort the rows by path and keep each path once. */
static void
settle(struct beside_list *l)
{
	size_t	 i, n = 0;

	if (l->n == 0)
		return;
	qsort(l->row, l->n, sizeof(*l->row), by_path);
	for (i = 0; i < l->n; i++)
		if (n == 0 || strcmp(l->row[n - 1].path, l->row[i].path) != 0)
			l->row[n++] = l->row[i];
	l->n = n;
}

int
beside_note(struct beside_list *l, const struct page *page, struct err *e)
{
	const struct beside	*f;
	struct file_row		 row;
	size_t			 i;

	for (i = 0; i < page->nblock; i++) {
		if (page->block[i].type != BLOCK_IMAGE &&
		    page->block[i].type != BLOCK_FILE)
			continue;
		f = &page->block[i].beside.file;
		if (f->path == NULL)
			continue;
		memset(&row, 0, sizeof(row));
		snprintf(row.path, sizeof(row.path), "%s", f->path);
		row.type = file_type_of(row.path, strlen(row.path));
		row.size = f->size;
		row.width = f->width;
		row.height = f->height;
		if (add(l, &row) == -1) {
			err_nomem(e);
			return -1;
		}
	}
	/* When many pages name the same picture, the list must stay short. */
	if (l->n > 2 * FILES_MAX)
		settle(l);
	return 0;
}

/*
 * Open a file again.  -1: see e, also when its size has changed since its page
 * was loaded.
 */
static int
reopen(const struct beside_list *l, const struct file_row *row,
    struct err *e)
{
	struct stat	 st;
	int		 fd;

	if ((fd = file_open_below(l->dir, row->path, O_RDONLY, e)) == -1)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (uint64_t)st.st_size == row->size)
		return fd;
	err_set(e, "%s/%s: changed while it was read; try again", l->dir,
	    row->path);
	close(fd);
	return -1;
}

static int
hash(const struct beside_list *l, struct file_row *row, struct err *e)
{
	int	 fd = reopen(l, row, e), rv;

	if (fd == -1)
		return -1;
	rv = sha_file(fd, row->sha, e);
	close(fd);
	return rv;
}

static int
fill_held(struct beside_list *l, struct err *e)
{
	size_t	 i;

	if ((l->held = calloc(l->n + 1, sizeof(*l->held))) == NULL) {
		err_nomem(e);
		return -1;
	}
	for (i = 0; i < l->n; i++) {
		memcpy(l->held[i].sha, l->row[i].sha, SHA_LEN);
		l->held[i].size = l->row[i].size;
	}
	return 0;
}

static int
is_named(const struct beside_list *l, const char *path)
{
	struct file_row	 key;

	if (l->n == 0 || strlen(path) >= sizeof(key.path))
		return 0;
	snprintf(key.path, sizeof(key.path), "%s", path);
	return bsearch(&key, l->row, l->n, sizeof(key), by_path) != NULL;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
is_seen(const struct dirent *entry)
{
	return entry->d_name[0] != '.' &&
	    strcmp(entry->d_name, "Thumbs.db") != 0 &&
	    strcmp(entry->d_name, "desktop.ini") != 0;
}

/*
 * Warn of each file below rel, a folder in the capsule's folder, that no page
 * names.
 */
static void
tell_unused(const struct beside_list *l, const char *rel, unsigned depth,
    struct diag *d)
{
	struct dirent	**list;
	struct stat	  st;
	char		 *whole = NULL, *path = NULL, *below = NULL;
	int		  i, n;

	if (asprintf(&whole, "%s/%s", l->dir, rel) == -1)
		return;
	n = scandir(whole, &list, is_seen, by_name);
	for (i = 0; i < n; i++) {
		if (asprintf(&path, "%s/%s", whole, list[i]->d_name) == -1 ||
		    asprintf(&below, "%s/%s", rel, list[i]->d_name) == -1)
			break;
		if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
			if (depth < FILE_DEPTH_MAX)
				tell_unused(l, below, depth + 1, d);
		} else if (!is_named(l, below))
			diag_add(d, DIAG_WARNING, path, 0, 0, "no page uses "
			    "this file: left out");
		free(path);
		free(below);
		path = below = NULL;
	}
	free(path);
	free(below);
	for (i = 0; i < n; i++)
		free(list[i]);
	if (n >= 0)
		free(list);
	free(whole);
}

/*
 * 1: the name is that of a picture or document, but not cover.*, of which
 * cover.c warns.
 */
static int
is_astray(const struct dirent *entry)
{
	static const char *const ends[] = { ".jpg", ".jpeg", ".png", ".gif",
	    ".webp", ".heic", ".pdf" };
	const char	*dot = strrchr(entry->d_name, '.');
	size_t		 i;

	if (dot == NULL || strncasecmp(entry->d_name, "cover.", 6) == 0)
		return 0;
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (strcasecmp(dot, ends[i]) == 0)
			return 1;
	return 0;
}

/*
 * 1: the capsule's own folder or an entry of it, except files/ and entries that
 * is_seen() hides.
 */
static int
is_elsewhere(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") == 0 ||
	    (is_seen(entry) && strcmp(entry->d_name, "files") != 0);
}

/*
 * Warn of the pictures and documents right in this folder, where no page can
 * name them.
 */
static void
tell_astray_in(const char *dir, struct diag *d)
{
	struct dirent	**list;
	char		 *path;
	int		  i, n;

	if ((n = scandir(dir, &list, is_astray, by_name)) == -1)
		return;			/* no folder, or told elsewhere */
	for (i = 0; i < n; i++) {
		if (asprintf(&path, "%s/%s", dir, list[i]->d_name) != -1) {
			diag_add(d, DIAG_WARNING, path, 0, 0, "is not used: "
			    "pages name pictures and documents in files/, "
			    "where `apeng attach' puts them");
			free(path);
		}
		free(list[i]);
	}
	free(list);
}

/*
 * Do that for the capsule's folder and each folder in it but files/, such as
 * docs/, pages/ and photos/.
 */
static void
tell_astray(const struct beside_list *l, struct diag *d)
{
	struct dirent	**list;
	struct stat	  st;
	char		 *path;
	int		  i, n;

	if ((n = scandir(l->dir, &list, is_elsewhere, by_name)) == -1)
		return;
	for (i = 0; i < n; i++) {
		if (strcmp(list[i]->d_name, ".") == 0)
			tell_astray_in(l->dir, d);
		else if (asprintf(&path, "%s/%s", l->dir,
		    list[i]->d_name) != -1) {
			if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
				tell_astray_in(path, d);
			free(path);
		}
		free(list[i]);
	}
	free(list);
}

int
beside_finish(struct beside_list *l, const char *dir, struct pkg_writer *w,
    struct diag *d, struct err *e)
{
	struct buf	 b = BUF_INIT;
	size_t		 i;
	int		 rv = 0;

	settle(l);
	if ((l->dir = strdup(dir)) == NULL) {
		err_nomem(e);
		return -1;
	}
	tell_unused(l, "files", 0, d);
	tell_astray(l, d);
	if (l->n > FILES_MAX) {
		err_set(e, "%s: %zu pictures and files, at most %d", dir,
		    l->n, FILES_MAX);
		return -1;
	}
	for (i = 0; i < l->n && rv == 0; i++) {
		rv = hash(l, &l->row[i], e);
		files_write(&b, &l->row[i]);
	}
	if (rv == 0)
		rv = fill_held(l, e);
	if (rv == 0 && !buf_ok(&b)) {
		err_nomem(e);
		rv = -1;
	}
	if (rv == 0 && l->n > 0)
		rv = pkg_add(w, FILES_PATH, b.data, b.len, e);
	buf_free(&b);
	return rv;
}

int
beside_publish(const struct beside_list *l, const char *gpub, struct err *e)
{
	struct buf	 name = BUF_INIT;
	size_t		 i;
	int		 fd, rv = 0;

	for (i = 0; i < l->n && rv == 0; i++) {
		buf_reset(&name);
		buf_fmt(&name, "%s/%s", l->dir, l->row[i].path);
		if (!buf_ok(&name)) {
			err_nomem(e);
			rv = -1;
		} else if ((fd = reopen(l, &l->row[i], e)) == -1)
			rv = -1;
		else {
			rv = held_put(gpub, &l->held[i], fd, name.data, e);
			close(fd);
		}
	}
	buf_free(&name);
	return rv;
}

char *
beside_bytes(const char *gpub, const struct held_file *h, size_t *len)
{
	uint8_t	 sha[SHA_LEN];
	char	*data;
	int	 fd;

	if ((fd = held_open(gpub, h, NULL)) == -1)
		return NULL;
	data = file_read_fd(fd, gpub, (size_t)h->size, len, NULL);
	close(fd);
	if (data == NULL)
		return NULL;
	if (*len == h->size && sha_bytes(data, *len, sha, NULL) == 0 &&
	    memcmp(sha, h->sha, SHA_LEN) == 0)
		return data;
	free(data);
	return NULL;
}

int
beside_read(struct beside_list *l, const struct pkg *p, struct err *e)
{
	struct pkg_entry	 en;
	struct files		 f;
	struct file_row		 row;
	int			 rv;

	memset(l, 0, sizeof(*l));
	memset(&f, 0, sizeof(f));
	if (pkg_find(p, FILES_PATH, strlen(FILES_PATH), &en)) {
		f.at = (const char *)en.data;
		f.left = en.size;
	}
	while ((rv = files_next(&f, &row, e)) == 1)
		if (add(l, &row) == -1) {
			err_nomem(e);
			rv = -1;
			break;
		}
	if (rv == 0)
		rv = fill_held(l, e);
	if (rv == -1)
		beside_free(l);
	return rv;
}
