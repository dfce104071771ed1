/* SPDX-License-Identifier: ISC */
/*
 * The server to compare with, "limit-tcp": an epoll server that only reads one
 * line and sends a constant reply.
 *	limit_tcp PORT BYTES [PROCESSES]
 * Prints `ready PORT'; ends at SIGTERM.  Like apeng's server each process has a
 * listener of its own, and a client is accepted once it has sent something.
 */
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct conn {
	int	 fd, asked;
	size_t	 sent;
};

static char	*reply;
static size_t	 reply_len;

static void	step(struct conn *);
static int	listener(struct sockaddr_in *);
static void	serve(int) __attribute__((__noreturn__));

static void
step(struct conn *c)
{
	char	 req[1100];
	ssize_t	 n;

	if (!c->asked) {
		n = recv(c->fd, req, sizeof(req), 0);
		if (n == -1 && errno == EAGAIN)
			return;
		if (n <= 0)
			goto drop;
		if (memchr(req, '\n', (size_t)n) == NULL)
			return;
		c->asked = 1;
	}
	while (c->sent < reply_len) {
		n = send(c->fd, reply + c->sent, reply_len - c->sent,
		    MSG_NOSIGNAL);
		if (n == -1 && errno == EAGAIN)
			return;
		if (n == -1)
			break;
		c->sent += (size_t)n;
	}
 drop:
	close(c->fd);
	free(c);
}

static int
listener(struct sockaddr_in *sin)
{
	socklen_t	 len = sizeof(*sin);
	int		 fd, on = 1;

	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &on, sizeof(on));
	if (fd == -1 || bind(fd, (struct sockaddr *)sin, len) == -1 ||
	    listen(fd, 4096) == -1 ||
	    getsockname(fd, (struct sockaddr *)sin, &len) == -1) {
		perror("limit_tcp");
		exit(2);
	}
	return fd;
}

static void
serve(int lfd)
{
	struct epoll_event	 ev, evs[256];
	struct conn		*c;
	int			 ep, i, n, fd;

	ep = epoll_create1(0);
	ev.events = EPOLLIN;
	ev.data.ptr = NULL;
	epoll_ctl(ep, EPOLL_CTL_ADD, lfd, &ev);
	for (;;) {
		n = epoll_wait(ep, evs, 256, -1);
		for (i = 0; i < n; i++) {
			if ((c = evs[i].data.ptr) != NULL) {
				step(c);
				continue;
			}
			while ((fd = accept4(lfd, NULL, NULL,
			    SOCK_NONBLOCK)) != -1) {
				if ((c = calloc(1, sizeof(*c))) == NULL)
					exit(2);
				c->fd = fd;
				ev.events = EPOLLIN | EPOLLOUT | EPOLLET;
				ev.data.ptr = c;
				epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
			}
		}
	}
}

int
main(int argc, char **argv)
{
	struct sockaddr_in	 sin;
	int			 lfd, more;

	if (argc != 3 && argc != 4)
		return 2;
	reply_len = (size_t)atol(argv[2]);
	reply = malloc(reply_len);
	memset(reply, 'x', reply_len);
	memset(&sin, 0, sizeof(sin));
	sin.sin_family = AF_INET;
	sin.sin_port = htons((uint16_t)atoi(argv[1]));
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	lfd = listener(&sin);
	for (more = argc == 4 ? atoi(argv[3]) - 1 : 0; more > 0; more--) {
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGTERM);
			close(lfd);
			serve(listener(&sin));
		}
	}
	printf("ready %d\n", ntohs(sin.sin_port));
	fflush(stdout);
	serve(lfd);
}
