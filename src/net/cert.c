/* SPDX-License-Identifier: ISC */
/*
 * Makes self-signed certificates with libcrypto, and checks whether a
 * certificate names a host and belongs to a key.  For that test the private
 * key may be in another process: a callback makes a signature, which is
 * checked with the certificate's public key.  PEM text comes from the
 * operator's files.  Only the first certificate of a file is read, and
 * nothing checks who issued it.
 */
#include <ctype.h>
#include <string.h>
#include <time.h>

#define OPENSSL_API_COMPAT 0x10100000L
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hostname.h"
#include "net/cert.h"
#include "net/remote.h"

#define HOST_MAX	253		/* DNS */
#define CN_MAX		64		/* X.509 */

static X509	*first_cert(const uint8_t *, size_t, const char *,
		    struct err *);
static EVP_PKEY	*key_from(const struct buf *);
static EVP_PKEY	*key_make(void);
static int	 bio_to_buf(BIO *, struct buf *);
static int	 add_names(X509 *, const char *, const struct net_addr *,
		    size_t);
static X509	*self_signed(EVP_PKEY *, const char *,
		    const struct net_addr *, size_t);
static int	 verify(EVP_PKEY *, key_sign_fn *, void *, unsigned);
static int64_t	 seconds(const ASN1_TIME *);

int
cert_host_ok(const char *host)
{
	size_t	 i, len = strlen(host), label = 0;

	if (len == 0 || len > HOST_MAX)
		return 0;
	for (i = 0; i < len; i++) {
		if (host[i] == '.') {
			if (label == 0 || host[i - 1] == '-')
				return 0;
			label = 0;
			continue;
		}
		if (!isalnum((unsigned char)host[i]) &&
		    (host[i] != '-' || label == 0))
			return 0;
		if (++label > 63)
			return 0;
	}
	return label > 0 && host[len - 1] != '-';
}

static X509 *
first_cert(const uint8_t *pem, size_t len, const char *name, struct err *e)
{
	BIO	*bio;
	X509	*x = NULL;

	if (len <= CERT_FILE_MAX &&
	    (bio = BIO_new_mem_buf(pem, (int)len)) != NULL) {
		x = PEM_read_bio_X509(bio, NULL, NULL, NULL);
		BIO_free(bio);
	}
	if (x == NULL)
		err_set(e, "%s: no certificate in PEM form", name);
	return x;
}

static EVP_PKEY *
key_from(const struct buf *pem)
{
	EVP_PKEY	*k = NULL;
	BIO		*bio;

	if ((bio = BIO_new_mem_buf(pem->data, (int)pem->len)) != NULL) {
		k = PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)"");
		BIO_free(bio);
	}
	return k;
}

static EVP_PKEY *
key_make(void)
{
	EVP_PKEY_CTX	*ctx;
	EVP_PKEY	*k = NULL;

	/* Not EVP_EC_gen(): LibreSSL has none. */
	if ((ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL)) == NULL)
		return NULL;
	if (EVP_PKEY_keygen_init(ctx) == 1 &&
	    EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx,
	    NID_X9_62_prime256v1) == 1 &&
	    EVP_PKEY_CTX_set_ec_param_enc(ctx, OPENSSL_EC_NAMED_CURVE) == 1 &&
	    EVP_PKEY_keygen(ctx, &k) != 1)
		k = NULL;
	EVP_PKEY_CTX_free(ctx);
	return k;
}

static int
bio_to_buf(BIO *bio, struct buf *out)
{
	char	*data;
	long	 n;

	if ((n = BIO_get_mem_data(bio, &data)) <= 0)
		return -1;
	buf_add(out, data, (size_t)n);
	return buf_ok(out) ? 0 : -1;
}

/* The subject's alternative names, made without any configuration text. */
static int
add_names(X509 *x, const char *host, const struct net_addr *ip, size_t nip)
{
	GENERAL_NAMES		*all;
	GENERAL_NAME		*g;
	ASN1_STRING		*s;
	size_t			 i;
	int			 v4, rv = -1;

	if ((all = GENERAL_NAMES_new()) == NULL)
		return -1;
	for (i = 0; i <= nip; i++) {
		if ((g = GENERAL_NAME_new()) == NULL)
			goto out;
		if (sk_GENERAL_NAME_push(all, g) == 0) {
			GENERAL_NAME_free(g);
			goto out;
		}
		if ((s = ASN1_STRING_type_new(i == 0 ? V_ASN1_IA5STRING :
		    V_ASN1_OCTET_STRING)) == NULL)
			goto out;
		GENERAL_NAME_set0_value(g, i == 0 ? GEN_DNS : GEN_IPADD, s);
		v4 = i > 0 && addr_is_v4(&ip[i - 1]);
		if (ASN1_STRING_set(s, i == 0 ? (const void *)host :
		    ip[i - 1].ip + (v4 ? 12 : 0),
		    i == 0 ? (int)strlen(host) : v4 ? 4 : 16) != 1)
			goto out;
	}
	if (X509_add1_ext_i2d(x, NID_subject_alt_name, all, 0, 0) == 1)
		rv = 0;
 out:
	GENERAL_NAMES_free(all);
	return rv;
}

static X509 *
self_signed(EVP_PKEY *key, const char *host, const struct net_addr *ip,
    size_t nip)
{
	X509		*x;
	X509_NAME	*name;
	unsigned char	 serial[8];
	BIGNUM		*bn = NULL;
	char		 cn[CN_MAX + 1];
	int		 ok;

	strncpy(cn, host, CN_MAX);
	cn[CN_MAX] = '\0';
	if ((x = X509_new()) == NULL || RAND_bytes(serial, 8) != 1)
		goto fail;
	serial[0] &= 0x7f;
	serial[0] |= 0x40;
	if ((bn = BN_bin2bn(serial, 8, NULL)) == NULL)
		goto fail;
	name = X509_get_subject_name(x);
	ok = X509_set_version(x, X509_VERSION_3) == 1 &&
	    BN_to_ASN1_INTEGER(bn, X509_get_serialNumber(x)) != NULL &&
	    X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
	    (unsigned char *)cn, -1, -1, 0) == 1 &&
	    X509_set_issuer_name(x, name) == 1 &&
	    ASN1_TIME_set_string(X509_getm_notBefore(x),
	    "700101000000Z") == 1 &&
	    ASN1_TIME_set_string(X509_getm_notAfter(x),
	    "99991231235959Z") == 1 &&
	    X509_set_pubkey(x, key) == 1 &&
	    add_names(x, host, ip, nip) == 0 &&
	    X509_sign(x, key, EVP_sha256()) > 0;
	if (!ok)
		goto fail;
	BN_free(bn);
	return x;
 fail:
	BN_free(bn);
	X509_free(x);
	return NULL;
}

int
cert_make(const char *host, const struct net_addr *ip, size_t nip,
    struct buf *key, struct buf *cert, struct err *e)
{
	EVP_PKEY	*pkey = NULL;
	X509		*x = NULL;
	BIO		*kb = NULL, *cb = NULL;
	int		 rv = -1, have = key->len > 0;

	if (!cert_host_ok(host)) {
		hostname_err(host, e);
		return -1;
	}
	if ((pkey = have ? key_from(key) : key_make()) == NULL) {
		err_set(e, have ? "the key is no PEM private key without a "
		    "pass phrase" : "OpenSSL makes no P-256 key");
		return -1;
	}
	if ((x = self_signed(pkey, host, ip, nip)) == NULL ||
	    (kb = BIO_new(BIO_s_mem())) == NULL ||
	    (cb = BIO_new(BIO_s_mem())) == NULL ||
	    PEM_write_bio_X509(cb, x) != 1 || bio_to_buf(cb, cert) == -1) {
		err_cannot(e, "OpenSSL makes no certificate");
		goto out;
	}
	if (!have && (PEM_write_bio_PKCS8PrivateKey(kb, pkey, NULL, NULL, 0,
	    NULL, NULL) != 1 || bio_to_buf(kb, key) == -1)) {
		err_cannot(e, "OpenSSL does not write the key");
		goto out;
	}
	rv = 0;
 out:
	BIO_free(kb);
	BIO_free(cb);
	X509_free(x);
	EVP_PKEY_free(pkey);
	return rv;
}

int
cert_names_host(const uint8_t *pem, size_t len, const char *name,
    const char *host, struct err *e)
{
	X509	*x;
	int	 rv;

	if ((x = first_cert(pem, len, name, e)) == NULL)
		return -1;
	rv = X509_check_host(x, host, 0, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
	    NULL) == 1 || X509_check_ip_asc(x, host, 0) == 1;
	X509_free(x);
	return rv;
}

/*
 * 0: the signature, made over what a handshake would ask for, is one of pub's
 * key; else -1.
 */
static int
verify(EVP_PKEY *pub, key_sign_fn *sign, void *arg, unsigned number)
{
#ifdef LIBRESSL_VERSION_NUMBER
	return remote_digest_proves(pub, sign, arg, number);
#else
	static const uint8_t	 hash[48] = "apeng: does the key fit?";
	struct sign_ask		 ask = { SIGN_TLS13, 0, hash, sizeof(hash) };
	EVP_MD_CTX		*ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX		*how;
	uint8_t			 in[SIGN_INPUT_MAX], sig[KEY_MESSAGE_MAX];
	const char		*digest = "SHA256";
	size_t			 len = sign_build(&ask, in);
	ssize_t			 n = -1;
	int			 ec, rv = -1;

	ec = EVP_PKEY_base_id(pub) == EVP_PKEY_EC;
	if (ec && EVP_PKEY_bits(pub) > 256)
		digest = EVP_PKEY_bits(pub) > 384 ? "SHA512" : "SHA384";
	ask.scheme = sign_scheme_number(ec, 1, digest);
	if (ctx != NULL && EVP_DigestVerifyInit(ctx, &how,
	    EVP_get_digestbyname(digest), NULL, pub) == 1 &&
	    (ec || (EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING)
	    == 1 && EVP_PKEY_CTX_set_rsa_pss_saltlen(how,
	    RSA_PSS_SALTLEN_DIGEST) == 1)))
		n = sign(arg, number, &ask, sig);
	if (n > 0 && EVP_DigestVerify(ctx, sig, (size_t)n, in, len) == 1)
		rv = 0;
	EVP_MD_CTX_free(ctx);
	return rv;
#endif
}

static int64_t
seconds(const ASN1_TIME *t)
{
	ASN1_TIME	*epoch;
	int		 day = 0, sec = 0;

	if ((epoch = ASN1_TIME_set(NULL, 0)) == NULL)
		return 0;
	ASN1_TIME_diff(&day, &sec, epoch, t);
	ASN1_TIME_free(epoch);
	return (int64_t)day * 86400 + sec;
}

int
cert_proves_key(const uint8_t *pem, size_t len, const char *name,
    key_sign_fn *sign, void *arg, unsigned number, int64_t *from,
    int64_t *until, struct err *e)
{
	EVP_PKEY	*pub;
	X509		*x;
	int		 rv = -1, type;

	if ((x = first_cert(pem, len, name, e)) == NULL)
		return -1;
	pub = X509_get0_pubkey(x);
	type = pub != NULL ? EVP_PKEY_base_id(pub) : 0;
	if (type == EVP_PKEY_EC || type == EVP_PKEY_RSA)
		rv = verify(pub, sign, arg, number);
	if (rv == -1)
		err_set(e, "%s: the certificate does not belong to the key "
		    "beside it; put the right key there, or make a new pair "
		    "with apeng cert in another folder", name);
	*from = seconds(X509_get0_notBefore(x));
	*until = seconds(X509_get0_notAfter(x));
	X509_free(x);
	return rv;
}
