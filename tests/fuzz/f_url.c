/* SPDX-License-Identifier: ISC */
/* URLs: what parses holds its own bounds and cleans to a fixed point. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "proto/url.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char	 base[] = "gemini://h.example/en/a.gmi?q";
	struct buf		 b = BUF_INIT;
	struct url		 u, v;
	char			 host[URL_HOST_MAX + 1], *one, *two;
	size_t			 n, m;

	if (len > 4096 || url_parse((const char *)data, len, &u, NULL) == -1)
		return 0;
	if ((one = malloc(u.path.len + 1)) == NULL ||
	    (two = malloc(u.path.len + 1)) == NULL)
		abort();
	n = url_clean_path(one, u.path.at, u.path.len);
	if (n > u.path.len)
		abort();
	if (n > 0 && one[0] == '/') {
		if (memmem(one, n, "/../", 4) != NULL ||
		    memmem(one, n, "/./", 3) != NULL)
			abort();
		m = url_clean_path(two, one, n);
		if (m != n || memcmp(one, two, n) != 0)
			abort();
	}
	if (url_clean_host(host, &u) != strlen(host))
		abort();
	free(one);
	free(two);
	if (url_resolve(base, sizeof(base) - 1, (const char *)data, len, &b,
	    NULL) == -1 || url_parse(b.data, b.len, &v, NULL) == -1 ||
	    !v.scheme.given)
		abort();
	buf_reset(&b);
	url_encode(&b, (const char *)data, len);
	if ((one = malloc(b.len + 1)) == NULL)
		abort();
	if (len > 0 && (url_decode(one, b.data, b.len) != len ||
	    memcmp(one, data, len) != 0))
		abort();
	free(one);
	buf_free(&b);
	return 0;
}
