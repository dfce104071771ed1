/* SPDX-License-Identifier: ISC */
/*
 * Finds the addresses of a host within a timeout.  IP literals are read at
 * once.  For a name, a child process calls getaddrinfo() and writes the
 * result to a pipe; the parent reads it or kills the child at the deadline,
 * because nothing else stops the resolver.  What the resolver answers is not
 * proven here.
 */
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fds.h"
#include "net/lookup.h"

/* What the resolver's process writes, in one write(). */
struct looked_up {
	int		 rc;			/* of getaddrinfo() */
	int		 sys;			/* errno with EAI_SYSTEM */
	int		 n;
	struct lookup_addr addr[LOOKUP_MAX];
};

static void	 resolve(const char *, unsigned, int, struct looked_up *);
static void	 be_resolver(int, const char *, unsigned)
		    __attribute__((__noreturn__));
static int	 listen_to(int, int, struct looked_up *);
static int	 in_a_process(const char *, unsigned, int, struct looked_up *);

static void
resolve(const char *host, unsigned port, int flags, struct looked_up *f)
{
	struct addrinfo	 hints, *list = NULL, *ai;
	char		 serv[8];

	memset(f, 0, sizeof(*f));
	memset(&hints, 0, sizeof(hints));
	hints.ai_socktype = SOCK_STREAM;
	hints.ai_flags = AI_NUMERICSERV | flags;
	snprintf(serv, sizeof(serv), "%u", port);
	if ((f->rc = getaddrinfo(host, serv, &hints, &list)) != 0) {
		f->sys = f->rc == EAI_SYSTEM ? errno : 0;
		return;
	}
	for (ai = list; ai != NULL && f->n < LOOKUP_MAX; ai = ai->ai_next) {
		if (ai->ai_addrlen > sizeof(f->addr[0].sa))
			continue;
		memcpy(&f->addr[f->n].sa, ai->ai_addr, ai->ai_addrlen);
		f->addr[f->n++].len = ai->ai_addrlen;
	}
	freeaddrinfo(list);
}

/*
 * The child holds no lock and no descriptor of its parent, and ends when the
 * parent does.
 */
static void
be_resolver(int out, const char *host, unsigned port)
{
	struct looked_up	 f;

#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	fds_close_others(&out, 1);
	resolve(host, port, 0, &f);
	_exit(write(out, &f, sizeof(f)) == (ssize_t)sizeof(f) ? 0 : 1);
}

/* 0, or -1 with errno. */
static int
listen_to(int in, int timeout, struct looked_up *f)
{
	struct pollfd	 p = { in, POLLIN, 0 };
	uint64_t	 now = clock_mono_ms(), end = now + (uint64_t)timeout;
	ssize_t		 len;
	int		 n;

	for (;; now = clock_mono_ms()) {
		n = poll(&p, 1, now < end ? (int)(end - now) : 0);
		if (n != -1)
			break;
		if (errno != EINTR)
			return -1;
	}
	if (n == 0) {
		errno = ETIMEDOUT;
		return -1;
	}
	if ((len = read(in, f, sizeof(*f))) == (ssize_t)sizeof(*f))
		return 0;
	if (len != -1)
		errno = ECHILD;		/* it died before it wrote */
	return -1;
}

static int
in_a_process(const char *host, unsigned port, int timeout, struct looked_up *f)
{
	int	 p[2], rv, why;
	pid_t	 pid;

	if (pipe2(p, O_CLOEXEC) == -1)
		return -1;
	if ((pid = fork()) == 0)
		be_resolver(p[1], host, port);
	close(p[1]);
	rv = pid == -1 ? -1 : listen_to(p[0], timeout, f);
	why = errno;
	close(p[0]);
	if (pid != -1) {
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
			;
	}
	errno = why;
	return rv;
}

int
lookup_host(const char *host, unsigned port, int timeout,
    struct lookup_addr out[LOOKUP_MAX], struct err *e)
{
	struct looked_up	 f;

	resolve(host, port, AI_NUMERICHOST, &f);
	if (f.rc != 0 && in_a_process(host, port, timeout, &f) == -1) {
		err_sys(e, "%s: name look-up", host);
		return -1;
	}
	if (f.rc != 0 && f.sys != 0) {
		errno = f.sys;
		err_sys(e, "%s: name look-up", host);
		return -1;
	}
	if (f.rc != 0 || f.n == 0) {
		err_cannot(e, "%s: %s", host, f.rc != 0 ?
		    gai_strerror(f.rc) : "no internet address");
		return -1;
	}
	memcpy(out, f.addr, (size_t)f.n * sizeof(f.addr[0]));
	return f.n;
}
