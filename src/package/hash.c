/* SPDX-License-Identifier: ISC */
/*
 * SHA-256 through libcrypto, of bytes in memory or of a file by its
 * descriptor, and hex digits both ways. Hex is taken in lower case only, so
 * that a hash has one name. A file is read from its start by pread(): its
 * offset stays.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>

#include "base/err.h"
#include "package/hash.h"

#define CHUNK	16384

struct sha {
	EVP_MD_CTX	*ctx;
	int		 failed;
};

struct sha *
sha_new(struct err *e)
{
	struct sha	*s;

	if ((s = calloc(1, sizeof(*s))) == NULL ||
	    (s->ctx = EVP_MD_CTX_new()) == NULL) {
		free(s);
		err_nomem(e);
		return NULL;
	}
	if (EVP_DigestInit_ex(s->ctx, EVP_sha256(), NULL) != 1) {
		sha_end(s, NULL, NULL);
		err_cannot(e, "SHA-256 is not to be had from libcrypto");
		return NULL;
	}
	return s;
}

void
sha_add(struct sha *s, const void *data, size_t n)
{
	if (n > 0 && EVP_DigestUpdate(s->ctx, data, n) != 1)
		s->failed = 1;
}

int
sha_end(struct sha *s, uint8_t out[SHA_LEN], struct err *e)
{
	int	 rv = 0;

	if (s == NULL)
		return 0;
	if (out != NULL && (s->failed ||
	    EVP_DigestFinal_ex(s->ctx, out, NULL) != 1)) {
		err_cannot(e, "SHA-256 failed in libcrypto");
		rv = -1;
	}
	EVP_MD_CTX_free(s->ctx);
	free(s);
	return rv;
}

int
sha_bytes(const void *data, size_t n, uint8_t out[SHA_LEN], struct err *e)
{
	struct sha	*s;

	if ((s = sha_new(e)) == NULL)
		return -1;
	sha_add(s, data, n);
	return sha_end(s, out, e);
}

int
sha_file(int fd, uint8_t out[SHA_LEN], struct err *e)
{
	struct sha	*s;
	char		 chunk[CHUNK];
	off_t		 at = 0;
	ssize_t		 n;

	if ((s = sha_new(e)) == NULL)
		return -1;
	for (;;) {
		n = pread(fd, chunk, sizeof(chunk), at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		sha_add(s, chunk, (size_t)n);
		at += n;
	}
	if (n == -1) {
		err_sys(e, "reading for SHA-256");
		sha_end(s, NULL, NULL);
		return -1;
	}
	return sha_end(s, out, e);
}

void
hex_format(const uint8_t *data, size_t n, char *out)
{
	static const char	 digits[] = "0123456789abcdef";
	size_t			 i;

	for (i = 0; i < n; i++) {
		*out++ = digits[data[i] >> 4];
		*out++ = digits[data[i] & 15];
	}
	*out = '\0';
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

int
hex_parse(const char *s, size_t n, uint8_t *out)
{
	size_t	 i;
	int	 hi, lo;

	for (i = 0; i < n; i++) {
		if ((hi = hex_digit(s[2 * i])) == -1 ||
		    (lo = hex_digit(s[2 * i + 1])) == -1)
			return -1;
		out[i] = (uint8_t)(hi << 4 | lo);
	}
	return 0;
}
