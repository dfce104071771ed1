/* SPDX-License-Identifier: ISC */
/*
 * What the server of a TLS handshake signs.  The process that has the key is
 * sent only what differs from handshake to handshake and builds the rest
 * itself, so that it signs nothing but handshakes of ours.
 */
#ifndef NET_SIGNING_H
#define NET_SIGNING_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#define SIGN_INPUT_MAX	256		/* bytes that are signed at once */

enum sign_form {
	/* CertificateVerify of TLS 1.3; data: the transcript's hash. */
	SIGN_TLS13 = 1,
	/* ServerKeyExchange of TLS 1.2; data: both randoms, ECDHE key. */
	SIGN_TLS12,
	/*
	 * LibreSSL's libssl gives only this: a digest, a DigestInfo, or a block
	 * padded for PSS.  Never signed with OpenSSL.
	 */
	SIGN_DIGEST, SIGN_DIGEST_INFO, SIGN_BLOCK
};

struct sign_ask {
	unsigned	 form;
	unsigned	 scheme;	/* TLS SignatureScheme */
	const uint8_t	*data;
	size_t		 len;
};

/* How a scheme signs. */
struct sign_scheme {
	unsigned	 number;
	int		 ec;		/* 1: EC key; 0: RSA */
	int		 pss;		/* of RSA: PSS, salt as long as hash */
	const char	*digest;	/* OpenSSL's name */
	unsigned	 curve_bits;	/* of EC: which curve TLS 1.3 wants */
};

/* NULL: a scheme that this server does not know. */
const struct sign_scheme *sign_scheme(unsigned number);
/* The scheme of a key of EC or RSA (pss) with a digest, by its name; or 0. */
unsigned	 sign_scheme_number(int ec, int pss, const char *digest);
/*
 * Read the len bytes at in; data then points into in.  -1: it asks for nothing
 * that is signed.
 */
int		 sign_parse(const uint8_t *in, size_t len, struct sign_ask *);
/* Build what is to be signed.  Its length; 0: it has no known form. */
size_t		 sign_build(const struct sign_ask *,
		    uint8_t out[SIGN_INPUT_MAX]);

#define KEY_MESSAGE_MAX	1024		/* bytes in and out: RSA of 8192 bit */

/*
 * Asks the process that has key number key for a signature.  The bytes put into
 * out, which holds KEY_MESSAGE_MAX; -1: there is none.
 */
typedef ssize_t	key_sign_fn(void *arg, unsigned key, const struct sign_ask *,
		    uint8_t *out);

#endif
