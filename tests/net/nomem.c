/* SPDX-License-Identifier: ISC */
/*
 * Preloaded into apeng: of the n-th connection that a worker accepts after
 * NOMEM_AFTER others, the n-th call for memory gets none; with NOMEM_IO=1
 * instead the n-th recv(), send(), shutdown() or epoll_ctl() fails.
 * Counts blocks, and says at each connection: its number, whether a call of
 * the one before it was made to fail, and how many blocks live.
 */
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/socket.h>

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void	*__libc_malloc(size_t);
void	*__libc_calloc(size_t, size_t);
void	*__libc_realloc(void *, size_t);
void	 __libc_free(void *);

static long	 left = -1, live, accepted, failed;

static int
due(void)
{
	if (left == -1 || left-- > 0)
		return 1;
	left = -1;
	failed = 1;
	errno = ENOMEM;
	return 0;
}

static int
io(void)
{
	static int	 is = -1;

	if (is == -1)
		is = getenv("NOMEM_IO") != NULL;
	return is;
}

static int
may(void)
{
	return io() || due();
}

/* The line to the signer is none of the clients'. */
static int
may_io(int fd)
{
	struct sockaddr_storage	 ss;
	socklen_t		 len = sizeof(ss);

	if (!io() || left == -1 || getsockname(fd, (struct sockaddr *)&ss,
	    &len) == -1 || ss.ss_family == AF_UNIX || due())
		return 1;
	errno = EIO;
	return 0;
}

#define REAL(type, name, ...)						\
	static type (*real)(__VA_ARGS__);				\
	if (real == NULL)						\
		real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t
recv(int fd, void *buf, size_t n, int flags)
{
	REAL(ssize_t, "recv", int, void *, size_t, int);
	return may_io(fd) ? real(fd, buf, n, flags) : -1;
}

ssize_t
send(int fd, const void *data, size_t n, int flags)
{
	REAL(ssize_t, "send", int, const void *, size_t, int);
	return may_io(fd) ? real(fd, data, n, flags) : -1;
}

int
shutdown(int fd, int how)
{
	REAL(int, "shutdown", int, int);
	return may_io(fd) ? real(fd, how) : -1;
}

int
epoll_ctl(int ep, int op, int fd, struct epoll_event *ev)
{
	REAL(int, "epoll_ctl", int, int, int, struct epoll_event *);
	return op != EPOLL_CTL_ADD || may_io(fd) ? real(ep, op, fd, ev) : -1;
}

void *
malloc(size_t n)
{
	void	*p = may() ? __libc_malloc(n) : NULL;

	live += p != NULL;
	return p;
}

void *
calloc(size_t n, size_t size)
{
	void	*p = may() ? __libc_calloc(n, size) : NULL;

	live += p != NULL;
	return p;
}

void *
realloc(void *old, size_t n)
{
	void	*p = may() ? __libc_realloc(old, n) : NULL;

	live += p != NULL && old == NULL;
	return p;
}

void
free(void *p)
{
	live -= p != NULL;
	__libc_free(p);
}

/* OpenSSL shall ask here for every piece, not keep a pool. */
int
CRYPTO_set_mem_functions(void *a, void *b, void *c)
{
	(void)a, (void)b, (void)c;
	return 0;
}

int
accept4(int fd, struct sockaddr *sa, socklen_t *len, int flags)
{
	const char	*after = getenv("NOMEM_AFTER");
	char		 line[80];
	int		 got, n;

	REAL(int, "accept4", int, struct sockaddr *, socklen_t *, int);
	if ((got = real(fd, sa, len, flags)) == -1)
		return got;
	n = snprintf(line, sizeof(line), "nomem: %ld %ld %ld\n", accepted,
	    failed, live);
	if (write(2, line, (size_t)n) != n)
		abort();
	failed = 0;
	left = accepted++ - (after != NULL ? atol(after) : 0);
	if (left < 0)
		left = -1;
	return got;
}
