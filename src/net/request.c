/* SPDX-License-Identifier: ISC */
/*
 * What a client sends before its reply: a proxy's header, then one request.
 * Nearly every request comes in one piece and stays in a buffer that all
 * connections share; memory of its own is taken only for a request in several
 * pieces.
 *
 * A stranger sends these bytes: they are bounded by request_max, and conn.c
 * watches the deadline.
 */
#include <sys/socket.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <tls.h>

#include "base/clock.h"
#include "net/inner.h"

/*
 * A buffer for a request that comes in pieces; free ones are kept in a chain.
 */
static uint8_t *
part_new(struct loop *l)
{
	uint8_t	*p = l->parts;

	if (p == NULL)
		return malloc(PART_SIZE);
	memcpy(&l->parts, p, sizeof(l->parts));
	return p;
}

static void
part_free(struct loop *l, uint8_t *p)
{
	memcpy(p, &l->parts, sizeof(l->parts));
	l->parts = p;
}

/* What is kept of a request is not needed any more. */
void
part_drop(struct conn *c)
{
	if (c->part_is_big)
		free(c->part);
	else if (c->part != NULL)
		part_free(c->loop, c->part);
	c->part = NULL;
	c->part_is_big = 0;
	c->part_len = 0;
}

/*
 * Make c->part hold len bytes.  It becomes CONN_REQUEST_MAX bytes long only for
 * a protocol with long requests, and only when its client has sent so much.
 */
static int
part_room(struct conn *c, size_t len)
{
	uint8_t	*big;

	if (c->part == NULL && (c->part = part_new(c->loop)) == NULL)
		return -1;
	if (c->part_is_big || len <= PART_SIZE)
		return len <= CONN_REQUEST_MAX ? 0 : -1;
	if (len > CONN_REQUEST_MAX || (big = malloc(CONN_REQUEST_MAX)) ==
	    NULL)
		return -1;
	memcpy(big, c->part, c->part_len);
	part_free(c->loop, c->part);
	c->part = big;
	c->part_is_big = 1;
	return 0;
}

/* Keep a piece of a header or request until the next one is there. */
static int
request_keep(struct conn *c, const uint8_t *data, size_t n)
{
	if (part_room(c, c->part_len + n) == -1)
		return -1;
	memcpy(c->part + c->part_len, data, n);
	c->part_len = (uint16_t)(c->part_len + n);
	return 0;
}

/*
 * Read the header of a proxy, which comes before everything else.  Bytes behind
 * it in the same segment stay in the shared buffer for the next state.
 */
enum conn_want
conn_proxy(struct conn *c)
{
	struct loop	*l = c->loop;
	size_t		 had, take;
	ssize_t		 n;

	do {		/* if the peer has closed, no second event tells of
			   it */
		if (!conn_fill(c))
			return c->eof ? WANT_DONE : WANT_READ;
		had = c->part_len;
		take = l->rx_len - l->rx_pos;
		if (take > PART_SIZE - had)
			take = PART_SIZE - had;
		if (take == 0 ||
		    request_keep(c, l->rx + l->rx_pos, take) == -1)
			return WANT_DONE;
		n = c->svc->proxy(c->svc->arg, c->part, c->part_len,
		    &c->peer);
		if (n < 0)
			return WANT_DONE;
		l->rx_pos += n > 0 ? (size_t)n - had : take;
	} while (n == 0);
	part_drop(c);
	return conn_admit(c) == -1 ? WANT_DONE : WANT_READ;
}

/* Bytes of the request; 0: the peer has ended; -1: wait; -2: TLS has failed. */
static ssize_t
request_read(struct conn *c, uint8_t *to, size_t room)
{
	struct loop	*l = c->loop;
	ssize_t		 n;

	if (c->tls == NULL) {
		if (!conn_fill(c))
			return c->eof ? 0 : -1;
		if (room > l->rx_len - l->rx_pos)
			room = l->rx_len - l->rx_pos;
		memcpy(to, l->rx + l->rx_pos, room);
		l->rx_pos += room;
		return (ssize_t)room;
	}
	n = tls_read(c->tls, to, room);
	if (n == TLS_WANT_POLLIN || n == TLS_WANT_POLLOUT)
		return c->eof ? 0 : -1;
	return n >= 0 ? n : -2;
}

/*
 * The reply is there.  Send it, or busy() when it is long and no place is left.
 */
static enum conn_want
reply_begin(struct conn *c)
{
	if (evict_for(c) == -1) {
		c->loop->counts->turned_away++;
		if (c->svc->busy(c->svc->arg, c, &c->reply) == -1)
			return WANT_DONE;
	}
	conn_enter(c, ST_REPLY);
	return WANT_WRITE;
}

/*
 * A connection that stays open must not hold a small reply back until the one
 * before is acknowledged.
 */
static void
keep(struct conn *c)
{
	int	 on = 1;

	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	c->kept = 1;
}

/*
 * A whole request was in the first of len bytes at `at', and the service has
 * answered it, or will do so later.  Bytes behind it are kept if the client may
 * ask again: they are the next request.
 */
static enum conn_want
request_end(struct conn *c, const uint8_t *at, size_t len, int later)
{
	size_t	 next = c->reply.next;

	c->answered = 1;
	c->loop->counts->requests++;
	part_drop(c);
	if (next > 0 && !c->kept)
		keep(c);
	if (next > 0 && next < len) {
		if (request_keep(c, at + next, len - next) == -1)
			return WANT_DONE;
		c->untried = 1;
	}
	if (!later)
		return reply_begin(c);
	conn_enter(c, ST_WORK);
	return WANT_READ;
}

/*
 * The answer is being worked on.  A peer that has closed its side may still
 * read it; one whose connection is broken cannot.
 */
enum conn_want
conn_work(struct conn *c)
{
	uint8_t	 b;

	if (c->hup && recv(c->fd, &b, 1, MSG_PEEK) == -1 && errno != EAGAIN)
		return WANT_DONE;
	return WANT_READ;
}

void
conn_answer(struct conn *c, const struct conn_reply *r)
{
	c->loop->now = clock_mono_ms();
	if (r != NULL)
		c->reply = *r;
	if (r == NULL || reply_begin(c) == WANT_DONE)
		conn_drop(c);
	else
		conn_run(c);
}

enum conn_want
conn_request(struct conn *c)
{
	const struct service	*svc = c->svc;
	uint8_t			*at = c->loop->stage;
	size_t			 len = c->part_len;
	ssize_t			 n;
	int			 rv;

	if (c->wait == WAIT_TURN)
		return WANT_READ;
	/*
	 * Nearly every request comes in one piece and needs no memory of its
	 * own.
	 */
	if (len > 0)
		memcpy(at, c->part, len);
	for (;;) {
		n = c->untried ? 0 : request_read(c, at + len,
		    svc->request_max - len);
		if ((n == 0 && !c->untried) || n == -2)
			return WANT_DONE;
		if (n == -1)
			break;
		if (c->wait == WAIT_KEPT)
			conn_asks(c);
		len += (size_t)n;
		c->untried = 0;
		rv = svc->answer(svc->arg, c, at, len, &c->reply);
		if (rv > 0)
			return request_end(c, at, len, rv == 2);
		if (rv == -1 || len >= svc->request_max)
			return WANT_DONE;
	}
	if (len > c->part_len && request_keep(c, at + c->part_len,
	    len - c->part_len) == -1)
		return WANT_DONE;
	return WANT_READ;
}
