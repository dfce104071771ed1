/* SPDX-License-Identifier: ISC */
/*
 * The TLS side of a server, with certificates but without keys.  No private key
 * ever enters a process that has a struct tlsctx; a callback asks for each
 * signature.
 */
#ifndef NET_TLS_H
#define NET_TLS_H

#include <stddef.h>
#include <stdint.h>

#include "net/key.h"
#include "net/ticket.h"

struct err;
struct sessions;
struct tls;				/* libtls: one connection */
struct tlsctx;				/* opaque: its body is in tls.c */

struct tls_pem {
	const uint8_t	*data;		/* certificate and chain, PEM */
	size_t		 len;
	const char	*name;		/* file name, for messages */
};

/* OpenSSL without its configuration file: call once, before any fork. */
int		 tls_start(struct err *);
/*
 * The first certificate is the default, the others are chosen by the name
 * the client asks for.  sign(arg, i, ...) signs for certificate i.
 * sessions: those that clients may resume, or NULL; they stay the caller's.
 * NULL: see e.  End with tlsctx_free().
 */
struct tlsctx	*tlsctx_new(const struct tls_pem *, size_t n,
		    key_sign_fn *sign, void *arg, struct sessions *,
		    struct err *e);
void		 tlsctx_free(struct tlsctx *);		/* NULL is fine */
/* From here on this callback signs; for use after a fork(). */
void		 tlsctx_signer(struct tlsctx *, key_sign_fn *sign, void *arg);
/* For ticket_handshake() and ticket_meet(). */
const struct ticket_desk *tlsctx_desk(const struct tlsctx *);
/*
 * A connection whose bytes come and go through the callbacks, which are those
 * of tls_accept_cbs(3).  NULL: no memory.
 */
struct tls	*tlsctx_accept(struct tlsctx *,
		    ssize_t (*rd)(struct tls *, void *, size_t, void *),
		    ssize_t (*wr)(struct tls *, const void *, size_t, void *),
		    void *arg);

#endif
