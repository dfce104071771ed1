/* SPDX-License-Identifier: ISC */
/*
 * The list of a package's entries: an array of items, and all names in one
 * block of memory.  Sorted lists get a binary search.  Names and sizes may come
 * from a package or wire form of any peer: list_add() refuses unsafe names and
 * too many or too large entries; list_check() refuses a wrong order, a name
 * that is there twice and a file that is also a folder.  list_append() is for
 * names that apeng made.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "package/list.h"

#define FIRST	"metadata.txt"

void
list_free(struct pkg_list *l)
{
	free(l->v);
	free(l->names);
	memset(l, 0, sizeof(*l));
}

/* Room for one more item and a name of len bytes. */
static int
list_room(struct pkg_list *l, size_t len)
{
	struct pkg_item	*v;
	char		*names;
	size_t		 size;

	if (l->n == l->room) {
		size = l->room == 0 ? 64 : l->room * 2;
		if ((v = realloc(l->v, size * sizeof(*v))) == NULL)
			return -1;
		l->v = v;
		l->room = size;
	}
	if (l->names_len + len + 1 > l->names_size) {
		size = l->names_size == 0 ? 2048 : l->names_size * 2;
		if ((names = realloc(l->names, size)) == NULL)
			return -1;
		l->names = names;
		l->names_size = size;
	}
	return 0;
}

int
list_add(struct pkg_list *l, const char *path, size_t len, uint64_t size,
    uint32_t crc, uint64_t at, struct err *e)
{
	if (!file_path_ok(path, len)) {
		err_set(e, "\"%.*s\": not a safe name (a-z 0-9 . _ - in at "
		    "most %d segments, at most %d bytes)",
		    (int)(len > 200 ? 200 : len), path, FILE_DEPTH_MAX,
		    FILE_NAME_MAX);
		return -1;
	}
	return list_append(l, path, len, size, crc, at, e);
}

int
list_append(struct pkg_list *l, const char *path, size_t len, uint64_t size,
    uint32_t crc, uint64_t at, struct err *e)
{
	struct pkg_item	*it;

	assert(len <= LIST_NAME_ROOM);
	if (l->n == PKG_ENTRIES_MAX) {
		err_set(e, "more than %d entries", PKG_ENTRIES_MAX);
		return -1;
	}
	if (size > PKG_SIZE_MAX) {
		err_set(e, "%.*s: %llu bytes, at most %u", (int)len, path,
		    (unsigned long long)size, PKG_SIZE_MAX);
		return -1;
	}
	if (list_room(l, len) == -1) {
		err_nomem(e);
		return -1;
	}
	it = &l->v[l->n++];
	it->name = l->names_len;
	it->len = (uint32_t)len;
	it->size = (uint32_t)size;
	it->crc = crc;
	it->at = at;
	memcpy(l->names + l->names_len, path, len);
	l->names[l->names_len + len] = '\0';
	l->names_len += len + 1;
	return 0;
}

const char *
list_path(const struct pkg_list *l, size_t i)
{
	return l->names + l->v[i].name;
}

static int
name_cmp(const char *a, size_t alen, const char *b, size_t blen)
{
	int	 fa, fb, c;

	fa = alen == strlen(FIRST) && memcmp(a, FIRST, alen) == 0;
	fb = blen == strlen(FIRST) && memcmp(b, FIRST, blen) == 0;
	if (fa || fb)
		return fb - fa;
	c = memcmp(a, b, alen < blen ? alen : blen);
	if (c == 0)
		c = (alen > blen) - (alen < blen);
	return c;
}

static const char	*sorting;	/* names; OpenBSD has no qsort_r() */

static int
item_cmp(const void *av, const void *bv)
{
	const struct pkg_item	*a = av, *b = bv;

	return name_cmp(sorting + a->name, a->len, sorting + b->name,
	    b->len);
}

void
list_sort(struct pkg_list *l)
{
	sorting = l->names;
	if (l->n > 0)
		qsort(l->v, l->n, sizeof(*l->v), item_cmp);
}

int
list_cmp(const struct pkg_list *a, size_t i, const struct pkg_list *b,
    size_t k)
{
	return name_cmp(list_path(a, i), a->v[i].len, list_path(b, k),
	    b->v[k].len);
}

long
list_find(const struct pkg_list *l, const char *path, size_t len)
{
	size_t	 lo = 0, hi = l->n, mid;
	int	 c;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		c = name_cmp(path, len, list_path(l, mid), l->v[mid].len);
		if (c == 0)
			return (long)mid;
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return -1;
}

int
list_has_folder(const struct pkg_list *l, const char *path, size_t len)
{
	char	 first[FILE_NAME_MAX + 2];
	size_t	 lo = 0, hi = l->n, mid;

	if (len > FILE_NAME_MAX)
		return 0;
	memcpy(first, path, len);
	first[len] = '/';
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (name_cmp(first, len + 1, list_path(l, mid),
		    l->v[mid].len) < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo < l->n && l->v[lo].len > len + 1 &&
	    memcmp(list_path(l, lo), first, len + 1) == 0;
}

uint64_t
list_body_size(const struct pkg_list *l)
{
	uint64_t	 size = 0;
	size_t		 i;

	for (i = 0; i < l->n; i++)
		size += l->v[i].size;
	return size;
}

uint64_t
list_zip_size(const struct pkg_list *l)
{
	uint64_t	 size = ZIP_END + list_body_size(l);
	size_t		 i;

	for (i = 0; i < l->n; i++)
		size += ZIP_LOCAL + ZIP_CENTRAL + 2 * (uint64_t)l->v[i].len;
	return size;
}

/* Folders that the entry before is in, too, were checked with it. */
static int
folders_check(const struct pkg_list *l, struct err *e)
{
	const char	*path, *slash, *last = "";
	size_t		 i, same;

	for (i = 0; i < l->n; i++, last = path) {
		path = list_path(l, i);
		for (same = 0; path[same] != '\0' && path[same] == last[same];
		    same++)
			continue;
		while (same > 0 && path[same - 1] != '/')
			same--;
		slash = path + same;
		while ((slash = strchr(slash, '/')) != NULL) {
			if (list_find(l, path, (size_t)(slash - path)) != -1) {
				err_set(e, "%.*s: both a file and a folder",
				    (int)(slash - path), path);
				return -1;
			}
			slash++;
		}
	}
	return 0;
}

int
list_check(const struct pkg_list *l, struct err *e)
{
	size_t		 i;
	int		 c;

	if (l->n == 0) {
		err_set(e, "no entries");
		return -1;
	}
	for (i = 1; i < l->n; i++) {
		c = name_cmp(list_path(l, i - 1), l->v[i - 1].len,
		    list_path(l, i), l->v[i].len);
		if (c < 0)
			continue;
		err_set(e, c == 0 ? "%s: twice" : "%s: out of order",
		    list_path(l, i));
		return -1;
	}
	if (folders_check(l, e) == -1)
		return -1;
	if (list_zip_size(l) > PKG_SIZE_MAX - 2048) {
		err_set(e, "%llu bytes in all, at most %u",
		    (unsigned long long)list_zip_size(l),
		    PKG_SIZE_MAX - 2048);
		return -1;
	}
	return 0;
}

void
list_line(struct buf *b, const char *path, size_t len, size_t size)
{
	char	 end[24], *p = end + sizeof(end);

	*--p = '\n';
	do {
		*--p = (char)('0' + size % 10);
	} while ((size /= 10) > 0);
	*--p = ' ';
	buf_add(b, path, len);
	buf_add(b, p, (size_t)(end + sizeof(end) - p));
}

void
list_lines(const struct pkg_list *l, struct buf *b)
{
	size_t	 i;

	for (i = 0; i < l->n; i++)
		list_line(b, list_path(l, i), l->v[i].len, l->v[i].size);
	buf_ch(b, '\n');
}
