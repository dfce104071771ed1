/* SPDX-License-Identifier: ISC */
/*
 * A folder of files that is replaced whole: the new one is written beside it,
 * read back, and renamed.  Two names beside it are used: DIR.apeng-new for the
 * new folder while it is written, and DIR.apeng-old for the old one while the
 * two are exchanged.  What a killed run left under these names is removed only
 * when SHA256SUMS proves that it is ours (sums.c): in the new folder that list
 * is a journal, which gets a line before each file is written.  Where the
 * folder cannot be renamed (overlayfs, a mount point) its files are replaced
 * one by one, and meanwhile its list has the old and the new files.
 */
#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/dirs.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "cmd/sums.h"
#include "cmd/tree.h"

struct tree {
	char		*dir;		/* the folder that is replaced */
	char		*part;		/* the new folder, DIR.apeng-new */
	char		*old;		/* the old folder, DIR.apeng-old */
	char		*mark;		/* listed in every tree of this kind */
	int		 lock;		/* part, open and locked; -1: none */
	int		 journal;	/* part's SHA256SUMS; -1: not open */
	int		 in_place;	/* the folder could not be renamed */
	struct dirs	 dirs;		/* folders of part */
	struct sums	 files;		/* the files in part */
};

static char *
join(const char *dir, const char *name)
{
	char	*s;

	return asprintf(&s, "%s/%s", dir, name) == -1 ? NULL : s;
}

/* 1: the text is the beginning of the first line of a journal. */
static int
is_begun(const char *s, size_t len, const char *mark)
{
	size_t	 hex = strspn(s, "0123456789abcdef");

	if (hex == len && len <= SHA_HEX)
		return 1;
	return hex == SHA_HEX && len >= hex + 2 &&
	    memcmp(s + hex, "  ", 2) == 0 &&
	    strncmp(s + hex + 2, mark, len - hex - 2) == 0;
}

/*
 * Remove a folder that has nothing but the beginning of a journal, since its
 * run was killed before the first file.  -1: it is no such folder.
 */
static int
drop_begun(const char *path, const char *mark)
{
	char	*list, *text;
	size_t	 len;
	int	 rv = -1;

	if ((list = join(path, SUMS_NAME)) == NULL)
		return -1;
	if ((text = file_read_ours(list, SHA_HEX + 2 + PATH_MAX, &len,
	    NULL)) != NULL && is_begun(text, len, mark) && unlink(list) == 0)
		rv = rmdir(path);
	free(text);
	free(list);
	return rv;
}

/*
 * Remove a folder that an earlier run left.  broken: that run was killed.  0:
 * it is removed, or there is none.  -1: see e, also when nothing proves that it
 * is ours.
 */
static int
clear(const char *path, const char *mark, int broken, struct err *e)
{
	struct sums	 s = SUMS_INIT;
	struct stat	 st;
	int		 n, rv = -1;

	if (lstat(path, &st) == -1 && errno == ENOENT)
		return 0;
	if (rmdir(path) == 0 || drop_begun(path, mark) == 0)
		return 0;		/* no file was in it yet */
	if (!S_ISDIR(st.st_mode))
		n = 0;
	else if ((n = sums_load(&s, path, mark, e)) == 0) {
		sums_free(&s);		/* ours only if it has no file at all */
		n = sums_prove(&s, path, 0, NULL) == 0;
	}
	if (n == 0)
		err_set(e, "%s: is in the way, and nothing proves that an "
		    "export left it; move it away", path);
	else if (n == 1 && sums_prove(&s, path, broken, e) == 0)
		rv = sums_remove(&s, path, NULL, e);
	sums_free(&s);
	return rv;
}

/*
 * Load into s the list of the folder that will be replaced, and prove the
 * folder by it.  0: s is the list, empty when there is no folder or no file in
 * it.  -1: see e, also when the folder is not ours.
 */
static int
load_proven(struct sums *s, const struct tree *t, struct err *e)
{
	struct stat	 st;
	int		 n;

	if (lstat(t->dir, &st) == -1) {
		if (errno == ENOENT)
			return 0;
		err_sys(e, "%s", t->dir);
		return -1;
	}
	if (!S_ISDIR(st.st_mode)) {
		err_set(e, "%s: is no folder", t->dir);
		return -1;
	}
	if ((n = sums_load(s, t->dir, t->mark, e)) == -1)
		return -1;
	if (n == 0)
		sums_free(s);		/* then there must be no file */
	return sums_prove(s, t->dir, 0, e);
}

/* 0: the path ends without a name, so no name beside it can be made. */
static int
has_name(const char *dir)
{
	const char	*name = strrchr(dir, '/');

	name = name != NULL ? name + 1 : dir;
	return *name != '\0' && strcmp(name, ".") != 0 &&
	    strcmp(name, "..") != 0;
}

/*
 * Lock the new folder, for as long as this run lives.  0: locked, or it cannot
 * be locked, as when it is not there.  -1: another run has locked it, see e.
 */
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
	char	*path;

	if (part_lock(t, e) == -1)
		return -1;
	/* Remove what a killed run has left. */
	if (clear(t->part, t->mark, 1, e) == -1 ||
	    clear(t->old, t->mark, 1, e) == -1)
		return -1;
	if (t->lock != -1)
		close(t->lock);
	t->lock = -1;
	if (file_dir_ours(t->part, 0755, e) == -1 || part_lock(t, e) == -1)
		return -1;
	if ((path = join(t->part, SUMS_NAME)) == NULL) {
		err_nomem(e);
		return -1;
	}
	t->journal = file_open_ours(path, O_WRONLY | O_CREAT | O_EXCL |
	    O_APPEND, 0644, e);
	free(path);
	return t->journal == -1 ? -1 : dirs_open(&t->dirs, t->part, e);
}

static void
tree_free(struct tree *t)
{
	if (t == NULL)
		return;
	if (t->lock != -1)
		close(t->lock);
	if (t->journal != -1)
		close(t->journal);
	dirs_close(&t->dirs);
	sums_free(&t->files);
	free(t->dir);
	free(t->part);
	free(t->old);
	free(t->mark);
	free(t);
}

struct tree *
tree_begin(const char *dir, const char *mark, struct err *e)
{
	struct sums	 was = SUMS_INIT;
	struct tree	*t;
	char		*name = NULL;
	size_t		 len = strlen(dir);
	int		 ok = 0;

	while (len > 1 && dir[len - 1] == '/')
		len--;
	if ((t = calloc(1, sizeof(*t))) == NULL ||
	    (name = strndup(dir, len)) == NULL) {
		free(t);
		err_nomem(e);
		return NULL;
	}
	t->lock = t->journal = t->dirs.at = -1;
	t->files.sorted = 1;
	if (!has_name(name)) {
		err_cannot(e, "\"%s\": want the name of a folder, which "
		    "is replaced whole", dir);
		goto out;
	}
	if ((t->dir = file_target(name, e)) == NULL)
		goto out;
	if ((t->mark = strdup(mark)) == NULL ||
	    asprintf(&t->part, "%s.apeng-new", t->dir) == -1) {
		t->part = NULL;
		err_nomem(e);
		goto out;
	}
	if (asprintf(&t->old, "%s.apeng-old", t->dir) == -1) {
		t->old = NULL;
		err_nomem(e);
		goto out;
	}
	ok = load_proven(&was, t, e) == 0 && part_make(t, e) == 0;
 out:
	sums_free(&was);
	free(name);
	if (ok)
		return t;
	tree_free(t);
	return NULL;
}

/*
 * 1: each name in the path is allowed on FAT: no device's name, no dot at its
 * end.
 */
static int
fat_ok(const char *path)
{
	const char	*s = path, *end;

	for (;; s = end + 1) {
		if ((end = strchr(s, '/')) == NULL)
			end = s + strlen(s);
		if (file_is_device(s) || (end > s && end[-1] == '.'))
			return 0;
		if (*end == '\0')
			return 1;
	}
}

/*
 * Add a file's line to the journal and its hash to t->files.  This comes before
 * the file is written, so that the next run can prove what a killed run left.
 */
static int
note(struct tree *t, const char *path, const void *data, size_t len,
    struct err *e)
{
	struct buf	 b = BUF_INIT;
	uint8_t		 sha[SHA_LEN];
	char		 hex[SHA_HEX + 1];
	int		 rv = -1;

	if (sha_bytes(data, len, sha, e) == -1 ||
	    sums_add(&t->files, path, sha, e) == -1)
		return -1;
	hex_format(sha, SHA_LEN, hex);
	buf_fmt(&b, "%s  %s\n", hex, path);
	if (!buf_ok(&b))
		err_nomem(e);
	else if (file_write_all(t->journal, b.data, b.len) == -1)
		err_sys(e, "%s/%s", t->part, SUMS_NAME);
	else
		rv = 0;
	buf_free(&b);
	return rv;
}

/* Write a file that is not there yet, below part. */
static int
write_file(struct tree *t, const char *path, const void *data, size_t len,
    struct err *e)
{
	const char	*name;
	int		 at, fd;

	if ((at = dirs_of(&t->dirs, path, 1, &name, e)) == -1)
		return -1;
	if ((fd = openat(at, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    0644)) == -1) {
		err_sys(e, "%s/%s", t->part, path);
		return -1;
	}
	if (file_write_all(fd, data, len) == -1) {
		err_sys(e, "%s/%s", t->part, path);
		close(fd);
		return -1;
	}
	if (close(fd) == -1) {
		err_sys(e, "%s/%s", t->part, path);
		return -1;
	}
	return 0;
}

int
tree_put(struct tree *t, const char *path, const void *data, size_t len,
    struct err *e)
{
	if (!fat_ok(path)) {
		err_set(e, "%s: FAT and Windows have no file of that name; "
		    "rename the page", path);
		return -1;
	}
	return note(t, path, data, len, e) == -1 ? -1 :
	    write_file(t, path, data, len, e);
}

size_t
tree_count(const struct tree *t)
{
	return t->files.n;
}

static void
add_lines(const struct sums *s, struct buf *b)
{
	char	 hex[SHA_HEX + 1];
	size_t	 i;

	for (i = 0; i < s->n; i++) {
		hex_format(s->file[i].sha, SHA_LEN, hex);
		buf_fmt(b, "%s  %s\n", hex, s->file[i].path);
	}
}

/* Replace the journal by the list of the files, sorted by path. */
static int
put_sums(struct tree *t, struct err *e)
{
	struct buf	 b = BUF_INIT;
	char		*tmp = NULL, *to = join(t->part, SUMS_NAME);
	int		 rv = -1;

	sums_sort(&t->files);
	add_lines(&t->files, &b);
	/* The list gets a journal line, too: a run may be killed here. */
	if (to == NULL || !buf_ok(&b) ||
	    (tmp = join(t->part, SUMS_NAME ".new")) == NULL)
		err_nomem(e);
	else if (note(t, SUMS_NAME ".new", b.data, b.len, e) == 0 &&
	    write_file(t, SUMS_NAME ".new", b.data, b.len, e) == 0) {
		if (rename(tmp, to) == -1)
			err_sys(e, "%s", to);
		else {
			/* It was added last; no file of that name is left. */
			free(t->files.file[--t->files.n].path);
			t->files.sorted = 1;
			rv = 0;
		}
	}
	free(tmp);
	free(to);
	buf_free(&b);
	return rv;
}

#ifdef __linux__
/*
 * Bring the whole file system to the medium: one call, where a call for each
 * of many thousand files would wait for the medium as often.
 */
static int
flush_all(struct tree *t, struct err *e)
{
	if (syncfs(t->dirs.at) == 0)
		return 0;
	err_sys(e, "%s", t->part);
	return -1;
}
#endif

/*
 * Read a file back and compare its hash; flush it before, where flush_all() is
 * not to be had.  -1: see e.
 */
static int
settle_file(struct tree *t, const struct sums_file *f, struct err *e)
{
	uint8_t		 sha[SHA_LEN];
	const char	*name;
	int		 at, fd, rv = -1;

	if ((at = dirs_of(&t->dirs, f->path, 0, &name, e)) == -1)
		return -1;
	fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1) {
		err_sys(e, "%s/%s", t->part, f->path);
		return -1;
	}
#ifndef __linux__
	if (fsync(fd) == -1) {
		err_sys(e, "%s/%s", t->part, f->path);
		close(fd);
		return -1;
	}
#endif
	if (sha_file(fd, sha, e) == 0) {
		if (memcmp(sha, f->sha, SHA_LEN) == 0)
			rv = 0;
		else
			err_cannot(e, "%s/%s: reads otherwise than it was "
			    "written; is the disk broken?", t->part, f->path);
	}
	close(fd);
	return rv;
}

/* Flush all files to the medium, then read each back.  -1: see e. */
static int
settle(struct tree *t, struct err *e)
{
	size_t	 i;

#ifdef __linux__
	if (flush_all(t, e) == -1)
		return -1;
#endif
	for (i = 0; i < t->files.n; i++)
		if (settle_file(t, &t->files.file[i], e) == -1)
			return -1;
	return 0;
}

/*
 * Move a file from the new folder into the old one; copy it if that is on
 * another file system.  -1: see e.
 */
static int
move_file(const struct tree *t, const char *path, struct err *e)
{
	char	*from, *to, *slash, *data;
	size_t	 len;
	int	 rv = -1;

	from = join(t->part, path);
	to = join(t->dir, path);
	if (from == NULL || to == NULL) {
		err_nomem(e);
		goto out;
	}
	slash = strrchr(to, '/');
	*slash = '\0';
	if (file_mkdirs(to, 0755, e) == -1)
		goto out;
	*slash = '/';
	if (rename(from, to) == 0)
		rv = 0;
	else if (errno != EXDEV)
		err_sys(e, "%s", to);
	else if ((data = file_read(from, SIZE_MAX / 2, &len, e)) != NULL) {
		rv = file_replace(to, 0644, data, len, e);
		free(data);
	}
 out:
	free(from);
	free(to);
	return rv;
}

/*
 * Replace the files of a folder that cannot be renamed, one by one.  Meanwhile
 * a reader may get some old and some new files.  A killed run leaves a folder
 * whose list has both, so that the next run can prove and replace it.
 * -1: see e.
 */
static int
one_by_one(struct tree *t, struct sums *was, struct err *e)
{
	struct sums	 none = SUMS_INIT;
	struct buf	 b = BUF_INIT;
	char		*list;
	size_t		 i;
	int		 rv = -1;

	t->in_place = 1;
	add_lines(was, &b);
	add_lines(&t->files, &b);
	if (!buf_ok(&b) || (list = join(t->dir, SUMS_NAME)) == NULL) {
		err_nomem(e);
		buf_free(&b);
		return -1;
	}
	if (file_replace(list, 0644, b.data, b.len, e) == -1)
		goto out;
	for (i = 0; i < t->files.n; i++)
		if (move_file(t, t->files.file[i].path, e) == -1)
			goto out;
	/* The new folder's list is moved when nothing else is left there. */
	if (sums_remove(was, t->dir, &t->files, e) == -1 ||
	    sums_remove(&t->files, t->part, &none, e) == -1 ||
	    move_file(t, SUMS_NAME, e) == -1 ||
	    sums_remove(&none, t->part, NULL, e) == -1)
		goto out;
	rv = 0;
 out:
	free(list);
	buf_free(&b);
	return rv;
}

static int
swap_in(struct tree *t, struct sums *was, struct err *e)
{
	int	 had;

	had = rename(t->dir, t->old) == 0;
	if (!had && (errno == EXDEV || errno == EBUSY))
		return one_by_one(t, was, e);
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
	if (!had || rmdir(t->old) == 0)
		return 0;
	/* Prove it once more: somebody may have added a file meanwhile. */
	if (sums_prove(was, t->old, 0, e) == -1)
		return -1;
	return sums_remove(was, t->old, NULL, e);
}

int
tree_commit(struct tree *t, int *in_place, struct err *e)
{
	struct sums	 was = SUMS_INIT;
	int		 rv = -1;

	if (put_sums(t, e) == 0 && settle(t, e) == 0 &&
	    load_proven(&was, t, e) == 0)
		rv = swap_in(t, &was, e);
	sums_free(&was);
	*in_place = t->in_place;
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
	(void)sums_remove(&t->files, t->part, NULL, NULL);
	tree_free(t);
}
