/* SPDX-License-Identifier: ISC */
/*
 * Tickets of TLS 1.3, by which a client that comes again within minutes spares
 * itself the certificate and the server a signature.  A ticket is the id of a
 * session in the table that all workers share (sessions.h).  It goes only to
 * clients that are worth it, together with a reply; nobody else pays a byte.
 */
#ifndef NET_TICKET_H
#define NET_TICKET_H

#include <stddef.h>
#include <stdint.h>

struct net_addr;
struct sessions;
struct ssl_ctx_st;			/* OpenSSL's SSL_CTX */
struct ssl_st;
struct tls;

#define TICKET_MARK	32

/* One for the contexts of a server.  sessions NULL: there are no tickets. */
struct ticket_desk {
	struct ssl_ctx_st *ctx;		/* the one that connections begin with */
	struct sessions	*sessions;
	uint8_t		 mark[TICKET_MARK];	/* hash of its certificates */
};

/* What is known of one connection; all 0 at first. */
struct ticket {
	struct ssl_st	*ssl;		/* as long as its struct tls lives */
	uint64_t	 who;		/* as in sessions.h */
	uint8_t		 can;		/* 1: it can resume a session */
	uint8_t		 met;		/* 1: ticket_meet() was called */
};

enum ticket_met { TICKET_NONE, TICKET_GIVEN, TICKET_USED, TICKET_FAILED };

/* Prepare one context of a server.  -1: OpenSSL refuses. */
int	ticket_tune(struct ssl_ctx_st *, const struct ticket_desk *);
/* As tls_handshake(3) for a connection from this peer. */
int	ticket_handshake(const struct ticket_desk *, struct ticket *,
	    struct tls *, const struct net_addr *peer);
/*
 * A reply is about to be sent: write a ticket first, if this client is worth
 * one.  Does something only once a connection.  TICKET_FAILED: it is broken.
 */
enum ticket_met ticket_meet(const struct ticket_desk *, struct ticket *);

#endif
