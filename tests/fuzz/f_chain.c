/* SPDX-License-Identifier: ISC */
/*
 * Lines of succession: what parses is written back as it was, and no key that
 * nobody has signs anything.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/trust.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char	*s = (const char *)data;
	struct anchor	 a = { .key.id = "\1\1\1\1\1\1\1\1" };
	struct chain	 c;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;

	if (chain_parse(&c, s, n, &e) == 0) {
		chain_write(&c, &b);
		if (b.len != n || memcmp(b.data, s, n) != 0 || c.n == 0 ||
		    c.n > CHAIN_STEPS)
			abort();
		/* The newest step as a head, and the line before it. */
		i = c.n - 1;
		if (trust_judge(&a, 1, c.step[i].text, c.step[i].len, s,
		    (size_t)(c.step[i].text - s), NULL, &e) == TRUST_PROVEN)
			abort();
	}
	buf_free(&b);
	return 0;
}
