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

/*
 * Load PEM, EC or RSA, without a pass phrase.  Unless any is set, a file that
 * others than its owner can read is refused with what to do.  NULL: see e.
 */
struct tls_key	*tls_key_load(const char *path, int any, struct err *e);
void		 tls_key_free(struct tls_key *);	/* NULL is fine */
/* How many bytes were put into out; -1: no such question is signed. */
ssize_t		 tls_key_sign(struct tls_key *, const struct sign_ask *,
		    uint8_t *out);

#endif
