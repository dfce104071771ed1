/* SPDX-License-Identifier: ISC */
/*
 * The stricter server to compare with, "limit-raw": one process with a constant
 * reply, written apart from limit_tls and limit_tcp, which does less work than
 * both.  Over TLS OpenSSL writes straight into the socket, or into one buffer
 * that all connections share and that is sent in one call (limit_tls has a
 * memory BIO, which grows by copies and is wiped after each reply).  Over TCP
 * alone a client that has sent its request when it is accepted is answered and
 * closed at once, without epoll.  It trusts every client: it has no deadlines,
 * no limits and no log, does not wait for the reader to close, and has the
 * private key in its process.
 *	limit_raw socket|buffer PORT BYTES CERT KEY [SUITES]
 *	limit_raw tcp PORT BYTES
 * SUITES are cipher suites of TLS 1.3 in the server's order; without them the
 * first of the client's is used, as OpenSSL does.  Prints `ready PORT'; ends at
 * SIGTERM.
 */
#include <sys/epoll.h>
#include <sys/socket.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/ssl.h>

#define OUT_SIZE	(256 * 1024)
#define REQUEST_MAX	1100

struct peer {
	SSL	*ssl;
	char	*rest;			/* bytes not sent yet */
	size_t	 rest_len, rest_pos, written;
	int	 fd, asked, done;
};

static char		 out[OUT_SIZE];
static size_t		 out_len;
static char		*reply;
static size_t		 reply_len;
static int		 ep, lfd, buffered;
static BIO_METHOD	*method;
static SSL_CTX		*ctx;

/* Write to the shared buffer, as the write function of a BIO. */
static int
out_write(BIO *b, const char *data, int n)
{
	BIO_clear_retry_flags(b);
	if ((size_t)n > OUT_SIZE - out_len) {
		BIO_set_retry_write(b);
		return -1;
	}
	memcpy(out + out_len, data, (size_t)n);
	out_len += (size_t)n;
	return n;
}

static long
out_ctrl(BIO *b, int what, long n, void *p)
{
	(void)b, (void)n, (void)p;
	return what == BIO_CTRL_FLUSH;
}

static void
gone(struct peer *p)
{
	SSL_free(p->ssl);
	close(p->fd);
	free(p->rest);
	free(p);
}

/*
 * Read the request and send the reply; a client that has not asked yet is
 * waited for.
 */
static void
ready_tcp(struct peer *p)
{
	char	 request[REQUEST_MAX];
	ssize_t	 n;

	if (!p->asked) {
		n = recv(p->fd, request, sizeof(request), 0);
		if (n == -1 && errno == EAGAIN)
			return;
		p->asked = 1;
		if (n <= 0)
			p->written = reply_len;
	}
	while (p->written < reply_len) {
		n = send(p->fd, reply + p->written, reply_len - p->written,
		    MSG_NOSIGNAL | MSG_MORE);	/* with the FIN */
		if (n == -1 && errno == EAGAIN)
			return;
		if (n == -1)
			break;
		p->written += (size_t)n;
	}
	p->done = 1;
}

/*
 * Send the rest of earlier, or else the shared buffer, whose unsent bytes
 * become the rest.  1: all is sent; 0: the rest later; -1: the client is gone.
 */
static int
push(struct peer *p)
{
	char	*from = p->rest != NULL ? p->rest + p->rest_pos : out;
	size_t	 n = p->rest != NULL ? p->rest_len - p->rest_pos : out_len;
	ssize_t	 w = 0;

	while (n > 0 && (w = send(p->fd, from, n, MSG_NOSIGNAL)) > 0) {
		from += w;
		n -= (size_t)w;
	}
	if (n > 0 && w == -1 && errno != EAGAIN)
		return -1;
	if (p->rest != NULL)
		p->rest_pos = p->rest_len - n;
	else if (n > 0) {
		if ((p->rest = malloc(n)) == NULL)
			return -1;
		memcpy(p->rest, from, n);
		p->rest_len = n;
	}
	if (p->rest == NULL || n == 0)
		out_len = 0;
	return n == 0;
}

/*
 * Give the reply to OpenSSL.  1: all of it, and close_notify; 0: the rest
 * later.
 */
static int
answer(struct peer *p)
{
	size_t	 n;

	while (p->written < reply_len) {
		if (SSL_write_ex(p->ssl, reply + p->written, reply_len -
		    p->written, &n) != 1)
			return 0;
		p->written += n;
	}
	SSL_shutdown(p->ssl);
	return 1;
}

/* Do a step of a connection.  0: it has ended. */
static int
ready(struct peer *p)
{
	char	 request[REQUEST_MAX];
	int	 n, pushed;

	if (p->ssl == NULL) {
		ready_tcp(p);
		return !p->done;
	}
	out_len = 0;
	if (!p->asked) {
		n = SSL_read(p->ssl, request, sizeof(request));
		if (n <= 0 && SSL_get_error(p->ssl, n) !=
		    SSL_ERROR_WANT_READ)
			return 0;
		p->asked = n > 0;
	}
	if (p->asked && !p->done)
		p->done = answer(p);
	pushed = buffered ? push(p) : 1;
	return pushed == 0 || (pushed == 1 && !p->done);
}

static void
encrypted(struct peer *p)
{
	BIO	*in = BIO_new_socket(p->fd, BIO_NOCLOSE);

	p->ssl = SSL_new(ctx);
	SSL_set0_rbio(p->ssl, in);
	if (buffered) {
		SSL_set0_wbio(p->ssl, BIO_new(method));
		BIO_set_init(SSL_get_wbio(p->ssl), 1);
	} else {
		BIO_up_ref(in);
		SSL_set0_wbio(p->ssl, in);
	}
	SSL_set_accept_state(p->ssl);
}

static void
welcome(int fd)
{
	struct epoll_event	 ev;
	struct peer		*p;

	if ((p = calloc(1, sizeof(*p))) == NULL)
		exit(2);
	p->fd = fd;
	if (ctx != NULL)
		encrypted(p);
	if (!ready(p)) {
		gone(p);
		return;
	}
	ev.events = EPOLLIN | EPOLLOUT | EPOLLET;
	ev.data.ptr = p;
	epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
}

static void
serve(void)
{
	struct epoll_event	 evs[256];
	struct peer		*p;
	int			 i, n, fd;

	for (;;) {
		n = epoll_wait(ep, evs, 256, -1);
		for (i = 0; i < n; i++) {
			p = evs[i].data.ptr;
			if (p != NULL && !ready(p))
				gone(p);
			while (p == NULL && (fd = accept4(lfd, NULL, NULL,
			    SOCK_NONBLOCK)) != -1)
				welcome(fd);
		}
	}
}

static void
tls(const char *crt, const char *key, const char *suites)
{
	ctx = SSL_CTX_new(TLS_server_method());
	if (SSL_CTX_use_certificate_chain_file(ctx, crt) != 1 ||
	    SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1)
		exit(2);
	if (suites != NULL) {
		SSL_CTX_set_ciphersuites(ctx, suites);
		SSL_CTX_set_options(ctx, SSL_OP_CIPHER_SERVER_PREFERENCE);
	}
	SSL_CTX_set_num_tickets(ctx, 0);
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_read_ahead(ctx, 1);
	SSL_CTX_set_mode(ctx, SSL_MODE_ENABLE_PARTIAL_WRITE |
	    SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK,
	    "out");
	BIO_meth_set_write(method, out_write);
	BIO_meth_set_ctrl(method, out_ctrl);
}

static void
listens(int port)
{
	struct sockaddr_in	 sin = { .sin_family = AF_INET };
	struct epoll_event	 ev = { .events = EPOLLIN };
	socklen_t		 len = sizeof(sin);
	int			 on = 1;

	sin.sin_port = htons((uint16_t)port);
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	lfd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	setsockopt(lfd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(lfd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(lfd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &on, sizeof(on));
	if (bind(lfd, (struct sockaddr *)&sin, len) == -1 ||
	    listen(lfd, 4096) == -1 ||
	    getsockname(lfd, (struct sockaddr *)&sin, &len) == -1) {
		perror("limit_raw");
		exit(2);
	}
	ep = epoll_create1(0);
	epoll_ctl(ep, EPOLL_CTL_ADD, lfd, &ev);
	printf("ready %d\n", ntohs(sin.sin_port));
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	static const char	 head[] = "20 text/gemini; lang=en\r\n";

	int			 bare;

	bare = argc == 4 && strcmp(argv[1], "tcp") == 0;
	if (!bare && argc != 6 && argc != 7)
		return 2;
	buffered = strcmp(argv[1], "buffer") == 0;
	reply_len = (size_t)atol(argv[3]) + (bare ? 0 : sizeof(head) - 1);
	if ((reply = malloc(reply_len)) == NULL)
		return 2;
	memset(reply, 'x', reply_len);
	if (!bare) {
		memcpy(reply, head, sizeof(head) - 1);
		tls(argv[4], argv[5], argc == 7 ? argv[6] : NULL);
	}
	listens(atoi(argv[2]));
	serve();
}
