/* SPDX-License-Identifier: ISC */
/*
 * A folder is opened from the folder above it, which is looked for here first,
 * so that the cost of a path is paid once for all files of its folder.  When
 * all rows are in use the one that was used longest ago is closed.  Paths come
 * from the caller's own lists; a step of `..' or an empty one is refused, and
 * O_NOFOLLOW keeps every step below the top.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dirs.h"
#include "base/err.h"

#define STEPS_MAX	32

int
dirs_open(struct dirs *d, const char *top, struct err *e)
{
	int	 was;

	dirs_close(d);
	d->top = top;
	d->at = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (d->at != -1)
		return 0;
	was = errno;
	err_sys(e, "%s", top);
	errno = was;
	return -1;
}

/* Forget the row's folder. */
static void
let_go(struct dirs *d, size_t i)
{
	if (d->kept[i].path == NULL)
		return;
	close(d->kept[i].fd);
	free(d->kept[i].path);
	d->kept[i].path = NULL;
}

/* Keep an open folder in the place of the one used longest ago. */
static int
keep(struct dirs *d, const char *path, size_t len, int fd)
{
	size_t	 i, old = 0;
	char	*copy;

	if ((copy = strndup(path, len)) == NULL)
		return -1;
	for (i = 0; i < DIRS_KEPT && d->kept[old].path != NULL; i++)
		if (d->kept[i].path == NULL ||
		    d->kept[i].used < d->kept[old].used)
			old = i;
	let_go(d, old);
	d->kept[old].path = copy;
	d->kept[old].fd = fd;
	d->kept[old].used = ++d->now;
	return 0;
}

static int
kept_at(struct dirs *d, const char *path, size_t len)
{
	size_t	 i;

	for (i = 0; i < DIRS_KEPT; i++)
		if (d->kept[i].path != NULL && strncmp(d->kept[i].path, path,
		    len) == 0 && d->kept[i].path[len] == '\0') {
			d->kept[i].used = ++d->now;
			return d->kept[i].fd;
		}
	return -1;
}

/* Open one folder, name in the folder at. */
static int
step(int at, const char *name, int make)
{
	if (*name == '\0' || strcmp(name, "..") == 0) {
		errno = EINVAL;
		return -1;
	}
	if (make && mkdirat(at, name, 0755) == -1 && errno != EEXIST)
		return -1;
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
}

/* The folder path[0 .. len), opened from the one above it. */
static int
folder(struct dirs *d, const char *path, size_t len, int make,
    unsigned depth, struct err *e)
{
	const char	*slash;
	char		*name;
	int		 at = d->at, fd = -1, was;

	if (len == 0)
		return d->at;
	if ((was = kept_at(d, path, len)) != -1)
		return was;
	slash = memrchr(path, '/', len);
	if (slash != NULL && (depth == 0 || (at = folder(d, path,
	    (size_t)(slash - path), make, depth - 1, e)) == -1)) {
		if (depth == 0) {
			err_set(e, "%s/%s: too deep", d->top, path);
			errno = ENAMETOOLONG;
		}
		return -1;
	}
	slash = slash != NULL ? slash + 1 : path;
	if ((name = strndup(slash, len - (size_t)(slash - path))) != NULL) {
		fd = step(at, name, make);
		was = errno;
		free(name);
		errno = was;
	}
	if (fd != -1 && keep(d, path, len, fd) == 0)
		return fd;
	was = errno;
	if (fd != -1)
		close(fd);
	errno = was;
	err_sys(e, "%s/%.*s", d->top, (int)len, path);
	errno = was;
	return -1;
}

int
dirs_of(struct dirs *d, const char *path, int make, const char **name,
    struct err *e)
{
	const char	*slash = strrchr(path, '/');

	*name = slash == NULL ? path : slash + 1;
	return folder(d, path, slash == NULL ? 0 : (size_t)(slash - path),
	    make, STEPS_MAX, e);
}

void
dirs_close(struct dirs *d)
{
	size_t	 i;

	for (i = 0; i < DIRS_KEPT; i++)
		let_go(d, i);
	if (d->at != -1)
		close(d->at);
	d->at = -1;
}
