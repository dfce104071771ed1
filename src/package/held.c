/* SPDX-License-Identifier: ISC */
/*
 * NAME.gpub.files/, the files beside a package's text.  A file gets its name by
 * a rename, after its bytes were hashed, so that a name never stands for half a
 * file.  Others may write into the folder: no link in it is followed, a file is
 * hashed before it is used, and a file is removed only when it has the hash
 * that its name says, or the name of a temporary file whose writer has ended.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/ioctl.h>

#include <linux/fs.h>
#endif

#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "package/held.h"

#define CHUNK	65536

char *
held_path(const char *gpub, const struct held_file *h, struct err *e)
{
	char	*path, hex[SHA_HEX + 1];

	hex_format(h->sha, SHA_LEN, hex);
	if (asprintf(&path, "%s" HELD_SUFFIX "/%s", gpub, hex) == -1) {
		err_nomem(e);
		return NULL;
	}
	return path;
}

static char *
folder(const char *gpub, struct err *e)
{
	char	*path;

	if (asprintf(&path, "%s" HELD_SUFFIX, gpub) == -1) {
		err_nomem(e);
		return NULL;
	}
	return path;
}

int
held_folder(const char *gpub, struct err *e)
{
	char	*path = folder(gpub, e);
	int	 rv;

	if (path == NULL)
		return -1;
	rv = file_dir_ours(path, 0755, e);
	free(path);
	return rv;
}

int
held_open(const char *gpub, const struct held_file *h, struct err *e)
{
	char	*path = held_path(gpub, h, e);
	int	 fd;

	if (path == NULL)
		return -1;
	fd = file_open_ours(path, O_RDONLY, 0, e);
	free(path);
	return fd;
}

/* 1: the file has these bytes; 0: others; -1: see e. */
static int
is_that(int fd, const struct held_file *h, struct err *e)
{
	struct stat	 st;
	uint8_t		 sha[SHA_LEN];

	if (fstat(fd, &st) == -1) {
		err_sys(e, "fstat");
		return -1;
	}
	if (!S_ISREG(st.st_mode) || (uint64_t)st.st_size != h->size)
		return 0;
	if (sha_file(fd, sha, e) == -1)
		return -1;
	return memcmp(sha, h->sha, SHA_LEN) == 0;
}

int
held_has(const char *gpub, const struct held_file *h, struct err *e)
{
	struct err	 why;
	int		 fd = held_open(gpub, h, &why), rv;

	if (fd == -1 && (why.sys == ENOENT || why.status == STATUS_REFUSED))
		return 0;
	if (fd == -1) {
		*e = why;
		return -1;
	}
	rv = is_that(fd, h, e);
	close(fd);
	return rv;
}

/* Let both files share what is on the disk, or copy size bytes. */
static int
copy(int from, int to, uint64_t size, const char *name, struct err *e)
{
	char		 chunk[CHUNK];
	uint64_t	 at = 0;
	ssize_t		 n;

#ifdef FICLONE
	if (ioctl(to, FICLONE, from) == 0)
		return 0;
#endif
	while (at < size) {
		n = pread(from, chunk, CHUNK, (off_t)at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			err_sys(e, "%s", name);
			return -1;
		}
		if (n == 0)
			break;
		if (file_write_all(to, chunk, (size_t)n) == -1) {
			err_sys(e, "a copy of %s", name);
			return -1;
		}
		at += (uint64_t)n;
	}
	return 0;
}

int
held_put(const char *gpub, const struct held_file *h, int fd, const char *name,
    struct err *e)
{
	struct file_new	 f;
	char		*path;
	int		 rv;

	if ((rv = held_has(gpub, h, e)) != 0)
		return rv == 1 ? 0 : -1;
	if (held_folder(gpub, e) == -1 ||
	    (path = held_path(gpub, h, e)) == NULL)
		return -1;
	if ((rv = file_begin(&f, path, 0644, e)) == 0) {
		if (copy(fd, f.fd, h->size, name, e) == -1)
			rv = -1;
		else if ((rv = is_that(f.fd, h, e)) == 0)
			err_set(e, "%s: changed while it was read; try again",
			    name);
		if (rv == 1)
			rv = file_commit(&f, e);
		else {
			file_abandon(&f);
			rv = -1;
		}
	}
	free(path);
	return rv;
}

static int
is_kept(const struct held_file *keep, size_t n, const uint8_t sha[SHA_LEN])
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (memcmp(keep[i].sha, sha, SHA_LEN) == 0)
			return 1;
	return 0;
}

/* 1: the name is HASH.tmp.PID of a process that has ended (base/file.c). */
static int
is_half(const char *tail)
{
	char	*end;
	long	 pid;

	if (strncmp(tail, ".tmp.", 5) != 0)
		return 0;
	pid = strtol(tail + 5, &end, 10);
	return pid > 0 && *end == '\0' && kill((pid_t)pid, 0) == -1 &&
	    errno == ESRCH;
}

/* 1: apeng made the file and may remove it.  It is in the open folder. */
static int
is_left_over(int dir, const char *name, const struct held_file *keep, size_t n)
{
	struct stat	 st;
	struct held_file	 h;
	int		 fd, rv;

	if (strlen(name) < SHA_HEX || hex_parse(name, SHA_LEN, h.sha) == -1)
		return 0;
	if (name[SHA_HEX] != '\0')
		return is_half(name + SHA_HEX);
	if (is_kept(keep, n, h.sha) || (fd = openat(dir, name, O_RDONLY |
	    O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) == -1)
		return 0;
	rv = 0;
	if (fstat(fd, &st) == 0) {
		h.size = (uint64_t)st.st_size;
		rv = is_that(fd, &h, NULL);
	}
	close(fd);
	return rv == 1;
}

int
held_sweep(const char *gpub, const struct held_file *keep, size_t n,
    struct err *e)
{
	struct dirent	*d;
	struct err	 why;
	char		*path = folder(gpub, e);
	DIR		*dp;
	int		 rv = 0;

	if (path == NULL)
		return -1;
	if ((dp = file_list_ours(path, &why)) == NULL) {
		if (errno != ENOENT) {
			*e = why;
			rv = -1;
		}
		free(path);
		return rv;
	}
	while ((d = readdir(dp)) != NULL)
		if (is_left_over(dirfd(dp), d->d_name, keep, n) &&
		    unlinkat(dirfd(dp), d->d_name, 0) == -1) {
			err_sys(e, "%s/%s", path, d->d_name);
			rv = -1;
		}
	closedir(dp);
	if (n == 0)
		rmdir(path);	/* if nobody else has put anything there */
	free(path);
	return rv;
}
