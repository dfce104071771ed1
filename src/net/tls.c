/* SPDX-License-Identifier: ISC */
/*
 * libtls has no function for a key in another process, for releasing the
 * buffers of idle connections, or for giving tickets to those alone who use
 * them (ticket.c).  All three are set on the SSL_CTX that libtls makes, which OpenSSL's callback for new
 * ex_data hands over.  Tested with libretls 3.7.0; tlsctx_new() refuses a
 * libtls whose SSL_CTX the callback does not see.  The certificates are the
 * operator's; the peer is only ever handled by libssl.
 */
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <tls.h>

#include "base/err.h"
#include "net/pool.h"
#include "net/remote.h"
#include "net/ticket.h"
#include "net/tls.h"

#define CAUGHT_MAX	64		/* certificates of one server */
/* A server shows nobody OpenSSL's error texts, and saves 60 KB without them. */
#define INIT_LEAN	(OPENSSL_INIT_NO_LOAD_CONFIG | \
			OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | \
			OPENSSL_INIT_NO_LOAD_SSL_STRINGS)
/*
 * There is no post-quantum key share: X25519MLKEM768, which today's clients
 * offer first, adds about 1,100 bytes in each direction to every page.
 */
#define GROUPS	"X25519,P-256,P-384"
#define SUITES	"TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:" \
		"TLS_AES_256_GCM_SHA384"
#define SUITES_12 \
	"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:" \
	"ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:" \
	"ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"

struct tlsctx {
	struct tls		*server;
	struct ticket_desk	 desk;
	struct remote_key	 key[CAUGHT_MAX];
};

/* The library exports this function, but its header does not declare it. */
void		 tls_config_use_fake_private_key(struct tls_config *);

static SSL_CTX		*caught[CAUGHT_MAX + 1];
static size_t		 ncaught;
static int		 started;

static void
catch_new(void *parent, void *ptr, CRYPTO_EX_DATA *ad, int idx, long argl,
    void *argp)
{
	(void)ptr, (void)ad, (void)idx, (void)argl, (void)argp;
	if (ncaught < CAUGHT_MAX + 1)
		caught[ncaught++] = parent;
}

/*
 * tls_config_set_ciphers() makes an SSL_CTX and frees it: that one is
 * forgotten.
 */
static void
catch_free(void *parent, void *ptr, CRYPTO_EX_DATA *ad, int idx, long argl,
    void *argp)
{
	size_t	 i;

	(void)ptr, (void)ad, (void)idx, (void)argl, (void)argp;
	for (i = 0; i < ncaught; i++) {
		if (caught[i] == parent) {
			memmove(caught + i, caught + i + 1,
			    (ncaught - i - 1) * sizeof(caught[0]));
			ncaught--;
			return;
		}
	}
}

int
tls_start(struct err *e)
{
	if (started)
		return 0;
	pool_start();			/* when it fails, malloc() is used */
	if (OPENSSL_init_ssl(INIT_LEAN, NULL) != 1 ||
	    tls_init() == -1 ||
	    CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_CTX, 0, NULL,
	    catch_new, NULL, catch_free) == -1) {
		err_cannot(e, "OpenSSL does not start");
		return -1;
	}
	if (remote_start(e) == -1)
		return -1;
	started = 1;
	return 0;
}

static int
tune(SSL_CTX *ctx, struct remote_key *remote, const struct tls_pem *pem,
    const struct ticket_desk *desk, struct err *e)
{
	X509		*cert = SSL_CTX_get0_certificate(ctx);
	EVP_PKEY	*key;
	int		 ok;

	if (cert == NULL || (key = remote_key_new(cert, remote)) == NULL) {
		err_set(e, "%s: neither an EC nor an RSA certificate",
		    pem->name);
		return -1;
	}
	SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION |
	    SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
	SSL_CTX_set_read_ahead(ctx, 1);
	ok = SSL_CTX_use_PrivateKey(ctx, key) == 1 &&
	    ticket_tune(ctx, desk) == 0 &&
	    SSL_CTX_set_ciphersuites(ctx, SUITES) == 1 &&
	    SSL_CTX_set_cipher_list(ctx, SUITES_12) == 1;
	EVP_PKEY_free(key);
	if (!ok)
		err_cannot(e, "%s: OpenSSL does not take the settings",
		    pem->name);
	return ok ? 0 : -1;
}

static int
configure(struct tlsctx *t, const struct tls_pem *pem, size_t n,
    struct tls_config *config, struct err *e)
{
	size_t	 i;

	tls_config_use_fake_private_key(config);
	tls_config_prefer_ciphers_server(config);
	if (tls_config_set_protocols(config, TLS_PROTOCOLS_DEFAULT) == -1 ||
	    tls_config_set_ecdhecurves(config, GROUPS) == -1 ||
	    tls_config_set_cert_mem(config, pem[0].data, pem[0].len) == -1) {
		err_set(e, "%s: %s", pem[0].name, tls_config_error(config));
		return -1;
	}
	for (i = 1; i < n; i++) {
		if (tls_config_add_keypair_mem(config, pem[i].data,
		    pem[i].len, NULL, 0) == -1) {
			err_set(e, "%s: %s", pem[i].name,
			    tls_config_error(config));
			return -1;
		}
	}
	ncaught = 0;
	if (tls_configure(t->server, config) == -1) {
		err_set(e, "certificate: %s", tls_error(t->server));
		return -1;
	}
	if (ncaught != n) {
		err_cannot(e, "this libtls makes %zu contexts for %zu "
		    "certificates, so the key cannot be kept apart; apeng "
		    "is known to work with libretls 3.7", ncaught, n);
		return -1;
	}
	t->desk.ctx = caught[0];
	for (i = 0; i < n; i++)
		if (tune(caught[i], &t->key[i], &pem[i], &t->desk,
		    e) == -1)
			return -1;
	return 0;
}

/* A session is good only while the certificates are the same. */
static int
mark(const struct tls_pem *pem, size_t n, uint8_t out[TICKET_MARK])
{
	EVP_MD_CTX	*ctx = EVP_MD_CTX_new();
	size_t		 i;
	int		 ok;

	ok = ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1;
	for (i = 0; ok && i < n; i++)
		ok = EVP_DigestUpdate(ctx, pem[i].data, pem[i].len) == 1;
	ok = ok && EVP_DigestFinal_ex(ctx, out, NULL) == 1;
	EVP_MD_CTX_free(ctx);
	return ok ? 0 : -1;
}

struct tlsctx *
tlsctx_new(const struct tls_pem *pem, size_t n, key_sign_fn *sign, void *arg,
    struct sessions *sessions, struct err *e)
{
	struct tls_config	*config = NULL;
	struct tlsctx		*t = NULL, *out = NULL;
	size_t			 i;

	if (n == 0 || n > CAUGHT_MAX) {
		err_set(e, "%zu certificates, at least 1, at most %d", n,
		    CAUGHT_MAX);
		return NULL;
	}
	if (tls_start(e) == -1)
		return NULL;
	if ((t = calloc(1, sizeof(*t))) == NULL ||
	    (t->server = tls_server()) == NULL ||
	    (config = tls_config_new()) == NULL ||
	    mark(pem, n, t->desk.mark) == -1) {
		err_nomem(e);
		goto out;
	}
	t->desk.sessions = sessions;
	for (i = 0; i < n; i++) {
		t->key[i].sign = sign;
		t->key[i].arg = arg;
		t->key[i].number = (unsigned)i;
	}
	if (configure(t, pem, n, config, e) == -1)
		goto out;
	out = t;
	t = NULL;
 out:
	tls_config_free(config);	/* the server holds a reference of its
					   own */
	tlsctx_free(t);
	return out;
}

void
tlsctx_free(struct tlsctx *t)
{
	if (t == NULL)
		return;
	tls_free(t->server);
	free(t);
}

void
tlsctx_signer(struct tlsctx *t, key_sign_fn *sign, void *arg)
{
	size_t	 i;

	for (i = 0; i < CAUGHT_MAX; i++) {
		t->key[i].sign = sign;
		t->key[i].arg = arg;
	}
}

const struct ticket_desk *
tlsctx_desk(const struct tlsctx *t)
{
	return &t->desk;
}

struct tls *
tlsctx_accept(struct tlsctx *t,
    ssize_t (*rd)(struct tls *, void *, size_t, void *),
    ssize_t (*wr)(struct tls *, const void *, size_t, void *), void *arg)
{
	struct tls	*c = NULL;

	if (tls_accept_cbs(t->server, &c, rd, wr, arg) == -1)
		return NULL;
	return c;
}
