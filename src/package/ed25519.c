/* SPDX-License-Identifier: ISC */
/*
 * Ed25519 signatures through libcrypto, and a check that it does not make: a
 * public key of small order, or one that is not written in its one form,
 * would let other people's signatures pass, so such a key is refused.
 */
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "package/ed25519.h"

/*
 * A key is the y of a point, little-endian; its highest bit is the sign of x.
 */
int
ed_key_ok(const uint8_t key[ED_KEY])
{
	static const uint8_t	 small[][ED_KEY] = {
		{ 0x00 }, { 0x01 },
		{ 0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3,
		    0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac,
		    0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88,
		    0x6d, 0x53, 0xfc, 0x05 },
		{ 0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c,
		    0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53,
		    0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
		    0x92, 0xac, 0x03, 0x7a },
	};
	uint8_t			 y[ED_KEY];
	size_t			 i;

	memcpy(y, key, ED_KEY);
	y[ED_KEY - 1] &= 0x7f;
	for (i = 0; i < sizeof(small) / sizeof(small[0]); i++)
		if (memcmp(y, small[i], ED_KEY) == 0)
			return 0;
	/* p - 1 is the fifth of them, p and above stand for 0 and above. */
	if (y[0] < 0xec || y[ED_KEY - 1] != 0x7f)
		return 1;
	for (i = 1; i < ED_KEY - 1; i++)
		if (y[i] != 0xff)
			return 1;
	return 0;
}

int
ed_verify(const uint8_t key[ED_KEY], const void *data, size_t n,
    const uint8_t sig[ED_SIG])
{
	EVP_PKEY	*k;
	EVP_MD_CTX	*ctx;
	int		 good = 0;

	k = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, ED_KEY);
	ctx = EVP_MD_CTX_new();
	if (k != NULL && ctx != NULL &&
	    EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, k) == 1)
		good = EVP_DigestVerify(ctx, sig, ED_SIG, data, n) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(k);
	if (!good)
		ERR_clear_error();	/* TLS in this process reads it too */
	return good;
}

int
ed_sign(const uint8_t seed[ED_KEY], const void *data, size_t n,
    uint8_t sig[ED_SIG])
{
	EVP_PKEY	*k;
	EVP_MD_CTX	*ctx;
	size_t		 len = ED_SIG;
	int		 rv = -1;

	k = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, ED_KEY);
	ctx = EVP_MD_CTX_new();
	if (k != NULL && ctx != NULL &&
	    EVP_DigestSignInit(ctx, NULL, NULL, NULL, k) == 1 &&
	    EVP_DigestSign(ctx, sig, &len, data, n) == 1 && len == ED_SIG)
		rv = 0;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(k);
	ERR_clear_error();
	return rv;
}

int
ed_public(const uint8_t seed[ED_KEY], uint8_t key[ED_KEY])
{
	EVP_PKEY	*k;
	size_t		 len = ED_KEY;
	int		 rv = -1;

	k = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, ED_KEY);
	if (k != NULL && EVP_PKEY_get_raw_public_key(k, key, &len) == 1 &&
	    len == ED_KEY)
		rv = 0;
	EVP_PKEY_free(k);
	ERR_clear_error();
	return rv;
}
