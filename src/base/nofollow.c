/* SPDX-License-Identifier: ISC */
/*
 * Open files step by step, so that no symbolic link is followed where somebody
 * else may have put one.  Others may have written a capsule: a link in it could
 * make `apeng check' read, and quote, a file that only its user may read.
 * Folders beside a package (its store, a mirror's state) may be where others
 * can write.  Each step is an openat() with O_NOFOLLOW from the folder that the
 * step before has opened, so that no name is looked up twice.
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

#define LINKS_MAX	40		/* in a row, as Linux has it */
#ifdef O_PATH
#define DIR_FLAGS	(O_PATH | O_DIRECTORY | O_CLOEXEC)
#else
#define DIR_FLAGS	(O_RDONLY | O_DIRECTORY | O_CLOEXEC)
#endif

static int	step(int, const char *, int, mode_t, const char *,
		    struct err *);
static int	dir_open(const char *, struct err *);
static int	split(const char *, char *, size_t, const char **,
		    struct err *);
static DIR	*list(int, const char *, struct err *);
static int	link_read(const char *, char *, size_t, struct err *);

/* Do one step: open name in the folder at; whole is its name in errors. */
static int
step(int at, const char *name, int flags, mode_t mode, const char *whole,
    struct err *e)
{
	struct stat	 st;
	int		 fd, was;

	fd = openat(at, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
	    mode);
	if (fd != -1)
		return fd;
	was = errno;
	if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISLNK(st.st_mode))
		err_set(e, "%s: is a symbolic link, or behind one, and is not "
		    "followed; put the file itself there", whole);
	else {
		errno = was;
		err_sys(e, "%s", whole);
	}
	errno = was;
	return -1;
}

int
file_open_below(const char *dir, const char *rel, int flags, struct err *e)
{
	char		 whole[PATH_MAX], name[NAME_MAX + 1];
	const char	*p = rel;
	size_t		 n;
	int		 at, next, was;

	if (snprintf(whole, sizeof(whole), "%s/%s", dir, rel) >=
	    (int)sizeof(whole)) {
		errno = ENAMETOOLONG;
		err_sys(e, "%s", dir);
		return -1;
	}
	if ((at = open(dir, DIR_FLAGS)) == -1) {
		was = errno;
		err_sys(e, "%s", whole);
		errno = was;
		return -1;
	}
	for (;; p += n + 1) {
		n = strcspn(p, "/");
		if (n == 0 || n > NAME_MAX ||
		    (n == 2 && memcmp(p, "..", 2) == 0)) {
			errno = EINVAL;
			err_sys(e, "%s", whole);
			next = -1;
		} else {
			memcpy(name, p, n);
			name[n] = '\0';
			next = step(at, name, p[n] == '/' ? DIR_FLAGS :
			    flags, 0, whole, e);
		}
		close(at);
		at = next;
		if (next == -1 || p[n] == '\0')
			return next;
	}
}

char *
file_read_below(const char *dir, const char *rel, size_t max, size_t *len,
    struct err *e)
{
	char	 whole[PATH_MAX], *data;
	int	 fd;

	if ((fd = file_open_below(dir, rel, O_RDONLY, e)) == -1)
		return NULL;
	snprintf(whole, sizeof(whole), "%s/%s", dir, rel);
	data = file_read_fd(fd, whole, max, len, e);
	close(fd);
	return data;
}

static DIR *
list(int fd, const char *path, struct err *e)
{
	DIR	*dp;
	int	 was;

	if (fd == -1)
		return NULL;
	if ((dp = fdopendir(fd)) == NULL) {
		was = errno;
		err_sys(e, "%s", path);
		close(fd);
		errno = was;
	}
	return dp;
}

DIR *
file_list_below(const char *dir, const char *rel, struct err *e)
{
	return list(file_open_below(dir, rel, O_RDONLY | O_DIRECTORY, e), rel,
	    e);
}

/* Split "a/b/c" into the folder "a/b" and the name "c". */
static int
split(const char *path, char *dir, size_t size, const char **name,
    struct err *e)
{
	const char	*slash = strrchr(path, '/');
	size_t		 n;

	*name = slash == NULL ? path : slash + 1;
	n = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);
	if (n >= size || size < 2) {
		errno = ENAMETOOLONG;
		err_sys(e, "%s", path);
		return -1;
	}
	memcpy(dir, n == 0 ? "." : path, n == 0 ? 1 : n);
	dir[n == 0 ? 1 : n] = '\0';
	return 0;
}

int
file_open_ours(const char *path, int flags, mode_t mode, struct err *e)
{
	char		 folder[PATH_MAX], parent[PATH_MAX];
	const char	*name, *last;
	int		 up, at, fd = -1;

	if (split(path, folder, sizeof(folder), &name, e) == -1 ||
	    split(folder, parent, sizeof(parent), &last, e) == -1)
		return -1;
	if ((up = open(parent, DIR_FLAGS)) == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	/* The root has no name; then there is nothing that could be a link. */
	at = step(up, *last == '\0' ? "." : last, DIR_FLAGS, 0, folder, e);
	close(up);
	if (at != -1) {
		fd = step(at, name, flags, mode, path, e);
		close(at);
	}
	return fd;
}

char *
file_read_ours(const char *path, size_t max, size_t *len, struct err *e)
{
	char	*data;
	int	 fd;

	if ((fd = file_open_ours(path, O_RDONLY, 0, e)) == -1)
		return NULL;
	data = file_read_fd(fd, path, max, len, e);
	close(fd);
	return data;
}

/* Open only the folder: its own name is the last step. */
static int
dir_open(const char *path, struct err *e)
{
	char		 parent[PATH_MAX];
	const char	*name;
	int		 up, fd;

	if (split(path, parent, sizeof(parent), &name, e) == -1)
		return -1;
	if ((up = open(parent, DIR_FLAGS)) == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	fd = step(up, name, O_RDONLY | O_DIRECTORY, 0, path, e);
	close(up);
	return fd;
}

int
file_dir_ours(const char *path, mode_t mode, struct err *e)
{
	int	 fd;

	if (file_mkdirs(path, mode, e) == -1 || (fd = dir_open(path, e)) == -1)
		return -1;
	close(fd);
	return 0;
}

DIR *
file_list_ours(const char *path, struct err *e)
{
	return list(dir_open(path, e), path, e);
}

/* 1: path is a link, its text in out; 0: it is none, or nothing; -1: see e. */
static int
link_read(const char *path, char *out, size_t size, struct err *e)
{
	ssize_t	 n;

	if ((n = readlink(path, out, size - 1)) == -1) {
		if (errno == EINVAL || errno == ENOENT)
			return 0;
		err_sys(e, "%s", path);
		return -1;
	}
	out[n] = '\0';
	if (n == 0 || (size_t)n == size - 1) {
		errno = ENAMETOOLONG;
		err_sys(e, "%s", path);
		return -1;
	}
	return 1;
}

char *
file_target(const char *path, struct err *e)
{
	char		 at[PATH_MAX], to[PATH_MAX], dir[PATH_MAX];
	const char	*name;
	int		 i, n;

	if (snprintf(at, sizeof(at), "%s", path) >= (int)sizeof(at)) {
		errno = ENAMETOOLONG;
		err_sys(e, "%s", path);
		return NULL;
	}
	for (i = 0; (n = link_read(at, to, sizeof(to), e)) == 1; i++) {
		if (i == LINKS_MAX) {
			errno = ELOOP;
			err_sys(e, "%s", path);
			return NULL;
		}
		if (split(at, dir, sizeof(dir), &name, e) == -1)
			return NULL;
		if ((*to == '/' ? snprintf(at, sizeof(at), "%s", to) :
		    snprintf(at, sizeof(at), "%s/%s", dir, to)) >=
		    (int)sizeof(at)) {
			errno = ENAMETOOLONG;
			err_sys(e, "%s", path);
			return NULL;
		}
	}
	if (n == -1)
		return NULL;
	if ((at[0] == '\0') || (path = strdup(at)) == NULL) {
		err_nomem(e);
		return NULL;
	}
	return (char *)(uintptr_t)path;
}
