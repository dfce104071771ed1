/* SPDX-License-Identifier: ISC */
/*
 * Base64 through libcrypto, in its one form. The decoder encodes its result
 * again and compares it with the text, because the text may be a stranger's and
 * the same bytes must not have two texts.
 */
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "package/b64.h"

void
b64_format(const uint8_t *data, size_t n, char *out)
{
	EVP_EncodeBlock((unsigned char *)out, data, (int)n);
}

int
b64_parse(const char *s, size_t len, uint8_t *out, size_t n)
{
	uint8_t	 raw[B64_LEN(B64_MAX)];
	char	 again[B64_LEN(B64_MAX) + 1];
	int	 rv = -1;

	if (n > B64_MAX || len != B64_LEN(n))
		return -1;
	if (EVP_DecodeBlock(raw, (const unsigned char *)s, (int)len) >= 0) {
		b64_format(raw, n, again);
		if (memcmp(again, s, len) == 0) {
			memcpy(out, raw, n);
			rv = 0;
		}
	}
	OPENSSL_cleanse(raw, sizeof(raw));	/* secret keys pass here */
	OPENSSL_cleanse(again, sizeof(again));
	return rv;
}
