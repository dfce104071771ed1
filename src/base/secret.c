/* SPDX-License-Identifier: ISC */
/*
 * Whether only its owner can read a file of secrets.  Modes are believed where
 * the file system keeps them.  Where it does not, every file has the mode of
 * the whole mount and chmod changes nothing, so advice to use chmod would not
 * help the user.  An empty file beside the secret one shows whether modes are
 * kept.
 */
#include <sys/stat.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/secret.h"

#define OTHERS	077

static int	is_modeless_kind(int);
static int	keeps_modes(const char *, struct err *);

/* 1: a kind of file system that has no modes at all. */
static int
is_modeless_kind(int fd)
{
#ifdef __linux__
	static const unsigned long	 kinds[] = {
		0x4d44,			/* FAT */
		0x2011bab0,		/* exFAT */
		0x5346544e,		/* NTFS, the old driver */
	};
	struct statfs			 st;
	size_t				 i;

	if (fstatfs(fd, &st) == 0)
		for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if ((unsigned long)st.f_type == kinds[i])
				return 1;
#else
	(void)fd;
#endif
	return 0;
}

/* 1: the file fd keeps the mode that it is given; 0: it does not; -1: errno. */
static int
keeps_mode(int fd)
{
	struct stat	 st;

	(void)fchmod(fd, 0600);		/* fstat() below shows what it did */
	if (fstat(fd, &st) == -1)
		return -1;
	return (st.st_mode & OTHERS) == 0;
}

/* Make a file without a name in path's folder; -1: that is not possible. */
static int
nameless(const char *path)
{
#ifdef O_TMPFILE
	const char	*slash = strrchr(path, '/');
	char		*dir;
	int		 fd;

	dir = slash == NULL ? strdup(".") :
	    strndup(path, slash == path ? 1 : (size_t)(slash - path));
	if (dir == NULL)
		return -1;
	fd = open(dir, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	free(dir);
	return fd;
#else
	(void)path;
	return -1;
#endif
}

/* 1: a file made beside path keeps its mode; 0: it does not; -1: see e. */
static int
keeps_modes(const char *path, struct err *e)
{
	char		*probe;
	int		 fd, rv = -1;

	if ((fd = nameless(path)) != -1) {
		if ((rv = keeps_mode(fd)) == -1)
			err_sys(e, "%s", path);
		close(fd);
		return rv;
	}
	if (asprintf(&probe, "%s.tmp.%ld", path, (long)getpid()) == -1) {
		err_nomem(e);
		return -1;
	}
	fd = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    0600);
	if (fd == -1) {
		err_sys(e, "%s", path);
		goto out;
	}
	if ((rv = keeps_mode(fd)) == -1)
		err_sys(e, "%s", path);
	close(fd);
	unlink(probe);
 out:
	free(probe);
	return rv;
}

int
secret_check(int fd, const char *path, int any, struct err *e)
{
	struct stat	 st;

	if (any)
		return 0;
	if (fstat(fd, &st) == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	if ((st.st_mode & OTHERS) != 0) {
		if (is_modeless_kind(fd) || keeps_modes(path, NULL) == 0)
			err_set(e, "%s: this file system keeps no modes (FAT, "
			    "exFAT?), so anybody who reaches it may read this "
			    "secret key; move it elsewhere, or go on with "
			    "--readable-key", path);
		else
			err_set(e, "%s: mode %04o, others may read or change "
			    "this secret key; run: chmod 600 %s", path,
			    (unsigned)st.st_mode & 07777, path);
		return -1;
	}
	return 0;
}

int
secret_place(const char *path, int any, struct err *e)
{
	int	 n;

	if ((n = keeps_modes(path, e)) == -1)
		return -1;
	if (n == 1)
		return 0;
	if (any)
		return 1;
	err_set(e, "%s: this file system keeps no modes (FAT, exFAT?), so "
	    "anybody who reaches it could read the secret key; choose another "
	    "place, or go on with --readable-key", path);
	return -1;
}
