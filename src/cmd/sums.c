/* SPDX-License-Identifier: ISC */
/*
 * Prove that a folder is an earlier export of ours, and remove such a folder.
 * Only listed files are removed, and callers have proven or made the folder; a
 * folder is removed only when it is empty; symbolic links are not followed.
 * SHA256SUMS itself is removed last, so that the next run can prove and finish
 * a removal that was interrupted.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dirs.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "cmd/sums.h"

#define SUMS_MAX	(64u << 20)	/* bytes of an earlier SHA256SUMS */
#define DEPTH_MAX	16

static int
by_path(const void *a, const void *b)
{
	const struct sums_file	*x = a, *y = b;

	return strcmp(x->path, y->path);
}

int
sums_add(struct sums *s, const char *path, const uint8_t sha[SHA_LEN],
    struct err *e)
{
	struct sums_file	*f;
	size_t			 size;

	if (s->n == s->size) {
		size = s->size == 0 ? 256 : s->size * 2;
		if ((f = realloc(s->file, size * sizeof(*f))) == NULL) {
			err_nomem(e);
			return -1;
		}
		s->file = f;
		s->size = size;
	}
	f = &s->file[s->n];
	memcpy(f->sha, sha, SHA_LEN);
	if ((f->path = strdup(path)) == NULL) {
		err_nomem(e);
		return -1;
	}
	s->n++;
	s->sorted = 0;
	return 0;
}

void
sums_sort(struct sums *s)
{
	if (!s->sorted && s->n > 1)
		qsort(s->file, s->n, sizeof(*s->file), by_path);
	s->sorted = 1;
}

/* The index of the first entry of a path; s->n: it is not listed. */
static size_t
first_of(struct sums *s, const char *path)
{
	size_t	 low = 0, high, mid;

	sums_sort(s);
	for (high = s->n; low < high;) {
		mid = low + (high - low) / 2;
		if (strcmp(s->file[mid].path, path) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->n && strcmp(s->file[low].path, path) == 0 ? low :
	    s->n;
}

int
sums_has(struct sums *s, const char *path)
{
	return first_of(s, path) < s->n;
}

void
sums_free(struct sums *s)
{
	size_t	 i;

	for (i = 0; i < s->n; i++)
		free(s->file[i].path);
	free(s->file);
	free(s->last);
	memset(s, 0, sizeof(*s));
	s->sorted = 1;
}

/*
 * Read the lines, each a hash, two blanks and a path; other lines are ignored.
 */
static int
parse(struct sums *s, char *text, struct err *e)
{
	uint8_t	 sha[SHA_LEN];
	char	*p, *end, *path;

	for (p = text; (end = strchr(p, '\n')) != NULL; p = end + 1) {
		*end = '\0';
		if (end - p <= SHA_HEX + 2 || memcmp(p + SHA_HEX, "  ",
		    2) != 0)
			continue;
		p[SHA_HEX] = '\0';
		path = p + SHA_HEX + 2;
		if (hex_parse(p, SHA_LEN, sha) == -1)
			continue;
		if (sums_add(s, path, sha, e) == -1)
			return -1;
		free(s->last);
		if ((s->last = strdup(path)) == NULL) {
			err_nomem(e);
			return -1;
		}
	}
	return 0;
}

int
sums_load(struct sums *s, const char *dir, const char *mark, struct err *e)
{
	struct err	 why;
	char		*text;
	size_t		 len;
	int		 rv;

	text = file_read_below(dir, SUMS_NAME, SUMS_MAX, &len, &why);
	if (text == NULL) {
		if (why.sys == ENOENT || why.status == STATUS_REFUSED)
			return 0;
		if (e != NULL)
			*e = why;
		return -1;
	}
	rv = parse(s, text, e);
	free(text);
	if (rv == -1) {
		sums_free(s);
		return -1;
	}
	return sums_has(s, mark);
}

/*
 * 1: the file is listed with the hash that it has; with broken, also one that a
 * killed run may have cut.  0: it is not.  -1: see e.  path is below dir, name is
 * the same in the folder at.
 */
static int
is_ours(struct sums *s, const char *dir, int at, const char *name,
    const char *path, int broken, struct err *e)
{
	struct stat	 st;
	uint8_t		 sha[SHA_LEN];
	size_t		 i;
	int		 fd, rv = 0;

	if (strcmp(path, SUMS_NAME) == 0)
		return s->n > 0;
	if ((i = first_of(s, path)) == s->n)
		return 0;
	if ((fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC |
	    O_NONBLOCK)) == -1) {
		err_sys(e, "%s/%s", dir, path);
		return -1;
	}
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		;
	else if (broken && (st.st_size == 0 || (s->last != NULL &&
	    strcmp(path, s->last) == 0)))
		rv = 1;
	else if (sha_file(fd, sha, e) == -1)
		rv = -1;
	else
		for (; rv == 0 && i < s->n &&
		    strcmp(s->file[i].path, path) == 0; i++)
			rv = memcmp(s->file[i].sha, sha, SHA_LEN) == 0;
	close(fd);
	return rv;
}

static int
walk(struct sums *s, const char *dir, const char *at, unsigned depth,
    int broken, struct err *e)
{
	struct dirent	*d;
	struct stat	 st;
	DIR		*dp;
	char		*rel;
	int		 n, rv = 0;

	if (depth == 0) {
		err_set(e, "%s/%s: deeper than anything of ours", dir, at);
		return -1;
	}
	if ((dp = file_list_below(dir, at, e)) == NULL)
		return -1;
	while (rv == 0 && (d = readdir(dp)) != NULL) {
		if (strcmp(d->d_name, ".") == 0 ||
		    strcmp(d->d_name, "..") == 0)
			continue;
		if (asprintf(&rel, "%s%s%s", strcmp(at, ".") == 0 ? "" : at,
		    strcmp(at, ".") == 0 ? "" : "/", d->d_name) == -1) {
			err_nomem(e);
			rv = -1;
			break;
		}
		if (fstatat(dirfd(dp), d->d_name, &st,
		    AT_SYMLINK_NOFOLLOW) == -1) {
			err_sys(e, "%s/%s", dir, rel);
			rv = -1;
		} else if (S_ISDIR(st.st_mode))
			rv = walk(s, dir, rel, depth - 1, broken, e);
		else if (!S_ISREG(st.st_mode) ||
		    (n = is_ours(s, dir, dirfd(dp), d->d_name, rel, broken,
		    e)) == 0) {
			err_set(e, "%s/%s: is none of ours, or was changed; "
			    "nothing is removed: move %s away, or export "
			    "into a new folder", dir, rel, dir);
			rv = -1;
		} else
			rv = n == -1 ? -1 : 0;
		free(rel);
	}
	closedir(dp);
	return rv;
}

int
sums_prove(struct sums *s, const char *dir, int broken, struct err *e)
{
	return walk(s, dir, ".", DEPTH_MAX, broken, e);
}

/* Remove one name below the top; no such name is fine.  -1: see e and errno. */
static int
take_away(struct dirs *d, const char *path, int flag, struct err *e)
{
	const char	*name;
	int		 at, was;

	if ((at = dirs_of(d, path, 0, &name, e)) == -1)
		return errno == ENOENT ? 0 : -1;
	if (unlinkat(at, name, flag) == 0 || errno == ENOENT)
		return 0;
	was = errno;
	err_sys(e, "%s/%s", d->top, path);
	errno = was;
	return -1;
}

/*
 * Remove each folder below `at' that has no file in it; `at' itself stays.
 * -1: see e.
 */
static int
prune(struct dirs *open, const char *at, unsigned depth, struct err *e)
{
	const char	*dir = open->top;
	struct dirent	*d;
	struct stat	 st;
	DIR		*dp;
	char		*rel;
	int		 rv = 0;

	if (depth == 0)
		return 0;
	if ((dp = file_list_below(dir, at, e)) == NULL)
		return errno == ENOENT ? 0 : -1;
	while (rv == 0 && (d = readdir(dp)) != NULL) {
		if (strcmp(d->d_name, ".") == 0 ||
		    strcmp(d->d_name, "..") == 0 || fstatat(dirfd(dp),
		    d->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1 ||
		    !S_ISDIR(st.st_mode))
			continue;
		if (asprintf(&rel, "%s/%s", at, d->d_name) == -1) {
			err_nomem(e);
			rv = -1;
			break;
		}
		rv = prune(open, rel, depth - 1, e);
		if (rv == 0 && take_away(open, rel, AT_REMOVEDIR, e) == -1 &&
		    errno != ENOTEMPTY && errno != EEXIST)
			rv = -1;
		free(rel);
	}
	closedir(dp);
	return rv;
}

/* The files, the folders, and unless something is kept the list. */
static int
remove_all(struct sums *s, struct dirs *d, struct sums *keep, struct err *e)
{
	size_t	 i;

	for (i = 0; i < s->n; i++)
		if ((keep == NULL || !sums_has(keep, s->file[i].path)) &&
		    take_away(d, s->file[i].path, 0, e) == -1)
			return -1;
	if (prune(d, ".", DEPTH_MAX, e) == -1)
		return -1;
	return keep == NULL ? take_away(d, SUMS_NAME, 0, e) : 0;
}

int
sums_remove(struct sums *s, const char *dir, struct sums *keep,
    struct err *e)
{
	struct dirs	 d = DIRS_INIT;
	int		 rv;

	if (dirs_open(&d, dir, e) == -1)
		return errno == ENOENT ? 0 : -1;
	rv = remove_all(s, &d, keep, e);
	dirs_close(&d);
	if (rv == -1 || keep != NULL)
		return rv;
	if (rmdir(dir) == -1 && errno != ENOENT) {
		err_sys(e, "%s", dir);
		return -1;
	}
	return 0;
}
