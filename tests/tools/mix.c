/* SPDX-License-Identifier: ISC */
/*
 * Mixed load: COUNT new connections with one request of a list each, CONNS at a
 * time, for at most SECONDS.
 *
 *	mix ADDR GEMINI_PORT GOPHER_PORT LIST CONNS COUNT SECONDS [EVERY]
 *
 * LIST has a line for each request, its fields divided by tabs:
 *	gemini|gopher  WEIGHT  CRC,CRC...  REQUEST
 * CRC is the CRC-32 of a whole reply, in hex; a reply with any of them is
 * right, and a Gemini reply must end with close_notify.  `cut' in place of the
 * CRCs makes a client that resets its connection: after connecting, in the
 * middle of the handshake or request, after the request, or at the first bytes
 * of the reply.
 *
 * Clients come from 127.1.x.y.  After every EVERY requests `at N' is printed,
 * at the end one line of JSON, with the times of the right replies; wrong
 * replies are printed to standard error.
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

#define ASKS_MAX	1024
#define CRCS_MAX	32
#define SHOWN		20		/* wrong replies that are printed */

enum why { OK, CUT, CONNECT, TLS, WRONG, RESET, LATE, WHY_MAX };
/* Where a client of `cut' resets its connection. */
enum place { AT_CONNECT, AT_HALF, AT_ASKED, AT_REPLY, PLACES };

struct ask {
	uint32_t	 crc[CRCS_MAX];
	size_t		 ncrc, len;
	unsigned	 upto;			/* sum of weights so far */
	int		 gemini, cut;
	char		 line[1100];
};

struct conn {
	const struct ask *ask;
	SSL		*ssl;
	size_t		 got;
	double		 start;
	uint32_t	 crc;
	int		 fd, asked;
	enum place	 place;
};

static const char	*why_name[] = { "ok", "cut", "connect", "tls",
			    "wrong", "reset", "late" };
static struct ask	 asks[ASKS_MAX];
static size_t		 nask, started, ended, count, every;
static size_t		 ends[WHY_MAX], by_proto[2];
static uint64_t		 bytes, chance = 1;
static double		*took;		/* seconds, of the right replies */
static uint32_t		 table[256];
static struct sockaddr_in at[2];		/* Gopher, Gemini */
static SSL_CTX		*ctx;
static int		 ep;

static double	 now(void);
static int	 compare(const void *, const void *);
static uint32_t	 crc_more(uint32_t, const char *, size_t);
static void	 read_list(const char *);
static void	 read_line(char *);
static unsigned	 pick(unsigned);
static void	 open_one(void);
static void	 finish(struct conn *, enum why);
static void	 judge(struct conn *, enum why);
static int	 cut_now(struct conn *, enum place);
static void	 step_tls(struct conn *);
static void	 step_tcp(struct conn *);

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

static uint32_t
crc_more(uint32_t crc, const char *data, size_t n)
{
	size_t	 i;

	crc = ~crc;
	for (i = 0; i < n; i++)
		crc = table[(crc ^ (uint8_t)data[i]) & 0xff] ^ crc >> 8;
	return ~crc;
}

static void
read_line(char *s)
{
	struct ask	*a = &asks[nask];
	char		*what, *weight, *crcs, *one, *p;

	what = strsep(&s, "\t");
	weight = strsep(&s, "\t");
	crcs = strsep(&s, "\t");
	if (s == NULL || nask == ASKS_MAX) {
		fprintf(stderr, "mix: list: %s: not a request\n", what);
		exit(2);
	}
	a->gemini = strcmp(what, "gemini") == 0;
	a->upto = (nask > 0 ? asks[nask - 1].upto : 0) +
	    (unsigned)atoi(weight);
	a->cut = strcmp(crcs, "cut") == 0;
	for (p = crcs; !a->cut && (one = strsep(&p, ",")) != NULL &&
	    a->ncrc < CRCS_MAX;)
		a->crc[a->ncrc++] = (uint32_t)strtoul(one, NULL, 16);
	a->len = (size_t)snprintf(a->line, sizeof(a->line), "%s\r\n", s);
	nask++;
}

static void
read_list(const char *path)
{
	char	*line = NULL;
	size_t	 size = 0;
	ssize_t	 n;
	FILE	*f;

	if ((f = fopen(path, "r")) == NULL) {
		perror(path);
		exit(2);
	}
	while ((n = getline(&line, &size, f)) > 0) {
		line[n - 1] = '\0';
		read_line(line);
	}
	free(line);
	fclose(f);
	if (nask == 0 || asks[nask - 1].upto == 0) {
		fprintf(stderr, "mix: %s: nothing to ask\n", path);
		exit(2);
	}
}

/* A pseudo-random number; the same series in each run. */
static unsigned
pick(unsigned below)
{
	chance = chance * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)((chance >> 33) % below);
}

static void
open_one(void)
{
	struct epoll_event	 ev;
	struct sockaddr_in	 me;
	struct conn		*c;
	unsigned		 n;
	size_t			 i;
	int			 on = 1;

	if (started == count)
		return;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		exit(2);
	n = pick(asks[nask - 1].upto);
	for (i = 0; asks[i].upto <= n; i++)
		;
	c->ask = &asks[i];
	c->start = now();
	c->place = (enum place)pick(PLACES);
	memset(&me, 0, sizeof(me));
	me.sin_family = AF_INET;
	me.sin_addr.s_addr = htonl((127U << 24) + (1U << 16) +
	    1 + (unsigned)(started % 60000));
	started++;
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (c->fd == -1) {
		perror("mix: socket");
		exit(2);
	}
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on,
	    sizeof(on));
	if (bind(c->fd, (struct sockaddr *)&me, sizeof(me)) == -1 ||
	    (connect(c->fd, (struct sockaddr *)&at[c->ask->gemini],
	    sizeof(at[0])) == -1 && errno != EINPROGRESS)) {
		finish(c, CONNECT);
		return;
	}
	if (c->ask->gemini) {
		c->ssl = SSL_new(ctx);
		SSL_set_fd(c->ssl, c->fd);
		SSL_set_connect_state(c->ssl);
		SSL_set_tlsext_host_name(c->ssl, "localhost");
	}
	ev.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
	ev.data.ptr = c;
	epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &ev);
}

static void
judge(struct conn *c, enum why why)
{
	const struct ask	*a = c->ask;
	size_t			 i;

	if (why == OK) {
		why = WRONG;
		for (i = 0; i < a->ncrc; i++)
			if (a->crc[i] == c->crc)
				why = OK;
	}
	/* The server may have ended it before the client did. */
	if (a->cut && why == WRONG)
		why = CUT;
	if (why == OK)
		took[ends[OK]] = now() - c->start;
	ends[why]++;
	if (why > CUT && ends[CONNECT] + ends[TLS] + ends[WRONG] +
	    ends[RESET] <= SHOWN)
		fprintf(stderr, "mix: %s: %zu bytes, %08x: %s\n",
		    why_name[why], c->got, c->crc, a->line);
}

static void
finish(struct conn *c, enum why why)
{
	static const struct linger	 reset = { 1, 0 };

	if (why == CUT)
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &reset,
		    sizeof(reset));
	judge(c, why);
	by_proto[c->ask->gemini]++;
	bytes += c->got;
	SSL_free(c->ssl);
	close(c->fd);
	free(c);
	if (++ended % every == 0) {
		printf("at %zu\n", ended);
		fflush(stdout);
	}
	open_one();
}

/* 1: the client was to reset its connection here, and has. */
static int
cut_now(struct conn *c, enum place place)
{
	if (!c->ask->cut || c->place != place)
		return 0;
	finish(c, CUT);
	return 1;
}

static void
step_tls(struct conn *c)
{
	static char	 buf[65536];
	int		 n;

	if (cut_now(c, AT_CONNECT))
		return;
	ERR_clear_error();	/* drop errors of other connections */
	if (!c->asked) {
		n = SSL_write(c->ssl, c->ask->line, (int)c->ask->len);
		if (n <= 0) {
			n = SSL_get_error(c->ssl, n);
			if (n != SSL_ERROR_WANT_READ &&
			    n != SSL_ERROR_WANT_WRITE)
				finish(c, TLS);
			else		/* the first flight was sent */
				cut_now(c, AT_HALF);
			return;
		}
		c->asked = 1;
		if (cut_now(c, AT_ASKED))
			return;
	}
	while ((n = SSL_read(c->ssl, buf, sizeof(buf))) > 0) {
		c->crc = crc_more(c->crc, buf, (size_t)n);
		c->got += (size_t)n;
		if (cut_now(c, AT_REPLY))
			return;
	}
	n = SSL_get_error(c->ssl, n);
	if (n != SSL_ERROR_WANT_READ && n != SSL_ERROR_WANT_WRITE)
		finish(c, n == SSL_ERROR_ZERO_RETURN ? OK : RESET);
}

static void
step_tcp(struct conn *c)
{
	static char	 buf[65536];
	size_t		 len = c->ask->len;
	ssize_t		 n;

	if (cut_now(c, AT_CONNECT))
		return;
	if (!c->asked) {
		if (c->ask->cut && c->place == AT_HALF)
			len /= 2;
		n = send(c->fd, c->ask->line, len, MSG_NOSIGNAL);
		if (n == -1) {
			if (errno != EAGAIN && errno != ENOTCONN)
				finish(c, CONNECT);
			return;
		}
		c->asked = 1;
		if (cut_now(c, AT_HALF) || cut_now(c, AT_ASKED))
			return;
	}
	while ((n = recv(c->fd, buf, sizeof(buf), 0)) > 0) {
		c->crc = crc_more(c->crc, buf, (size_t)n);
		c->got += (size_t)n;
		if (cut_now(c, AT_REPLY))
			return;
	}
	if (n == -1 && errno == EAGAIN)
		return;
	finish(c, n == 0 ? OK : RESET);
}

int
main(int argc, char **argv)
{
	struct epoll_event	 evs[256];
	struct conn		*c;
	double			 begin, limit, all;
	size_t			 i, conns, bad;
	uint32_t		 k, v;
	int			 n;

	if (argc < 8) {
		fprintf(stderr, "usage: mix ADDR GEMINI_PORT GOPHER_PORT "
		    "LIST CONNS COUNT SECONDS [EVERY]\n");
		return 2;
	}
	for (i = 0; i < 2; i++) {
		at[i].sin_family = AF_INET;
		at[i].sin_port = htons((uint16_t)atoi(argv[i == 1 ? 2 : 3]));
		if (inet_pton(AF_INET, argv[1], &at[i].sin_addr) != 1 ||
		    (ntohl(at[i].sin_addr.s_addr) >> 24) != 127) {
			fprintf(stderr, "mix: %s: want 127.x.y.z\n", argv[1]);
			return 2;
		}
	}
	for (k = 0; k < 256; k++) {
		for (v = k, n = 0; n < 8; n++)
			v = v & 1 ? 0xedb88320U ^ v >> 1 : v >> 1;
		table[k] = v;
	}
	read_list(argv[4]);
	count = (size_t)atol(argv[6]);
	if ((took = calloc(count + 1, sizeof(*took))) == NULL)
		return 2;
	conns = (size_t)atol(argv[5]);
	limit = atof(argv[7]);
	every = argc > 8 && atol(argv[8]) > 0 ? (size_t)atol(argv[8]) : count;
	ctx = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_read_ahead(ctx, 1);
	signal(SIGPIPE, SIG_IGN);
	ep = epoll_create1(0);
	begin = now();
	for (i = 0; i < conns; i++)
		open_one();
	while (ended < count && now() - begin < limit) {
		n = epoll_wait(ep, evs, 256, 100);
		for (i = 0; n > 0 && i < (size_t)n; i++) {
			c = evs[i].data.ptr;
			if (c->ssl != NULL)
				step_tls(c);
			else
				step_tcp(c);
		}
	}
	all = now() - begin;
	ends[LATE] = count - ended;
	bad = count - ends[OK] - ends[CUT];
	qsort(took, ends[OK], sizeof(*took), compare);
	printf("{\"count\": %zu, \"seconds\": %.1f, \"rps\": %.0f, "
	    "\"gemini\": %zu, \"gopher\": %zu, \"bytes\": %llu, "
	    "\"p50_ms\": %.3f, \"p99_ms\": %.3f, \"errors\": %zu", ended, all, (double)ended / all, by_proto[1],
	    by_proto[0], (unsigned long long)bytes,
	    took[ends[OK] / 2] * 1e3, took[ends[OK] * 99 / 100] * 1e3, bad);
	for (i = CUT; i < WHY_MAX; i++)
		printf(", \"%s\": %zu", why_name[i], ends[i]);
	printf("}\n");
	return bad == 0 ? 0 : 1;
}
