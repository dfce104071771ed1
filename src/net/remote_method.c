/* SPDX-License-Identifier: ISC */
/*
 * LibreSSL's way to a key in another process: a key of EC or RSA with methods
 * of our own.  LibreSSL's libssl gives them a digest or a padded block, not
 * what was hashed.  So the signer cannot tell a handshake from anything else
 * and checks the form only.  With OpenSSL, remote.c is used instead, where the
 * signer can tell.
 */
#define OPENSSL_API_COMPAT 0x10100000L	/* EC_KEY and RSA methods */
#include <openssl/opensslv.h>

#ifdef LIBRESSL_VERSION_NUMBER
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <string.h>

#include "base/err.h"
#include "net/remote.h"

static int		 ec_slot = -1;	/* ex_data of EC_KEY and of RSA */
static int		 rsa_slot = -1;
static EC_KEY_METHOD	*ec_method;
static RSA_METHOD	*rsa_method;

static ssize_t	 ask(const struct remote_key *, unsigned,
		    const unsigned char *, int, uint8_t *);
static ECDSA_SIG *ec_sign_sig(const unsigned char *, int, const BIGNUM *,
		    const BIGNUM *, EC_KEY *);
static int	 ec_sign(int, const unsigned char *, int, unsigned char *,
		    unsigned *, const BIGNUM *, const BIGNUM *, EC_KEY *);
static int	 rsa_sign(int, const unsigned char *, unsigned char *, RSA *,
		    int);
static int	 is_digest(size_t);

static ssize_t
ask(const struct remote_key *k, unsigned form, const unsigned char *in,
    int len, uint8_t *out)
{
	struct sign_ask	 a = { form, 0, in, (size_t)len };

	if (k == NULL || len < 0)
		return -1;
	return k->sign(k->arg, k->number, &a, out);
}

/*
 * LibreSSL calls this one in some places; the signer returns the DER form,
 * which is parsed here.
 */
static ECDSA_SIG *
ec_sign_sig(const unsigned char *dgst, int len, const BIGNUM *kinv,
    const BIGNUM *rp, EC_KEY *ec)
{
	unsigned char	 der[KEY_MESSAGE_MAX];
	const unsigned char *p = der;
	unsigned	 n = 0;

	if (ec_sign(0, dgst, len, der, &n, kinv, rp, ec) != 1)
		return NULL;
	return d2i_ECDSA_SIG(NULL, &p, n);
}

static int
ec_sign(int type, const unsigned char *dgst, int len, unsigned char *sig,
    unsigned *siglen, const BIGNUM *kinv, const BIGNUM *rp, EC_KEY *ec)
{
	uint8_t	 out[KEY_MESSAGE_MAX];
	ssize_t	 n;

	(void)type, (void)kinv, (void)rp;
	n = ask(EC_KEY_get_ex_data(ec, ec_slot), SIGN_DIGEST, dgst, len, out);
	if (n <= 0 || n > ECDSA_size(ec))
		return 0;
	memcpy(sig, out, (size_t)n);
	*siglen = (unsigned)n;
	return 1;
}

static int
rsa_sign(int len, const unsigned char *in, unsigned char *sig, RSA *rsa,
    int padding)
{
	uint8_t		 out[KEY_MESSAGE_MAX];
	unsigned	 form = SIGN_BLOCK;
	ssize_t		 n;

	if (padding == RSA_PKCS1_PADDING)
		form = SIGN_DIGEST_INFO;
	else if (padding != RSA_NO_PADDING)
		return -1;
	n = ask(RSA_get_ex_data(rsa, rsa_slot), form, in, len, out);
	if (n != RSA_size(rsa))
		return -1;
	memcpy(sig, out, (size_t)n);
	return (int)n;
}

int
remote_start(struct err *e)
{
	if ((rsa_slot = RSA_get_ex_new_index(0, NULL, NULL, NULL, NULL)) ==
	    -1 ||
	    (ec_slot = EC_KEY_get_ex_new_index(0, NULL, NULL, NULL, NULL)) ==
	    -1 ||
	    (ec_method = EC_KEY_METHOD_new(EC_KEY_OpenSSL())) == NULL ||
	    (rsa_method = RSA_meth_dup(RSA_PKCS1_OpenSSL())) == NULL) {
		err_cannot(e, "LibreSSL does not start");
		return -1;
	}
	EC_KEY_METHOD_set_sign(ec_method, ec_sign, NULL, ec_sign_sig);
	RSA_meth_set_priv_enc(rsa_method, rsa_sign);
	return 0;
}

EVP_PKEY *
remote_key_new(X509 *cert, const struct remote_key *remote)
{
	EVP_PKEY	*pub = X509_get0_pubkey(cert), *out = NULL;
	EC_KEY		*ec = NULL;
	RSA		*rsa = NULL;
	void		*arg = (void *)(uintptr_t)remote;

	if (pub == NULL || (out = EVP_PKEY_new()) == NULL)
		return NULL;
	if (EVP_PKEY_base_id(pub) == EVP_PKEY_EC) {
		ec = EC_KEY_dup(EVP_PKEY_get0_EC_KEY(pub));
		if (ec == NULL || EC_KEY_set_method(ec, ec_method) != 1 ||
		    EC_KEY_set_ex_data(ec, ec_slot, arg) != 1 ||
		    EVP_PKEY_assign_EC_KEY(out, ec) != 1)
			goto fail;
	} else if (EVP_PKEY_base_id(pub) == EVP_PKEY_RSA) {
		rsa = RSAPublicKey_dup(EVP_PKEY_get0_RSA(pub));
		if (rsa == NULL || RSA_set_method(rsa, rsa_method) != 1 ||
		    RSA_set_ex_data(rsa, rsa_slot, arg) != 1 ||
		    EVP_PKEY_assign_RSA(out, rsa) != 1)
			goto fail;
	} else
		goto fail;
	return out;
 fail:
	EC_KEY_free(ec);
	RSA_free(rsa);
	EVP_PKEY_free(out);
	return NULL;
}

static int
is_digest(size_t len)
{
	return len == 32 || len == 48 || len == 64;
}

/*
 * The worker pads for PSS, so the signer gets a whole block.  Its form is
 * checked (clear top bit, last byte 0xbc), so that nobody can have it decrypt,
 * or sign in another way.
 */
ssize_t
remote_digest_sign(EVP_PKEY *pkey, const struct sign_ask *a, uint8_t *out)
{
	const RSA	*rsa = NULL;
	const EC_KEY	*ec = NULL;
	const uint8_t	*in = a->data;
	unsigned	 n = 0;

	if (EVP_PKEY_base_id(pkey) == EVP_PKEY_EC)
		ec = EVP_PKEY_get0_EC_KEY(pkey);
	else
		rsa = EVP_PKEY_get0_RSA(pkey);
	if (ec != NULL && a->form == SIGN_DIGEST && is_digest(a->len) &&
	    ECDSA_sign(0, in, (int)a->len, out, &n, (EC_KEY *)(uintptr_t)ec)
	    == 1)
		return n;
	if (rsa != NULL && a->form == SIGN_BLOCK &&
	    a->len == (size_t)RSA_size(rsa) && (in[0] & 0x80) == 0 &&
	    in[a->len - 1] == 0xbc)
		return RSA_private_encrypt((int)a->len, in, out,
		    (RSA *)(uintptr_t)rsa, RSA_NO_PADDING);
	if (rsa != NULL && a->form == SIGN_DIGEST_INFO && a->len > 19 &&
	    is_digest(a->len - 19) && in[0] == 0x30 && in[1] == a->len - 2)
		return RSA_private_encrypt((int)a->len, in, out,
		    (RSA *)(uintptr_t)rsa, RSA_PKCS1_PADDING);
	return -1;
}

int
remote_digest_proves(EVP_PKEY *pub, key_sign_fn *sign, void *arg,
    unsigned number)
{
	static const uint8_t	 info[19 + 32] = {	/* of SHA-256 */
		0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
		0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20
	};
	struct sign_ask	 a = { SIGN_DIGEST, 0, info + 19, 32 };
	uint8_t		 sig[KEY_MESSAGE_MAX], back[KEY_MESSAGE_MAX];
	const RSA	*rsa = NULL;
	ssize_t		 n;

	if (EVP_PKEY_base_id(pub) == EVP_PKEY_RSA) {
		rsa = EVP_PKEY_get0_RSA(pub);
		a.form = SIGN_DIGEST_INFO;
		a.data = info;
		a.len = sizeof(info);
	}
	if ((n = sign(arg, number, &a, sig)) <= 0)
		return -1;
	if (rsa == NULL)
		return ECDSA_verify(0, a.data, (int)a.len, sig, (int)n,
		    (EC_KEY *)(uintptr_t)EVP_PKEY_get0_EC_KEY(pub)) == 1 ?
		    0 : -1;
	if (n != RSA_size(rsa) || n > (ssize_t)sizeof(back))
		return -1;
	n = RSA_public_decrypt((int)n, sig, back, (RSA *)(uintptr_t)rsa,
	    RSA_PKCS1_PADDING);
	return n == (ssize_t)a.len && memcmp(back, a.data, a.len) == 0 ? 0 :
	    -1;
}
#endif
