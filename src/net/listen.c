/* SPDX-License-Identifier: ISC */
/*
 * Makes listening sockets, one a worker for each address.  The addresses are
 * the operator's; an error names the cause and the remedy.
 */
#include <sys/socket.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/err.h"
#include "net/listen.h"

static int	 set_on(int, int, int);
static int	 bind_addr(const struct net_addr *, int);
static int	 bind_one(struct net_addr *, int again);
static void	 wake_late(int);
static void	 say_why(const struct net_addr *, struct err *);

static int
set_on(int fd, int level, int name)
{
	int	 on = 1;

	return setsockopt(fd, level, name, &on, sizeof(on));
}

/*
 * The first socket binds without SO_REUSEPORT; with it, a second apeng of the
 * same user would silently take half of the connections.  It is set after
 * bind() and before listen(), so that our own further sockets may join.
 */
static int
bind_addr(const struct net_addr *a, int again)
{
	struct sockaddr_storage	 ss;
	socklen_t		 len = addr_to_sa(a, &ss);
	int			 fd, sys;

	fd = socket(ss.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
	    0);
	if (fd == -1)
		return -1;
	if (set_on(fd, SOL_SOCKET, SO_REUSEADDR) == -1 ||
	    set_on(fd, IPPROTO_TCP, TCP_NODELAY) == -1 ||
	    (ss.ss_family == AF_INET6 &&
	    set_on(fd, IPPROTO_IPV6, IPV6_V6ONLY) == -1))
		goto fail;
#ifdef __linux__
	if (again && set_on(fd, SOL_SOCKET, SO_REUSEPORT) == -1)
		goto fail;
#else
	(void)again;
#endif
	if (bind(fd, (struct sockaddr *)&ss, len) == -1)
		goto fail;
#ifdef __linux__
	if (!again && set_on(fd, SOL_SOCKET, SO_REUSEPORT) == -1)
		goto fail;
#endif
	return fd;
 fail:
	sys = errno;
	close(fd);
	errno = sys;
	return -1;
}

/*
 * In all protocols the client speaks first.  The system is asked to keep a new
 * connection until its client has sent something, or for a second.  A worker
 * that is woken then finds a request.  Without this, half of an idle worker's
 * system calls were spent on connections without a request.
 */
static void
wake_late(int fd)
{
#ifdef TCP_DEFER_ACCEPT
	int	 seconds = 1;

	/* An error does not matter: all works, a little slower. */
	setsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds,
	    sizeof(seconds));
#else
	(void)fd;
#endif
}

static int
bind_one(struct net_addr *a, int again)
{
	struct sockaddr_storage	 ss;
	struct net_addr		 got;
	socklen_t		 len = sizeof(ss);
	int			 fd, sys;

	if ((fd = bind_addr(a, again)) == -1)
		return -1;
	wake_late(fd);
	if (listen(fd, LISTEN_BACKLOG) == -1 ||
	    getsockname(fd, (struct sockaddr *)&ss, &len) == -1) {
		sys = errno;
		close(fd);
		errno = sys;
		return -1;
	}
	if (addr_from_sa((struct sockaddr *)&ss, &got) == 0)
		a->port = got.port;
	return fd;
}

static void
say_why(const struct net_addr *a, struct err *e)
{
	char	 text[ADDR_TEXT];

	addr_text(a, text);
	switch (errno) {
	case EADDRINUSE:
		err_sys(e, "%s: another program listens there; stop it or "
		    "choose another port", text);
		break;
	case EACCES:
	case EPERM:
		err_sys(e, "%s: ports below 1024 need root or "
		    "CAP_NET_BIND_SERVICE; start as root (workers give it "
		    "up) or choose a higher port", text);
		break;
	case EADDRNOTAVAIL:
		err_sys(e, "%s: this machine has no such address", text);
		break;
	case EAFNOSUPPORT:
		err_sys(e, "%s: this machine's kernel has no %s", text,
		    addr_is_v4(a) ? "IPv4" : "IPv6");
		break;
	default:
		err_sys(e, "%s", text);
	}
}

int
listen_lacks(const struct net_addr *a, struct err *e)
{
	struct sockaddr_storage	 ss;
	struct net_addr		 probe = *a;
	socklen_t		 len;
	int			 fd, lacks;

	probe.port = 0;
	len = addr_to_sa(&probe, &ss);
	if ((fd = socket(ss.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0)) == -1)
		lacks = errno == EAFNOSUPPORT;
	else {
		lacks = (addr_is_any(a) || addr_is_loopback(a)) &&
		    bind(fd, (struct sockaddr *)&ss, len) == -1 &&
		    errno == EADDRNOTAVAIL;
		close(fd);
	}
	if (lacks)
		say_why(a, e);
	return lacks;
}

int
listen_open(struct net_addr *a, int *fds, size_t n, struct err *e)
{
	size_t	 i;

	for (i = 0; i < n; i++) {
		fds[i] = bind_one(a, i > 0);
		if (fds[i] == -1 && i > 0)
			fds[i] = fcntl(fds[0], F_DUPFD_CLOEXEC, 0);
		if (fds[i] != -1)
			continue;
		say_why(a, e);
		while (i > 0)
			close(fds[--i]);
		return -1;
	}
	return 0;
}

static int
is_listening(int fd)
{
	socklen_t	 len = sizeof(int);
	int		 on = 0;

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &on, &len) == 0 &&
	    on;
}

/* 1: the socket is bound to that very address. */
static int
is_bound(int fd, const struct net_addr *a)
{
	struct sockaddr_storage	 ss;
	struct net_addr		 got;
	socklen_t		 len = sizeof(ss);

	return getsockname(fd, (struct sockaddr *)&ss, &len) == 0 &&
	    addr_from_sa((struct sockaddr *)&ss, &got) == 0 &&
	    got.port == a->port;
}

/*
 * A socket that was shut down keeps its port only if bind() was given a number.
 */
int
listen_repair(int fd, const struct net_addr *a, struct err *e)
{
	struct net_addr	 at = *a;
	int		 new, rv = 2;

	if (is_listening(fd))
		return 0;
	if (is_bound(fd, a) && listen(fd, LISTEN_BACKLOG) == 0 &&
	    is_bound(fd, a))
		return 1;
	if ((new = bind_one(&at, 1)) == -1) {
		say_why(a, e);
		return -1;
	}
	if (dup3(new, fd, O_CLOEXEC) == -1) {
		err_sys(e, "descriptor");
		rv = -1;
	}
	close(new);
	return rv;
}
