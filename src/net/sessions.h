/* SPDX-License-Identifier: ISC */
/*
 * TLS sessions that clients may resume, and which clients are worth one: tables
 * of a fixed size in memory that all workers share, never on disk.  There is no
 * lock, so a worker that dies holds up nobody.
 *
 * Every worker can read and write all of it.  A worker in a stranger's hands
 * learns the secrets of the sessions of the last minutes: with them it can pass
 * for the server before those clients, which it could anyway while it can ask
 * for signatures.  It can read nothing that was sent, because a resumed
 * handshake agrees on new keys.  Whatever it writes, the others neither crash
 * nor loop for ever.  When a worker dies, the master calls sessions_forget().
 */
#ifndef NET_SESSIONS_H
#define NET_SESSIONS_H

#include <stddef.h>
#include <stdint.h>

#include "net/addr.h"

struct err;
struct sessions;			/* opaque: its body is in sessions.c */

#define SESSION_ID	32		/* bytes */
#define SESSION_SECRET	48		/* at most */
#define SESSION_BIND	16

struct session {
	uint8_t		 id[SESSION_ID];
	uint8_t		 secret[SESSION_SECRET];
	uint8_t		 bind[SESSION_BIND];	/* certificates and host that
						   it is good for */
	uint16_t	 len;			/* of the secret */
	uint16_t	 suite;			/* as TLS numbers it */
};

/*
 * A session lives so many seconds.  NULL: see e.  Everywhere below, now is in milliseconds of the
 * monotonic clock.
 */
struct sessions	*sessions_new(unsigned seconds, struct err *e);
void		 sessions_free(struct sessions *);	/* NULL is fine */
/*
 * 1: processes forked from here on share the tables; 0: they do not have them,
 * so that only workers know secrets (where the system can do so: Linux).  It
 * begins with 0.
 */
void		 sessions_share(struct sessions *, int on);
unsigned	 sessions_seconds(const struct sessions *);
/* Keep a session; the oldest of those that share its places goes. */
void		 sessions_put(struct sessions *, const struct session *,
		    uint64_t now);
/* 1: *out is the session with this id; 0: there is none, or it is too old. */
int		 sessions_get(struct sessions *, const uint8_t id[SESSION_ID],
		    const uint8_t bind[SESSION_BIND], uint64_t now,
		    struct session *out);
/* Wipe the sessions that are too old. */
void		 sessions_sweep(struct sessions *, uint64_t now);
/*
 * Who is to be remembered: an address (of IPv6 its /64) with something that
 * tells programs behind one address apart.
 */
uint64_t	 sessions_who(const struct sessions *, const struct net_addr *,
		    const uint8_t *, size_t);
/*
 * A full handshake of this client is done.  1: it is worth a ticket, because it
 * comes again within the life of a session, or has resumed one of late; but not
 * within six lives of a ticket that it did not use.
 */
int		 sessions_came(struct sessions *, uint64_t who, uint64_t now);
/* This client was given a ticket; it resumed a session. */
void		 sessions_gave(struct sessions *, uint64_t who, uint64_t now);
void		 sessions_used(struct sessions *, uint64_t who, uint64_t now);
/* A worker died: wipe all. */
void		 sessions_forget(struct sessions *);

#endif
