/*
 * The yardstick "limit-tcp": the leanest epoll server that reads one line
 * and sends a constant reply.
 *	limit_tcp PORT BYTES
 * Prints `ready PORT`; ends at SIGTERM.
 */
#include <sys/epoll.h>
#include <sys/socket.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
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

int
main(int argc, char **argv)
{
	struct sockaddr_in	 sin;
	struct epoll_event	 ev, evs[256];
	struct conn		*c;
	socklen_t		 len = sizeof(sin);
	int			 ep, i, lfd, n, fd, on = 1;

	if (argc != 3)
		return 2;
	reply_len = (size_t)atol(argv[2]);
	reply = malloc(reply_len);
	memset(reply, 'x', reply_len);
	memset(&sin, 0, sizeof(sin));
	sin.sin_family = AF_INET;
	sin.sin_port = htons((uint16_t)atoi(argv[1]));
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	lfd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	setsockopt(lfd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(lfd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (lfd == -1 || bind(lfd, (struct sockaddr *)&sin, len) == -1 ||
	    listen(lfd, 4096) == -1 ||
	    getsockname(lfd, (struct sockaddr *)&sin, &len) == -1) {
		perror("limit_tcp");
		return 2;
	}
	printf("ready %d\n", ntohs(sin.sin_port));
	fflush(stdout);
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
					return 2;
				c->fd = fd;
				ev.events = EPOLLIN | EPOLLOUT | EPOLLET;
				ev.data.ptr = c;
				epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
			}
		}
	}
}
