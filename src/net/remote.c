/* SPDX-License-Identifier: ISC */
/*
 * OpenSSL's way to a key in another process: a provider within this program,
 * with keys of EC and RSA and their signatures.  A provider gets the whole
 * input of a signature, while a method of an EC_KEY gets only its digest.  So
 * the signer can be told the parts of a handshake's input (signing.c).
 *
 * The keys live in a library context of their own, so that nobody else in this
 * process gets this provider when asking for "EC". A key holds the public half
 * as an ordinary key, which answers all questions about it, and the callback
 * that asks for signatures.  It is never exported: because OpenSSL cannot hand
 * it to its own provider, it calls this one.
 *
 * Trusts libssl to ask for what a handshake needs; any other input is refused.
 */
#include <openssl/opensslv.h>

#ifndef LIBRESSL_VERSION_NUMBER
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "net/remote.h"

#define NAME		"apeng"
#define REMOTE		"apeng-remote"	/* our parameter: a pointer */
#define EC_NAMES	"EC:id-ecPublicKey:1.2.840.10045.2.1"
#define RSA_NAMES	"RSA:rsaEncryption:1.2.840.113549.1.1.1"
#define DIGEST_MAX	16		/* bytes of a digest's name */

typedef void	 (*fn)(void);

struct key {
	int			 ec;
	EVP_PKEY		*pub;
	const struct remote_key	*remote;
};

struct signature {
	const struct key	*key;
	char			 digest[DIGEST_MAX];
	int			 pss;
	uint8_t			 in[SIGN_INPUT_MAX];
	size_t			 len;	/* more than there is room: no form */
};

static void	*key_new(int);
static void	*ec_new(void *);
static void	*rsa_new(void *);
static void	 key_free(void *);
static int	 key_has(const void *, int);
static int	 key_match(const void *, const void *, int);
static int	 key_import(void *, int, const OSSL_PARAM []);
static const OSSL_PARAM *key_import_types(int);
static int	 key_get(void *, OSSL_PARAM []);
static const OSSL_PARAM *key_gettable(void *);
static const char *ec_operation(int);
static const char *rsa_operation(int);
static void	*sig_new(void *, const char *);
static void	 sig_free(void *);
static int	 sig_init(void *, const char *, void *, const OSSL_PARAM []);
static int	 sig_update(void *, const unsigned char *, size_t);
static int	 sig_final(void *, unsigned char *, size_t *, size_t);
static int	 sig_sign(void *, unsigned char *, size_t *, size_t,
		    const unsigned char *, size_t);
static int	 sig_set(void *, const OSSL_PARAM []);
static const OSSL_PARAM *sig_settable(void *, void *);
static const OSSL_ALGORITHM *query(void *, int, int *);
static int	 provider(const OSSL_CORE_HANDLE *, const OSSL_DISPATCH *,
		    const OSSL_DISPATCH **, void **);

static OSSL_LIB_CTX	*ours;

static void *
key_new(int ec)
{
	struct key	*k;

	if ((k = calloc(1, sizeof(*k))) != NULL)
		k->ec = ec;
	return k;
}

static void *
ec_new(void *ctx)
{
	(void)ctx;
	return key_new(1);
}

static void *
rsa_new(void *ctx)
{
	(void)ctx;
	return key_new(0);
}

static void
key_free(void *arg)
{
	struct key	*k = arg;

	if (k == NULL)
		return;
	EVP_PKEY_free(k->pub);
	free(k);
}

/*
 * The public half is here and the private half elsewhere: all that is asked for
 * is there.
 */
static int
key_has(const void *arg, int what)
{
	(void)what;
	return ((const struct key *)arg)->pub != NULL;
}

static int
key_match(const void *a, const void *b, int what)
{
	const struct key	*k = a, *l = b;

	(void)what;
	return k->pub != NULL && l->pub != NULL &&
	    EVP_PKEY_eq(k->pub, l->pub) == 1;
}

/* Import a public key, a certificate's, or one of ours with its callback. */
static int
key_import(void *arg, int what, const OSSL_PARAM params[])
{
	struct key		*k = arg;
	EVP_PKEY_CTX		*ctx;
	const OSSL_PARAM	*p;

	(void)what;
	ctx = EVP_PKEY_CTX_new_from_name(NULL, k->ec ? "EC" : "RSA", NULL);
	if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &k->pub, EVP_PKEY_PUBLIC_KEY,
	    (OSSL_PARAM *)(uintptr_t)params) != 1)
		k->pub = NULL;
	EVP_PKEY_CTX_free(ctx);
	p = OSSL_PARAM_locate_const(params, REMOTE);
	if (p != NULL && p->data_size == sizeof(k->remote))
		memcpy(&k->remote, p->data, sizeof(k->remote));
	return k->pub != NULL;
}

static const OSSL_PARAM *
key_import_types(int what)
{
	static const OSSL_PARAM	 types[] = {
		OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, NULL, 0),
		OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_PUB_KEY, NULL, 0),
		OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_N, NULL, 0),
		OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_E, NULL, 0),
		OSSL_PARAM_octet_string(REMOTE, NULL, 0),
		OSSL_PARAM_END
	};

	(void)what;
	return types;
}

static int
key_get(void *arg, OSSL_PARAM params[])
{
	return EVP_PKEY_get_params(((struct key *)arg)->pub, params);
}

static const OSSL_PARAM *
key_gettable(void *ctx)
{
	static const OSSL_PARAM	 table[] = {
		OSSL_PARAM_int(OSSL_PKEY_PARAM_BITS, NULL),
		OSSL_PARAM_int(OSSL_PKEY_PARAM_SECURITY_BITS, NULL),
		OSSL_PARAM_int(OSSL_PKEY_PARAM_MAX_SIZE, NULL),
		OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, NULL, 0),
		OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_DEFAULT_DIGEST, NULL,
		    0),
		OSSL_PARAM_END
	};

	(void)ctx;
	return table;
}

static const char *
ec_operation(int op)
{
	return op == OSSL_OP_SIGNATURE ? "ECDSA" : NULL;
}

static const char *
rsa_operation(int op)
{
	return op == OSSL_OP_SIGNATURE ? "RSA" : NULL;
}

static void *
sig_new(void *ctx, const char *properties)
{
	(void)ctx, (void)properties;
	return calloc(1, sizeof(struct signature));
}

static void
sig_free(void *arg)
{
	free(arg);
}

static int
sig_init(void *arg, const char *digest, void *key, const OSSL_PARAM params[])
{
	struct signature	*s = arg;

	if (key != NULL)
		s->key = key;
	s->len = 0;
	s->pss = 0;
	if (digest == NULL || strlen(digest) >= sizeof(s->digest) ||
	    s->key == NULL || s->key->remote == NULL ||
	    sign_scheme_number(s->key->ec, 0, digest) == 0)
		return 0;
	memcpy(s->digest, digest, strlen(digest) + 1);
	return sig_set(s, params);
}

static int
sig_update(void *arg, const unsigned char *in, size_t len)
{
	struct signature	*s = arg;

	if (s->len > sizeof(s->in) || len > sizeof(s->in) - s->len) {
		s->len = sizeof(s->in) + 1;
		return 0;
	}
	memcpy(s->in + s->len, in, len);
	s->len += len;
	return 1;
}

static int
sig_final(void *arg, unsigned char *out, size_t *len, size_t size)
{
	struct signature	*s = arg;

	return sig_sign(s, out, len, size, s->in, s->len);
}

/* out NULL: only *len, the most bytes that a signature may have. */
static int
sig_sign(void *arg, unsigned char *out, size_t *len, size_t size,
    const unsigned char *in, size_t n)
{
	struct signature	*s = arg;
	const struct remote_key	*r = s->key->remote;
	struct sign_ask		 ask;
	uint8_t			 sig[KEY_MESSAGE_MAX];
	ssize_t			 w;

	if (out == NULL) {
		*len = (size_t)EVP_PKEY_get_size(s->key->pub);
		return 1;
	}
	if (n > SIGN_INPUT_MAX || sign_parse(in, n, &ask) == -1)
		return 0;
	ask.scheme = sign_scheme_number(s->key->ec, s->pss, s->digest);
	w = r->sign(r->arg, r->number, &ask, sig);
	if (w <= 0 || (size_t)w > size)
		return 0;
	memcpy(out, sig, (size_t)w);
	*len = (size_t)w;
	return 1;
}

/*
 * The salt of PSS is always as long as the digest, as TLS wants it, whatever
 * OpenSSL asks for.
 */
static int
sig_set(void *arg, const OSSL_PARAM params[])
{
	struct signature	*s = arg;
	const OSSL_PARAM	*p;
	const char		*text;
	int			 mode;

	if (params == NULL || (p = OSSL_PARAM_locate_const(params,
	    OSSL_SIGNATURE_PARAM_PAD_MODE)) == NULL)
		return 1;
	if (p->data_type == OSSL_PARAM_UTF8_STRING) {
		if (OSSL_PARAM_get_utf8_string_ptr(p, &text) != 1)
			return 0;
		s->pss = strcmp(text, OSSL_PKEY_RSA_PAD_MODE_PSS) == 0;
		return 1;
	}
	if (OSSL_PARAM_get_int(p, &mode) != 1)
		return 0;
	s->pss = mode == RSA_PKCS1_PSS_PADDING;
	return 1;
}

static const OSSL_PARAM *
sig_settable(void *ctx, void *arg)
{
	static const OSSL_PARAM	 table[] = {
		OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_PAD_MODE, NULL,
		    0),
		OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_PSS_SALTLEN, NULL,
		    0),
		OSSL_PARAM_END
	};

	(void)ctx, (void)arg;
	return table;
}

#define KEY_FUNCTIONS(new, operation) {					\
	{ OSSL_FUNC_KEYMGMT_NEW, (fn)new },				\
	{ OSSL_FUNC_KEYMGMT_FREE, (fn)key_free },			\
	{ OSSL_FUNC_KEYMGMT_HAS, (fn)key_has },				\
	{ OSSL_FUNC_KEYMGMT_MATCH, (fn)key_match },			\
	{ OSSL_FUNC_KEYMGMT_IMPORT, (fn)key_import },			\
	{ OSSL_FUNC_KEYMGMT_IMPORT_TYPES, (fn)key_import_types },	\
	{ OSSL_FUNC_KEYMGMT_GET_PARAMS, (fn)key_get },			\
	{ OSSL_FUNC_KEYMGMT_GETTABLE_PARAMS, (fn)key_gettable },	\
	{ OSSL_FUNC_KEYMGMT_QUERY_OPERATION_NAME, (fn)operation },	\
	{ 0, NULL }							\
}

static const OSSL_ALGORITHM *
query(void *ctx, int op, int *no_cache)
{
	static const OSSL_DISPATCH	 ec[] = KEY_FUNCTIONS(ec_new,
					    ec_operation);
	static const OSSL_DISPATCH	 rsa[] = KEY_FUNCTIONS(rsa_new,
					    rsa_operation);
	static const OSSL_DISPATCH	 sig[] = {
		{ OSSL_FUNC_SIGNATURE_NEWCTX, (fn)sig_new },
		{ OSSL_FUNC_SIGNATURE_FREECTX, (fn)sig_free },
		{ OSSL_FUNC_SIGNATURE_DIGEST_SIGN_INIT, (fn)sig_init },
		{ OSSL_FUNC_SIGNATURE_DIGEST_SIGN_UPDATE, (fn)sig_update },
		{ OSSL_FUNC_SIGNATURE_DIGEST_SIGN_FINAL, (fn)sig_final },
		{ OSSL_FUNC_SIGNATURE_DIGEST_SIGN, (fn)sig_sign },
		{ OSSL_FUNC_SIGNATURE_SET_CTX_PARAMS, (fn)sig_set },
		{ OSSL_FUNC_SIGNATURE_SETTABLE_CTX_PARAMS, (fn)sig_settable },
		{ 0, NULL }
	};
	static const OSSL_ALGORITHM	 keys[] = {
		{ EC_NAMES, "provider=" NAME, ec, NULL },
		{ RSA_NAMES, "provider=" NAME, rsa, NULL },
		{ NULL, NULL, NULL, NULL }
	};
	static const OSSL_ALGORITHM	 signatures[] = {
		{ "ECDSA", "provider=" NAME, sig, NULL },
		{ RSA_NAMES, "provider=" NAME, sig, NULL },
		{ NULL, NULL, NULL, NULL }
	};

	(void)ctx;
	*no_cache = 0;
	return op == OSSL_OP_KEYMGMT ? keys : op == OSSL_OP_SIGNATURE ?
	    signatures : NULL;
}

static int
provider(const OSSL_CORE_HANDLE *core, const OSSL_DISPATCH *in,
    const OSSL_DISPATCH **out, void **ctx)
{
	static const OSSL_DISPATCH	 functions[] = {
		{ OSSL_FUNC_PROVIDER_QUERY_OPERATION, (fn)query },
		{ 0, NULL }
	};

	(void)in;
	*out = functions;
	*ctx = (void *)(uintptr_t)core;
	return 1;
}

int
remote_start(struct err *e)
{
	if (ours != NULL)
		return 0;
	if ((ours = OSSL_LIB_CTX_new()) == NULL ||
	    OSSL_PROVIDER_add_builtin(ours, NAME, provider) != 1 ||
	    OSSL_PROVIDER_load(ours, NAME) == NULL) {
		err_cannot(e, "OpenSSL does not take our provider");
		return -1;
	}
	return 0;
}

EVP_PKEY *
remote_key_new(X509 *cert, const struct remote_key *remote)
{
	EVP_PKEY	*pub = X509_get0_pubkey(cert), *out = NULL;
	EVP_PKEY_CTX	*ctx = NULL;
	OSSL_PARAM	*half = NULL, *all = NULL, extra[2];
	const char	*type;

	if (pub == NULL)
		return NULL;
	type = EVP_PKEY_is_a(pub, "EC") ? "EC" : EVP_PKEY_is_a(pub, "RSA") ?
	    "RSA" : NULL;
	extra[0] = OSSL_PARAM_construct_octet_string(REMOTE, &remote,
	    sizeof(remote));
	extra[1] = OSSL_PARAM_construct_end();
	if (type == NULL ||
	    EVP_PKEY_todata(pub, EVP_PKEY_PUBLIC_KEY, &half) != 1 ||
	    (all = OSSL_PARAM_merge(half, extra)) == NULL ||
	    (ctx = EVP_PKEY_CTX_new_from_name(ours, type, NULL)) == NULL ||
	    EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &out, EVP_PKEY_KEYPAIR, all) != 1)
		out = NULL;
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_free(all);
	OSSL_PARAM_free(half);
	return out;
}
#endif
