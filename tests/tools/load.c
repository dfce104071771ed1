/* SPDX-License-Identifier: ISC */
/*
 * Load generator: COUNT new connections with one request each, CONNS at a time,
 * for at most SECONDS.  Checks the length of every reply and, for TLS, that
 * close_notify came, and counts the bytes on the wire.
 *
 *	load tls|tcp ADDR PORT REQUEST EXPECT CONNS COUNT [SECONDS [SNI]]
 *
 * REQUEST is without its CRLF.  EXPECT is the length of the whole reply in
 * bytes; 0: that of the first reply.  Prints one line of JSON.  Only addresses
 * of the loopback are accepted.
 */
#include <sys/epoll.h>
#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

enum why { OK, CONNECT, TLS, SHORT, RESET, LATE, WHY_MAX };

struct conn {
	int		 fd, asked;
	SSL		*ssl;
	double		 start;
	size_t		 got, sent;
};

static const char	*why_name[] = { "ok", "connect", "tls", "length",
			    "reset", "late" };
static struct sockaddr_in sin_to;
static SSL_CTX		*ctx;
static char		 request[1100], reply_start[4];
static const char	*sni;
static size_t		 request_len, expect, started, ended, count, conns;
static size_t		 errors[WHY_MAX];
static uint64_t		 wire_in, wire_out;
static double		*took;
static int		 ep;

static double	now(void);
static int	compare(const void *, const void *);
static void	open_one(void);
static void	finish(struct conn *, enum why);
static void	step(struct conn *);
static void	step_tls(struct conn *);
static void	step_tcp(struct conn *);

static double
now(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static int
compare(const void *a, const void *b)
{
	double	 x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void
open_one(void)
{
	struct epoll_event	 ev;
	struct conn		*c;
	int			 on = 1;

	if (started == count)
		return;
	started++;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		exit(2);
	c->start = now();
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (c->fd == -1) {
		perror("load: socket");
		exit(2);
	}
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(c->fd, (struct sockaddr *)&sin_to, sizeof(sin_to)) == -1 &&
	    errno != EINPROGRESS) {
		finish(c, CONNECT);
		return;
	}
	if (ctx != NULL) {
		c->ssl = SSL_new(ctx);
		SSL_set_fd(c->ssl, c->fd);
		SSL_set_connect_state(c->ssl);
		if (sni != NULL)
			SSL_set_tlsext_host_name(c->ssl, sni);
	}
	ev.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
	ev.data.ptr = c;
	epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &ev);
}

static void
finish(struct conn *c, enum why why)
{
	if (why == OK) {
		if (expect == 0)
			expect = c->got;
		if (c->got != expect)
			why = SHORT;
	}
	if (c->ssl != NULL) {
		wire_in += BIO_number_read(SSL_get_rbio(c->ssl));
		wire_out += BIO_number_written(SSL_get_wbio(c->ssl));
		SSL_free(c->ssl);
	} else {
		wire_in += c->got;
		wire_out += c->sent;
	}
	errors[why]++;
	took[ended++] = now() - c->start;
	close(c->fd);
	free(c);
	open_one();
}

static void
step_tls(struct conn *c)
{
	static char	 buf[65536];
	int		 n;

	ERR_clear_error();	/* drop errors of other connections */
	if (!c->asked) {
		n = SSL_write(c->ssl, request, (int)request_len);
		if (n <= 0) {
			n = SSL_get_error(c->ssl, n);
			if (n != SSL_ERROR_WANT_READ &&
			    n != SSL_ERROR_WANT_WRITE)
				finish(c, TLS);
			return;
		}
		c->asked = 1;
	}
	while ((n = SSL_read(c->ssl, buf, sizeof(buf))) > 0) {
		if (c->got == 0)
			memcpy(reply_start, buf, n < 3 ? (size_t)n : 3);
		c->got += (size_t)n;
	}
	n = SSL_get_error(c->ssl, n);
	if (n == SSL_ERROR_WANT_READ || n == SSL_ERROR_WANT_WRITE)
		return;
	finish(c, n == SSL_ERROR_ZERO_RETURN ? OK : RESET);
}

static void
step_tcp(struct conn *c)
{
	static char	 buf[65536];
	ssize_t		 n;

	if (!c->asked) {
		n = send(c->fd, request, request_len, MSG_NOSIGNAL);
		if (n == -1) {
			if (errno != EAGAIN && errno != ENOTCONN)
				finish(c, CONNECT);
			return;
		}
		c->sent = (size_t)n;
		c->asked = 1;
	}
	while ((n = recv(c->fd, buf, sizeof(buf), 0)) > 0) {
		if (c->got == 0)
			memcpy(reply_start, buf, n < 3 ? (size_t)n : 3);
		c->got += (size_t)n;
	}
	if (n == -1 && errno == EAGAIN)
		return;
	finish(c, n == 0 ? OK : RESET);
}

static void
step(struct conn *c)
{
	if (c->ssl != NULL)
		step_tls(c);
	else
		step_tcp(c);
}

int
main(int argc, char **argv)
{
	struct epoll_event	 evs[256];
	double			 begin, limit, all;
	size_t			 i;
	int			 n, k;

	if (argc < 8) {
		fprintf(stderr, "usage: load tls|tcp ADDR PORT REQUEST "
		    "EXPECT CONNS COUNT [SECONDS [SNI]]\n");
		return 2;
	}
	sin_to.sin_family = AF_INET;
	sin_to.sin_port = htons((uint16_t)atoi(argv[3]));
	if (inet_pton(AF_INET, argv[2], &sin_to.sin_addr) != 1 ||
	    (ntohl(sin_to.sin_addr.s_addr) >> 24) != 127) {
		fprintf(stderr, "load: %s: want 127.x.y.z\n", argv[2]);
		return 2;
	}
	request_len = (size_t)snprintf(request, sizeof(request), "%s\r\n",
	    argv[4]);
	expect = (size_t)atol(argv[5]);
	conns = (size_t)atol(argv[6]);
	count = (size_t)atol(argv[7]);
	limit = argc > 8 ? atof(argv[8]) : 60;
	sni = argc > 9 ? argv[9] : NULL;
	if (strcmp(argv[1], "tls") == 0) {
		ctx = SSL_CTX_new(TLS_client_method());
		SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
		SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
		SSL_CTX_set_read_ahead(ctx, 1);
		SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
	}
	if ((took = calloc(count + 1, sizeof(*took))) == NULL)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	ep = epoll_create1(0);
	begin = now();
	for (i = 0; i < conns; i++)
		open_one();
	while (ended < count && now() - begin < limit) {
		n = epoll_wait(ep, evs, 256, 100);
		for (k = 0; k < n; k++)
			step(evs[k].data.ptr);
	}
	all = now() - begin;
	errors[LATE] += started - ended;
	if (ended == 0) {
		took[0] = 0;
		ended = 1;
		errors[LATE] += errors[LATE] == 0;
	}
	qsort(took, ended, sizeof(*took), compare);
	printf("{\"count\": %zu, \"seconds\": %.4f, \"rps\": %.1f, "
	    "\"p50_ms\": %.3f, \"p99_ms\": %.3f, \"worst_ms\": %.3f, "
	    "\"reply\": %zu, \"wire_in\": %.1f, \"wire_out\": %.1f, "
	    "\"starts\": \"%.2s\", \"errors\": %zu", ended, all,
	    (double)errors[OK] / all, took[ended / 2] * 1e3,
	    took[ended * 99 / 100] * 1e3, took[ended - 1] * 1e3, expect,
	    (double)wire_in / (double)ended, (double)wire_out / (double)ended,
	    reply_start, ended - errors[OK] + errors[LATE]);
	for (i = 1; i < WHY_MAX; i++)
		if (errors[i] > 0)
			printf(", \"%s\": %zu", why_name[i], errors[i]);
	printf("}\n");
	return errors[OK] == count ? 0 : 1;
}
