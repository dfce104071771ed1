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

static int	 nameless(const char *);

/* For file systems (FAT) and systems without O_TMPFILE: made, then unlinked. */
static int
nameless(const char *dir)
{
	char	 path[PATH_MAX];
	int	 fd;

#ifdef O_TMPFILE
	fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd != -1)
		return fd;
#endif
	if (snprintf(path, sizeof(path), "%s/.apeng.XXXXXX", dir) >=
	    (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if ((fd = mkostemp(path, O_CLOEXEC)) != -1)
		unlink(path);
	return fd;
}

int
spool_open(const char *near, struct err *e)
{
	const char	*slash = strrchr(near, '/');
	char		 dir[PATH_MAX] = ".";
	size_t		 len;
	int		 fd;

	if (slash != NULL) {
		len = slash == near ? 1 : (size_t)(slash - near);
		if (len >= sizeof(dir)) {
			errno = ENAMETOOLONG;
			err_sys(e, "%s", near);
			return -1;
		}
		memcpy(dir, near, len);
		dir[len] = '\0';
	}
	if ((fd = nameless(dir)) == -1)
		err_sys(e, "%s: temporary file", dir);
	return fd;
}

int
spool_open_any(const char *near, struct err *e)
{
	const char	*tmp = getenv("TMPDIR");
	int		 fd;

	if ((fd = spool_open(near, e)) != -1 ||
	    (fd = nameless(tmp != NULL ? tmp : "/tmp")) != -1)
		return fd;
#ifdef MFD_CLOEXEC
	fd = memfd_create("apeng", MFD_CLOEXEC);
#endif
	return fd;		/* -1: e says why near did not do */
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
spool_unmap(const uint8_t *data, size_t size)
{
	union {				/* munmap() wants no const */
		const uint8_t	*c;
		void		*v;
	} u = { data };

	if (data != NULL)
		munmap(u.v, size);
}
