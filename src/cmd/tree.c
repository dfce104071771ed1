#include <sys/file.h>
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/tree.h"
#include "package/hash.h"

#define SUMS_MAX	(64u << 20)	/* bytes of an earlier SHA256SUMS */
#define DEPTH_MAX	16

struct tree_file {
	char		*path;
	uint8_t		 sha[SHA_LEN];
};

struct tree {
	char			*dir;	/* where it will be */
	char			*part;	/* where it is being written */
	char			*old;	/* where the earlier one waits */
	int			 lock;	/* on part, -1: none */
	struct tree_file	*file;
	size_t			 n, size;
};

/* The paths that an earlier SHA256SUMS names, sorted. */
struct sums {
	char	 *text;
	char	**path;
	size_t	  n;
};

static int	 by_path(const void *, const void *);
static int	 by_name(const void *, const void *);
static char	*join(const char *, const char *);
static int	 remove_all(const char *, unsigned, struct err *);
static int	 sums_read(struct sums *, const char *, struct err *);
static int	 is_listed(const struct sums *, const char *);
static int	 only_ours(const struct sums *, const char *, const char *,
		    unsigned, struct err *);
static int	 may_replace(const char *, struct err *);
static int	 has_name(const char *);
static int	 part_make(struct tree *, struct err *);
static int	 part_lock(struct tree *, struct err *);
static int	 fat_ok(const char *);
static int	 write_file(const char *, const void *, size_t, struct err *);
static int	 keep(struct tree *, const char *, const void *, size_t,
		    struct err *);
static int	 put_sums(struct tree *, struct err *);
static int	 settle(const struct tree *, struct err *);
static int	 swap_in(struct tree *, struct err *);
static void	 tree_free(struct tree *);

static int
by_path(const void *a, const void *b)
{
	const struct tree_file	*x = a, *y = b;

	return strcmp(x->path, y->path);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *
join(const char *dir, const char *name)
{
	char	*s;

	return asprintf(&s, "%s%s%s", dir, *dir != '\0' ? "/" : "",
	    name) == -1 ? NULL : s;
}

/* A folder that we made; what is no folder is unlinked, never followed. */
static int
remove_all(const char *path, unsigned depth, struct err *e)
{
	struct dirent	*d;
	DIR		*dp;
	char		*sub;
	int		 rv = 0;

	if (unlink(path) == 0 || errno == ENOENT)
		return 0;
	if (depth == 0 || (dp = opendir(path)) == NULL) {
		err_sys(e, "%s", path);
		return -1;
	}
	while (rv == 0 && (d = readdir(dp)) != NULL) {
		if (strcmp(d->d_name, ".") == 0 ||
		    strcmp(d->d_name, "..") == 0)
			continue;
		if ((sub = join(path, d->d_name)) == NULL) {
			err_nomem(e);
			rv = -1;
			break;
		}
		rv = remove_all(sub, depth - 1, e);
		free(sub);
	}
	closedir(dp);
	if (rv == 0 && rmdir(path) == -1) {
		err_sys(e, "%s", path);
		rv = -1;
	}
	return rv;
}

/* 1 read, 0 there is none, -1 see e. */
static int
sums_read(struct sums *s, const char *dir, struct err *e)
{
	char	*name, *p, *end;
	size_t	 len;

	if ((name = join(dir, TREE_SUMS)) == NULL) {
		err_nomem(e);
		return -1;
	}
	if (access(name, F_OK) == -1) {
		free(name);
		return 0;
	}
	s->text = file_read(name, SUMS_MAX, &len, e);
	free(name);
	if (s->text == NULL)
		return -1;
	for (s->n = 0, p = s->text; *p != '\0'; p++)
		s->n += *p == '\n';
	if ((s->path = calloc(s->n + 1, sizeof(*s->path))) == NULL) {
		err_nomem(e);
		return -1;
	}
	s->n = 0;
	for (p = s->text; (end = strchr(p, '\n')) != NULL; p = end + 1) {
		*end = '\0';
		if (end - p > SHA_HEX + 2)
			s->path[s->n++] = p + SHA_HEX + 2;
	}
	qsort(s->path, s->n, sizeof(*s->path), by_name);
	return 1;
}

static int
is_listed(const struct sums *s, const char *path)
{
	return strcmp(path, TREE_SUMS) == 0 || (s->n > 0 &&
	    bsearch(&path, s->path, s->n, sizeof(*s->path), by_name) != NULL);
}

/* 0 when everything under dir/at is listed; the first stranger is named. */
static int
only_ours(const struct sums *s, const char *dir, const char *at,
    unsigned depth, struct err *e)
{
	struct dirent	*d;
	struct stat	 st;
	DIR		*dp;
	char		*rel, *full;
	int		 rv = 0;

	if ((full = join(dir, at)) == NULL || depth == 0 ||
	    (dp = opendir(full)) == NULL) {
		err_sys(e, "%s/%s", dir, at);
		free(full);
		return -1;
	}
	free(full);
	while (rv == 0 && (d = readdir(dp)) != NULL) {
		if (strcmp(d->d_name, ".") == 0 ||
		    strcmp(d->d_name, "..") == 0)
			continue;
		rel = join(at, d->d_name);
		full = rel != NULL ? join(dir, rel) : NULL;
		if (full == NULL) {
			err_nomem(e);
			rv = -1;
		} else if (lstat(full, &st) == 0 && S_ISDIR(st.st_mode))
			rv = only_ours(s, dir, rel, depth - 1, e);
		else if (!is_listed(s, rel)) {
			err_set(e, "%s: is none of ours; export into a new "
			    "folder, or move it away", full);
			rv = -1;
		}
		free(full);
		free(rel);
	}
	closedir(dp);
	return rv;
}

/* 0: dir is missing, empty or an earlier export; -1: see e. */
static int
may_replace(const char *dir, struct err *e)
{
	struct sums	 s = { 0 };
	struct stat	 st;
	int		 rv;

	if (lstat(dir, &st) == -1) {
		if (errno == ENOENT)
			return 0;
		err_sys(e, "%s", dir);
		return -1;
	}
	if (!S_ISDIR(st.st_mode)) {
		err_set(e, "%s: is no folder", dir);
		return -1;
	}
	rv = sums_read(&s, dir, e) == -1 ? -1 :
	    only_ours(&s, dir, "", DEPTH_MAX, e);
	free(s.path);
	free(s.text);
	return rv;
}

/* 0: nothing can be written beside it and renamed. */
static int
has_name(const char *dir)
{
	const char	*name = strrchr(dir, '/');

	name = name != NULL ? name + 1 : dir;
	return *name != '\0' && strcmp(name, ".") != 0 &&
	    strcmp(name, "..") != 0;
}

/* The folder in work is locked while its run lives.  No folder is fine. */
static int
part_lock(struct tree *t, struct err *e)
{
	t->lock = open(t->part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
	if (t->lock == -1 || flock(t->lock, LOCK_EX | LOCK_NB) == 0 ||
	    errno != EWOULDBLOCK)
		return 0;
	err_cannot(e, "%s: another export is at work there", t->part);
	close(t->lock);
	t->lock = -1;
	return -1;
}

static int
part_make(struct tree *t, struct err *e)
{
	if (part_lock(t, e) == -1)
		return -1;
	/* What a run that was killed left there. */
	if (remove_all(t->part, DEPTH_MAX, e) == -1)
		return -1;
	if (t->lock != -1)
		close(t->lock);
	t->lock = -1;
	return file_mkdirs(t->part, 0755, e) == -1 ? -1 : part_lock(t, e);
}

struct tree *
tree_begin(const char *dir, struct err *e)
{
	struct tree	*t;
	size_t		 len = strlen(dir);

	while (len > 1 && dir[len - 1] == '/')
		len--;
	if ((t = calloc(1, sizeof(*t))) != NULL)
		t->lock = -1;
	if (t == NULL || (t->dir = strndup(dir, len)) == NULL ||
	    asprintf(&t->part, "%s.apeng-new", t->dir) == -1) {
		if (t != NULL)
			t->part = NULL;
		err_nomem(e);
		goto fail;
	}
	if (asprintf(&t->old, "%s.apeng-old", t->dir) == -1) {
		t->old = NULL;
		err_nomem(e);
		goto fail;
	}
	if (!has_name(t->dir)) {
		err_cannot(e, "\"%s\": want the name of a folder, which "
		    "is replaced whole", dir);
		goto fail;
	}
	if (may_replace(t->dir, e) == -1 || part_make(t, e) == -1)
		goto fail;
	return t;
 fail:
	tree_free(t);
	return NULL;
}

/* Names that FAT and the systems that use it keep for themselves. */
static int
fat_ok(const char *path)
{
	static const char *const	 kept[] = { "con", "prn", "aux",
	    "nul", "com", "lpt" };
	const char			*s = path, *end;
	size_t				 i, base;

	for (;; s = end + 1) {
		if ((end = strchr(s, '/')) == NULL)
			end = s + strlen(s);
		base = strcspn(s, "./");
		for (i = 0; i < 6; i++)
			if (strncmp(s, kept[i], 3) == 0 && (base == 3 ?
			    i < 4 : base == 4 && i >= 4 && s[3] >= '0' &&
			    s[3] <= '9'))
				return 0;
		if (end > s && end[-1] == '.')
			return 0;
		if (*end == '\0')
			return 1;
	}
}

static int
write_file(const char *path, const void *data, size_t len, struct err *e)
{
	int	 fd;

	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	if (file_write_all(fd, data, len) == -1) {
		err_sys(e, "%s", path);
		close(fd);
		return -1;
	}
	if (close(fd) == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	return 0;
}

/* Note the file for SHA256SUMS. */
static int
keep(struct tree *t, const char *path, const void *data, size_t len,
    struct err *e)
{
	struct tree_file	*f;
	size_t			 size;

	if (t->n == t->size) {
		size = t->size == 0 ? 256 : t->size * 2;
		if ((f = realloc(t->file, size * sizeof(*f))) == NULL) {
			err_nomem(e);
			return -1;
		}
		t->file = f;
		t->size = size;
	}
	f = &t->file[t->n];
	if (sha_bytes(data, len, f->sha, e) == -1)
		return -1;
	if ((f->path = strdup(path)) == NULL) {
		err_nomem(e);
		return -1;
	}
	t->n++;
	return 0;
}

int
tree_put(struct tree *t, const char *path, const void *data, size_t len,
    struct err *e)
{
	char	*full, *slash;
	int	 rv = -1;

	if (!fat_ok(path)) {
		err_set(e, "%s: FAT and Windows have no file of that name; "
		    "rename the page", path);
		return -1;
	}
	if ((full = join(t->part, path)) == NULL) {
		err_nomem(e);
		return -1;
	}
	slash = strrchr(full, '/');
	*slash = '\0';
	if (file_mkdirs(full, 0755, e) == -1)
		goto out;
	*slash = '/';
	if (write_file(full, data, len, e) == 0)
		rv = keep(t, path, data, len, e);
 out:
	free(full);
	return rv;
}

size_t
tree_count(const struct tree *t)
{
	return t->n;
}

static int
put_sums(struct tree *t, struct err *e)
{
	struct buf	 b = BUF_INIT;
	char		 hex[SHA_HEX + 1], *path;
	size_t		 i;
	int		 rv = -1;

	if (t->n > 0)
		qsort(t->file, t->n, sizeof(*t->file), by_path);
	for (i = 0; i < t->n; i++) {
		hex_format(t->file[i].sha, SHA_LEN, hex);
		buf_fmt(&b, "%s  %s\n", hex, t->file[i].path);
	}
	path = join(t->part, TREE_SUMS);
	if (path == NULL || !buf_ok(&b))
		err_nomem(e);
	else
		rv = write_file(path, b.data, b.len, e);
	free(path);
	buf_free(&b);
	return rv;
}

/* Everything to the medium, then every file read back from it. */
static int
settle(const struct tree *t, struct err *e)
{
	uint8_t	 sha[SHA_LEN];
	char	*path;
	size_t	 i;
	int	 fd, rv = 0;

	for (i = 0; i < t->n && rv == 0; i++) {
		if ((path = join(t->part, t->file[i].path)) == NULL) {
			err_nomem(e);
			return -1;
		}
		if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1 ||
		    fsync(fd) == -1) {
			err_sys(e, "%s", path);
			rv = -1;
		} else if ((rv = sha_file(fd, sha, e)) == 0 &&
		    memcmp(sha, t->file[i].sha, SHA_LEN) != 0) {
			err_cannot(e, "%s: reads otherwise than it was "
			    "written; is the disk broken?", path);
			rv = -1;
		}
		if (fd != -1)
			close(fd);
		free(path);
	}
	return rv;
}

static int
swap_in(struct tree *t, struct err *e)
{
	int	 had;

	if (remove_all(t->old, DEPTH_MAX, e) == -1)
		return -1;
	had = rename(t->dir, t->old) == 0;
	if (!had && errno != ENOENT) {
		err_sys(e, "%s", t->dir);
		return -1;
	}
	if (rename(t->part, t->dir) == -1) {
		err_sys(e, "%s", t->dir);
		if (had)
			(void)rename(t->old, t->dir);
		return -1;
	}
	return had ? remove_all(t->old, DEPTH_MAX, e) : 0;
}

int
tree_commit(struct tree *t, struct err *e)
{
	int	 rv = -1;

	if (put_sums(t, e) == 0 && settle(t, e) == 0 &&
	    may_replace(t->dir, e) == 0)
		rv = swap_in(t, e);
	if (rv == -1)
		tree_abandon(t);
	else
		tree_free(t);
	return rv;
}

void
tree_abandon(struct tree *t)
{
	if (t == NULL)
		return;
	(void)remove_all(t->part, DEPTH_MAX, NULL);
	tree_free(t);
}

static void
tree_free(struct tree *t)
{
	size_t	 i;

	if (t == NULL)
		return;
	for (i = 0; i < t->n; i++)
		free(t->file[i].path);
	if (t->lock != -1)
		close(t->lock);
	free(t->file);
	free(t->dir);
	free(t->part);
	free(t->old);
	free(t);
}
