/* SPDX-License-Identifier: ISC */
/*
 * A private key in another process, as libssl sees it: the public half is the
 * certificate's, and signatures are asked for.
 */
#ifndef NET_REMOTE_H
#define NET_REMOTE_H

#include <sys/types.h>

#include "net/signing.h"

struct err;
struct evp_pkey_st;
struct x509_st;

struct remote_key {			/* one certificate's way to its key */
	key_sign_fn	*sign;
	void		*arg;
	unsigned	 number;
};

/* Once, before any key.  -1: see e. */
int	 remote_start(struct err *e);
/*
 * remote is kept, not copied.  NULL: the certificate's key is neither EC nor
 * RSA, or there is no memory.  End with EVP_PKEY_free().
 */
struct evp_pkey_st *remote_key_new(struct x509_st *cert,
	    const struct remote_key *);
/* LibreSSL alone: sign what its libssl asks for. */
ssize_t	 remote_digest_sign(struct evp_pkey_st *, const struct sign_ask *,
	    uint8_t *out);
/*
 * LibreSSL alone.  0: a signature that was asked for is one of the key; else
 * -1.
 */
int	 remote_digest_proves(struct evp_pkey_st *, key_sign_fn *, void *arg,
	    unsigned number);

#endif
