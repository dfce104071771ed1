/* SPDX-License-Identifier: ISC */
/*
 * A bad line in user space: a TCP proxy that delays, cuts and changes bytes as
 * its options say.
 *
 * linksim [-r BITS] [-l MS] [-c BYTES] [-C MS] [-s BYTES:MS] [-f POS]...
 *	[-F BYTES] [-a ADDR] [-p PORT] HOST:PORT
 *
 *	-r  bits a second, shared by all connections, each way (8 a byte)
 *	-l  round trip, milliseconds; a new connection waits for one, as in TCP
 *	-c  cut each connection after so many bytes towards the client
 *	-C  cut all connections every so many milliseconds
 *	-s  send nothing for MS after every so many bytes towards the client
 *	-f  flip a bit of this byte of all bytes towards the client, once
 *	-F  flip a bit of one byte in so many towards the client
 *	-a  listen at this address (127.0.0.1), -p at this port (a free one)
 *
 * Prints `ready PORT'.  SIGTERM and SIGINT end it after one line of JSON with
 * the payload bytes delivered each way.  SIGUSR1 prints the same line and
 * begins to count anew.
 */
#include <sys/socket.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define CONNS	64
#define CHUNK	1460
#define CHUNKS	16		/* on the line, each way */
#define FLIPS	16

struct chunk {
	double	due;		/* ms */
	size_t	len, at;	/* at: bytes delivered; len 0: the end */
	char	data[CHUNK];
};

struct way {
	int		from, to;
	struct chunk	q[CHUNKS];
	unsigned	head, n;
	int		ended;		/* nothing more will be read */
	int		closed;		/* the end was delivered, too */
};

struct conn {
	int		used;
	struct way	up, down;
	double		open_at;	/* ms: when its handshake is over */
	unsigned long	since_cut;
};

static double		 rate, rtt, cut_ms, next_cut;
static unsigned long	 cut_bytes, stall_bytes, stall_ms, flip_every;
static unsigned long	 flips[FLIPS], nflip;
static double		 line_free[2];		/* up, down */
static unsigned long	 up, down, total_down, cuts, opened, flipped;
static double		 began;
static struct conn	 conns[CONNS];
static struct sockaddr_in target;
static volatile sig_atomic_t quit, report;

static double	 now_ms(void);
static void	 on_signal(int);
static void	 print_report(void);
static void	 drop(struct conn *);
static void	 accept_one(int);
static void	 read_way(struct conn *, struct way *, int);
static int	 write_way(struct conn *, struct way *, int);
static double	 wake(void);
static void	 run(int);

static double
now_ms(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1000 + (double)ts.tv_nsec / 1e6;
}

static void
on_signal(int sig)
{
	if (sig == SIGUSR1)
		report = 1;
	else
		quit = 1;
}

static void
print_report(void)
{
	printf("{\"up\": %lu, \"down\": %lu, \"connections\": %lu, "
	    "\"cuts\": %lu, \"flipped\": %lu, \"seconds\": %.2f}\n",
	    up, down, opened, cuts, flipped, (now_ms() - began) / 1000);
	fflush(stdout);
	up = down = opened = cuts = flipped = 0;
	began = now_ms();
}

/*
 * Close a connection; its undelivered bytes are lost and no longer use the
 * line.
 */
static void
drop(struct conn *c)
{
	struct way	*w;
	double		 t;
	int		 dir;

	if (!c->used)
		return;
	close(c->up.from);
	close(c->up.to);
	c->used = 0;
	line_free[0] = line_free[1] = 0;
	for (c = conns; c < conns + CONNS; c++) {
		for (dir = 0; c->used && dir < 2; dir++) {
			w = dir == 0 ? &c->up : &c->down;
			if (w->n == 0)
				continue;
			t = w->q[(w->head + w->n - 1) % CHUNKS].due - rtt / 2;
			if (t > line_free[dir])
				line_free[dir] = t;
		}
	}
}

static void
accept_one(int fd)
{
	struct conn	*c;
	int		 a, b, on = 1, small = 4096;

	if ((a = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) == -1)
		return;
	for (c = conns; c < conns + CONNS && c->used; c++)
		;
	b = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c == conns + CONNS || b == -1) {
		close(a);
		if (b != -1)
			close(b);
		return;
	}
	setsockopt(b, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	if (connect(b, (struct sockaddr *)&target, sizeof(target)) == -1) {
		close(a);
		close(b);
		return;
	}
	setsockopt(a, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(b, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	fcntl(b, F_SETFL, O_NONBLOCK);
	memset(c, 0, sizeof(*c));
	c->used = 1;
	c->up.from = c->down.to = a;
	c->up.to = c->down.from = b;
	c->open_at = now_ms() + rtt;
	opened++;
}

/* Read bytes from one end and put them on the line. */
static void
read_way(struct conn *c, struct way *w, int dir)
{
	struct chunk	*k;
	double		 t = now_ms();
	size_t		 want = CHUNK;
	ssize_t		 n;

	/* Small pieces on a slow line, so that bytes arrive evenly. */
	if (rate > 0) {
		want = (size_t)(rate / 8 / 20);
		want = want < 32 ? 32 : want > CHUNK ? CHUNK : want;
	}
	k = &w->q[(w->head + w->n) % CHUNKS];
	n = read(w->from, k->data, want);
	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		n = 0;
		w->ended = 1;
	}
	if (t < c->open_at)
		t = c->open_at;
	if (line_free[dir] > t)
		t = line_free[dir];
	if (rate > 0)
		t += (double)n * 8 * 1000 / rate;
	line_free[dir] = t;
	k->due = t + rtt / 2;
	k->len = (size_t)n;
	k->at = 0;
	w->n++;
}

/* Deliver the bytes that are due.  -1: the connection was cut or is gone. */
static int
write_way(struct conn *c, struct way *w, int dir)
{
	struct chunk	*k;
	unsigned long	 i;
	size_t		 n, j;
	ssize_t		 put;

	while (w->n > 0 && (k = &w->q[w->head])->due <= now_ms()) {
		if (k->len == 0) {
			shutdown(w->to, SHUT_WR);
			w->closed = 1;
			w->n = 0;
			break;
		}
		n = k->len - k->at;
		if (dir == 1 && cut_bytes != 0 && c->since_cut + n >
		    cut_bytes)
			n = cut_bytes - c->since_cut;
		for (j = 0; dir == 1 && j < n; j++) {
			for (i = 0; i < nflip; i++) {
				if (flips[i] == total_down + j) {
					k->data[k->at + j] ^= 0x10;
					flips[i] = (unsigned long)-1;
					flipped++;
				}
			}
			if (flip_every != 0 &&
			    (total_down + j) % flip_every == flip_every - 1) {
				k->data[k->at + j] ^= 0x10;
				flipped++;
			}
		}
		put = send(w->to, k->data + k->at, n, MSG_NOSIGNAL);
		if (put == -1 && errno == EAGAIN)
			return 0;
		if (put == -1)
			return -1;
		if (dir == 0)
			up += (size_t)put;
		else {
			if (stall_bytes != 0 && total_down / stall_bytes !=
			    (total_down + (size_t)put) / stall_bytes)
				line_free[1] = now_ms() + (double)stall_ms;
			down += (size_t)put;
			total_down += (size_t)put;
			c->since_cut += (size_t)put;
		}
		if (dir == 1 && cut_bytes != 0 && c->since_cut >= cut_bytes) {
			cuts++;
			return -1;
		}
		k->at += (size_t)put;
		if (k->at == k->len) {
			w->head = (w->head + 1) % CHUNKS;
			w->n--;
		}
	}
	return 0;
}

/* In how many ms bytes, or a cut, are due next; -1: nothing is. */
static double
wake(void)
{
	struct conn	*c;
	double		 best = -1, t, n = now_ms();

	for (c = conns; c < conns + CONNS; c++) {
		if (!c->used)
			continue;
		if (c->up.n > 0) {
			t = c->up.q[c->up.head].due - n;
			best = best < 0 || t < best ? t : best;
		}
		if (c->down.n > 0) {
			t = c->down.q[c->down.head].due - n;
			best = best < 0 || t < best ? t : best;
		}
	}
	if (cut_ms > 0 && (best < 0 || next_cut - n < best))
		best = next_cut - n;
	return best < 0 && best != -1 ? 0 : best;
}

static void
run(int lfd)
{
	struct pollfd	 p[1 + 2 * CONNS];
	struct way	*way[1 + 2 * CONNS];
	struct conn	*of[1 + 2 * CONNS], *c;
	double		 t;
	nfds_t		 n, i;

	while (!quit) {
		if (report) {
			report = 0;
			print_report();
		}
		n = 0;
		p[n++] = (struct pollfd){ .fd = lfd, .events = POLLIN };
		for (c = conns; c < conns + CONNS; c++) {
			if (!c->used)
				continue;
			for (i = 0; i < 2; i++) {
				way[n] = i == 0 ? &c->up : &c->down;
				of[n] = c;
				if (way[n]->ended || way[n]->n == CHUNKS)
					continue;
				p[n].fd = way[n]->from;
				p[n].revents = 0;
				p[n++].events = POLLIN;
			}
		}
		t = wake();
		if (poll(p, n, t < 0 ? 1000 : (int)t + 1) == -1)
			continue;
		for (i = 1; i < n; i++)
			if (p[i].revents != 0 && of[i]->used)
				read_way(of[i], way[i],
				    way[i] == &of[i]->down);
		for (c = conns; c < conns + CONNS; c++) {
			if (!c->used)
				continue;
			if (write_way(c, &c->up, 0) == -1 ||
			    write_way(c, &c->down, 1) == -1 ||
			    (c->down.closed && c->up.closed))
				drop(c);
			else if (c->down.closed)
				drop(c);	/* half-open ones are not kept */
		}
		if (cut_ms > 0 && now_ms() >= next_cut) {
			next_cut = now_ms() + cut_ms;
			for (c = conns; c < conns + CONNS; c++) {
				if (c->used) {
					cuts++;
					drop(c);
				}
			}
		}
		if (p[0].revents != 0)
			accept_one(lfd);
	}
}

int
main(int argc, char **argv)
{
	struct sockaddr_in	 me;
	struct sigaction	 sa;
	socklen_t		 len = sizeof(me);
	char			*colon;
	int			 ch, fd, port = 0, on = 1;

	memset(&me, 0, sizeof(me));
	me.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	while ((ch = getopt(argc, argv, "r:l:c:C:s:f:F:a:p:")) != -1) {
		switch (ch) {
		case 'r': rate = atof(optarg); break;
		case 'l': rtt = atof(optarg); break;
		case 'c': cut_bytes = strtoul(optarg, NULL, 10); break;
		case 'C': cut_ms = atof(optarg); break;
		case 's':
			if (sscanf(optarg, "%lu:%lu", &stall_bytes,
			    &stall_ms) != 2)
				return 2;
			break;
		case 'f':
			if (nflip < FLIPS)
				flips[nflip++] = strtoul(optarg, NULL, 10);
			break;
		case 'F': flip_every = strtoul(optarg, NULL, 10); break;
		case 'a':
			if (inet_pton(AF_INET, optarg, &me.sin_addr) != 1)
				return 2;
			break;
		case 'p': port = atoi(optarg); break;
		default: return 2;
		}
	}
	if (optind != argc - 1 ||
	    (colon = strrchr(argv[optind], ':')) == NULL) {
		fprintf(stderr, "usage: linksim [options] HOST:PORT\n");
		return 2;
	}
	*colon = '\0';
	target.sin_family = AF_INET;
	target.sin_port = htons((uint16_t)atoi(colon + 1));
	if (inet_pton(AF_INET, argv[optind], &target.sin_addr) != 1)
		return 2;
	me.sin_family = AF_INET;
	me.sin_port = htons((uint16_t)port);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (fd == -1 || bind(fd, (struct sockaddr *)&me, sizeof(me)) == -1 ||
	    listen(fd, 32) == -1 ||
	    getsockname(fd, (struct sockaddr *)&me, &len) == -1) {
		perror("linksim");
		return 2;
	}
	fcntl(fd, F_SETFL, O_NONBLOCK);
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_signal;
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	began = now_ms();
	next_cut = began + cut_ms;
	printf("ready %u\n", ntohs(me.sin_port));
	fflush(stdout);
	run(fd);
	print_report();
	return 0;
}
