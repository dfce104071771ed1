/* SPDX-License-Identifier: ISC */
/*
 * Copies of files that other programs may write over, cut short or delete.
 *
 * Up to OWN_MEMORY bytes are copied into a file in memory (memfd), which is
 * then sealed: the kernel refuses writing and cutting to everybody, this
 * process included.  A larger copy, or any copy where the system has no such
 * files, goes to a file without a name.  It is written through one descriptor
 * and read through another; the first is then closed, so that no descriptor
 * that can write is left.  A process of the same user could still write to it
 * through /proc; but such a process could kill this one as well.
 *
 * A file system that is read-only is trusted not to change.  Linux says in
 * /proc/self/mountinfo whether the file system is read-only or only this mount
 * of it.  Files of network and user-space file systems, which have no block
 * device, are copied, because they may be changed elsewhere.
 */
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/sysmacros.h>

#include <linux/fs.h>
#endif

#include "base/err.h"
#include "base/file.h"
#include "package/own.h"
#include "package/spool.h"

#define CHUNK	65536

static int	 map(struct own *, int, size_t, struct err *);
static int	 in_memory(struct own *, uint64_t);
static int	 seal(int);
static int	 is_read_only_disk(dev_t);
static int	 share(int, int);
static int	 copy(int, int, off_t, struct err *);

static size_t	 memory;		/* bytes of all copies there */

static int
map(struct own *o, int fd, size_t size, struct err *e)
{
	void	*p;

	o->fd = fd;
	if (size == 0)
		return 0;
	p = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED) {
		err_sys(e, "mmap");
		return -1;
	}
	o->data = p;
	o->size = size;
	return 0;
}

#ifdef MFD_ALLOW_SEALING
static int
in_memory(struct own *o, uint64_t expect)
{
	if (expect > OWN_MEMORY || memory + expect > OWN_MEMORY_ALL)
		return -1;
	o->fd = memfd_create("apeng", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	return o->fd == -1 ? -1 : 0;
}

static int
seal(int fd)
{
	return fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK |
	    F_SEAL_GROW | F_SEAL_SEAL);
}
#else
static int
in_memory(struct own *o, uint64_t expect)
{
	(void)o, (void)expect;
	return -1;
}

static int
seal(int fd)
{
	(void)fd;
	errno = ENOTSUP;
	return -1;
}
#endif

#ifdef __linux__
/*
 * 1: nobody can write to the file system on that device.  A line of
 * mountinfo: `ID PARENT MAJOR:MINOR ROOT PLACE OPTIONS ... - TYPE SOURCE
 * OPTIONS', the last being the file system's own.
 */
static int
is_read_only_disk(dev_t dev)
{
	FILE		*f;
	char		*line = NULL, *end, *o;
	size_t		 size = 0;
	unsigned	 ma, mi;
	int		 ro = 0;

	if (major(dev) == 0 || (f = fopen("/proc/self/mountinfo", "re")) ==
	    NULL)
		return 0;
	while (getline(&line, &size, f) != -1) {
		if (sscanf(line, "%*u %*u %u:%u", &ma, &mi) != 2 ||
		    makedev(ma, mi) != dev ||
		    (end = strstr(line, " - ")) == NULL)
			continue;
		end += 3;
		o = strrchr(end, ' ');
		ro = strncmp(end, "fuse", 4) != 0 && o != NULL &&
		    strncmp(o, " ro", 3) == 0 && strchr(",\n", o[3]) != NULL;
		break;
	}
	free(line);
	fclose(f);
	return ro;
}
#else
static int
is_read_only_disk(dev_t dev)
{
	(void)dev;
	return 0;
}
#endif

/* Let both files share their blocks on the disk.  -1: they cannot. */
static int
share(int from, int to)
{
#ifdef FICLONE
	return ioctl(to, FICLONE, from);
#else
	(void)from, (void)to;
	return -1;
#endif
}

/* At most n bytes are copied, so that a file that keeps growing has an end. */
static int
copy(int from, int to, off_t n, struct err *e)
{
	char	 chunk[CHUNK];
	off_t	 at = 0;
	ssize_t	 r;

	while (at < n) {
		r = pread(from, chunk, n - at < CHUNK ? (size_t)(n - at) :
		    CHUNK, at);
		if (r == -1 && errno == EINTR)
			continue;
		if (r == 0)
			break;
		if (r == -1) {
			err_sys(e, "read");
			return -1;
		}
		if (file_write_all(to, chunk, (size_t)r) == -1) {
			err_sys(e, "a copy that nobody can change");
			return -1;
		}
		at += r;
	}
	return 0;
}

int
own_begin(struct own *o, uint64_t expect, const char *near, struct err *e)
{
	*o = (struct own)OWN_INIT;
	if (in_memory(o, expect) == 0)
		return 0;
	return spool_pair(near, &o->fd, &o->ro, e);
}

int
own_finish(struct own *o, struct err *e)
{
	struct stat	 st;

	if (fstat(o->fd, &st) == -1) {
		err_sys(e, "fstat");
		goto fail;
	}
	if (o->ro == -1 && seal(o->fd) == -1) {
		err_sys(e, "seal");
		goto fail;
	}
	if (o->ro == -1)
		o->memory = (size_t)st.st_size;
	else {
		close(o->fd);
		o->fd = o->ro;
		o->ro = -1;
	}
	memory += o->memory;
	if (map(o, o->fd, (size_t)st.st_size, e) == 0)
		return 0;
 fail:
	own_free(o);
	return -1;
}

int
own_copy(struct own *o, int fd, const char *near, struct err *e)
{
	struct stat	 st;
	int		 again;

	*o = (struct own)OWN_INIT;
	if (fstat(fd, &st) == -1) {
		err_sys(e, "fstat");
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		err_cannot(e, "not a regular file");
		return -1;
	}
	if (in_memory(o, (uint64_t)st.st_size) == -1) {
		if (is_read_only_disk(st.st_dev)) {
			if ((again = fcntl(fd, F_DUPFD_CLOEXEC, 3)) == -1) {
				err_sys(e, "descriptor");
				return -1;
			}
			return own_take(o, again, e);
		}
		if (spool_pair(near, &o->fd, &o->ro, e) == -1)
			return -1;
	}
	if ((o->ro == -1 || share(fd, o->fd) == -1) &&
	    copy(fd, o->fd, st.st_size, e) == -1) {
		own_free(o);
		return -1;
	}
	return own_finish(o, e);
}

int
own_take_size(struct own *o, int fd, size_t size, struct err *e)
{
	*o = (struct own)OWN_INIT;
	if (map(o, fd, size, e) == 0)
		return 0;
	own_free(o);
	return -1;
}

int
own_take(struct own *o, int fd, struct err *e)
{
	struct stat	 st;

	*o = (struct own)OWN_INIT;
	if (fstat(fd, &st) == -1)
		err_sys(e, "fstat");
	else if (!S_ISREG(st.st_mode))
		err_cannot(e, "not a regular file");
	else if ((uint64_t)st.st_size > SIZE_MAX)
		err_set(e, "%lld bytes, more than this machine can map",
		    (long long)st.st_size);
	else
		return own_take_size(o, fd, (size_t)st.st_size, e);
	close(fd);
	return -1;
}

int
own_swap(struct own *o, int fd, struct err *e)
{
	struct own	 new;

	if (own_take(&new, fd, e) == -1)
		return -1;
	if (new.size != o->size || (new.size > 0 &&
	    memcmp(new.data, o->data, new.size) != 0)) {
		err_cannot(e, "a copy is not what was written");
		own_free(&new);
		return -1;
	}
	own_free(o);
	*o = new;
	return 0;
}

void
own_shut(struct own *o)
{
	if (o->fd != -1)
		close(o->fd);
	if (o->ro != -1)
		close(o->ro);
	o->fd = o->ro = -1;
}

void
own_free(struct own *o)
{
	own_shut(o);
	spool_unmap(o->data, o->size);
	memory -= o->memory;
	*o = (struct own)OWN_INIT;
}
