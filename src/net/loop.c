/* SPDX-License-Identifier: ISC */
/*
 * The event loop of a process that serves: it accepts connections, runs
 * timers and watches descriptors, by libevent.  One tick for all connections
 * finds deadlines that have passed, in lists ordered by deadline (see
 * inner.h).  When descriptors run out, it drops a connection or stops
 * accepting for a moment.  Peers are not trusted: each waiting connection has
 * a deadline.
 */
#include <sys/socket.h>

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "net/fiber.h"
#include "net/inner.h"
#include "net/pool.h"

#define TICK_MS		100		/* how late a deadline may be noticed */
#define PAUSE_MS	100		/* pause when descriptors have run
					   out */
#define REST_MS		1000		/* pause of a listener that was shut
					   down */
#define BATCH_MAX	64
#define CROWD		64		/* so many connections are a crowd; see
					   shrink() */

struct loop_timer {
	struct loop_timer	*next;
	struct event		*ev;
	void			(*cb)(void *);
	void			*arg;
};

static void
listeners(struct loop *l, int on)
{
	size_t	 i;

	for (i = 0; i < l->nlistener; i++) {
		if (on && l->listener[i].resume == 0)
			event_add(&l->listener[i].ev, NULL);
		else if (!on)
			event_del(&l->listener[i].ev);
	}
}

/* Listeners whose pause is over accept again. */
static void
wake(struct loop *l)
{
	struct listener	*ls;
	size_t		 i;

	l->resting = 0;
	for (i = 0; i < l->nlistener; i++) {
		ls = &l->listener[i];
		if (ls->resume == 0)
			continue;
		if (ls->resume > l->now) {
			l->resting = 1;
			continue;
		}
		ls->resume = 0;
		if (!l->deaf && !l->paused)
			event_add(&ls->ev, NULL);
	}
}

static void
late(struct loop *l, enum wait_list wait)
{
	struct conn	*c;
	uint64_t	 now = l->now;	/* what is put off now waits for another
					   tick */

	while ((c = TAILQ_FIRST(&l->wait[wait])) != NULL &&
	    c->deadline <= now)
		conn_late(c);
}

/*
 * Give memory back to the system when no connection is left, or when most of a
 * crowd has gone.
 */
static void
shrink(struct loop *l)
{
	if (l->nconn > l->most)
		l->most = l->nconn;
	if (l->nconn > 0 && (l->most < CROWD || l->nconn > l->most / 8))
		return;
	l->most = l->nconn;
	fiber_rest();
	pool_rest();
}

static void
on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct loop	*l = arg;
	int		 i;

	(void)fd, (void)what;
	l->ticking = 0;
	l->now = clock_mono_ms();
	for (i = 0; i < WAIT_N; i++)
		late(l, i);
	if (l->paused && l->resume <= l->now) {
		l->paused = 0;
		if (!l->deaf)
			listeners(l, 1);
	}
	if (l->resting)
		wake(l);
	shrink(l);
	if (l->nconn > 0 || l->paused || l->resting)
		loop_tick(l);
}

struct loop *
loop_new(const struct loop_limits *limits, struct loop_counts *counts,
    struct err *e)
{
	struct event_config	*config = NULL;
	struct loop		*l;
	size_t			 i;

	if ((l = calloc(1, sizeof(*l))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	for (i = 0; i < WAIT_N; i++)
		TAILQ_INIT(&l->wait[i]);
	for (i = 0; i < PACE_N; i++) {
		TAILQ_INIT(&l->pace[0][i]);
		TAILQ_INIT(&l->pace[1][i]);
	}
	TAILQ_INIT(&l->idle);
	l->limits = *limits;
	l->counts = counts != NULL ? counts : &l->own_counts;
	l->rx = malloc(RX_SIZE);
	l->tx = malloc(TX_SIZE);
	l->stage = malloc(STAGE_SIZE);
	if (l->rx == NULL || l->tx == NULL || l->stage == NULL ||
	    (config = event_config_new()) == NULL) {
		err_nomem(e);
		goto fail;
	}
	event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK |
	    EVENT_BASE_FLAG_IGNORE_ENV);
	event_config_require_features(config, EV_FEATURE_ET);
	if ((l->base = event_base_new_with_config(config)) == NULL ||
	    (l->tick = event_new(l->base, -1, 0, on_tick, l)) == NULL) {
		err_cannot(e, "libevent finds no edge-triggered event "
		    "mechanism");
		goto fail;
	}
	event_config_free(config);
	return l;
 fail:
	if (config != NULL)
		event_config_free(config);
	loop_free(l);
	return NULL;
}

void
loop_free(struct loop *l)
{
	struct loop_timer	*t;
	struct conn		*c;
	size_t			 i;

	if (l == NULL)
		return;
	l->empty = NULL;
	for (i = 0; i < WAIT_N; i++)
		while ((c = TAILQ_FIRST(&l->wait[i])) != NULL)
			conn_drop(c);
	loop_deafen(l);
	while ((t = l->timers) != NULL) {
		l->timers = t->next;
		event_free(t->ev);
		free(t);
	}
	if (l->tick != NULL)
		event_free(l->tick);
	if (l->base != NULL)
		event_base_free(l->base);
	conn_pool_free(l);
	free(l->rx);
	free(l->tx);
	free(l->stage);
	free(l);
}

/*
 * Descriptors have run out.  Stop accepting; the kernel's queue keeps new
 * connections meanwhile.
 */
static void
pause_accept(struct loop *l)
{
	l->counts->pauses++;
	l->paused = 1;
	l->resume = l->now + PAUSE_MS;
	listeners(l, 0);
	loop_tick(l);
}

/*
 * A process that shares the listener has shut it down: it is always ready, and
 * nobody comes.  Leave it alone for REST_MS.  The master makes it listen again,
 * see ports_repair().
 */
static void
rest(struct listener *ls)
{
	ls->resume = ls->loop->now + REST_MS;
	ls->loop->resting = 1;
	event_del(&ls->ev);
	loop_tick(ls->loop);
}

static int
is_waiting(int fd)
{
	struct pollfd	 pfd = { fd, POLLIN, 0 };

	return poll(&pfd, 1, 0) != 0;
}

/* 1: a client came, or went while it waited; 0: nobody is there. */
static int
accept_one(struct listener *ls)
{
	struct sockaddr_storage	 ss;
	struct net_addr		 peer;
	struct loop		*l = ls->loop;
	socklen_t		 len = sizeof(ss);
	int			 fd;

	fd = accept4(ls->fd, (struct sockaddr *)&ss, &len,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd == -1) {
		switch (errno) {
		case EMFILE:
		case ENFILE:
		case ENOBUFS:
		case ENOMEM:
			/* This error also comes when nobody is waiting. */
			if (is_waiting(ls->fd) && !evict_one(l, 1))
				pause_accept(l);
			return 0;
		case EAGAIN:
			return 0;
		case EINVAL:
		case EBADF:
		case ENOTSOCK:
		case EOPNOTSUPP:
			rest(ls);
			return 0;
		default:	/* ECONNABORTED, and errors of the peer's
				   network */
			return 1;
		}
	}
	if (addr_from_sa((struct sockaddr *)&ss, &peer) == -1) {
		close(fd);
		return 1;
	}
	conn_start(l, ls->svc, fd, &peer);
	return 1;
}

/*
 * The event is level-triggered.  How many accept() calls are tried follows what
 * was there the last time, so that a quiet server does not make a call in vain.
 */
static void
on_accept(evutil_socket_t fd, short what, void *arg)
{
	struct listener	*ls = arg;
	unsigned	 n;

	(void)fd, (void)what;
	ls->loop->now = clock_mono_ms();
	late(ls->loop, WAIT_PARTING);
	late(ls->loop, WAIT_LEAVING);
	for (n = 0; n < ls->batch && accept_one(ls); n++)
		if (ls->loop->deaf || ls->loop->paused)
			return;
	if (n == ls->batch)
		ls->batch = n * 2 < BATCH_MAX ? n * 2 : BATCH_MAX;
	else
		ls->batch = n > 1 ? n : 1;
}

int
loop_listen(struct loop *l, int fd, const struct service *svc, struct err *e)
{
	struct listener	*ls;

	if (l->nlistener == LISTEN_MAX) {
		err_set(e, "more than %d listening addresses", LISTEN_MAX);
		return -1;
	}
	ls = &l->listener[l->nlistener];
	ls->loop = l;
	ls->svc = svc;
	ls->fd = fd;
	ls->batch = 1;
	if (event_assign(&ls->ev, l->base, fd, EV_READ | EV_PERSIST,
	    on_accept, ls) == -1 || event_add(&ls->ev, NULL) == -1) {
		err_cannot(e, "libevent does not take a listener");
		return -1;
	}
	l->nlistener++;
	return 0;
}

void
loop_deafen(struct loop *l)
{
	struct conn	*c;

	listeners(l, 0);
	l->deaf = 1;
	/* Their clients connect again, to whichever process listens now. */
	while ((c = TAILQ_FIRST(&l->wait[WAIT_KEPT])) != NULL)
		conn_drop(c);
}

void
loop_hurry(struct loop *l)
{
	l->now = clock_mono_ms();
	while (evict_one(l, 0))
		;
}

void
loop_tick(struct loop *l)
{
	static const struct timeval	 tv = { 0, TICK_MS * 1000 };

	if (!l->ticking && evtimer_add(l->tick, &tv) == 0)
		l->ticking = 1;
}

void
loop_gone(struct loop *l)
{
	if (l->paused)
		l->resume = l->now;
	if (l->nconn == 0 && l->empty != NULL)
		l->empty(l->empty_arg);
}

static void
on_watch(evutil_socket_t fd, short what, void *arg)
{
	struct loop_timer	*t = arg;

	(void)fd, (void)what;
	t->cb(t->arg);
}

static struct loop_timer *
timer_new(struct loop *l, int fd, short what, void (*cb)(void *), void *arg,
    struct err *e)
{
	struct loop_timer	*t;

	if ((t = calloc(1, sizeof(*t))) == NULL ||
	    (t->ev = event_new(l->base, fd, what, on_watch, t)) == NULL) {
		free(t);
		err_nomem(e);
		return NULL;
	}
	t->cb = cb;
	t->arg = arg;
	t->next = l->timers;
	l->timers = t;
	return t;
}

int
loop_watch(struct loop *l, int fd, void (*cb)(void *), void *arg,
    struct err *e)
{
	struct loop_timer	*t;

	t = timer_new(l, fd, EV_READ | EV_PERSIST, cb, arg, e);
	if (t == NULL)
		return -1;
	if (event_add(t->ev, NULL) == -1) {
		err_cannot(e, "libevent does not watch a descriptor");
		return -1;
	}
	return 0;
}

void
loop_unwatch(struct loop *l, int fd)
{
	struct loop_timer	*t;

	for (t = l->timers; t != NULL; t = t->next)
		if (event_get_fd(t->ev) == fd)
			event_del(t->ev);
}

struct loop_timer *
loop_timer_new(struct loop *l, void (*cb)(void *), void *arg, struct err *e)
{
	return timer_new(l, -1, 0, cb, arg, e);
}

void
loop_timer_set(struct loop_timer *t, unsigned ms)
{
	struct timeval	 tv;

	tv.tv_sec = ms / 1000;
	tv.tv_usec = (suseconds_t)(ms % 1000) * 1000;
	evtimer_add(t->ev, &tv);
}

void
loop_soon(struct loop_timer *t)
{
	event_active(t->ev, EV_TIMEOUT, 0);
}

void
loop_when_empty(struct loop *l, void (*cb)(void *), void *arg)
{
	l->empty = cb;
	l->empty_arg = arg;
}

size_t
loop_conns(const struct loop *l)
{
	return l->nconn;
}

uint64_t
loop_now(const struct loop *l)
{
	return l->now;
}

int
loop_run(struct loop *l, struct err *e)
{
	if (event_base_loop(l->base, EVLOOP_NO_EXIT_ON_EMPTY) == -1) {
		err_cannot(e, "the event loop failed");
		return -1;
	}
	return 0;
}

void
loop_end(struct loop *l)
{
	event_base_loopbreak(l->base);
}
