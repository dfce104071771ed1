/* SPDX-License-Identifier: ISC */
/* What the .c files of a connection here share; nobody else. */
#ifndef NET_INNER_H
#define NET_INNER_H

#include <sys/queue.h>

#include <event2/event.h>
#include <event2/event_struct.h>

#include "net/addr.h"
#include "net/conn.h"
#include "net/loop.h"

#define RX_SIZE		(20 * 1024)	/* one TLS record and some */
#define PART_SIZE	1088		/* kept of a request, or of a proxy's
					   header; longer ones cost more */
#define STAGE_SIZE	(16 * 1024)	/* head and first part of a body */
#define TX_SIZE		(48 * 1024)	/* records of one round */
#define LISTEN_MAX	64
#define LOOK_MS		5000		/* between two looks at a reply */
#define LOOKS		6		/* the last 30 s */
#define PACE_N		24		/* powers of two of bytes a second */

enum conn_state {
	ST_PROXY, ST_HANDSHAKE, ST_REQUEST, ST_WORK, ST_REPLY, ST_GOODBYE, ST_N
};

enum conn_want { WANT_READ, WANT_WRITE, WANT_DONE };

/*
 * WAIT_PARTING: answered before it was ever watched; most such peers have
 * closed a moment later, which saves telling the kernel of them at all.
 * WAIT_KEPT: answered, and may ask again.  WAIT_TURN: it has asked many times
 * at once, and others come first.
 *
 * Connections with the same span to their deadline, so each list is in the
 * order of its deadlines and only its head is ever looked at.
 */
enum wait_list {
	WAIT_HANDSHAKE, WAIT_REQUEST, WAIT_TYPING, WAIT_WORK, WAIT_REPLY,
	WAIT_GOODBYE, WAIT_PARTING, WAIT_KEPT, WAIT_TURN, WAIT_N
};

/* Whoever is in such a list has not asked anything yet. */
#define IS_QUIET(wait)	((wait) <= WAIT_TYPING)

struct conn {
	struct event		 ev;		/* readable or gone */
	TAILQ_ENTRY(conn)	 link;
	TAILQ_ENTRY(conn)	 pace_link;	/* in a list of loop.pace */
	struct loop		*loop;
	const struct service	*svc;
	struct tls		*tls;		/* from the first byte on */
	struct event		*wev;		/* only since a full socket */
	uint8_t			*part;		/* request so far, if cut */
	uint8_t			*pend;		/* records the socket refused */
	uint8_t			*rest;		/* received, while a reply is
						   under way, of a client that
						   does not wait for it */
	uint32_t		 rest_len;
	struct conn_reply	 reply;
	uint64_t		 began, deadline, progress;	/* ms */
	uint64_t		 given;		/* of head + body, to TLS or TCP */
	uint64_t		 sent, acked;	/* bytes on the wire */
	uint64_t		 span_began, span_acked;	/* ms, bytes */
	uint64_t		 asked_info;	/* sent at the last TCP_INFO */
	uint64_t		 look_acked;	/* acked at the last look */
	uint32_t		 took[LOOKS];	/* bytes between looks, a ring */
	uint32_t		 pend_len, pend_pos;
	uint32_t		 record;	/* plain bytes of a TLS record */
	uint32_t		 drained;
	struct net_addr		 peer;
	uint16_t		 part_len;
	int			 fd;
	uint8_t			 state, wait;
	uint8_t			 watched, can_read, hup, eof, broken;
	uint8_t			 admitted, answered, closing, slow, proven;
	uint8_t			 queued;	/* at the last look */
	uint8_t			 paced;		/* its reply is looked at */
	uint8_t			 looks;		/* so many were taken so far */
	uint8_t			 pace;		/* which list; PACE_N: none */
	uint8_t			 kept;		/* a reply did not end it */
	uint8_t			 untried;	/* part holds what came behind
						   a request */
	uint8_t			 in_run;	/* replies of this conn_run() */
	uint8_t			 part_is_big;	/* part is CONN_REQUEST_MAX bytes,
						   not PART_SIZE */
	uint8_t			 is_long;	/* counted in loop.nlong */
};

TAILQ_HEAD(conn_list, conn);

struct listener {
	struct event		 ev;
	struct loop		*loop;
	const struct service	*svc;
	int			 fd;
	unsigned		 batch;		/* accepts tried at once */
	uint64_t		 resume;	/* ms: it rests until then; 0 */
};

struct loop {
	struct event_base	*base;
	struct event		*tick;
	struct listener		 listener[LISTEN_MAX];
	size_t			 nlistener;
	struct loop_limits	 limits;
	struct loop_counts	*counts, own_counts;
	struct conn_list	 wait[WAIT_N];
	struct conn_list	 idle;		/* structs to be used again */
	/* Short and long replies by what their readers take a second. */
	struct conn_list	 pace[2][PACE_N];
	uint8_t			*parts;		/* chain of free buffers */
	struct chunk		*chunks;	/* owns all connections */
	struct loop_timer	*timers;
	size_t			 nconn, nhalf;
	size_t			 nquiet;	/* have not asked yet */
	size_t			 nlong;		/* long replies under way */
	size_t			 most;		/* connections of late */
	uint64_t		 now;		/* ms, of this round */
	int			 deaf, paused, ticking;
	int			 resting;	/* a listener does */
	int			 heard;		/* bytes came in this run */
	uint64_t		 resume;	/* when paused: try again */
	void			(*empty)(void *);
	void			*empty_arg;
	/* Shared by all connections: only one runs at a time. */
	uint8_t			*rx, *tx, *stage;
	size_t			 rx_pos, rx_len, tx_len;
};

/* conn.c */
void		 conn_start(struct loop *, const struct service *, int fd,
		    const struct net_addr *peer);
void		 conn_run(struct conn *);	/* go on as far as it goes */
void		 conn_enter(struct conn *, enum conn_state);
void		 conn_asks(struct conn *);	/* a kept one: bytes came */
void		 conn_late(struct conn *);	/* its deadline has passed */
void		 conn_reset(struct conn *);	/* close() shall be rude */
void		 conn_drop(struct conn *);
void		 conn_pool_free(struct loop *);
/* The peer is known: 0, and the next state is entered; -1: turned away. */
int		 conn_admit(struct conn *);
/* Bytes into the shared buffer, when it is used up.  1: some are there. */
int		 conn_fill(struct conn *);

/* request.c */
void		 part_drop(struct conn *);
enum conn_want	 conn_proxy(struct conn *);
enum conn_want	 conn_request(struct conn *);
enum conn_want	 conn_work(struct conn *);

/* evict.c */
void		 pace_begin(struct conn *);
void		 pace_look(struct conn *);
void		 pace_end(struct conn *);
/*
 * Room for one more connection, so that who holds lines without use of them
 * cannot keep others out.  any 0: only of those who have asked nothing yet.
 * 1: one went.
 */
int		 evict_one(struct loop *, int any);
/* Room for this one's reply.  0; -1: too many long ones, all of them fast. */
int		 evict_for(struct conn *);

/* send.c */
/* 1: all bytes are with the system; 0: not yet, or c->broken. */
int		 send_flush(struct conn *);
/* One step of the reply; when all is sent c->state is ST_GOODBYE. */
enum conn_want	 send_reply(struct conn *);
/* Bytes the peer has not acknowledged; also brings c->acked up to date. */
size_t		 send_queued(struct conn *);
/* 1: over the span that has just ended it took too few; see loop_limits. */
int		 send_drips(struct conn *);
ssize_t		 send_tls(struct tls *, const void *, size_t, void *);

/* loop.c */
void		 loop_tick(struct loop *);	/* have deadlines watched */
void		 loop_gone(struct loop *);	/* a connection has ended */

#endif
