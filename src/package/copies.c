/* SPDX-License-Identifier: ISC */
/*
 * The folder of copies: files named by their hash (HEX.gpub, HEX.blobs), the
 * file `index' that says which file each copy was made from, and `lock'.
 *
 * The folder is trusted when its owner and its modes show that nobody but this
 * user can write there.  Its bytes are trusted only when they have the hash
 * that they should have, because a disk may damage them: the index ends with
 * its own hash, and whoever opens a copy proves it again.  Nothing is flushed
 * to the disk: a file that a crash left half written does not have its hash,
 * and is made again.  The index holds numbers in this machine's byte order; the
 * index of another kind of machine is not read.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "package/copies.h"

#define ROWS_MAX	(1u << 20)
#define NAME_SIZE	(SHA_HEX + 8)

static const char	*const endings[COPIES_KINDS] = { ".gpub", ".blobs" };

/* The start of the index: which kind of machine wrote its numbers. */
struct copies_start {
	char		 magic[16];
	uint64_t	 order;			/* of bytes */
	uint64_t	 row;			/* bytes */
};

static const struct copies_start	begin = {
	"apeng-copies 1\n", 0x0102030405060708u, sizeof(struct copies_row)
};

struct copies {
	char			*dir;
	int			 lock;		/* -1: not held */
	struct copies_row	*row;		/* by path */
	size_t			 n, room;
	int			 changed;
};

static int	 path_of(const struct copies *, const char *, char *);
static void	 name_of(enum copies_kind, const uint8_t *, char *);
static size_t	 place(const struct copies *, const uint8_t *, int *);
static int	 is_ours(const struct stat *);

static int
path_of(const struct copies *c, const char *name, char *out)
{
	int	 n = snprintf(out, PATH_MAX, "%s/%s", c->dir, name);

	if (n >= 0 && n < PATH_MAX)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

static void
name_of(enum copies_kind kind, const uint8_t *sha, char *out)
{
	hex_format(sha, SHA_LEN, out);
	memcpy(out + SHA_HEX, endings[kind], strlen(endings[kind]) + 1);
}

/* Where the row of that path is, or would be; *found says which. */
static size_t
place(const struct copies *c, const uint8_t *path, int *found)
{
	size_t	 lo = 0, hi = c->n, mid;
	int	 d;

	*found = 0;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if ((d = memcmp(c->row[mid].path, path, SHA_LEN)) == 0) {
			*found = 1;
			return mid;
		}
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* 1: nobody but this user and root can have changed it. */
static int
is_ours(const struct stat *st)
{
	return st->st_uid == geteuid() &&
	    (st->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* Only one server may use a folder.  The workers do not inherit the lock. */
static int
take_lock(struct copies *c, struct err *e)
{
	struct flock	 l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char		 path[PATH_MAX];

	if (path_of(c, "lock", path) == -1 ||
	    (c->lock = file_open_ours(path, O_RDWR | O_CREAT, 0600, e)) ==
	    -1) {
		err_sys(e, "%s: lock", c->dir);
		return -1;
	}
	if (fcntl(c->lock, F_SETLK, &l) == 0)
		return 0;
	if (errno == EACCES || errno == EAGAIN)
		err_cannot(e, "%s: another server uses this folder", c->dir);
	else
		err_sys(e, "%s: lock", c->dir);
	return -1;
}

/* An index that cannot be read, or is another machine's, counts as missing. */
static void
load(struct copies *c)
{
	struct copies_start	 start;
	uint8_t			 sha[SHA_LEN];
	char			 path[PATH_MAX], *data;
	size_t			 len, n;

	if (path_of(c, "index", path) == -1 ||
	    (data = file_read_ours(path, sizeof(start) + SHA_LEN + ROWS_MAX *
	    sizeof(*c->row), &len, NULL)) == NULL)
		return;
	if (len < sizeof(start) + SHA_LEN ||
	    memcmp(data, &begin, sizeof(begin)) != 0)
		goto out;
	n = len - sizeof(start) - SHA_LEN;
	if (n % sizeof(*c->row) != 0 ||
	    sha_bytes(data, len - SHA_LEN, sha, NULL) == -1 ||
	    memcmp(sha, data + len - SHA_LEN, SHA_LEN) != 0 ||
	    (c->row = malloc(n + 1)) == NULL)
		goto out;
	memcpy(c->row, data + sizeof(start), n);
	c->n = c->room = n / sizeof(*c->row);
	for (n = 0; n < c->n; n++)
		c->row[n].used = 0;
 out:
	free(data);
}

struct copies *
copies_open(const char *dir, struct err *e)
{
	struct copies	*c;
	struct stat	 st;

	if ((c = calloc(1, sizeof(*c))) == NULL ||
	    (c->dir = strdup(dir)) == NULL) {
		free(c);
		err_nomem(e);
		return NULL;
	}
	c->lock = -1;
	if (file_dir_ours(dir, 0700, e) == -1)
		goto fail;
	if (lstat(dir, &st) == -1) {
		err_sys(e, "%s", dir);
		goto fail;
	}
	if (!S_ISDIR(st.st_mode) || !is_ours(&st)) {
		err_cannot(e, "%s: want a folder of the user who serves, "
		    "which nobody else can write to", dir);
		goto fail;
	}
	if (take_lock(c, e) == -1)
		goto fail;
	load(c);
	return c;
 fail:
	copies_close(c);
	return NULL;
}

void
copies_close(struct copies *c)
{
	if (c == NULL)
		return;
	if (c->lock != -1) {
		copies_save(c, NULL);
		close(c->lock);
	}
	free(c->row);
	free(c->dir);
	free(c);
}

const struct copies_row *
copies_find(const struct copies *c, const char *path)
{
	uint8_t	 sha[SHA_LEN];
	size_t	 at;
	int	 found;

	if (sha_bytes(path, strlen(path), sha, NULL) == -1)
		return NULL;
	at = place(c, sha, &found);
	return found ? &c->row[at] : NULL;
}

int
copies_get(const struct copies *c, enum copies_kind kind,
    const struct copies_one *one)
{
	struct stat	 st;
	char		 path[PATH_MAX], name[NAME_SIZE];
	int		 fd;

	name_of(kind, one->sha, name);
	if (one->size == 0 || path_of(c, name, path) == -1 ||
	    (fd = file_open_ours(path, O_RDONLY, 0, NULL)) == -1)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && is_ours(&st) &&
	    (uint64_t)st.st_size == one->size)
		return fd;
	close(fd);
	return -1;
}

/* Write a file whole and rename it, so that no reader sees half of it. */
static int
replace(const struct copies *c, const char *name, const void *const data[2],
    const size_t n[2], struct err *e)
{
	const int how = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	char	  path[PATH_MAX], new[PATH_MAX];
	int	  fd, i;

	if (path_of(c, name, path) == -1 || path_of(c, "new", new) == -1) {
		err_sys(e, "%s: a copy", c->dir);
		return -1;
	}
	if (unlink(new) == -1 && errno != ENOENT)
		goto fail;
	if ((fd = open(new, how, 0400)) == -1 && errno == ENOENT &&
	    mkdir(c->dir, 0700) == 0)	/* somebody has removed all of it */
		fd = open(new, how, 0400);
	if (fd == -1)
		goto fail;
	for (i = 0; i < 2; i++)
		if (file_write_all(fd, data[i], n[i]) == -1) {
			close(fd);
			goto fail;
		}
	if (close(fd) == 0 && rename(new, path) == 0)
		return 0;
 fail:
	err_sys(e, "%s: a copy", c->dir);
	unlink(new);
	return -1;
}

int
copies_put(struct copies *c, enum copies_kind kind, const void *data,
    size_t n, uint8_t sha[SHA_LEN], struct err *e)
{
	const void	*const parts[2] = { data, data };
	const size_t	 sizes[2] = { n, 0 };
	struct copies_one one = { .size = n };
	char		 name[NAME_SIZE];
	int		 fd;

	if (sha_bytes(data, n, sha, e) == -1)
		return -1;
	memcpy(one.sha, sha, SHA_LEN);
	name_of(kind, sha, name);
	if (replace(c, name, parts, sizes, e) == -1)
		return -1;
	if ((fd = copies_get(c, kind, &one)) == -1)
		err_cannot(e, "%s: a copy cannot be read again", c->dir);
	return fd;
}

/* Remove the file of a copy unless a row names it. */
static void
release(struct copies *c, enum copies_kind kind, const struct copies_one *one)
{
	char	 path[PATH_MAX], name[NAME_SIZE];
	size_t	 i;

	if (one->size == 0)
		return;
	for (i = 0; i < c->n; i++)
		if (c->row[i].one[kind].size != 0 &&
		    memcmp(c->row[i].one[kind].sha, one->sha, SHA_LEN) == 0)
			return;
	name_of(kind, one->sha, name);
	if (path_of(c, name, path) == 0)
		unlink(path);
}

static int
make_room(struct copies *c)
{
	struct copies_row	*more;
	size_t			 room = c->room == 0 ? 16 : c->room * 2;

	if (c->n < c->room)
		return 0;
	if (room > ROWS_MAX ||
	    (more = reallocarray(c->row, room, sizeof(*more))) == NULL)
		return -1;
	c->row = more;
	c->room = room;
	return 0;
}

int
copies_note(struct copies *c, const char *path, const struct copies_row *row)
{
	struct copies_row	 old = { .nblob = 0 };
	uint8_t			 sha[SHA_LEN];
	size_t			 at;
	int			 found, i;

	if (sha_bytes(path, strlen(path), sha, NULL) == -1)
		return -1;
	at = place(c, sha, &found);
	if (found)
		old = c->row[at];
	else if (row == NULL)
		return 0;
	else if (make_room(c) == -1)
		return -1;
	if (row == NULL) {
		c->n--;
		memmove(c->row + at, c->row + at + 1,
		    (c->n - at) * sizeof(*c->row));
	} else {
		if (!found) {
			memmove(c->row + at + 1, c->row + at,
			    (c->n - at) * sizeof(*c->row));
			c->n++;
		}
		c->row[at] = *row;
		memcpy(c->row[at].path, sha, SHA_LEN);
		c->row[at].used = 1;
	}
	for (i = 0; i < COPIES_KINDS; i++)
		release(c, i, &old.one[i]);
	c->changed = 1;
	return 0;
}

void
copies_use(struct copies *c, const char *path)
{
	uint8_t	 sha[SHA_LEN];
	size_t	 at;
	int	 found;

	if (sha_bytes(path, strlen(path), sha, NULL) == -1)
		return;
	at = place(c, sha, &found);
	if (found)
		c->row[at].used = 1;
}

static int
by_sha(const void *a, const void *b)
{
	return memcmp(a, b, SHA_LEN);
}

/* The hashes of all copies of that kind, sorted; to be freed. */
static uint8_t *
all_of(const struct copies *c, int kind)
{
	uint8_t	*all;
	size_t	 i;

	if ((all = malloc(c->n * SHA_LEN + 1)) == NULL)
		return NULL;
	for (i = 0; i < c->n; i++)
		memcpy(all + i * SHA_LEN, c->row[i].one[kind].sha, SHA_LEN);
	qsort(all, c->n, SHA_LEN, by_sha);
	return all;
}

/* 1: the name is that of a copy of that kind, and no row names it. */
static int
is_idle(const struct copies *c, int kind, const uint8_t *all,
    const char *name)
{
	uint8_t	 sha[SHA_LEN];

	return strlen(name) > SHA_HEX &&
	    strcmp(name + SHA_HEX, endings[kind]) == 0 &&
	    hex_parse(name, SHA_LEN, sha) == 0 &&
	    bsearch(sha, all, c->n, SHA_LEN, by_sha) == NULL;
}

void
copies_sweep(struct copies *c)
{
	struct dirent	*d;
	uint8_t		*all[COPIES_KINDS];
	char		 path[PATH_MAX];
	DIR		*dp;
	size_t		 i, n = 0;

	for (i = 0; i < c->n; i++)
		if (c->row[i].used)
			c->row[n++] = c->row[i];
	c->changed |= n != c->n;
	c->n = n;
	for (i = 0; i < COPIES_KINDS; i++)
		all[i] = all_of(c, (int)i);
	if (all[COPIES_PKG] != NULL && all[COPIES_BLOBS] != NULL &&
	    (dp = file_list_ours(c->dir, NULL)) != NULL) {
		while ((d = readdir(dp)) != NULL)
			for (i = 0; i < COPIES_KINDS; i++)
				if (is_idle(c, (int)i, all[i], d->d_name) &&
				    path_of(c, d->d_name, path) == 0)
					unlink(path);
		closedir(dp);
	}
	for (i = 0; i < COPIES_KINDS; i++)
		free(all[i]);
}

int
copies_save(struct copies *c, struct err *e)
{
	const size_t	 rows = c->n * sizeof(*c->row);
	const void	*parts[2];
	size_t		 sizes[2];
	char		*data;
	uint8_t		 sha[SHA_LEN];
	int		 rv = -1;

	if (!c->changed)
		return 0;
	if ((data = malloc(sizeof(begin) + rows + 1)) == NULL) {
		err_nomem(e);
		return -1;
	}
	memcpy(data, &begin, sizeof(begin));
	if (rows > 0)
		memcpy(data + sizeof(begin), c->row, rows);
	parts[0] = data;
	sizes[0] = sizeof(begin) + rows;
	parts[1] = sha;
	sizes[1] = SHA_LEN;
	if (sha_bytes(data, sizes[0], sha, e) == 0)
		rv = replace(c, "index", parts, sizes, e);
	free(data);
	if (rv == 0)
		c->changed = 0;
	return rv;
}
