/* SPDX-License-Identifier: ISC */
/*
 * A connection's TLS handshake.  It is a fiber: while it waits for a signature,
 * other connections go on, so that the signer is woken once for all handshakes
 * that were there at the same time.  What the connection receives meanwhile is
 * kept.
 *
 * The peer is a stranger: no TLS state is made before its first byte, and
 * conn.c watches the deadline, also of a handshake that waits for its signature.
 */
#include <sys/socket.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <string.h>

#include <tls.h>

#include "net/fiber.h"
#include "net/inner.h"
#include "net/shake.h"
#include "net/tls.h"

#define TLS_HANDSHAKE	0x16		/* first byte of any ClientHello */

/* libtls reads through this. */
static ssize_t
conn_read(struct tls *tls, void *buf, size_t n, void *arg)
{
	struct conn	*c = arg;
	struct loop	*l = c->loop;

	(void)tls;
	if (!conn_fill(c))
		return c->eof ? 0 : TLS_WANT_POLLIN;
	if (n > l->rx_len - l->rx_pos)
		n = l->rx_len - l->rx_pos;
	memcpy(buf, l->rx + l->rx_pos, n);
	l->rx_pos += n;
	return (ssize_t)n;
}

static int
handshake(void *arg)
{
	struct conn	*c = arg;

	return ticket_handshake(tlsctx_desk(c->svc->tls), &c->ticket, c->tls,
	    &c->peer);
}

/* 1: libtls has returned rv; 0: it waits for the signature. */
static int
shake(struct conn *c, int *rv)
{
	struct loop	*l = c->loop;
	int		 done;

	if (c->fiber != NULL && !c->signed_)
		return 0;
	l->shaking = c;
	done = fiber_run(&c->fiber, handshake, c, rv);
	l->shaking = NULL;
	c->signed_ = 0;
	return done;
}

/* The connection ends: what has paused fails, since it has a stack to unwind. */
void
shake_end(struct conn *c)
{
	int	 rv;

	c->ending = 1;
	while (c->fiber != NULL && !fiber_run(&c->fiber, handshake, c, &rv))
		continue;
}

struct conn *
shake_now(struct loop *l)
{
	return fiber_is() ? l->shaking : NULL;
}

int
shake_wait(struct conn *c)
{
	if (!c->ending)
		fiber_pause();
	return !c->ending;
}

void
shake_on(struct conn *c)
{
	c->signed_ = 1;
	conn_run(c);
}

/*
 * A client without TCP_NODELAY sends its request only when the end of its
 * handshake has been acknowledged.  The server has nothing to send that could
 * carry the acknowledgement, which would wait 40 ms; it is sent at once.
 */
static void
ack_now(struct conn *c)
{
#ifdef TCP_QUICKACK
	int	 on = 1;

	setsockopt(c->fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
#else
	(void)c;
#endif
}

/*
 * Send an alert that needs no keys: fatal, access denied.  What the socket does
 * not take at once is not sent.
 */
static void
refuse_hello(struct conn *c)
{
	static const uint8_t	 alert[] = { 0x15, 3, 1, 0, 2, 2, 49 };

	c->loop->counts->handshakes_failed++;
	if (send(c->fd, alert, sizeof(alert), MSG_NOSIGNAL) > 0)
		c->loop->counts->bytes += sizeof(alert);
}

enum conn_want
conn_handshake(struct conn *c)
{
	struct loop	*l = c->loop;
	int		 rv;

	if (c->tls == NULL) {
		/* No TLS state is made before the client has sent a byte. */
		if (!conn_fill(c))
			return c->eof ? WANT_DONE : WANT_READ;
		if (l->rx[l->rx_pos] != TLS_HANDSHAKE) {
			l->counts->handshakes_failed++;
			return WANT_DONE;
		}
		if (c->svc->handshake != NULL &&
		    !c->svc->handshake(c->svc->arg, &c->peer)) {
			refuse_hello(c);
			return WANT_DONE;
		}
		c->tls = tlsctx_accept(c->svc->tls, conn_read, send_tls, c);
		if (c->tls == NULL)
			return WANT_DONE;
	}
	if (!shake(c, &rv))
		return WANT_READ;
	if (rv == TLS_WANT_POLLIN)
		return c->eof ? WANT_DONE : WANT_READ;
	if (rv == TLS_WANT_POLLOUT)
		return WANT_WRITE;
	if (rv == 0) {
		l->counts->handshakes++;
		conn_enter(c, ST_REQUEST);
		if (l->rx_pos == l->rx_len && !c->can_read)
			ack_now(c);
		return WANT_READ;
	}
	l->counts->handshakes_failed++;
	if (c->eof || !send_flush(c))
		return WANT_DONE;
	conn_enter(c, ST_GOODBYE);		/* the alert must arrive */
	return WANT_READ;
}
