/* SPDX-License-Identifier: ISC */
/*
 * Preloaded into apeng: what happens when the k-th call that changes the
 * disk is the last, or fails?  FAULT_AT=k, and FAULT_HOW:
 *	kill	the process is killed after that call
 *	torn	... in the middle of it: half of a write, none of the others
 *	ENOSPC, EIO	it fails so, and all later ones work
 *	nomem	instead: the k-th call for memory gets none
 * FAULT_COUNT=FILE: a line is appended there at the end: the number of such
 * calls and, for each of them, `w' if it writes bytes, `r' if it needs space on
 * the disk for a name, `s' if it makes or writes a scratch file, which has no
 * name (O_TMPFILE) and so leaves nothing behind, `-' otherwise.
 * Only regular files count, not the terminal and not the line.
 */
#define _GNU_SOURCE
#include <sys/stat.h>
#include <sys/types.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long	 calls, wishes;
static char	 kinds[8192];	/* of calls; later ones are not noted */
static long	 fault_at;	/* FAULT_AT; 0: never */
static int	 memory;	/* FAULT_HOW is nomem */
static const char *fault_how;	/* it is something else; NULL: nothing */

void	*__libc_malloc(size_t);
void	*__libc_calloc(size_t, size_t);
void	*__libc_realloc(void *, size_t);

#define REAL(type, name, ...)						\
	static type (*real)(__VA_ARGS__);				\
	if (real == NULL)						\
		real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

enum now { GO_ON, THEN_KILL, TEAR, FAIL };

/* Read what is asked for: once, since memory is asked for all the time. */
static void
settle(void)
{
	static int	 settled;
	const char	*s;

	if (settled)
		return;
	settled = 1;
	if ((s = getenv("FAULT_AT")) != NULL)
		fault_at = atol(s);
	if ((s = getenv("FAULT_HOW")) != NULL && strcmp(s, "nomem") == 0)
		memory = 1;
	else
		fault_how = s;
}

static enum now
next(char kind)
{
	settle();
	if (calls < (long)sizeof(kinds) - 1)
		kinds[calls] = kind;
	if (++calls != fault_at || fault_how == NULL)
		return GO_ON;
	if (strcmp(fault_how, "kill") == 0)
		return THEN_KILL;
	if (strcmp(fault_how, "torn") == 0)
		return TEAR;
	errno = strcmp(fault_how, "EIO") == 0 ? EIO : ENOSPC;
	return FAIL;
}

static int
no_memory(void)
{
	settle();
	if (++wishes != fault_at || !memory)
		return 0;
	errno = ENOMEM;
	return 1;
}

#ifndef NO_MALLOC
void *
malloc(size_t n)
{
	return no_memory() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return no_memory() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return no_memory() ? NULL : __libc_realloc(p, n);
}
#endif

static void
end_it(void)
{
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

/* The letter of a write to fd; 0: it is not counted. */
static char
counts(int fd)
{
	struct stat	 st;
	int		 was = errno;
	char		 kind = 0;

	if (fd > 2 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		kind = st.st_nlink == 0 ? 's' : 'w';
	errno = was;
	return kind;
}

__attribute__((destructor)) static void
tell(void)
{
	const char	*path = getenv("FAULT_COUNT");
	FILE		*fp;
	long		 n;

	settle();
	n = memory ? wishes : calls;
	if (path != NULL && (fp = fopen(path, "a")) != NULL) {
		fprintf(fp, "%ld %s\n", n, memory ? "" : kinds);
		fclose(fp);
	}
}

#define AROUND(kind, call, half)					\
	switch (next(kind)) {						\
	case FAIL:							\
		return -1;						\
	case TEAR:							\
		half;							\
		end_it();						\
		return -1;						\
	case THEN_KILL:							\
		call;							\
		end_it();						\
		return -1;						\
	default:							\
		return call;						\
	}

ssize_t
write(int fd, const void *p, size_t n)
{
	char	 kind = counts(fd);

	REAL(ssize_t, "write", int, const void *, size_t);
	if (kind == 0)
		return real(fd, p, n);
	AROUND(kind, real(fd, p, n), real(fd, p, n / 2))
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	char	 kind = counts(fd);

	REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
	if (kind == 0)
		return real(fd, p, n, at);
	AROUND(kind, real(fd, p, n, at), real(fd, p, n / 2, at))
}

int
fsync(int fd)
{
	/* No power is lost here: only the call counts, not the waiting. */
	(void)fd;
	AROUND('-', 0, (void)0)
}

int
syncfs(int fd)
{
	(void)fd;
	AROUND('-', 0, (void)0)
}

int
fdatasync(int fd)
{
	(void)fd;
	AROUND('-', 0, (void)0)
}

int
ftruncate(int fd, off_t n)
{
	REAL(int, "ftruncate", int, off_t);
	AROUND('r', real(fd, n), (void)0)
}

int
rename(const char *from, const char *to)
{
	REAL(int, "rename", const char *, const char *);
	AROUND('r', real(from, to), (void)0)
}

int
link(const char *from, const char *to)
{
	REAL(int, "link", const char *, const char *);
	AROUND('r', real(from, to), (void)0)
}

int
unlink(const char *path)
{
	REAL(int, "unlink", const char *);
	AROUND('-', real(path), (void)0)
}

int
unlinkat(int at, const char *path, int flags)
{
	REAL(int, "unlinkat", int, const char *, int);
	AROUND('-', real(at, path, flags), (void)0)
}

int
rmdir(const char *path)
{
	REAL(int, "rmdir", const char *);
	AROUND('-', real(path), (void)0)
}

int
mkdir(const char *path, mode_t mode)
{
	REAL(int, "mkdir", const char *, mode_t);
	AROUND('r', real(path, mode), (void)0)
}

int
mkdirat(int at, const char *path, mode_t mode)
{
	REAL(int, "mkdirat", int, const char *, mode_t);
	AROUND('r', real(at, path, mode), (void)0)
}

/* Making a file changes the disk too. */
int
open(const char *path, int flags, ...)
{
	va_list	 ap;
	mode_t	 mode = 0;

	REAL(int, "open", const char *, int, ...);
	if ((flags & O_CREAT) == 0 && (flags & O_TMPFILE) != O_TMPFILE)
		return real(path, flags);
	va_start(ap, flags);
	mode = va_arg(ap, mode_t);
	va_end(ap);
	if (strncmp(path, "/dev/", 5) == 0)
		return real(path, flags, mode);
	AROUND((flags & O_TMPFILE) == O_TMPFILE ? 's' : 'r',
	    real(path, flags, mode), (void)0)
}

int
openat(int at, const char *path, int flags, ...)
{
	va_list	 ap;
	mode_t	 mode = 0;

	REAL(int, "openat", int, const char *, int, ...);
	if ((flags & O_CREAT) == 0 && (flags & O_TMPFILE) != O_TMPFILE)
		return real(at, path, flags);
	va_start(ap, flags);
	mode = va_arg(ap, mode_t);
	va_end(ap);
	AROUND((flags & O_TMPFILE) == O_TMPFILE ? 's' : 'r',
	    real(at, path, flags, mode), (void)0)
}
