/* SPDX-License-Identifier: ISC */
/*
 * What conn.c, evict.c, loop.c, request.c, send.c and shake.c share: together they are
 * one object, the connections of a loop.  No other file includes this.
 */
#ifndef NET_INNER_H
#define NET_INNER_H

#include <sys/queue.h>

#include <event2/event.h>
#include <event2/event_struct.h>

#include "net/addr.h"
#include "net/conn.h"
#include "net/loop.h"
#include "net/ticket.h"

#define RX_SIZE		(20 * 1024)	/* one TLS record and a little more */
#define PART_SIZE	1088		/* kept of a request or a proxy's
					   header; a longer request gets
					   CONN_REQUEST_MAX */
#define STAGE_SIZE	(16 * 1024)	/* head and first part of a body */
#define TX_SIZE		(128 * 1024)	/* TLS records of one send() */
#define LISTEN_MAX	64
#define LOOK_MS		5000		/* between two looks at a reply */
#define LOOKS		6		/* looks kept: the last 30 s */
#define PACE_N		24		/* powers of two of bytes a second */

enum conn_state {
	ST_PROXY, ST_HANDSHAKE, ST_REQUEST, ST_WORK, ST_REPLY, ST_GOODBYE, ST_N
};

enum conn_want { WANT_READ, WANT_WRITE, WANT_DONE };

/*
 * A list holds connections with the same span to their deadline.  So each list
 * is in the order of its deadlines, and only its head is ever looked at.
 *
 * WAIT_PARTING and WAIT_LEAVING: answered before an event was ever asked for.
 * A peer close by closes within 1 ms, when the processor's cache still has what
 * belongs to the connection; most others close within 10 ms more.  For these the
 * kernel need not be told of the connection at all.  WAIT_KEPT: answered, and the client may ask again.  WAIT_TURN: it has
 * been answered RUN_MAX times in a row, and other connections come first.
 */
enum wait_list {
	WAIT_HANDSHAKE, WAIT_REQUEST, WAIT_TYPING, WAIT_WORK, WAIT_REPLY,
	WAIT_GOODBYE, WAIT_PARTING, WAIT_LEAVING, WAIT_KEPT, WAIT_TURN, WAIT_N
};

/*
 * The client of a connection in such a list has not sent a whole request yet.
 */
#define IS_QUIET(wait)	((wait) <= WAIT_TYPING)
#define IS_PARTING(wait) ((wait) == WAIT_PARTING || (wait) == WAIT_LEAVING)

/*
 * One connection.  Times are milliseconds on the monotonic clock.  A flag is 0
 * or 1.
 */
struct conn {
	/* The event that the socket can be read, or that the peer is gone. */
	struct event		 ev;
	TAILQ_ENTRY(conn)	 link;		/* in loop.wait or loop.idle */
	TAILQ_ENTRY(conn)	 pace_link;	/* in a list of loop.pace */
	struct loop		*loop;
	const struct service	*svc;
	/* Made when the first byte has come; NULL before, and without TLS. */
	struct tls		*tls;
	/* A handshake that waits for its signature; NULL: none. */
	struct fiber		*fiber;
	/* The event that the socket takes bytes; NULL until it was full. */
	struct event		*wev;
	/* A request that has come in part; NULL when it came in one piece. */
	uint8_t			*part;
	/* Bytes that the socket did not take; from pend_pos they are due. */
	uint8_t			*pend;
	/* Bytes that came while a reply was made or sent: the next requests. */
	uint8_t			*rest;
	uint32_t		 rest_len;
	struct conn_reply	 reply;
	struct ticket		 ticket;	/* of tls */
	uint64_t		 began;		/* accepted, or asked again */
	uint64_t		 deadline;	/* of its place in a wait list */
	uint64_t		 progress;	/* a byte of the reply last went */
	uint64_t		 given;		/* bytes of head and body that TLS
						   or TCP has taken */
	uint64_t		 sent;		/* bytes given to the socket */
	uint64_t		 acked;		/* of them, by the peer */
	uint64_t		 span_began;	/* of the span of reply_rate */
	uint64_t		 span_acked;	/* acked when it began */
	uint64_t		 asked_info;	/* sent at the last TCP_INFO */
	uint64_t		 look_acked;	/* acked at the last look */
	uint32_t		 took[LOOKS];	/* bytes between looks, a ring */
	uint32_t		 pend_len, pend_pos;
	uint32_t		 record;	/* plain bytes of a TLS record */
	uint32_t		 round;		/* bytes of one send(), if proven */
	uint32_t		 drained;	/* bytes thrown away at the end */
	struct net_addr		 peer;
	uint16_t		 part_len;
	int			 fd;
	uint8_t			 state;		/* enum conn_state */
	uint8_t			 wait;		/* its list; WAIT_N: none */
	/* ev has been added to the loop. */
	uint8_t			 watched;
	/* The socket may hold bytes: no read has found it empty since. */
	uint8_t			 can_read;
	/* An event has told that the peer closed or is gone. */
	uint8_t			 hup;
	/* A read has found the end of what the peer sends. */
	uint8_t			 eof;
	/* Reading, writing or memory has failed: the connection must end. */
	uint8_t			 broken;
	/* svc->admit() let it in, so svc->leave() is due. */
	uint8_t			 admitted;
	/* svc->answer() has answered, so svc->ended() is due. */
	uint8_t			 answered;
	/* close_notify is written: nothing but the shutdown follows. */
	uint8_t			 closing;
	/* The socket was full once. */
	uint8_t			 slow;
	/* The peer has acknowledged PROVEN bytes, or is close by: records may
	   be large. */
	uint8_t			 proven;
	/* At the last look the system still held bytes of the reply. */
	uint8_t			 queued;
	/* pace_begin() was called: the reply's reader is being measured. */
	uint8_t			 paced;
	/* How many looks were taken; from LOOKS on only modulo LOOKS. */
	uint8_t			 looks;
	/* The list of loop.pace that it is on; PACE_N: none. */
	uint8_t			 pace;
	/* It has had a reply that lets the client ask again. */
	uint8_t			 kept;
	/* part holds bytes that came behind a request: ask answer() first. */
	uint8_t			 untried;
	/* How many replies were begun in this conn_run(), to RUN_MAX. */
	uint8_t			 in_run;
	/* part is CONN_REQUEST_MAX bytes long and not PART_SIZE. */
	uint8_t			 part_is_big;
	/* Its reply is above SHORT_REPLY, and counted in loop.nlong. */
	uint8_t			 is_long;
	/* The signature that fiber waits for has come, or will not come. */
	uint8_t			 signed_;
	/* It is being dropped: libtls sends nothing more. */
	uint8_t			 ending;
	/* The other end of the line is a proxy and not the reader. */
	uint8_t			 by_proxy;
};

TAILQ_HEAD(conn_list, conn);

/* One listening socket of a service. */
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
	struct conn_list	 idle;		/* structs that can be used
						   again */
	/* Connections with a short [0] or long [1] reply, by bytes a second. */
	struct conn_list	 pace[2][PACE_N];
	uint8_t			*parts;		/* a chain of buffers that
						   nobody uses */
	struct chunk		*chunks;	/* owns all connections */
	struct loop_timer	*timers;
	size_t			 nconn, nhalf;
	size_t			 nquiet;	/* connections without a whole
						   request */
	size_t			 nlong;		/* long replies that are being
						   sent */
	size_t			 most;		/* the most connections of
						   late */
	uint64_t		 now;		/* ms; read once in each
						   round */
	int			 deaf;		/* it accepts no more */
	int			 paused;	/* out of descriptors for now */
	int			 ticking;	/* tick is added */
	int			 resting;	/* a listener has its resume
						   set */
	int			 heard;		/* bytes came since
						   look_again() */
	uint64_t		 resume;	/* ms: then accept again, if
						   paused */
	void			(*empty)(void *);
	void			*empty_arg;
	struct conn		*shaking;	/* its handshake is running;
						   NULL */
	/*
	 * Buffers of whichever connection is running; only one runs at a time.
	 */
	uint8_t			*rx, *tx, *stage;
	size_t			 rx_pos, rx_len, tx_len;
};

/* conn.c */
void		 conn_start(struct loop *, const struct service *, int fd,
		    const struct net_addr *peer);
void		 conn_run(struct conn *);	/* step as far as the bytes
						   go */
void		 conn_enter(struct conn *, enum conn_state);
void		 conn_asks(struct conn *);	/* a request begins: set its
						   deadline */
void		 conn_late(struct conn *);	/* its deadline has passed */
void		 conn_reset(struct conn *);	/* make close() discard what is
						   unsent */
void		 conn_drop(struct conn *);
void		 conn_pool_free(struct loop *);
/*
 * The peer's address is known.  0: the next state is entered; -1: turned away.
 */
int		 conn_admit(struct conn *);
/* Read into the shared buffer when all of it is used.  1: it holds bytes. */
int		 conn_fill(struct conn *);

/* shake.c */
enum conn_want	 conn_handshake(struct conn *);
void		 shake_end(struct conn *);

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
 * Drop a connection to make a place for another, so that clients that hold
 * connections without using them cannot keep others out. any 0: only one whose
 * client has not sent a whole request.  1: one was dropped.
 */
int		 evict_one(struct loop *, int any);
/*
 * Find a place for this connection's reply.  0: it has one; -1: there are too
 * many long replies, and no reader's speed is known yet.
 */
int		 evict_for(struct conn *);

/* send.c */
/* 1: the system has taken all bytes; 0: not yet, or c->broken. */
int		 send_flush(struct conn *);
/* Send some of the reply; when all is sent c->state is ST_GOODBYE. */
enum conn_want	 send_reply(struct conn *);
/* Bytes the peer has not acknowledged; also brings c->acked up to date. */
size_t		 send_queued(struct conn *);
/*
 * 1: in the span that has just ended the reader took too few bytes
 * (loop_limits).
 */
int		 send_drips(struct conn *);
ssize_t		 send_tls(struct tls *, const void *, size_t, void *);

/* loop.c */
void		 loop_tick(struct loop *);	/* have deadlines looked at */
void		 loop_gone(struct loop *);	/* a connection has ended */

#endif
