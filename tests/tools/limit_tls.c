/* SPDX-License-Identifier: ISC */
/*
 * The server to compare with, "limit-tls": an epoll server on OpenSSL alone
 * with a constant reply.  As in apeng's server each process has a listener of
 * its own, handshakes of TLS 1.3 are full and give no tickets, OpenSSL reads
 * ahead, each flight is one send(), and a client is accepted once it has sent
 * something.  It parses, logs and limits nothing, so it measures what TLS
 * itself costs here.
 *	limit_tls PORT BYTES CERT KEY [PROCESSES]
 * Prints `ready PORT'; ends at SIGTERM.
 */
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/ssl.h>

struct conn {
	SSL	*ssl;
	BIO	*out;		/* bytes that OpenSSL has written */
	int	 fd, done;
	size_t	 sent;		/* bytes of out sent so far */
};

static char	*reply;
static size_t	 reply_len;

static void	drop(struct conn *);
static int	flush(struct conn *);
static void	step(struct conn *);
static int	listener(struct sockaddr_in *);
static char	*page(size_t, size_t *);
static void	serve(int, SSL_CTX *) __attribute__((__noreturn__));

static void
drop(struct conn *c)
{
	SSL_free(c->ssl);
	close(c->fd);
	free(c);
}

/* 1: all is sent, 0: the socket is full, -1: the peer is gone. */
static int
flush(struct conn *c)
{
	char	*p;
	long	 n;
	ssize_t	 w;

	n = BIO_get_mem_data(c->out, &p);
	while (c->sent < (size_t)n) {
		w = send(c->fd, p + c->sent, (size_t)n - c->sent,
		    MSG_NOSIGNAL);
		if (w == -1)
			return errno == EAGAIN ? 0 : -1;
		c->sent += (size_t)w;
	}
	if (n > 0)
		(void)BIO_reset(c->out);
	c->sent = 0;
	return 1;
}

static void
step(struct conn *c)
{
	char	 req[1100];
	int	 n;

	if (!c->done) {
		n = SSL_read(c->ssl, req, sizeof(req));
		if (n <= 0) {
			n = SSL_get_error(c->ssl, n);
			if (flush(c) == -1 || n != SSL_ERROR_WANT_READ)
				drop(c);
			return;
		}
		SSL_write(c->ssl, reply, (int)reply_len);
		SSL_shutdown(c->ssl);
		c->done = 1;
	}
	if (flush(c) != 0)
		drop(c);
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
		perror("limit_tls");
		exit(2);
	}
	return fd;
}

static char *
page(size_t n, size_t *len)
{
	static const char	 head[] = "20 text/gemini; lang=en\r\n";
	char			*p;

	*len = sizeof(head) - 1 + n;
	if ((p = malloc(*len)) == NULL)
		exit(2);
	memset(p, 'x', *len);
	memcpy(p, head, sizeof(head) - 1);
	return p;
}

static void
serve(int lfd, SSL_CTX *ctx)
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
				c = calloc(1, sizeof(*c));
				c->fd = fd;
				c->ssl = SSL_new(ctx);
				c->out = BIO_new(BIO_s_mem());
				SSL_set0_rbio(c->ssl,
				    BIO_new_socket(fd, BIO_NOCLOSE));
				SSL_set0_wbio(c->ssl, c->out);
				SSL_set_accept_state(c->ssl);
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
	SSL_CTX			*ctx;
	int			 lfd, more;

	if (argc != 5 && argc != 6)
		return 2;
	ctx = SSL_CTX_new(TLS_server_method());
	if (SSL_CTX_use_certificate_chain_file(ctx, argv[3]) != 1 ||
	    SSL_CTX_use_PrivateKey_file(ctx, argv[4], SSL_FILETYPE_PEM) != 1)
		return 2;
	SSL_CTX_set_num_tickets(ctx, 0);
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_read_ahead(ctx, 1);
	if (getenv("LIMIT_RELEASE") != NULL)
		SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
	reply = page((size_t)atol(argv[2]), &reply_len);
	memset(&sin, 0, sizeof(sin));
	sin.sin_family = AF_INET;
	sin.sin_port = htons((uint16_t)atoi(argv[1]));
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	lfd = listener(&sin);
	for (more = argc == 6 ? atoi(argv[5]) - 1 : 0; more > 0; more--) {
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGTERM);
			close(lfd);
			serve(listener(&sin), ctx);
		}
	}
	printf("ready %d\n", ntohs(sin.sin_port));
	fflush(stdout);
	serve(lfd, ctx);
}
