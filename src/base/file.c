/* SPDX-License-Identifier: ISC */
/*
 * Read a file whole, and replace a file whole.  A new file is written beside
 * the old one under a name with the process's number, flushed to the disk, and
 * renamed over it: a reader finds the old file or the new one, also after a
 * crash at any moment.  The next writer removes what crashed writers left.  The
 * caller must check a path that comes from a package or a peer with
 * file_path_ok() before it is given to any other function here.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

int
file_path_ok(const char *s, size_t len)
{
	size_t	 i, depth = 1;
	int	 first = 1;

	if (len == 0 || len > FILE_NAME_MAX)
		return 0;
	for (i = 0; i < len; i++) {
		if ((s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= '0' && s[i] <= '9')) {
			first = 0;
			continue;
		}
		if (first)
			return 0;
		if (s[i] == '/') {
			first = 1;
			if (++depth > FILE_DEPTH_MAX)
				return 0;
		} else if (s[i] != '.' && s[i] != '_' && s[i] != '-')
			return 0;
	}
	return !first;
}

int
file_is_device(const char *name)
{
	static const char *const	 kept[] = { "con", "prn", "aux",
	    "nul", "com", "lpt" };
	size_t				 i, len = strcspn(name, "./");

	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (strncmp(name, kept[i], 3) == 0 && (len == 3 ? i < 4 :
		    len == 4 && i >= 4 && name[3] >= '0' && name[3] <= '9'))
			return 1;
	return 0;
}

int
file_open(const char *path, struct err *e)
{
	int	 fd;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1)
		err_sys(e, "%s", path);
	return fd;
}

char *
file_read(const char *path, size_t max, size_t *len, struct err *e)
{
	char	*data;
	int	 fd;

	if ((fd = file_open(path, e)) == -1)
		return NULL;
	data = file_read_fd(fd, path, max, len, e);
	close(fd);
	return data;
}

char *
file_read_fd(int fd, const char *path, size_t max, size_t *len,
    struct err *e)
{
	struct stat	 st;
	char		*data = NULL, *out = NULL;
	size_t		 used = 0;
	ssize_t		 n;

	if (fstat(fd, &st) == -1) {
		err_sys(e, "%s", path);
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		err_cannot(e, "%s: not a regular file", path);
		goto out;
	}
	if (st.st_size < 0 || (uint64_t)st.st_size > max) {
		err_set(e, "%s: %lld bytes, at most %zu", path,
		    (long long)st.st_size, max);
		goto out;
	}
	if ((data = malloc((size_t)st.st_size + 1)) == NULL) {
		err_nomem(e);
		goto out;
	}
	while (used < (size_t)st.st_size) {
		n = read(fd, data + used, (size_t)st.st_size - used);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			err_sys(e, "%s", path);
			goto out;
		}
		if (n == 0)
			break;
		used += (size_t)n;
	}
	data[used] = '\0';
	if (len != NULL)
		*len = used;
	out = data;
	data = NULL;
 out:
	free(data);
	return out;
}

int
file_write_all(int fd, const void *data, size_t n)
{
	const char	*p = data;
	ssize_t		 w;

	while (n > 0) {
		w = write(fd, p, n);
		if (w == -1 && errno == EINTR)
			continue;
		if (w == -1)
			return -1;
		p += w;
		n -= (size_t)w;
	}
	return 0;
}

int
file_pread_all(int fd, void *data, size_t n, off_t at)
{
	char	*p = data;
	ssize_t	 r;

	while (n > 0) {
		r = pread(fd, p, n, at);
		if (r == -1 && errno == EINTR)
			continue;
		if (r == 0)
			errno = EIO;
		if (r <= 0)
			return -1;
		p += r;
		at += r;
		n -= (size_t)r;
	}
	return 0;
}

static char *
dir_of(const char *path)
{
	const char	*slash = strrchr(path, '/');

	if (slash == NULL)
		return strdup(".");
	if (slash == path)
		return strdup("/");
	return strndup(path, (size_t)(slash - path));
}

/* Remove what crashed writers of the same path left behind. */
static void
sweep(const char *path)
{
	struct dirent	*d;
	const char	*base;
	char		*dir, *end, full[PATH_MAX];
	DIR		*dp;
	size_t		 len;
	long		 pid;

	if ((dir = dir_of(path)) == NULL)
		return;
	base = strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1;
	len = strlen(base);
	if ((dp = opendir(dir)) != NULL) {
		while ((d = readdir(dp)) != NULL) {
			if (strncmp(d->d_name, base, len) != 0 ||
			    strncmp(d->d_name + len, ".tmp.", 5) != 0)
				continue;
			pid = strtol(d->d_name + len + 5, &end, 10);
			if (pid <= 0 || *end != '\0' ||
			    kill((pid_t)pid, 0) == 0 || errno != ESRCH)
				continue;
			if (snprintf(full, sizeof(full), "%s/%s", dir,
			    d->d_name) < (int)sizeof(full))
				unlink(full);
		}
		closedir(dp);
	}
	free(dir);
}

int
file_begin(struct file_new *f, const char *path, mode_t mode, struct err *e)
{
	f->fd = -1;
	f->path = strdup(path);
	f->tmp = NULL;
	sweep(path);
	if (f->path == NULL ||
	    asprintf(&f->tmp, "%s.tmp.%ld", path, (long)getpid()) == -1) {
		f->tmp = NULL;
		err_nomem(e);
		goto fail;
	}
	unlink(f->tmp);		/* an older process had the same pid */
	f->fd = open(f->tmp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (f->fd == -1 || fchmod(f->fd, mode) == -1) {
		err_sys(e, "%s", f->tmp);
		goto fail;
	}
	return 0;
 fail:
	file_abandon(f);
	return -1;
}

int
file_sync_dir(const char *path, struct err *e)
{
	char	*dir;
	int	 fd = -1, rv = -1;

	if ((dir = dir_of(path)) == NULL) {
		err_nomem(e);
		return -1;
	}
	if ((fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) == -1 ||
	    (fsync(fd) == -1 && errno != EINVAL && errno != ENOTSUP))
		err_sys(e, "%s", dir);
	else
		rv = 0;
	if (fd != -1)
		close(fd);
	free(dir);
	return rv;
}

int
file_commit(struct file_new *f, struct err *e)
{
	int	 fd = f->fd, rv = -1;

	if (fsync(fd) == -1) {
		err_sys(e, "%s", f->tmp);
		goto out;
	}
	f->fd = -1;
	if (close(fd) == -1) {
		err_sys(e, "%s", f->tmp);
		goto out;
	}
	if (rename(f->tmp, f->path) == -1) {
		err_sys(e, "%s: rename to %s", f->tmp, f->path);
		goto out;
	}
	free(f->tmp);
	f->tmp = NULL;
	rv = file_sync_dir(f->path, e);
 out:
	file_abandon(f);
	return rv;
}

void
file_abandon(struct file_new *f)
{
	if (f->fd != -1)
		close(f->fd);
	if (f->tmp != NULL)
		unlink(f->tmp);
	free(f->tmp);
	free(f->path);
	f->fd = -1;
	f->tmp = f->path = NULL;
}

int
file_replace(const char *path, mode_t mode, const void *data, size_t n,
    struct err *e)
{
	struct file_new	 f;

	if (file_begin(&f, path, mode, e) == -1)
		return -1;
	if (file_write_all(f.fd, data, n) == -1) {
		err_sys(e, "%s", f.tmp);
		file_abandon(&f);
		return -1;
	}
	return file_commit(&f, e);
}

int
file_save(const char *path, const struct buf *b, struct err *e)
{
	if (path == NULL || !buf_ok(b)) {
		err_nomem(e);
		return -1;
	}
	return file_replace(path, 0644, b->len > 0 ? b->data : "", b->len, e);
}

int
file_mkdirs(const char *path, mode_t mode, struct err *e)
{
	struct stat	 st;
	char		*copy, *p;
	int		 rv = -1;

	if ((copy = strdup(path)) == NULL) {
		err_nomem(e);
		return -1;
	}
	for (p = copy + 1; *copy != '\0'; p++) {
		if (*p != '/' && *p != '\0')
			continue;
		if (*p == '\0') {
			if (mkdir(copy, mode) == -1 && errno != EEXIST)
				break;
			rv = 0;
			break;
		}
		*p = '\0';
		if (mkdir(copy, mode) == -1 && errno != EEXIST)
			break;
		*p = '/';
	}
	if (rv == -1)
		err_sys(e, "%s", copy);
	else if (stat(path, &st) == -1 || !S_ISDIR(st.st_mode)) {
		err_cannot(e, "%s: not a folder", path);
		rv = -1;
	}
	free(copy);
	return rv;
}
