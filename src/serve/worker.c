/* SPDX-License-Identifier: ISC */
/*
 * The worker's main: it joins the event loop of net/ with the answers.  The
 * loop calls back at each step of a connection: may this address connect, may
 * it shake hands, here are its bytes, the reply is sent.  The worker asks the
 * table of limits, has the answer made, and writes the log line.
 *
 * It runs in a sandbox and trusts nothing that a client sends.  The master has
 * proven the packages, before the fork or before it sent them (hand.c), and the
 * private key is the signer's.
 */
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/sandbox.h"
#include "net/conn.h"
#include "net/fiber.h"
#include "net/limits.h"
#include "net/tls.h"
#include "net/turns.h"
#include "proto/proxy.h"
#include "serve/answer.h"
#include "serve/asks.h"
#include "serve/hand.h"
#include "serve/log.h"
#include "serve/opener.h"
#include "serve/proc.h"
#include "serve/worker.h"

#define LOG_MS		1000
#define BUSY_S		30		/* until a download may end */
#define ASKING_MAX	64		/* answers that wait for the opener at
					   once */
#define CROWD_S		5		/* until some searches are done */

/* A reply that is being made or sent, with its log line; reused. */
struct held {
	struct held	*next;
	struct reply	 reply;
	size_t		 pathlen;
	char		 path[LOG_PATH_MAX];
	/* For an answer that takes long: */
	int		 waits;		/* turn is in the worker's turns */
	struct turn	 turn;
	struct port	*port;
	struct conn	*conn;
	uint8_t		*request;	/* the request, to be answered again */
	size_t		 requestlen;
	size_t		 charged;	/* of reply.worked, so much was
					   charged */
	/*
	 * For an answer that waits for the opener: it is in the worker's
	 * asking.
	 */
	int		 asks;
	uint32_t	 number;	/* of its question */
	struct held	*earlier, *later;
};

struct worker {
	const struct worker_conf *conf;
	struct loop		*loop;
	struct loop_timer	*flush;
	struct service		*service;	/* one a port */
	struct port		*port;
	struct held		*spare;
	struct turns		 turns;
	struct loop_timer	*turn;		/* runs the next turn */
	struct held	*asking;	/* those who wait for the opener, the
					   last first */
	size_t			 nasking;
	uint32_t		 asked;		/* number of its question */
	int			 files_gone;	/* the line to the opener is
						   closed */
	struct loop_timer	*soon;	/* runs asks_go() */
	struct asks		 asks;
	struct log		 log;
};

/* What a service's callbacks get. */
struct port {
	struct worker		*w;
	const struct worker_port *conf;
	const struct protocol	*proto;
	char			 ip[ADDR_TEXT];
	int			 any;		/* bound to every address */
};

static struct held *
held_get(struct worker *w)
{
	struct held	*h = w->spare;

	if (h != NULL) {
		w->spare = h->next;
		return h;
	}
	if ((h = calloc(1, sizeof(*h))) != NULL)
		reply_init(&h->reply);
	return h;
}

/* It does not wait any more. */
static void
held_leave(struct worker *w, struct held *h)
{
	if (h->waits)
		turns_remove(&w->turns, &h->turn);
	h->waits = 0;
	if (!h->asks)
		return;
	h->asks = 0;
	w->nasking--;
	if (h->later != NULL)
		h->later->earlier = h->earlier;
	else
		w->asking = h->earlier;
	if (h->earlier != NULL)
		h->earlier->later = h->later;
}

static void
held_put(struct worker *w, struct held *h)
{
	held_leave(w, h);
	free(h->request);
	h->request = NULL;
	h->charged = 0;
	reply_reset(&h->reply);
	h->next = w->spare;
	w->spare = h;
}

static int
on_admit(void *arg, const struct net_addr *peer)
{
	struct port	*p = arg;

	return limits_admit(p->w->conf->limits, peer);
}

static void
on_leave(void *arg, const struct net_addr *peer)
{
	struct port	*p = arg;

	limits_leave(p->w->conf->limits, peer);
}

/* 0: this address shakes hands so often that no signature is made for it. */
static int
on_handshake(void *arg, const struct net_addr *peer)
{
	struct port	*p = arg;

	if (limits_take(p->w->conf->limits, peer, LIMIT_HANDSHAKE,
	    loop_now(p->w->loop) * 1000) == 0)
		return 1;
	p->w->conf->counts->limited++;
	return 0;
}

/* Make the reply: come again in `wait' seconds.  1; -1: no memory. */
static int
busy(const struct port *p, struct reply *r, const uint8_t *request,
    size_t len, const char *why, unsigned wait)
{
	reply_reset(r);
	r->status = 44;
	p->proto->busy(&r->head, request, len, why, wait);
	return buf_ok(&r->head) ? 1 : -1;
}

/* A whole request of an address that asks too often.  1: it is answered so. */
static int
slow_down(struct port *p, struct conn *c, const uint8_t *data, size_t len,
    struct held *h)
{
	unsigned	 wait;

	if (memmem(data, len, p->proto->end, strlen(p->proto->end)) == NULL)
		return 0;
	wait = limits_take(p->w->conf->limits, conn_peer(c), LIMIT_REQUEST,
	    loop_now(p->w->loop) * 1000);
	if (wait == 0)
		return 0;
	p->w->conf->counts->limited++;
	return busy(p, &h->reply, data, len, "Too many requests", wait);
}

/* Charge what was worked on a search since the last time. */
static void
charge(struct worker *w, struct held *h, const struct net_addr *peer)
{
	size_t	 work = h->reply.worked;

	work -= h->charged < work ? h->charged : work;
	if (work > 0)
		limits_searched(w->conf->limits, peer, work,
		    clock_mono_ms() * 1000);
	h->charged = h->reply.worked;
}

static void
give(struct held *h, struct conn_reply *out)
{
	out->head = (const uint8_t *)h->reply.head.data;
	out->headlen = h->reply.head.len;
	out->body = h->reply.body;
	out->bodylen = h->reply.len;
	out->next = h->reply.used;
	out->resumes = h->reply.resumes;
	out->hold = h;
}

/* Make the answer to a request, for the first time or when its work is done. */
static int
answer(struct port *p, struct conn *c, const uint8_t *data, size_t len,
    struct held *h)
{
	struct limits	*limits = p->w->conf->limits;
	struct net_addr	 local;
	struct asked	 asked;
	uint64_t	 now = loop_now(p->w->loop) * 1000;
	char		 ip[ADDR_TEXT];
	int		 rv;

	asked.local_ip = p->ip;
	asked.local_port = p->conf->at.port;
	asked.sni = p->proto->tls ? conn_sni(c) : NULL;
	asked.search_wait = limits_search_wait(limits, conn_peer(c), now);
	if (p->any && conn_local(c, &local) == 0) {
		addr_ip(&local, ip);
		asked.local_ip = ip;
	}
	rv = p->proto->answer(p->w->conf->sites, &asked, data, len, &h->reply);
	charge(p->w, h, conn_peer(c));
	if (rv == 1 && h->reply.status == 44)
		p->w->conf->counts->limited++;
	return rv;
}

/* Keep the request, to answer it later.  -1: no memory. */
static int
keep_request(struct port *p, struct conn *c, const uint8_t *data, size_t len,
    struct held *h)
{
	if ((h->request = malloc(len)) == NULL)
		return -1;
	memcpy(h->request, data, len);
	h->requestlen = len;
	h->port = p;
	h->conn = c;
	return 0;
}

/* Ask the opener for the file.  2, or a value of answer(). */
static int
ask_opener(struct port *p, struct conn *c, const uint8_t *data, size_t len,
    struct held *h)
{
	struct worker		*w = p->w;
	struct opener_ask	 q;

	memset(&q, 0, sizeof(q));
	q.number = ++w->asked;
	memcpy(q.sha, h->reply.file.sha, SHA_LEN);
	if (w->files_gone || w->nasking == ASKING_MAX ||
	    opener_ask(w->conf->files, &q) == -1) {
		h->reply.file.state = FILE_BUSY;
		w->conf->counts->limited++;
		return answer(p, c, data, len, h);
	}
	if (keep_request(p, c, data, len, h) == -1)
		return -1;
	h->number = q.number;
	h->asks = 1;
	h->later = NULL;
	h->earlier = w->asking;
	if (w->asking != NULL)
		w->asking->later = h;
	w->asking = h;
	w->nasking++;
	return 2;
}

/* Let it wait for its turn.  2, or a value of answer(). */
static int
put_off(struct port *p, struct conn *c, const uint8_t *data, size_t len,
    struct held *h)
{
	if (keep_request(p, c, data, len, h) == -1)
		return -1;
	if (turns_add(&p->w->turns, &h->turn, conn_peer(c)) == -1) {
		p->w->conf->counts->limited++;
		return busy(p, &h->reply, data, len, "Too many searches",
		    CROWD_S);
	}
	h->waits = 1;
	loop_timer_set(p->w->turn, 0);
	return 2;
}

static int
on_answer(void *arg, struct conn *c, const uint8_t *data, size_t len,
    struct conn_reply *out)
{
	struct port	*p = arg;
	struct held	*h;
	const char	*path;
	int		 rv;

	if ((h = held_get(p->w)) == NULL)
		return -1;
	if ((rv = slow_down(p, c, data, len, h)) == 0)
		rv = answer(p, c, data, len, h);
	if (rv == ANSWER_LATER)
		rv = put_off(p, c, data, len, h);
	else if (rv == ANSWER_FILE)
		rv = ask_opener(p, c, data, len, h);
	if (rv < 1) {
		held_put(p->w, h);
		return rv;
	}
	p->proto->shown(data, len, &path, &h->pathlen);
	if (h->pathlen > sizeof(h->path))
		h->pathlen = sizeof(h->path);
	memcpy(h->path, path, h->pathlen);
	give(h, out);
	return rv;
}

/*
 * Work one slice for the answer whose turn it is; then other clients are
 * served.
 */
static void
on_turn(void *arg)
{
	struct worker		*w = arg;
	struct turn		*t;
	struct held		*h;
	struct conn_reply	 r;
	int			 rv;

	t = turns_next(&w->turns, w->conf->limits, clock_mono_ms() * 1000);
	if (t == NULL)
		return;
	loop_timer_set(w->turn, 0);
	h = (struct held *)((char *)t - offsetof(struct held, turn));
	rv = reply_work(&h->reply);
	charge(w, h, conn_peer(h->conn));
	if (rv == 0)
		return;
	rv = answer(h->port, h->conn, h->request, h->requestlen, h);
	if (rv == ANSWER_LATER)		/* another edition was put in place */
		return;
	held_leave(w, h);
	if (rv == 1)
		give(h, &r);
	conn_answer(h->conn, rv == 1 ? &r : NULL);
}

/* The opener's answer to one question: map its descriptor. */
static void
take_file(struct reply_beside *f, const struct opener_told *told, int fd)
{
	f->state = FILE_ABSENT;
	if (fd == -1)
		return;
	if (!told->here || told->size != f->size) {
		close(fd);
		return;
	}
	if (own_take_size(&f->own, fd, (size_t)f->size, NULL) == 0) {
		own_shut(&f->own);
		f->state = FILE_HERE;
	}
}

static void
on_files(void *arg)
{
	struct worker		*w = arg;
	struct opener_told	 told;
	struct held		*h;
	struct conn_reply	 r;
	int			 fd, rv;

	if ((rv = opener_hear(w->conf->files, &told, &fd)) == -1) {
		w->files_gone = 1;
		loop_unwatch(w->loop, w->conf->files);
	}
	if (rv != 1)
		return;
	for (h = w->asking; h != NULL && h->number != told.number;)
		h = h->earlier;
	if (h == NULL) {		/* its client has gone */
		if (fd != -1)
			close(fd);
		return;
	}
	held_leave(w, h);
	take_file(&h->reply.file, &told, fd);
	rv = answer(h->port, h->conn, h->request, h->requestlen, h);
	if (rv == ANSWER_FILE) {	/* another edition, another file */
		h->reply.file.state = FILE_BUSY;
		rv = answer(h->port, h->conn, h->request, h->requestlen, h);
	}
	if (rv == 1)
		give(h, &r);
	conn_answer(h->conn, rv == 1 ? &r : NULL);
}

static int
on_busy(void *arg, struct conn *c, struct conn_reply *r)
{
	struct port	*p = arg;
	struct held	*h = r->hold;
	const char	*why = h->waits ? "Too many searches" :
			    "Too many downloads";

	(void)c;
	held_leave(p->w, h);
	if (busy(p, &h->reply, h->request, h->request == NULL ? 0 :
	    h->requestlen, why, BUSY_S) == -1)
		return -1;
	give(h, r);
	return 0;
}

static void
on_ended(void *arg, struct conn *c, struct conn_reply *r, enum conn_end end)
{
	struct port	*p = arg;
	struct held	*h = r->hold;
	struct log_line	 line;

	p->w->conf->counts->replies[p->conf->proto]++;
	line.proto = p->proto->name;
	line.peer = conn_peer(c);
	line.time = clock_wall();
	line.status = (unsigned)h->reply.status;
	line.bytes = conn_given(c);
	line.ms = conn_age_ms(c);
	line.cut = end == END_CUT;
	line.path = h->path;
	line.pathlen = h->pathlen;
	if (log_put(&p->w->log, &line))
		loop_timer_set(p->w->flush, LOG_MS);
	held_put(p->w, h);
}

static int
on_is_proxy(void *arg, const struct net_addr *peer)
{
	const struct worker_conf	*conf = ((struct port *)arg)->w->conf;
	size_t				 i;

	for (i = 0; i < conf->nproxy; i++)
		if (addr_in_net(peer, &conf->proxy[i].net,
		    conf->proxy[i].bits))
			return 1;
	return 0;
}

static ssize_t
on_proxy(void *arg, const uint8_t *data, size_t len, struct net_addr *peer)
{
	struct proxy_header	 h;
	int			 rv;

	(void)arg;
	if ((rv = proxy_parse(data, len, &h)) != 1)
		return rv;
	if (h.has_peer) {
		memcpy(peer->ip, h.ip, sizeof(peer->ip));
		peer->port = h.port;
	}
	return (ssize_t)h.used;
}

static void
on_empty(void *arg)
{
	struct worker	*w = arg;

	loop_end(w->loop);
}

/* A message of the master: a WORKER_ byte, or a change of the packages. */
static void
on_line(void *arg)
{
	struct worker	*w = arg;
	struct hand	 msg;
	ssize_t		 n;
	int		 fd[2];

	n = proc_recv_fds(w->conf->line, &msg, sizeof(msg), fd, 2,
	    MSG_DONTWAIT);
	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {			/* without a master the worker ends */
		log_flush(&w->log);
		_exit(STATUS_DONE);
	}
	if (msg.what == HAND_PUT || msg.what == HAND_DROP) {
		hand_take(w->conf->sites, &msg, fd, w->conf->line);
		return;
	}
	loop_deafen(w->loop);
	loop_when_empty(w->loop, on_empty, w);
	if (msg.what == WORKER_HURRY)
		loop_hurry(w->loop);
	if (loop_conns(w->loop) == 0)
		loop_end(w->loop);
}

static void
on_flush(void *arg)
{
	struct worker	*w = arg;

	log_flush(&w->log);
}

/*
 * Without a signer no handshake can succeed: leave new clients in the queue for
 * the next generation, which the master is about to start.
 */
static ssize_t
ask_signer(void *arg, unsigned key, const struct sign_ask *ask, uint8_t *out)
{
	struct worker	*w = arg;
	ssize_t		 n;

	n = asks_sign(&w->asks, key, ask, out);
	if (w->conf->signer->dead)
		loop_deafen(w->loop);
	return n;
}

/* A line that has been closed can always be read: it is let alone. */
static void
on_signer(void *arg)
{
	struct worker	*w = arg;

	asks_hear(&w->asks);
	if (w->conf->signer->dead)
		loop_unwatch(w->loop, w->conf->signer->fd);
}

static void
on_soon(void *arg)
{
	struct worker	*w = arg;

	asks_go(&w->asks);
}

static int
services(struct worker *w, struct err *e)
{
	const struct worker_conf	*conf = w->conf;
	struct service			*s;
	struct port			*p;
	size_t				 i;

	w->service = calloc(conf->nport, sizeof(*w->service));
	w->port = calloc(conf->nport, sizeof(*w->port));
	if (w->service == NULL || w->port == NULL) {
		err_nomem(e);
		return -1;
	}
	for (i = 0; i < conf->nport; i++) {
		s = &w->service[i];
		p = &w->port[i];
		p->w = w;
		p->conf = &conf->port[i];
		p->proto = &protocol_rows[p->conf->proto];
		p->any = addr_is_any(&p->conf->at);
		addr_ip(&p->conf->at, p->ip);
		s->arg = p;
		s->tls = p->proto->tls ? conf->tls : NULL;
		s->request_ms = p->proto->request_ms;
		s->request_max = p->proto->request_max;
		s->admit = on_admit;
		s->leave = on_leave;
		s->handshake = on_handshake;
		s->answer = on_answer;
		s->busy = on_busy;
		s->ended = on_ended;
		if (conf->nproxy > 0) {
			s->is_proxy = on_is_proxy;
			s->proxy = on_proxy;
		}
		if (loop_listen(w->loop, p->conf->fd, s, e) == -1)
			return -1;
	}
	return 0;
}

static int
start(struct worker *w, struct err *e)
{
	const struct worker_conf	*conf = w->conf;
	struct sandbox_fds		 fds = { conf->own_fd, conf->line,
					    conf->files, NULL, 0 };

	log_init(&w->log, conf->log, &conf->counts->log_lost);
	if ((w->loop = loop_new(&conf->caps, &conf->counts->net, e)) ==
	    NULL ||
	    (w->flush = loop_timer_new(w->loop, on_flush, w, e)) == NULL ||
	    (w->turn = loop_timer_new(w->loop, on_turn, w, e)) == NULL ||
	    (w->soon = loop_timer_new(w->loop, on_soon, w, e)) == NULL ||
	    loop_watch(w->loop, conf->line, on_line, w, e) == -1 ||
	    loop_watch(w->loop, conf->files, on_files, w, e) == -1 ||
	    services(w, e) == -1)
		return -1;
	asks_init(&w->asks, conf->signer, w->loop, w->soon);
	if (conf->tls != NULL) {
		fiber_start();
		tlsctx_signer(conf->tls, ask_signer, w);
		if (loop_watch(w->loop, conf->signer->fd, on_signer, w, e) ==
		    -1)
			return -1;
	}
	return sandbox_enter(conf->sandbox, SANDBOX_WORKER, &fds, e);
}

int
worker_main(const struct worker_conf *conf)
{
	struct worker	 w;
	struct err	 e;
	int		 rv = STATUS_DONE;

	memset(&w, 0, sizeof(w));
	w.conf = conf;
	turns_init(&w.turns);
	if (start(&w, &e) == -1) {
		send(conf->line, e.msg, strlen(e.msg), MSG_NOSIGNAL);
		return e.status;
	}
	if (send(conf->line, WORKER_READY, strlen(WORKER_READY),
	    MSG_NOSIGNAL) == -1)
		return STATUS_CANNOT;
	if (loop_run(w.loop, &e) == -1) {
		dprintf(2, "apeng serve: worker: %s\n", e.msg);
		rv = STATUS_CANNOT;
	}
	loop_free(w.loop);
	log_flush(&w.log);
	while (w.spare != NULL) {
		struct held *h = w.spare;

		w.spare = h->next;
		reply_free(&h->reply);
		free(h);
	}
	free(w.service);
	free(w.port);
	return rv;
}
