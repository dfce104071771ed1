/* SPDX-License-Identifier: ISC */
/*
 * Sends a reply.  For TLS it is encrypted record by record, straight from the
 * service's memory and only as far as the socket takes it.  So a slow reader
 * costs one round of records, not a copy of the page.  How large a record and
 * a round are follows from what the system has measured of the line, which a
 * peer can make worse, but not better than it is.  The peer can read slowly
 * or not at all, and conn.c and evict.c watch for that.
 */
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <netinet/in.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#ifdef __linux__
#include <linux/sockios.h>
#include <linux/tcp.h>		/* libc's struct tcp_info is shorter */
#endif

#include <tls.h>

#include "net/inner.h"
#include "net/tls.h"

#define ONE_RECORD	4096		/* a reply up to this is one TLS
					   record */
#define SMALL_RECORD	1400		/* plain bytes that fit a segment */
#define BIG_RECORD	16384
#define SMALL_ROUND	8192		/* plain bytes of one send() */
#define BIG_ROUND	32768
#define MOST_ROUND	(7 * BIG_RECORD)	/* encrypted, less than TX_SIZE */
#define PROVEN		16384		/* after so many were acknowledged,
					   records grow */
#define ASK_EVERY	65536		/* bytes between two TCP_INFO */
/*
 * A line with so short a round trip carries a large record at once: in that
 * time two packets passed that carried nothing.
 */
#define NEAR_US		2000
#define NEAR_MS		250		/* from accept() to the reply, at most */
#define RECORD_MAX	(BIG_RECORD + 256)	/* with all that TLS adds */

static void	 want_event(struct conn *);
static void	 on_writable(evutil_socket_t, short, void *);
static ssize_t	 raw_send(struct conn *, const uint8_t *, size_t,
		    int last);
static void	 look_at_line(struct conn *);
static size_t	 next_record(struct conn *, const uint8_t **);
static void	 encrypt_round(struct conn *);
static enum conn_want reply_tls(struct conn *);
static size_t	 next_plain(struct conn *, const uint8_t **);
static enum conn_want reply_plain(struct conn *);
static void	 finish(struct conn *);

/* libtls writes through this; encrypt_round() stops before tx is full. */
ssize_t
send_tls(struct tls *tls, const void *data, size_t n, void *arg)
{
	struct conn	*c = arg;
	struct loop	*l = c->loop;

	(void)tls;
	if (c->ending)		/* the buffer is another connection's */
		return (ssize_t)n;
	if (n > TX_SIZE - l->tx_len)
		return TLS_WANT_POLLOUT;
	memcpy(l->tx + l->tx_len, data, n);
	l->tx_len += n;
	return (ssize_t)n;
}

/* The socket is full.  Most connections never come here. */
static void
want_event(struct conn *c)
{
	c->slow = 1;
	if (c->wev != NULL)
		return;
	c->wev = event_new(c->loop->base, c->fd, EV_WRITE | EV_ET |
	    EV_PERSIST, on_writable, c);
	if (c->wev == NULL || event_add(c->wev, NULL) == -1)
		c->broken = 1;
}

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what;
	conn_run(arg);
}

/*
 * Send bytes.  How many the system took; 0: the socket is full; -1: broken.
 * last: only the shutdown follows, and at once, so the system may keep the end
 * of the data back and send both in one segment.
 */
static ssize_t
raw_send(struct conn *c, const uint8_t *data, size_t n, int last)
{
	ssize_t	 w;

	do
		w = send(c->fd, data, n, MSG_NOSIGNAL | (last ? MSG_MORE :
		    0));
	while (w == -1 && errno == EINTR);
	if (w == -1 && errno != EAGAIN) {
		c->broken = 1;
		return -1;
	}
	if (w <= 0) {
		want_event(c);
		return 0;
	}
	c->sent += (uint64_t)w;
	c->progress = c->loop->now;
	c->loop->counts->bytes += (uint64_t)w;
	return w;
}

int
send_flush(struct conn *c)
{
	struct loop	*l = c->loop;
	uint8_t		*rest, *at = l->tx;
	ssize_t		 w;
	size_t		 left;

	while (c->pend != NULL) {
		if ((w = raw_send(c, c->pend + c->pend_pos, c->pend_len -
		    c->pend_pos, c->closing)) <= 0)
			break;
		c->pend_pos += (uint32_t)w;
		if (c->pend_pos == c->pend_len) {
			free(c->pend);
			c->pend = NULL;
		}
	}
	while (c->pend == NULL && l->tx_len > 0) {
		left = l->tx_len - (size_t)(at - l->tx);
		if (left == 0) {
			l->tx_len = 0;
			return 1;
		}
		if ((w = raw_send(c, at, left, c->closing)) <= 0)
			break;
		at += w;
	}
	if (l->tx_len == 0)
		return c->pend == NULL;
	/*
	 * The next connection will use the shared buffer: keep what is left in
	 * it.
	 */
	left = l->tx_len - (size_t)(at - l->tx);
	if (c->pend != NULL) {
		memmove(c->pend, c->pend + c->pend_pos,
		    c->pend_len - c->pend_pos);
		c->pend_len -= c->pend_pos;
		c->pend_pos = 0;
	} else
		c->pend_len = c->pend_pos = 0;
	if ((rest = realloc(c->pend, c->pend_len + left)) == NULL) {
		c->broken = 1;
		return 0;
	}
	memcpy(rest + c->pend_len, at, left);
	c->pend = rest;
	c->pend_len += (uint32_t)left;
	l->tx_len = 0;
	return 0;
}

size_t
send_queued(struct conn *c)
{
	int	 left = 0;

#ifdef SIOCOUTQ
	if (ioctl(c->fd, SIOCOUTQ, &left) == -1)
		left = 0;
#elif defined(TIOCOUTQ)
	if (ioctl(c->fd, TIOCOUTQ, &left) == -1)
		left = 0;
#endif
	if (left < 0 || (uint64_t)left > c->sent + 1)
		left = 0;
	if ((uint64_t)left <= c->sent && c->sent - (uint64_t)left > c->acked) {
		c->acked = c->sent - (uint64_t)left;
		c->progress = c->loop->now;
	}
	return (size_t)left;
}

/*
 * 1: too slow.  Without this limit a reader who takes a byte now and then would
 * keep its place for ever.
 */
int
send_drips(struct conn *c)
{
	const struct loop_limits	*limits = &c->loop->limits;
	uint64_t			 ms = c->loop->now - c->span_began;

	if (limits->reply_rate == 0 ||
	    ms < (uint64_t)limits->reply_span * 1000)
		return 0;
	if ((c->acked - c->span_acked) * 1000 < limits->reply_rate * ms)
		return 1;
	c->span_began = c->loop->now;
	c->span_acked = c->acked;
	return 0;
}

#ifdef __linux__
/*
 * Is the reader close by?  Of a proxy's reader the proxy's line says nothing.
 * A tunnel on this machine names nobody, but the reader behind it needs longer
 * for its part of the handshake and its request.  A reply that is resumed never
 * counts as near: a mirror keeps what arrived of it.
 */
static int
is_near(const struct conn *c, const struct tcp_info *ti)
{
	return !c->by_proxy && !c->reply.resumes && ti->tcpi_min_rtt > 0 &&
	    ti->tcpi_min_rtt <= NEAR_US &&
	    c->loop->now - c->began <= NEAR_MS;
}

/* As much in one call as the line may carry before it waits for an answer. */
static uint32_t
round_of(const struct tcp_info *ti)
{
	uint64_t	 n = (uint64_t)ti->tcpi_snd_cwnd * ti->tcpi_snd_mss;

	return n < BIG_ROUND ? BIG_ROUND : n > MOST_ROUND ? MOST_ROUND :
	    (uint32_t)n;
}
#endif

/*
 * Choose the size of records.  They are small until the reader has acknowledged
 * PROVEN bytes: a small record can be read as soon as its segment has arrived,
 * so a line that breaks has delivered what it carried.  Later a record is what
 * the line carries in an eighth of a second.  Only a reader close by gets large
 * records from the first on, unless the reply is one that a mirror resumes.
 */
static void
look_at_line(struct conn *c)
{
#ifdef __linux__
	struct tcp_info	 ti;
	socklen_t	 len = sizeof(ti);
	uint64_t	 rate;

	if (c->proven && c->sent - c->asked_info < ASK_EVERY)
		return;
	c->asked_info = c->sent;
	memset(&ti, 0, sizeof(ti));
	if (getsockopt(c->fd, IPPROTO_TCP, TCP_INFO, &ti, &len) == -1)
		return;
	if (ti.tcpi_bytes_acked < PROVEN && !is_near(c, &ti))
		return;
	rate = ti.tcpi_delivery_rate / 8;
	if (!c->proven && is_near(c, &ti))
		rate = BIG_RECORD;
	c->proven = 1;
	c->round = round_of(&ti);
	c->record = rate < SMALL_RECORD ? SMALL_RECORD :
	    rate > BIG_RECORD ? BIG_RECORD : (uint32_t)rate;
#else
	if (send_queued(c) + PROVEN <= c->sent) {
		c->proven = 1;
		c->round = BIG_ROUND;
		c->record = BIG_RECORD;
	}
#endif
}

/* The plain bytes of the next record.  The first one joins head and body. */
static size_t
next_record(struct conn *c, const uint8_t **at)
{
	struct conn_reply	*r = &c->reply;
	size_t			 total = r->headlen + r->bodylen, n, part;

	n = total <= ONE_RECORD ? total : c->record;
	if (n > total - c->given)
		n = total - c->given;
	if (c->given >= r->headlen) {
		*at = r->body + (c->given - r->headlen);
		return n;
	}
	part = r->headlen - c->given;
	if (part > n)
		part = n;
	memcpy(c->loop->stage, r->head + c->given, part);
	if (n > part)
		memcpy(c->loop->stage + part, r->body, n - part);
	*at = c->loop->stage;
	return n;
}

/*
 * Before the first reply: a ticket for a client that comes again.  Replies that
 * a mirror resumes are for programs that ask rarely.
 */
static void
meet(struct conn *c)
{
	struct loop_counts	*n = c->loop->counts;

	switch (ticket_meet(tlsctx_desk(c->svc->tls), &c->ticket)) {
	case TICKET_GIVEN:
		n->tickets++;
		break;
	case TICKET_USED:
		n->resumed++;
		break;
	case TICKET_FAILED:
		c->broken = 1;
		break;
	default:
		break;
	}
}

static void
encrypt_round(struct conn *c)
{
	struct loop	*l = c->loop;
	const uint8_t	*at;
	size_t		 total = c->reply.headlen + c->reply.bodylen;
	size_t		 n, sum = 0, most;
	ssize_t		 w;

	if (c->record == 0)
		c->record = SMALL_RECORD;
	if (c->given == 0 && !c->reply.resumes)
		meet(c);
	if (total > ONE_RECORD)
		look_at_line(c);
	most = c->slow ? SMALL_ROUND : c->proven ? c->round :
	    c->given == 0 ? PROVEN : SMALL_ROUND;
	while (c->given < total && sum < most &&
	    TX_SIZE - l->tx_len > RECORD_MAX) {
		n = next_record(c, &at);
		if ((w = tls_write(c->tls, at, n)) < 0) {
			c->broken = 1;
			return;
		}
		c->given += (uint64_t)w;
		sum += (size_t)w;
	}
	if (c->given == total && c->reply.next == 0) {
		tls_close(c->tls);
		c->closing = 1;
	}
}

/*
 * The system has taken the whole reply: give back what it needed.  A connection
 * that may go on waits for the next request, unless this process is to end.
 */
static void
finish(struct conn *c)
{
	c->answered = 0;
	c->svc->ended(c->svc->arg, c, &c->reply, END_DONE);
	if (c->reply.next > 0 && !c->loop->deaf) {
		c->given = 0;
		conn_enter(c, ST_REQUEST);
		return;
	}
	if (c->tls != NULL)
		tls_free(c->tls);
	c->tls = NULL;
	conn_enter(c, ST_GOODBYE);
}

static enum conn_want
reply_tls(struct conn *c)
{
	for (;;) {
		if (!send_flush(c))
			return c->broken ? WANT_DONE : WANT_WRITE;
		if (c->closing || (c->reply.next > 0 && c->given ==
		    c->reply.headlen + c->reply.bodylen))
			return WANT_READ;
		encrypt_round(c);
		if (c->broken)
			return WANT_DONE;
	}
}

/*
 * The next bytes that one call can send: the rest of the head with as much of
 * the body as fits beside it in the stage, or the rest of the body where it
 * lies.
 */
static size_t
next_plain(struct conn *c, const uint8_t **at)
{
	struct conn_reply	*r = &c->reply;
	size_t			 part, n;

	if (c->given >= r->headlen) {
		*at = r->body + (c->given - r->headlen);
		return r->headlen + r->bodylen - c->given;
	}
	*at = r->head + c->given;
	part = r->headlen - c->given;
	if (part >= STAGE_SIZE || r->bodylen == 0)
		return part;
	n = r->bodylen < STAGE_SIZE - part ? r->bodylen : STAGE_SIZE - part;
	memcpy(c->loop->stage, *at, part);
	memcpy(c->loop->stage + part, r->body, n);
	*at = c->loop->stage;
	return part + n;
}

static enum conn_want
reply_plain(struct conn *c)
{
	struct conn_reply	*r = &c->reply;
	const uint8_t		*at;
	ssize_t			 w;
	size_t			 n;

	while (c->given < r->headlen + r->bodylen) {
		n = next_plain(c, &at);
		if ((w = raw_send(c, at, n, c->reply.next == 0)) <=
		    0)
			return w == 0 && !c->broken ? WANT_WRITE : WANT_DONE;
		c->given += (uint64_t)w;
	}
	return WANT_READ;
}

enum conn_want
send_reply(struct conn *c)
{
	enum conn_want	 want;

	want = c->tls != NULL ? reply_tls(c) : reply_plain(c);
	if (want == WANT_READ)
		finish(c);
	return want;
}
