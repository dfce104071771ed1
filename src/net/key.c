/*
 * The TLS key of a host, in the signer's process alone: loaded once, asked for
 * signatures over what a handshake can ask for.  The file is the operator's
 * and is believed when nobody else can read or change it; who asks is a worker
 * that may have been broken into, so nothing else is signed.
 */
#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OPENSSL_API_COMPAT 0x10100000L	/* RSA_private_encrypt() */
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/err.h"
#include "base/file.h"
#include "base/secret.h"
#include "net/key.h"

#define KEY_FILE_MAX	65536

struct tls_key {
	EVP_PKEY	*pkey;
	EVP_PKEY_CTX	*ctx;		/* EC: ready to sign, used again */
};

static int	 no_password(char *, int, int, void *);
static int	 check_owner(int, const char *, struct err *);
static char	*read_secret(const char *, int, size_t *, struct err *);
static int	 is_digest(size_t);
static ssize_t	 sign_ecdsa(struct tls_key *, const uint8_t *, size_t,
		    uint8_t *);
static ssize_t	 sign_rsa(struct tls_key *, enum key_op, const uint8_t *,
		    size_t, uint8_t *);

/* Without this OpenSSL would ask on the terminal. */
static int
no_password(char *buf, int size, int rw, void *arg)
{
	(void)buf, (void)size, (void)rw, (void)arg;
	return 0;
}

/* Of another user: who could put another key there. */
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

/* What is judged is what is read, whatever happens to the name. */
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
	if (type == EVP_PKEY_EC &&
	    ((k->ctx = EVP_PKEY_CTX_new(k->pkey, NULL)) == NULL ||
	    EVP_PKEY_sign_init(k->ctx) != 1)) {
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
	EVP_PKEY_CTX_free(k->ctx);
	EVP_PKEY_free(k->pkey);
	free(k);
}

static int
is_digest(size_t len)
{
	return len == 32 || len == 48 || len == 64;
}

static ssize_t
sign_ecdsa(struct tls_key *k, const uint8_t *in, size_t len, uint8_t *out)
{
	size_t	 n = KEY_MESSAGE_MAX;

	if (!is_digest(len) || EVP_PKEY_sign(k->ctx, out, &n, in, len) != 1)
		return -1;
	return (ssize_t)n;
}

/*
 * The padding of PSS is made in the worker, so what arrives is a whole
 * block.  Its form (clear top bit, last byte 0xbc) is checked, so that this
 * is no service for decrypting or for signatures of another kind.
 */
static ssize_t
sign_rsa(struct tls_key *k, enum key_op op, const uint8_t *in, size_t len,
    uint8_t *out)
{
	const RSA	*rsa = EVP_PKEY_get0_RSA(k->pkey);
	int		 padding = RSA_PKCS1_PADDING;

	if (rsa == NULL)
		return -1;
	if (op == KEY_RSA_PSS) {
		if (len != (size_t)RSA_size(rsa) || (in[0] & 0x80) != 0 ||
		    in[len - 1] != 0xbc)
			return -1;
		padding = RSA_NO_PADDING;
	} else if (len < 19 || !is_digest(len - 19) || in[0] != 0x30 ||
	    in[1] != len - 2)
		return -1;
	return RSA_private_encrypt((int)len, in, out, (RSA *)(uintptr_t)rsa,
	    padding);
}

ssize_t
tls_key_sign(struct tls_key *k, enum key_op op, const uint8_t *in,
    size_t len, uint8_t *out)
{
	int	 type = EVP_PKEY_base_id(k->pkey);

	if (type == EVP_PKEY_EC && op == KEY_ECDSA)
		return sign_ecdsa(k, in, len, out);
	if (type == EVP_PKEY_RSA && (op == KEY_RSA_PKCS1 || op == KEY_RSA_PSS))
		return sign_rsa(k, op, in, len, out);
	return -1;
}
