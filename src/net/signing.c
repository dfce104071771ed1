/* SPDX-License-Identifier: ISC */
/*
 * The two inputs that a TLS server signs, RFC 8446 section 4.4.3 and RFC 8422
 * section 5.4.  Pure functions: the worker takes an input of libssl's apart
 * with them, and the signer, which trusts nothing that a worker sends, builds
 * it again.
 *
 * TLS 1.3: 64 spaces, a text, a zero and a hash; only the hash is sent.  TLS
 * 1.2: the client's random, the server's random and an ECDHE key on a curve
 * that we offer.  This server always speaks 1.3, too, so its random must end
 * with the mark that tells a client of 1.3 that somebody forced 1.2 on it.
 * Signatures of this form are therefore of no use against such clients.
 * Neither input can be taken for the other.
 */
#include <string.h>
#include <strings.h>

#include "net/signing.h"

#define PAD		64
#define CONTEXT		"TLS 1.3, server CertificateVerify"	/* and NUL */
#define HEAD		(PAD + sizeof(CONTEXT))
#define RANDOM		32
#define NAMED_CURVE	3
#define MARK		"DOWNGRD\1"
#define MARK_LEN	8

static const struct sign_scheme	 schemes[] = {
	{ 0x0403, 1, 0, "SHA256", 256 },
	{ 0x0503, 1, 0, "SHA384", 384 },
	{ 0x0603, 1, 0, "SHA512", 521 },
	{ 0x0804, 0, 1, "SHA256", 0 },
	{ 0x0805, 0, 1, "SHA384", 0 },
	{ 0x0806, 0, 1, "SHA512", 0 },
	{ 0x0401, 0, 0, "SHA256", 0 },
	{ 0x0501, 0, 0, "SHA384", 0 },
	{ 0x0601, 0, 0, "SHA512", 0 },
};

#define NSCHEMES	(sizeof(schemes) / sizeof(schemes[0]))

const struct sign_scheme *
sign_scheme(unsigned number)
{
	size_t	 i;

	for (i = 0; i < NSCHEMES; i++)
		if (schemes[i].number == number)
			return &schemes[i];
	return NULL;
}

unsigned
sign_scheme_number(int ec, int pss, const char *digest)
{
	size_t	 i;

	if (strncasecmp(digest, "SHA2-", 5) == 0)
		digest += 5;
	else if (strncasecmp(digest, "SHA", 3) == 0)
		digest += 3;
	for (i = 0; i < NSCHEMES; i++)
		if (schemes[i].ec == ec && (ec || schemes[i].pss == pss) &&
		    strcmp(schemes[i].digest + 3, digest) == 0)
			return schemes[i].number;
	return 0;
}

/* A curve's number and a public key that is as long as its keys are. */
static int
is_ecdhe(const uint8_t *p, size_t len)
{
	static const struct { unsigned curve; size_t len; int point; }
	    curves[] = {
		{ 23, 65, 1 }, { 24, 97, 1 }, { 25, 133, 1 }, { 29, 32, 0 }
	};
	size_t	 i;

	if (len < 5 || p[0] != NAMED_CURVE || p[1] != 0 || p[3] != len - 4)
		return 0;
	for (i = 0; i < sizeof(curves) / sizeof(curves[0]); i++)
		if (p[2] == curves[i].curve)
			return p[3] == curves[i].len &&
			    (!curves[i].point || p[4] == 4);
	return 0;
}

static int
is_tls12(const uint8_t *in, size_t len)
{
	return len > 2 * RANDOM &&
	    memcmp(in + 2 * RANDOM - MARK_LEN, MARK, MARK_LEN) == 0 &&
	    is_ecdhe(in + 2 * RANDOM, len - 2 * RANDOM);
}

static size_t
head(uint8_t *out)
{
	memset(out, ' ', PAD);
	memcpy(out + PAD, CONTEXT, sizeof(CONTEXT));
	return HEAD;
}

int
sign_parse(const uint8_t *in, size_t len, struct sign_ask *ask)
{
	uint8_t	 start[HEAD];

	head(start);
	ask->scheme = 0;
	ask->form = SIGN_TLS12;
	ask->data = in;
	ask->len = len;
	if (len > HEAD && memcmp(in, start, HEAD) == 0) {
		ask->form = SIGN_TLS13;
		ask->data = in + HEAD;
		ask->len = len - HEAD;
		return ask->len == 32 || ask->len == 48 ? 0 : -1;
	}
	return is_tls12(in, len) ? 0 : -1;
}

size_t
sign_build(const struct sign_ask *ask, uint8_t out[SIGN_INPUT_MAX])
{
	size_t	 n = 0;

	if (ask->form == SIGN_TLS13) {
		if (ask->len != 32 && ask->len != 48)
			return 0;
		n = head(out);
	} else if (ask->form != SIGN_TLS12 || ask->len > SIGN_INPUT_MAX ||
	    !is_tls12(ask->data, ask->len))
		return 0;
	memcpy(out + n, ask->data, ask->len);
	return n + ask->len;
}
