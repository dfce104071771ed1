/*
 * Who may come how often: one table, shared by all workers of all
 * generations, without locks, so that a worker that dies leaves nothing
 * held.
 *
 * Every worker can write all of it, so one that somebody broke into can lie
 * about anybody.  Whatever it writes, the others neither crash nor turn in a
 * circle, and limits_request() sends nobody away for longer than a burst
 * takes to run down.  It can turn an address or prefix away, by a count that
 * is too high, or let everybody in, by filling the table, for as long as it
 * lives: when a worker dies the master has limits_forget() begin anew.
 */
#ifndef SERVE_LIMITS_H
#define SERVE_LIMITS_H

#include <stdint.h>

#include "net/addr.h"

struct err;
struct limits;				/* opaque: its body is in limits.c */

struct limits_conf {
	unsigned	 connections;	/* in all, over all workers */
	unsigned	 half_open;	/* handshakes not finished, in all */
	unsigned	 reply_rate;	/* bytes a second ... */
	unsigned	 reply_span;	/* ... over so many seconds */
	unsigned	 per_address;	/* connections; 0: no limit */
	unsigned	 per_prefix;	/* per IPv4 /24, IPv6 /56; 0: none */
	unsigned	 requests;	/* a minute and address; 0: no limit */
	unsigned	 burst;		/* requests that may come at once */
	int		 loopback;	/* 1: limits hold for loopback too */
};

/* NULL: see e.  The table is shared with processes forked later. */
struct limits	*limits_new(const struct limits_conf *, struct err *e);
void		 limits_free(struct limits *);		/* NULL is fine */
/* 1: one more connection is let in, limits_leave() follows; 0: too many. */
int		 limits_admit(struct limits *, const struct net_addr *);
void		 limits_leave(struct limits *, const struct net_addr *);
/* Count a request at now_us (monotonic): 0, or seconds to wait. */
unsigned	 limits_request(struct limits *, const struct net_addr *,
		    uint64_t now_us);
/* A worker died with its connections uncounted: begin anew. */
void		 limits_forget(struct limits *);

#endif
