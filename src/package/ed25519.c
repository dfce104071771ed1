#include <openssl/err.h>
#include <openssl/evp.h>

#include "package/ed25519.h"

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
