/* SPDX-License-Identifier: ISC */
/* The event loop of one process: listeners, connections, timers. */
#ifndef NET_LOOP_H
#define NET_LOOP_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct loop;				/* opaque: its body is in inner.h */
struct loop_timer;
struct service;

struct loop_limits {
	unsigned	 conns;		/* connections of this process */
	unsigned	 half_open;	/* of them, handshake not finished */
	/*
	 * A reader must take this many bytes a second over each span, or is
	 * dropped.
	 */
	unsigned	 reply_rate;	/* 0: no reader is too slow */
	unsigned	 reply_span;	/* seconds */
};

/* Only counted up, and by one process; any process may read them. */
struct loop_counts {
	uint64_t	 accepted, turned_away, evicted, pauses;
	uint64_t	 opened, closed;	/* their difference is open now */
	uint64_t	 handshakes, handshakes_failed, requests, bytes;
	uint64_t	 tickets, resumed;
	uint64_t	 late_handshake, late_request, late_reply;
};

/* counts may be NULL.  NULL: see e.  End with loop_free(). */
struct loop	*loop_new(const struct loop_limits *, struct loop_counts *,
		    struct err *e);
void		 loop_free(struct loop *);
/* Accept on fd for svc; both stay the caller's and must outlive the loop. */
int		 loop_listen(struct loop *, int fd, const struct service *,
		    struct err *);
/* From here on do not accept. */
void		 loop_deafen(struct loop *);
/* Drop connections without a whole request: the process is to end soon. */
void		 loop_hurry(struct loop *);
/* Call cb(arg) whenever fd is readable, until the loop ends. */
int		 loop_watch(struct loop *, int fd, void (*cb)(void *),
		    void *arg, struct err *);
void		 loop_unwatch(struct loop *, int fd);
/* A timer that runs once each time it is set.  Freed with the loop. */
struct loop_timer *loop_timer_new(struct loop *, void (*cb)(void *),
		    void *arg, struct err *);
void		 loop_timer_set(struct loop_timer *, unsigned ms);
/* Let it run when all that is ready now has been served. */
void		 loop_soon(struct loop_timer *);
/* Call cb(arg) when the last connection is gone (once each time). */
void		 loop_when_empty(struct loop *, void (*cb)(void *),
		    void *arg);
size_t		 loop_conns(const struct loop *);
/*
 * The monotonic clock in ms, read when the loop last began with a connection:
 * good enough for rates, without asking the system again.
 */
uint64_t	 loop_now(const struct loop *);
int		 loop_run(struct loop *, struct err *);
void		 loop_end(struct loop *);	/* loop_run() returns */

#endif
