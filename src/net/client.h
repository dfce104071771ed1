/* SPDX-License-Identifier: ISC */
/*
 * The calling side of a connection, TCP or TLS, for programs that wait.  Each
 * call returns at the latest when its time is over; client_open() has one time
 * for each of its steps.  A read returns as soon as there is a byte, so that
 * all bytes that came before a line broke have been delivered.  Spans are
 * milliseconds.
 */
#ifndef NET_CLIENT_H
#define NET_CLIENT_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

struct err;
struct client;			/* opaque: its body is in client.c */

/*
 * Look up host (a name or an IP literal without brackets), connect to the
 * first of its addresses that answers and, with tls, shake hands.  The
 * peer's certificate is not judged: see client_key().  timeout is for the
 * name, anew for each address (at most LOOKUP_MAX) and for the handshake.
 * NULL: see e, always STATUS_CANNOT.
 */
struct client	*client_open(const char *host, unsigned port, int tls,
		    int timeout, struct err *e);
void		 client_close(struct client *);		/* NULL is fine */
/*
 * SHA-256 of the peer's public key (SubjectPublicKeyInfo): it outlives a
 * renewed certificate.  0, or -1: no TLS, or see e.
 */
int		 client_key(const struct client *, uint8_t key[32],
		    struct err *e);
/* All n bytes; timeout is for all of them.  0, or -1: see e. */
int		 client_write(struct client *, const void *, size_t n,
		    int timeout, struct err *e);
/*
 * What is there, at least one byte.  0: the peer has ended; -1: see e, whose
 * sys is ETIMEDOUT when nothing came in time.
 */
ssize_t		 client_read(struct client *, void *, size_t size,
		    int timeout, struct err *e);
/* Payload bytes of TCP so far: with everything that TLS adds. */
void		 client_count(const struct client *, uint64_t *in,
		    uint64_t *out);

#endif
