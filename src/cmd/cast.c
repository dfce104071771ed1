/* SPDX-License-Identifier: ISC */
/*
 * apeng cast: send the letters of packages again and again over a line on which
 * nobody can answer: datagrams to an address or a multicast group, or KISS
 * frames to standard output, for a radio's modem.  It reads nothing from the
 * line, so no peer can send it anything.  The packages are not proven here;
 * whoever receives a letter proves it.
 */
#include <sys/socket.h>

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "mirror/cast.h"
#include "net/addr.h"
#include "net/udp.h"
#include "package/index.h"
#include "package/letter.h"
#include "package/offer.h"
#include "package/store.h"
#include "proto/kiss.h"

#define DELTAS		2		/* older editions, by default */
#define DELTAS_MAX	STORE_EDITIONS
#define FRAME		200		/* bytes */
#define RATE		9600		/* bits a second */
#define UDP_OVER	28		/* bytes of IPv4 and UDP */

/* The options, and the line that they name. */
struct cast_cli {
	const char	*to, *call;	/* ADDR:PORT, a call sign; or NULL */
	uint64_t	 frame, rate, count, deltas, hops;
	int		 kiss;		/* 1: KISS frames, not datagrams */
	int		 fd;		/* socket, or standard output */
	uint8_t		 ax25[AX25_HEADER];
	size_t		 ax25_len;
};

enum {
	OPT_TO = 256, OPT_KISS, OPT_CALL, OPT_FRAME, OPT_RATE, OPT_COUNT,
	OPT_DELTAS, OPT_HOPS, OPT_HELP
};

static const struct option	 options[] = {
	{ "to",		required_argument,	NULL, OPT_TO },
	{ "kiss",	no_argument,		NULL, OPT_KISS },
	{ "call",		required_argument,	NULL, OPT_CALL },
	{ "frame",	required_argument,	NULL, OPT_FRAME },
	{ "rate",	required_argument,	NULL, OPT_RATE },
	{ "count",	required_argument,	NULL, OPT_COUNT },
	{ "deltas",	required_argument,	NULL, OPT_DELTAS },
	{ "hops",	required_argument,	NULL, OPT_HOPS },
	{ "help",	no_argument,		NULL, OPT_HELP },
	{ NULL,		0,			NULL, 0 }
};

static volatile sig_atomic_t	 stopped;

static void
on_signal(int sig)
{
	(void)sig;
	stopped = 1;
}

/*
 * Add to the cast the full letter of a package and a delta letter from each of
 * its last `deltas' editions.  -1: see e.
 */
static int
add_package(struct cast *c, const char *gpub, size_t deltas, struct err *e)
{
	struct edition	 ed[DELTAS_MAX];
	struct letter	 l;
	struct buf	 from = BUF_INIT;
	size_t		 i, n;
	int		 rv = 0;

	n = letter_bases(gpub, ed, deltas);
	for (i = 0; i <= n && rv == 0; i++) {
		buf_reset(&from);
		if (i < n)
			edition_write(&ed[i], &from);
		else
			buf_str(&from, "-");
		rv = letter_make(&l, gpub, from.data, LETTER_TEXT, e);
		if (rv == 0)
			rv = cast_add(c, l.head.id, l.head.serial,
			    (uint8_t *)l.bytes.data, l.bytes.len, e);
		if (rv == 0)
			fprintf(stderr, "apeng cast: %s, edition %" PRIu64
			    " from %s: %zu bytes, %u frames\n", l.head.id,
			    l.head.serial, i < n ? from.data : "nothing",
			    l.bytes.len, cast_symbols(c));
		letter_free(&l);
	}
	buf_free(&from);
	return rv;
}

/* Wait until the bytes sent so far are due at this rate. */
static void
keep_pace(const struct cast_cli *a, uint64_t began, uint64_t sent)
{
	struct timespec	 ts;
	uint64_t	 due, now;

	if (a->rate == 0)
		return;
	due = began + sent * 8 * 1000 / a->rate;
	if ((now = clock_mono_ms()) >= due)
		return;
	ts.tv_sec = (time_t)((due - now) / 1000);
	ts.tv_nsec = (long)((due - now) % 1000) * 1000000;
	nanosleep(&ts, NULL);		/* a signal ends it and then run() */
}

/*
 * Send one frame, with the part in b.  Returns the bytes on the line;
 * -1: see e.
 */
static ssize_t
send_frame(const struct cast_cli *a, const struct buf *b, struct err *e)
{
	struct buf	 raw = BUF_INIT, out = BUF_INIT;
	ssize_t		 n = -1;

	if (!a->kiss) {
		do
			n = send(a->fd, b->data, b->len, 0);
		while (n == -1 && errno == EINTR && !stopped);
		/* Nobody listens, the queue is full, or a signal: go on. */
		if (n == -1 && (errno == ECONNREFUSED || errno == ENOBUFS ||
		    errno == EINTR))
			n = (ssize_t)b->len;
		if (n == -1)
			err_sys(e, "udp://%s", a->to);
		return n == -1 ? -1 : n + UDP_OVER;
	}
	buf_add(&raw, a->ax25, a->ax25_len);
	buf_add(&raw, b->data, b->len);
	if (buf_ok(&raw))
		kiss_write(&out, (uint8_t *)raw.data, raw.len);
	if (!buf_ok(&raw) || !buf_ok(&out))
		err_nomem(e);
	else if (file_write_all(a->fd, out.data, out.len) == -1)
		err_sys(e, "standard output");
	else
		n = (ssize_t)out.len;
	buf_free(&raw);
	buf_free(&out);
	return n;
}

static int
run(const struct cast_cli *a, struct cast *c, struct err *e)
{
	struct buf	 b = BUF_INIT;
	uint64_t	 began = clock_mono_ms(), sent = 0, frames;
	ssize_t		 n = 0;

	for (frames = 0; !stopped && (a->count == 0 || frames < a->count);
	    frames++) {
		buf_reset(&b);
		cast_next(c, &b);
		if (!buf_ok(&b)) {
			err_nomem(e);
			n = -1;
		} else
			n = send_frame(a, &b, e);
		if (n == -1)
			break;
		sent += (uint64_t)n;
		keep_pace(a, began, sent);
	}
	buf_free(&b);
	fprintf(stderr, "apeng cast: %" PRIu64 " frames, %" PRIu64
	    " bytes\n", frames, sent);
	return n == -1 ? -1 : 0;
}

static int
number(const char *s, uint64_t min, uint64_t max, uint64_t *out)
{
	char		*end;

	errno = 0;
	*out = strtoull(s, &end, 10);
	if (*s >= '0' && *s <= '9' && *end == '\0' && errno == 0 &&
	    *out >= min && *out <= max)
		return 0;
	fprintf(stderr, "apeng cast: \"%s\", want a number from %" PRIu64
	    " to %" PRIu64 "\n", s, min, max);
	return -1;
}

/* Take one option.  0; -1: the user was told why not; 1: help or usage. */
static int
take(struct cast_cli *a, int c)
{
	switch (c) {
	case OPT_TO:
		a->to = optarg;
		return 0;
	case OPT_KISS:
		a->kiss = 1;
		return 0;
	case OPT_CALL:
		a->kiss = 1;
		a->call = optarg;
		a->ax25_len = sizeof(a->ax25);
		if (ax25_header(optarg, a->ax25) == 0)
			return 0;
		fprintf(stderr, "apeng cast: \"%s\", want a call sign such as "
		    "DB0ABC or DB0ABC-7\n", optarg);
		return -1;
	case OPT_FRAME:
		return number(optarg, CAST_FRAME_MIN, CAST_FRAME_MAX,
		    &a->frame);
	case OPT_RATE:
		return number(optarg, 0, UINT32_MAX, &a->rate);
	case OPT_COUNT:
		return number(optarg, 1, UINT32_MAX, &a->count);
	case OPT_DELTAS:
		return number(optarg, 0, DELTAS_MAX, &a->deltas);
	case OPT_HOPS:
		return number(optarg, 1, 255, &a->hops);
	}
	return 1;
}

/* 0; -1: the exit status is *status. */
static int
parse(struct cast_cli *a, int argc, char **argv, int *status)
{
	int		 c, rv;

	*status = STATUS_CANNOT;
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if ((rv = take(a, c)) == 1)
			*status = c == OPT_HELP ? cmd_help() : cmd_usage();
		if (rv != 0)
			return -1;
	}
	if (argc == optind || (a->to == NULL) == (a->kiss == 0)) {
		*status = cmd_usage();
		return -1;
	}
	return 0;
}

static int
open_line(struct cast_cli *a, struct err *e)
{
	struct net_addr	 to;

	a->fd = STDOUT_FILENO;
	if (a->kiss)
		return 0;
	if (addr_parse(a->to, 0, &to, e) == -1)
		return -1;
	if (to.port == 0) {
		err_cannot(e, "--to %s: want an address and a port", a->to);
		return -1;
	}
	return (a->fd = udp_sender(&to, (unsigned)a->hops, e)) == -1 ? -1 : 0;
}

int
cmd_cast(int argc, char **argv)
{
	struct cast_cli	 a = { .frame = FRAME, .rate = RATE, .hops = 1,
			     .deltas = DELTAS };
	struct sigaction sa = { .sa_handler = on_signal };
	struct cast	*c;
	struct err	 e;
	int		 i, status, rv;

	if (parse(&a, argc, argv, &status) == -1)
		return status;
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
	if ((c = cast_new((size_t)a.frame, PART_NUMBER_MAX)) == NULL) {
		err_nomem(&e);
		return cmd_fail(&e);
	}
	rv = open_line(&a, &e);
	for (i = optind; i < argc && rv == 0; i++)
		rv = add_package(c, argv[i], (size_t)a.deltas, &e);
	if (rv == 0)
		rv = run(&a, c, &e);
	cast_free(c);
	return rv == 0 ? STATUS_DONE : cmd_fail(&e);
}
