/* SPDX-License-Identifier: ISC */
/*
 * The TLS private key, for the signer process alone: load it, check who else
 * may read it, sign what a handshake asks for.
 */
#ifndef NET_KEY_H
#define NET_KEY_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include "net/signing.h"

struct err;
struct tls_key;				/* opaque: its body is in key.c */

#define KEY_MESSAGE_MAX	1024		/* bytes in and out: RSA of 8192 bit */

/*
 * Asks whoever holds key number key for a signature.  Bytes put into out
 * (KEY_MESSAGE_MAX of room), -1 when there is none.
 */
typedef ssize_t	key_sign_fn(void *arg, unsigned key, const struct sign_ask *,
		    uint8_t *out);

/*
 * PEM, EC or RSA, no pass phrase.  Refuses a file that others than its
 * owner may read, unless any, and tells what helps.  NULL: see e.
 */
struct tls_key	*tls_key_load(const char *path, int any, struct err *e);
void		 tls_key_free(struct tls_key *);	/* NULL is fine */
/* Bytes put into out; -1: it is of no form that is signed. */
ssize_t		 tls_key_sign(struct tls_key *, const struct sign_ask *,
		    uint8_t *out);

#endif
