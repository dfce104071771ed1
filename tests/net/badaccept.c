/* SPDX-License-Identifier: ISC */
/*
 * Preloaded into apeng: calls of accept4() fail with the number of an error.
 *	BADACCEPT=ERRNO:FROM:TO:TAKES
 * From the FROM-th call of a process to before the TO-th.  TAKES 1: as with a
 * peer who has gone, or whom a firewall forbids, the connection is lost with
 * the error; 0: as with no descriptor, it waits on in the queue, also while
 * nobody waits at all.  At call TO, and at the end of each 100 calls, their
 * number is said on standard error.
 */
#define _GNU_SOURCE
#include <sys/socket.h>

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static long	 calls, error = -1, from, to, takes, failed;

static void
tell(void)
{
	char	 line[80];
	int	 n;

	n = snprintf(line, sizeof(line), "accept4: %ld calls, %ld failed\n",
	    calls, failed);
	if (write(2, line, (size_t)n) != n)
		abort();
}

int
accept4(int fd, struct sockaddr *sa, socklen_t *len, int flags)
{
	static int	(*real)(int, struct sockaddr *, socklen_t *, int);
	const char	 *how;
	struct linger	  now = { 1, 0 };
	int		  got;

	if (error == -1) {
		real = (int (*)(int, struct sockaddr *, socklen_t *, int))
		    dlsym(RTLD_NEXT, "accept4");
		how = getenv("BADACCEPT");
		if (how == NULL || sscanf(how, "%ld:%ld:%ld:%ld", &error,
		    &from, &to, &takes) != 4)
			abort();
	}
	calls++;
	if (calls == to || calls % 100 == 0)
		tell();
	if (calls < from || calls >= to)
		return real(fd, sa, len, flags);
	if (takes) {
		if ((got = real(fd, sa, len, flags)) == -1)
			return -1;	/* nobody is there to be lost */
		setsockopt(got, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
		close(got);
	}
	failed++;
	errno = (int)error;
	return -1;
}
