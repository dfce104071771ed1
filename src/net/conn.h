/* SPDX-License-Identifier: ISC */
/*
 * One client's connection, from its first byte to the last goodbye, the
 * same machine for Gemini and Gopher.  What is said on it is the service's
 * business; net/ moves the bytes and watches the time.
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

/* head, then body.  Both stay put until ended() is called with the same. */
struct conn_reply {
	const uint8_t	*head, *body;
	size_t		 headlen, bodylen;
	/*
	 * Bytes of the request, when the client may ask again on the same
	 * connection; 0: the connection ends with this reply.
	 */
	size_t		 next;
	void		*hold;		/* the service's own */
};

enum conn_end {
	END_DONE,			/* all bytes handed to the system */
	END_CUT				/* the client went, or was too slow */
};

/* One protocol on one set of addresses.  Callbacks run in the loop. */
struct service {
	struct tlsctx	*tls;		/* NULL: plain TCP */
	unsigned	 request_ms;	/* from first chance to whole request */
	size_t		 request_max;	/* at this many bytes answer() is sure
					   to answer; <= CONN_REQUEST_MAX */
	void		*arg;
	/* 1: may come in (leave() follows when it goes); 0: turned away. */
	int	(*admit)(void *arg, const struct net_addr *peer);
	void	(*leave)(void *arg, const struct net_addr *peer);
	/*
	 * NULL, or for TLS: a ClientHello begins, which will cost a
	 * signature.  1: go on; 0: refuse it.
	 */
	int	(*handshake)(void *arg, const struct net_addr *peer);
	/*
	 * len bytes of the request so far.  1: *r is the reply, ended() will
	 * follow; 0: more is needed; -1: drop the client; 2: it will be
	 * there later, by conn_answer(); ended() follows in any case, so
	 * r->hold is set now.
	 */
	int	(*answer)(void *arg, struct conn *, const uint8_t *,
		    size_t len, struct conn_reply *r);
	/*
	 * No place is left for a reply as long as *r: put a short one in its
	 * place that says so.  -1: no memory.
	 */
	int	(*busy)(void *arg, struct conn *, struct conn_reply *r);
	void	(*ended)(void *arg, struct conn *, struct conn_reply *,
		    enum conn_end);
	/*
	 * NULL, or: is this address a proxy, which says in a first line
	 * whom it speaks for?
	 */
	int	(*is_proxy)(void *arg, const struct net_addr *peer);
	/* Bytes of the proxy's header, *peer set; 0: more; -1: not one. */
	ssize_t	(*proxy)(void *arg, const uint8_t *, size_t,
		    struct net_addr *peer);
};

/* The reply that answer() put off; NULL: drop it.  It may be gone after it. */
void			 conn_answer(struct conn *, const struct conn_reply *);
const struct net_addr	*conn_peer(const struct conn *);
/* The connection's own local address: a system call. */
int			 conn_local(const struct conn *, struct net_addr *);
/* Host name the client asked for in the handshake, NULL: none. */
const char		*conn_sni(const struct conn *);
uint64_t		 conn_age_ms(const struct conn *);
/* Bytes of head and body handed over so far. */
uint64_t		 conn_given(const struct conn *);

#endif
