/* SPDX-License-Identifier: ISC */
/*
 * One client's connection from its first byte to its close, the same for all
 * protocols.  The service decides what is said on it; net/ moves the bytes and
 * watches the deadlines.
 */
#ifndef NET_CONN_H
#define NET_CONN_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include "net/addr.h"

struct conn;
struct tlsctx;

#define CONN_REQUEST_MAX 8192		/* bytes before a request is answered */

/*
 * A reply: head, then body.  The bytes stay valid and in place until ended() is
 * called with the same struct.
 */
struct conn_reply {
	const uint8_t	*head, *body;
	size_t		 headlen, bodylen;
	/*
	 * Bytes of the request, when the client may ask again on the same
	 * connection; 0: the connection ends with this reply.
	 */
	size_t		 next;
	/*
	 * 1: a client whose line breaks asks for the rest only, so what has
	 * arrived must not be lost in an unfinished TLS record.
	 */
	int		 resumes;
	void		*hold;		/* for the service; net/ leaves it
					   alone */
};

enum conn_end {
	END_DONE,			/* all bytes handed to the system */
	END_CUT				/* the client went, or was too slow */
};

/* One protocol on one set of addresses.  Callbacks run in the loop. */
struct service {
	struct tlsctx	*tls;		/* NULL: plain TCP */
	unsigned	 request_ms;	/* from the first chance to send one to
					   a whole request */
	size_t		 request_max;	/* with this many bytes answer() never
					   returns 0; <= CONN_REQUEST_MAX */
	void		*arg;
	/*
	 * 1: the peer is let in, and leave() follows when it has gone; 0: it is
	 * turned away.
	 */
	int	(*admit)(void *arg, const struct net_addr *peer);
	void	(*leave)(void *arg, const struct net_addr *peer);
	/*
	 * For TLS, or NULL: a ClientHello begins, and a signature will be made
	 * for it.  1: go on; 0: refuse it.
	 */
	int	(*handshake)(void *arg, const struct net_addr *peer);
	/*
	 * len bytes of the request have arrived so far.  1: *r is the reply,
	 * and ended() will follow.  0: more is needed.  -1: drop the client.
	 * 2: conn_answer() will bring the reply; ended() follows in any case,
	 * so r->hold is set now.
	 */
	int	(*answer)(void *arg, struct conn *, const uint8_t *,
		    size_t len, struct conn_reply *r);
	/*
	 * There is no place for a reply as long as *r: put a short one there
	 * that says so.  -1: no memory.
	 */
	int	(*busy)(void *arg, struct conn *, struct conn_reply *r);
	void	(*ended)(void *arg, struct conn *, struct conn_reply *,
		    enum conn_end);
	/*
	 * NULL, or: is this address a proxy, whose first line names its client?
	 */
	int	(*is_proxy)(void *arg, const struct net_addr *peer);
	/*
	 * The length of the proxy's header, and *peer is set; 0: more is
	 * needed; -1: it is none.
	 */
	ssize_t	(*proxy)(void *arg, const uint8_t *, size_t,
		    struct net_addr *peer);
};

/*
 * The reply that answer() put off; NULL: drop the connection.  c may be freed
 * when this returns.
 */
void			 conn_answer(struct conn *, const struct conn_reply *);
const struct net_addr	*conn_peer(const struct conn *);
/* The connection's own local address; makes a system call. */
int			 conn_local(const struct conn *, struct net_addr *);
/* Host name the client asked for in the handshake, NULL: none. */
const char		*conn_sni(const struct conn *);
uint64_t		 conn_age_ms(const struct conn *);
/* Bytes of head and body handed over so far. */
uint64_t		 conn_given(const struct conn *);

#endif
