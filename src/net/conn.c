/* SPDX-License-Identifier: ISC */
/*
 * One connection from accept() to close(): a state says what is waited for,
 * a list says until when.  conn_run() steps from state to state as far as the
 * bytes go; conn_drop() is the only end.  Requests come in through buffers
 * that all connections share, since only one of them runs at a time.
 *
 * Nothing here believes the peer: each state has a deadline, a request a
 * largest size, and what a peer sends after its request is thrown away.
 */
#include <sys/socket.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tls.h>

#include "base/clock.h"
#include "base/err.h"
#include "net/inner.h"
#include "net/tls.h"

#define CHUNK_CONNS	64		/* allocated at a time */
#define REPLY_MS	90000		/* at most, without progress of a
					   reply */
#define RUN_MAX		16		/* replies in a row to one connection */
#define DRAIN_MAX	(256 * 1024)	/* bytes read and thrown away at the
					   end */

struct chunk {
	struct chunk	*next;
	struct conn	 conn[CHUNK_CONNS];
};

static void		 on_event(evutil_socket_t, short, void *);
static int		 look_again(struct conn *);
static enum conn_want	 conn_goodbye(struct conn *);

/* How long a connection may stand in each list, ms. */
static const unsigned	 span[WAIT_N] = {
	[WAIT_HANDSHAKE] = 10000,	/* in all */
	[WAIT_REQUEST]	 = 10000,	/* in all; services may say less */
	[WAIT_TYPING]	 = 60000,	/* in all; people type there */
	[WAIT_WORK]	 = 60000,	/* in all; then the reply is busy() */
	[WAIT_REPLY]	 = LOOK_MS,	/* then its progress is looked at */
	[WAIT_GOODBYE]	 = 2000,
	[WAIT_PARTING]	 = 1,
	[WAIT_LEAVING]	 = 10,
	[WAIT_KEPT]	 = 15000,	/* after the last byte was sent */
	[WAIT_TURN]	 = 0,
};

static enum conn_want (*const steps[ST_N])(struct conn *) = {
	[ST_PROXY]	= conn_proxy,
	[ST_HANDSHAKE]	= conn_handshake,
	[ST_REQUEST]	= conn_request,
	[ST_WORK]	= conn_work,
	[ST_REPLY]	= send_reply,
	[ST_GOODBYE]	= conn_goodbye,
};

/*
 * Structs come from chunks that are kept until the loop is freed, so that a
 * request allocates nothing.
 */
static struct conn *
conn_new(struct loop *l)
{
	struct chunk	*k;
	struct conn	*c;
	size_t		 i;

	if (TAILQ_EMPTY(&l->idle)) {
		if ((k = calloc(1, sizeof(*k))) == NULL)
			return NULL;
		k->next = l->chunks;
		l->chunks = k;
		for (i = 0; i < CHUNK_CONNS; i++)
			TAILQ_INSERT_TAIL(&l->idle, &k->conn[i], link);
	}
	c = TAILQ_FIRST(&l->idle);
	TAILQ_REMOVE(&l->idle, c, link);
	memset(c, 0, sizeof(*c));
	c->loop = l;
	c->fd = -1;
	c->wait = WAIT_N;
	return c;
}

void
conn_pool_free(struct loop *l)
{
	struct chunk	*k;
	uint8_t		*p;

	while ((k = l->chunks) != NULL) {
		l->chunks = k->next;
		free(k);
	}
	while ((p = l->parts) != NULL) {
		memcpy(&l->parts, p, sizeof(l->parts));
		free(p);
	}
}

/* Take c out of its list and out of the counts that are kept by list. */
static void
conn_unwait(struct conn *c)
{
	struct loop	*l = c->loop;

	if (c->wait == WAIT_N)
		return;
	TAILQ_REMOVE(&l->wait[c->wait], c, link);
	l->nhalf -= c->wait == WAIT_HANDSHAKE;
	l->nquiet -= IS_QUIET(c->wait);
	c->wait = WAIT_N;
}

static void
conn_wait(struct conn *c, enum wait_list wait)
{
	struct loop	*l = c->loop;

	conn_unwait(c);
	c->wait = wait;
	c->deadline = l->now + span[wait];
	TAILQ_INSERT_TAIL(&l->wait[wait], c, link);
	l->nhalf += wait == WAIT_HANDSHAKE;
	l->nquiet += IS_QUIET(wait);
	loop_tick(l);
}

static int
conn_watch(struct conn *c)
{
	if (c->watched)
		return 0;
	if (event_assign(&c->ev, c->loop->base, c->fd, EV_READ | EV_CLOSED |
	    EV_ET | EV_PERSIST, on_event, c) == -1 ||
	    event_add(&c->ev, NULL) == -1)
		return -1;
	c->watched = 1;
	return 0;
}

void
conn_start(struct loop *l, const struct service *svc, int fd,
    const struct net_addr *peer)
{
	struct conn	*c = NULL;

	l->counts->accepted++;
	if (l->nconn >= l->limits.conns)
		evict_one(l, 1);
	if (svc->tls != NULL && l->nhalf >= l->limits.half_open &&
	    (c = TAILQ_FIRST(&l->wait[WAIT_HANDSHAKE])) != NULL) {
		l->counts->evicted++;
		conn_drop(c);
	}
	if (l->nconn >= l->limits.conns || (c = conn_new(l)) == NULL) {
		l->counts->turned_away++;
		close(fd);
		return;
	}
	l->nconn++;
	l->counts->opened++;
	c->svc = svc;
	c->fd = fd;
	c->peer = *peer;
	c->began = l->now;
	c->can_read = 1;
	if (svc->is_proxy != NULL && svc->is_proxy(svc->arg, peer)) {
		c->by_proxy = 1;
		conn_enter(c, ST_PROXY);
	} else if (conn_admit(c) == -1) {
		conn_drop(c);
		return;
	}
	conn_run(c);
}

/* The peer's address is known now, from the socket or from its proxy. */
int
conn_admit(struct conn *c)
{
	if (!c->svc->admit(c->svc->arg, &c->peer)) {
		c->loop->counts->turned_away++;
		return -1;
	}
	c->admitted = 1;
	conn_enter(c, c->svc->tls != NULL ? ST_HANDSHAKE : ST_REQUEST);
	return 0;
}

void
conn_enter(struct conn *c, enum conn_state state)
{
	c->state = state;
	switch (state) {
	case ST_PROXY:
	case ST_HANDSHAKE:
		if (c->wait != WAIT_HANDSHAKE)	/* both states share one span */
			conn_wait(c, WAIT_HANDSHAKE);
		break;
	case ST_REQUEST:
		pace_end(c);
		if (c->kept && c->in_run >= RUN_MAX)
			conn_wait(c, WAIT_TURN);
		else if (c->kept && c->part_len == 0)
			conn_wait(c, WAIT_KEPT);
		else
			conn_asks(c);
		break;
	case ST_WORK:
		conn_wait(c, WAIT_WORK);
		break;
	case ST_REPLY:
		c->in_run += c->in_run < RUN_MAX;
		c->progress = c->span_began = c->loop->now;
		c->span_acked = c->acked;
		pace_begin(c);
		conn_wait(c, WAIT_REPLY);
		break;
	default:
		pace_end(c);
		shutdown(c->fd, SHUT_WR);
		conn_wait(c, c->watched ? WAIT_GOODBYE : WAIT_PARTING);
	}
}

/*
 * A request begins: its deadline and the time that its log line gives are
 * counted from here.
 */
void
conn_asks(struct conn *c)
{
	if (c->kept)
		c->began = c->loop->now;
	conn_wait(c, c->svc->request_ms > span[WAIT_REQUEST] ? WAIT_TYPING :
	    WAIT_REQUEST);
}

/* Bytes that came before they could be used go back to the shared buffer. */
static void
rest_take(struct conn *c)
{
	struct loop	*l = c->loop;

	memcpy(l->rx, c->rest, c->rest_len);
	l->rx_len = c->rest_len;
	free(c->rest);
	c->rest = NULL;
}

/* The next connection needs the shared buffer: keep what is unread in it. */
static void
rest_keep(struct conn *c)
{
	struct loop	*l = c->loop;

	c->rest_len = (uint32_t)(l->rx_len - l->rx_pos);
	if ((c->rest = malloc(c->rest_len)) == NULL)
		c->broken = 1;
	else
		memcpy(c->rest, l->rx + l->rx_pos, c->rest_len);
}

static void
on_event(evutil_socket_t fd, short what, void *arg)
{
	struct conn	*c = arg;

	(void)fd;
	if (what & EV_CLOSED)
		c->hup = 1;
	if (what & (EV_READ | EV_CLOSED))
		c->can_read = 1;
	conn_run(c);
}

void
conn_run(struct conn *c)
{
	struct loop	*l = c->loop;
	enum conn_want	 want;
	enum conn_state	 was;

	l->now = clock_mono_ms();
	l->rx_pos = l->rx_len = l->tx_len = 0;
	l->heard = 0;
	c->in_run = 0;
	if (c->rest != NULL)
		rest_take(c);
	do {		/* TLS may hold bytes that no event will announce */
		was = c->state;
		want = steps[was](c);
	} while (want != WANT_DONE && (c->state != was || look_again(c)));
	if (want != WANT_DONE && l->tx_len > 0)
		send_flush(c);
	if (want != WANT_DONE && (c->kept || c->fiber != NULL) &&
	    c->state != ST_GOODBYE && l->rx_pos < l->rx_len)
		rest_keep(c);
	if (want == WANT_DONE || c->broken ||
	    (!IS_PARTING(c->wait) && conn_watch(c) == -1))
		conn_drop(c);
}

/*
 * Bytes and a reset that arrive together are one event, which libevent does not
 * tell from bytes alone.  A connection that has read bytes, has nothing to send
 * and is about to wait reads the socket once more; otherwise it might wait for
 * a peer that is gone.
 */
static int
look_again(struct conn *c)
{
	struct loop	*l = c->loop;

	if (!l->heard || !c->watched || l->tx_len > 0 ||
	    c->state == ST_REPLY)
		return 0;
	l->heard = 0;
	c->can_read = 1;
	return 1;
}

/* The only place where a connection ends. */
void
conn_drop(struct conn *c)
{
	struct loop	*l = c->loop;

	conn_unwait(c);
	pace_end(c);
	shake_end(c);
	if (c->answered)
		c->svc->ended(c->svc->arg, c, &c->reply, END_CUT);
	if (c->admitted)
		c->svc->leave(c->svc->arg, &c->peer);
	if (c->wev != NULL)
		event_free(c->wev);
	if (c->watched)
		event_del(&c->ev);
	if (c->tls != NULL)
		tls_free(c->tls);
	free(c->pend);
	free(c->rest);
	part_drop(c);
	close(c->fd);
	TAILQ_INSERT_HEAD(&l->idle, c, link);
	l->nconn--;
	l->counts->closed++;
	loop_gone(l);
}

/* close() also discards what the system still holds for this peer. */
void
conn_reset(struct conn *c)
{
	struct linger	 now = { 1, 0 };

	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

/*
 * The deadline has passed.  Drop the connection, unless its peer is reading
 * slowly but fast enough.
 */
void
conn_late(struct conn *c)
{
	struct loop	*l = c->loop;
	size_t		 left;

	switch (c->wait) {
	case WAIT_HANDSHAKE:
		l->counts->late_handshake++;
		break;
	case WAIT_REQUEST:
	case WAIT_TYPING:
		l->counts->late_request++;
		break;
	case WAIT_PARTING:
	case WAIT_LEAVING:
		l->rx_pos = l->rx_len = l->tx_len = 0;
		c->can_read = 1;
		if (conn_goodbye(c) == WANT_DONE ||
		    (c->wait == WAIT_LEAVING && conn_watch(c) == -1))
			break;
		conn_wait(c, c->wait == WAIT_PARTING ? WAIT_LEAVING :
		    WAIT_GOODBYE);
		return;
	case WAIT_TURN:
		c->in_run = 0;
		conn_enter(c, ST_REQUEST);
		conn_run(c);
		return;
	case WAIT_WORK:
		if (c->svc->busy(c->svc->arg, c, &c->reply) == -1)
			break;
		conn_answer(c, &c->reply);
		return;
	default:
		left = send_queued(c);
		if ((c->wait == WAIT_GOODBYE || c->wait == WAIT_KEPT) &&
		    left == 0 && !c->queued)
			break;
		c->queued = left > 0;
		pace_look(c);
		if (l->now - c->progress < REPLY_MS && !send_drips(c)) {
			conn_wait(c, c->wait);
			return;
		}
		/* The kernel need not try for minutes to send the rest. */
		conn_reset(c);
		l->counts->late_reply++;
	}
	conn_drop(c);
}

/* Read into the shared buffer when all of it is used.  1: it holds bytes. */
int
conn_fill(struct conn *c)
{
	struct loop	*l = c->loop;
	ssize_t		 n;

	if (l->rx_pos < l->rx_len)
		return 1;
	if (!c->can_read || c->eof)
		return 0;
	do
		n = recv(c->fd, l->rx, RX_SIZE, 0);
	while (n == -1 && errno == EINTR);
	if (n > 0) {
		/*
		 * A short read has emptied the socket, and an event tells of
		 * later bytes.  A close that was already told of has no second
		 * event, so c->hup reads on.
		 */
		if (n < RX_SIZE && !c->hup)
			c->can_read = 0;
		l->heard = 1;
		l->rx_pos = 0;
		l->rx_len = (size_t)n;
		return 1;
	}
	c->can_read = 0;
	if (n == 0)
		c->eof = 1;
	else if (errno != EAGAIN)
		c->eof = c->broken = 1;
	return 0;
}

/*
 * All is sent.  What the peer still sends is read and thrown away until it
 * closes: a close() with unread input would become a reset, which can discard
 * bytes that the peer has not read yet.
 */
static enum conn_want
conn_goodbye(struct conn *c)
{
	struct loop	*l = c->loop;

	l->rx_pos = l->rx_len = 0;
	while (conn_fill(c)) {
		c->drained += (uint32_t)l->rx_len;
		l->rx_pos = l->rx_len;
		if (c->drained > DRAIN_MAX)
			return WANT_DONE;
	}
	if (c->broken)
		return WANT_DONE;
	/* A peer that has closed its side may still be reading a long reply. */
	if (c->eof && (!c->slow || send_queued(c) == 0))
		return WANT_DONE;
	return WANT_READ;
}

const struct net_addr *
conn_peer(const struct conn *c)
{
	return &c->peer;
}

int
conn_local(const struct conn *c, struct net_addr *a)
{
	struct sockaddr_storage	 ss;
	socklen_t		 len = sizeof(ss);

	if (getsockname(c->fd, (struct sockaddr *)&ss, &len) == -1)
		return -1;
	return addr_from_sa((struct sockaddr *)&ss, a);
}

const char *
conn_sni(const struct conn *c)
{
	return c->tls != NULL ? tls_conn_servername(c->tls) : NULL;
}

uint64_t
conn_age_ms(const struct conn *c)
{
	return clock_mono_ms() - c->began;
}

uint64_t
conn_given(const struct conn *c)
{
	return c->given;
}
