/* SPDX-License-Identifier: ISC */
/*
 * Who may come how often: one table without locks, shared by all workers of all
 * generations, so that a worker that dies leaves nothing locked.
 *
 * Every worker can write all of it, so a worker in a stranger's hands can lie
 * about any address.  Whatever it writes, the others neither crash nor loop for
 * ever, and limits_take() sends nobody away for longer than a burst takes to be
 * worked off.  While it lives it can turn an address or a network away, by a
 * count that is too high, or let everybody in, by filling the table.  When a
 * worker dies, the master calls limits_forget().
 */
#ifndef NET_LIMITS_H
#define NET_LIMITS_H

#include <stdint.h>

#include "net/addr.h"

struct err;
struct limits;				/* opaque: its body is in limits.c */

struct limits_conf {
	unsigned	 connections;	/* in all, over all workers */
	unsigned	 half_open;	/* handshakes not finished, in all */
	unsigned	 reply_rate;	/* bytes a second ... */
	unsigned	 reply_span;	/* ... over so many seconds */
	/* An address of IPv6 is its /64: one subscriber has at least that. */
	unsigned	 per_address;	/* connections; 0: no limit */
	unsigned	 per_prefix;	/* per IPv4 /24 or IPv6 /56, four times
					   as many per IPv6 /48; 0: none */
	unsigned	 requests;	/* a minute and address; 0: no limit;
					   an IPv6 /56 has 5 times as many,
					   a /48 25 times */
	unsigned	 burst;		/* requests that may come at once */
	unsigned	 search;	/* MB of search work a minute and address,
					   a third of it at once; 0: no limit */
	int		 loopback;	/* 1: limits hold for loopback too */
};

/* What an address may do at a rate. */
enum limit {
	LIMIT_REQUEST,
	LIMIT_HANDSHAKE,		/* twice as many as requests */
	LIMIT_SEARCH,			/* see limits_searched() */
	LIMIT_N
};

/* NULL: see e.  The table is shared with processes forked later. */
struct limits	*limits_new(const struct limits_conf *, struct err *e);
void		 limits_free(struct limits *);		/* NULL is fine */
/* 1: one more connection is let in, limits_leave() follows; 0: too many. */
int		 limits_admit(struct limits *, const struct net_addr *);
void		 limits_leave(struct limits *, const struct net_addr *);
/*
 * Count one of `what' at now_us (monotonic).  0, or the seconds to wait.
 * Then the level that has had too many does not count it, nor do those above,
 * but the levels below do: an address counts when only its network must wait.
 */
unsigned	 limits_take(struct limits *, const struct net_addr *,
		    enum limit what, uint64_t now_us);
/*
 * Charge an address for the work of a search (search.h).  How many microseconds
 * it is ahead of the clock now: the address that is least ahead is served
 * first.
 */
uint64_t	 limits_searched(struct limits *, const struct net_addr *,
		    size_t work, uint64_t now_us);
/* Seconds until this address may begin another search. */
unsigned	 limits_search_wait(struct limits *, const struct net_addr *,
		    uint64_t now_us);
/* 1: the two count as one address. */
int		 limits_same(const struct net_addr *, const struct net_addr *);
/* A worker died and its connections are still counted: count anew from 0. */
void		 limits_forget(struct limits *);

#endif
