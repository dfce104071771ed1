/* SPDX-License-Identifier: ISC */
/*
 * The TLS key of a host, in the signer's process alone: loaded once, then asked
 * for the signatures of handshakes.  The file is the operator's and is trusted
 * when nobody else can read or change it.  A worker asks, and may be in a
 * stranger's hands: the signer builds what it signs from the values that the
 * worker sends (signing.c), and signs nothing else.
 */
#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/err.h"
#include "base/file.h"
#include "base/secret.h"
#include "net/key.h"
#include "net/remote.h"

#define KEY_FILE_MAX	65536

struct tls_key {
	EVP_PKEY	*pkey;
	EVP_PKEY_CTX	*ctx;		/* ready to sign, used again */
	EVP_MD_CTX	*hash;		/* used again */
	EVP_MD		*md[3];		/* SHA-256, -384, -512 */
	int		 ec;		/* 1: EC, 0: RSA */
};

static int	 no_password(char *, int, int, void *);
static int	 check_owner(int, const char *, struct err *);
static char	*read_secret(const char *, int, size_t *, struct err *);
static int	 get_ready(struct tls_key *);
#ifndef LIBRESSL_VERSION_NUMBER
static unsigned	 digest(struct tls_key *, const struct sign_scheme *,
		    const struct sign_ask *, uint8_t *);
#endif

/* OpenSSL would otherwise ask for a password on the terminal. */
static int
no_password(char *buf, int size, int rw, void *arg)
{
	(void)buf, (void)size, (void)rw, (void)arg;
	return 0;
}

/* -1: the file belongs to another user, who could put another key there. */
static int
check_owner(int fd, const char *path, struct err *e)
{
	struct stat	 st;

	if (fstat(fd, &st) == -1) {
		err_sys(e, "%s", path);
		return -1;
	}
	if (st.st_uid != 0 && st.st_uid != geteuid()) {
		err_set(e, "%s: belongs to user %lu; run: chown %lu %s", path,
		    (unsigned long)st.st_uid, (unsigned long)geteuid(), path);
		return -1;
	}
	return 0;
}

/*
 * The descriptor that was checked is the one that is read, even if the name is
 * given to another file meanwhile.
 */
static char *
read_secret(const char *path, int any, size_t *len, struct err *e)
{
	char	*pem = NULL;
	int	 fd;

	if ((fd = file_open(path, e)) == -1)
		return NULL;
	if (secret_check(fd, path, any, e) == 0 &&
	    (any || check_owner(fd, path, e) == 0))
		pem = file_read_fd(fd, path, KEY_FILE_MAX, len, e);
	close(fd);
	return pem;
}

/* Make once all that a signature needs beside its input. */
static int
get_ready(struct tls_key *k)
{
#ifndef LIBRESSL_VERSION_NUMBER
	if ((k->hash = EVP_MD_CTX_new()) == NULL ||
	    (k->md[0] = EVP_MD_fetch(NULL, "SHA256", NULL)) == NULL ||
	    (k->md[1] = EVP_MD_fetch(NULL, "SHA384", NULL)) == NULL ||
	    (k->md[2] = EVP_MD_fetch(NULL, "SHA512", NULL)) == NULL)
		return -1;
#endif
	k->ctx = EVP_PKEY_CTX_new(k->pkey, NULL);
	return k->ctx != NULL && EVP_PKEY_sign_init(k->ctx) == 1 ? 0 : -1;
}

struct tls_key *
tls_key_load(const char *path, int any, struct err *e)
{
	struct tls_key	*k = NULL, *out = NULL;
	BIO		*bio = NULL;
	char		*pem = NULL;
	size_t		 len = 0;
	int		 type;

	if ((pem = read_secret(path, any, &len, e)) == NULL)
		goto out;
	if ((k = calloc(1, sizeof(*k))) == NULL ||
	    (bio = BIO_new_mem_buf(pem, (int)len)) == NULL) {
		err_nomem(e);
		goto out;
	}
	k->pkey = PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL);
	if (k->pkey == NULL) {
		err_set(e, "%s: no private key in PEM form without a pass "
		    "phrase", path);
		goto out;
	}
	type = EVP_PKEY_base_id(k->pkey);
	if (type != EVP_PKEY_EC && type != EVP_PKEY_RSA) {
		err_set(e, "%s: neither an EC nor an RSA key; apeng cert "
		    "makes one that all clients know", path);
		goto out;
	}
	if (EVP_PKEY_size(k->pkey) > KEY_MESSAGE_MAX) {
		err_set(e, "%s: a key of %d bits, at most 8192", path,
		    EVP_PKEY_bits(k->pkey));
		goto out;
	}
	k->ec = type == EVP_PKEY_EC;
	if (get_ready(k) == -1) {
		err_cannot(e, "%s: OpenSSL does not sign with it", path);
		goto out;
	}
	out = k;
	k = NULL;
 out:
	BIO_free(bio);
	if (pem != NULL)
		explicit_bzero(pem, len);
	free(pem);
	tls_key_free(k);
	return out;
}

void
tls_key_free(struct tls_key *k)
{
	if (k == NULL)
		return;
#ifndef LIBRESSL_VERSION_NUMBER
	EVP_MD_free(k->md[0]);
	EVP_MD_free(k->md[1]);
	EVP_MD_free(k->md[2]);
#endif
	EVP_MD_CTX_free(k->hash);
	EVP_PKEY_CTX_free(k->ctx);
	EVP_PKEY_free(k->pkey);
	free(k);
}

#ifdef LIBRESSL_VERSION_NUMBER
ssize_t
tls_key_sign(struct tls_key *k, const struct sign_ask *ask, uint8_t *out)
{
	return remote_digest_sign(k->pkey, ask, out);
}
#else
/* Build what is signed and hash it.  The digest's length in bytes; 0: none. */
static unsigned
digest(struct tls_key *k, const struct sign_scheme *s,
    const struct sign_ask *ask, uint8_t *out)
{
	uint8_t		 in[SIGN_INPUT_MAX];
	unsigned	 n = 0;
	size_t		 len = sign_build(ask, in);
	const EVP_MD	*md = k->md[s->digest[3] == '2' ? 0 :
			    s->digest[3] == '3' ? 1 : 2];

	if (len == 0 || EVP_DigestInit_ex(k->hash, md, NULL) != 1 ||
	    EVP_DigestUpdate(k->hash, in, len) != 1 ||
	    EVP_DigestFinal_ex(k->hash, out, &n) != 1)
		return 0;
	return n;
}

ssize_t
tls_key_sign(struct tls_key *k, const struct sign_ask *ask, uint8_t *out)
{
	const struct sign_scheme	*s = sign_scheme(ask->scheme);
	uint8_t				 d[EVP_MAX_MD_SIZE];
	size_t				 n = KEY_MESSAGE_MAX;
	unsigned			 len;

	if (s == NULL || s->ec != k->ec ||
	    (ask->form == SIGN_TLS13 && (s->ec ? (unsigned)EVP_PKEY_bits(
	    k->pkey) != s->curve_bits : !s->pss)) ||
	    (len = digest(k, s, ask, d)) == 0)
		return -1;
	if (!s->ec && (EVP_PKEY_CTX_set_rsa_padding(k->ctx, s->pss ?
	    RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) != 1 ||
	    EVP_PKEY_CTX_set_signature_md(k->ctx, EVP_get_digestbyname(
	    s->digest)) != 1 ||
	    (s->pss && EVP_PKEY_CTX_set_rsa_pss_saltlen(k->ctx,
	    RSA_PSS_SALTLEN_DIGEST) != 1)))
		return -1;
	if (EVP_PKEY_sign(k->ctx, out, &n, d, len) != 1)
		return -1;
	return (ssize_t)n;
}
#endif
