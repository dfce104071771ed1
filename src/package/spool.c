/* SPDX-License-Identifier: ISC */
/*
 * Files without a name, made beside a package or in TMPDIR, and mappings of
 * them.  Most are written and read by this process only.  spool_pair() makes
 * a file that is written through one descriptor and later read through
 * another; the second is opened by the name that the file has for a moment,
 * or by /proc where it never has one.
 */
#include <sys/mman.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "package/spool.h"

static int	 folder_of(const char *, char *, size_t);
static int	 read_again(int);
static int	 nameless(const char *, int *);

/* The folder that path is in, "." when it names none.  -1 with errno. */
static int
folder_of(const char *path, char *dir, size_t size)
{
	const char	*slash = strrchr(path, '/');
	size_t		 len;

	if (slash == NULL)
		path = slash = ".";
	len = slash == path ? 1 : (size_t)(slash - path);
	if (len >= size) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(dir, path, len);
	dir[len] = '\0';
	return 0;
}

/* A second, read-only descriptor of an open file.  -1: there is no /proc. */
static int
read_again(int fd)
{
	char	 path[40];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/*
 * A new file without a name, to be read and written; ro, unless NULL, is a
 * second descriptor of it that only reads.  File systems (FAT) and systems
 * without O_TMPFILE give it a name, which is taken away at once.
 */
static int
nameless(const char *dir, int *ro)
{
	char	 path[PATH_MAX];
	int	 fd;

#ifdef O_TMPFILE
	fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd != -1 && (ro == NULL || (*ro = read_again(fd)) != -1))
		return fd;
	if (fd != -1)
		close(fd);
#endif
	if (snprintf(path, sizeof(path), "%s/.apeng.XXXXXX", dir) >=
	    (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if ((fd = mkostemp(path, O_CLOEXEC)) == -1)
		return -1;
	if (ro != NULL && (*ro = open(path, O_RDONLY | O_CLOEXEC)) == -1) {
		unlink(path);
		close(fd);
		return -1;
	}
	unlink(path);
	return fd;
}

int
spool_open(const char *near, struct err *e)
{
	char	 dir[PATH_MAX];
	int	 fd;

	if (folder_of(near, dir, sizeof(dir)) == -1) {
		err_sys(e, "%s", near);
		return -1;
	}
	if ((fd = nameless(dir, NULL)) == -1)
		err_sys(e, "%s: temporary file", dir);
	return fd;
}

int
spool_pair(const char *near, int *fd, int *ro, struct err *e)
{
	const char	*tmp = getenv("TMPDIR");
	char		 dir[PATH_MAX];

	if (folder_of(near, dir, sizeof(dir)) == -1) {
		err_sys(e, "%s", near);
		return -1;
	}
	if ((*fd = nameless(dir, ro)) != -1 ||
	    (*fd = nameless(tmp != NULL ? tmp : "/tmp", ro)) != -1)
		return 0;
	err_sys(e, "%s: no place for a copy that nobody can change, here or "
	    "in TMPDIR", dir);
	return -1;
}

int
spool_open_any(const char *near, struct err *e)
{
	const char	*tmp = getenv("TMPDIR");
	int		 fd;

	if ((fd = spool_open(near, e)) != -1 ||
	    (fd = nameless(tmp != NULL ? tmp : "/tmp", NULL)) != -1)
		return fd;
#ifdef MFD_CLOEXEC
	fd = memfd_create("apeng", MFD_CLOEXEC);
#endif
	return fd;		/* -1: e says what failed in near's folder */
}

int
spool_map(int fd, const uint8_t **data, size_t *size, struct err *e)
{
	struct stat	 st;
	void		*p;

	*data = NULL;
	*size = 0;
	if (fstat(fd, &st) == -1) {
		err_sys(e, "fstat");
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		err_cannot(e, "not a regular file");
		return -1;
	}
	if (st.st_size == 0)
		return 0;
	if ((uint64_t)st.st_size > SIZE_MAX) {
		err_set(e, "%lld bytes, more than this machine can map",
		    (long long)st.st_size);
		return -1;
	}
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED) {
		err_sys(e, "mmap");
		return -1;
	}
	*data = p;
	*size = (size_t)st.st_size;
	return 0;
}

void
spool_rest(const uint8_t *data, size_t from, size_t to)
{
	union {				/* madvise() wants no const */
		const uint8_t	*c;
		void		*v;
	} u;
	const size_t	 page = (size_t)sysconf(_SC_PAGESIZE);

	from = (from + page - 1) / page * page;
	to = to / page * page;
	u.c = data + from;
	if (from < to)
		(void)madvise(u.v, to - from, MADV_DONTNEED);
}

void
spool_rest_all(const uint8_t *data, size_t size)
{
	const size_t	 page = (size_t)sysconf(_SC_PAGESIZE);

	if (data != NULL)	/* the last page is mapped whole */
		spool_rest(data, 0, (size + page - 1) / page * page);
}

void
spool_unmap(const uint8_t *data, size_t size)
{
	union {				/* munmap() wants no const */
		const uint8_t	*c;
		void		*v;
	} u = { data };

	if (data != NULL)
		munmap(u.v, size);
}
