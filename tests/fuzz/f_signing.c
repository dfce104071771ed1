/* SPDX-License-Identifier: ISC */
/*
 * What a worker asks the signer: of what is built of it only the form that
 * was asked for can be read back, and it says the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "net/signing.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct sign_ask	 a, b;
	uint8_t		 in[SIGN_INPUT_MAX], *copy;
	size_t		 n;

	if (len == 0)
		return 0;
	if ((copy = malloc(len)) == NULL)	/* exactly as long as it is */
		abort();
	memcpy(copy, data + 1, len - 1);
	a.form = data[0] % 8;
	a.scheme = 0x0403;
	a.data = copy;
	a.len = len - 1;
	if ((n = sign_build(&a, in)) > 0) {
		if (n > sizeof(in) || (a.form != SIGN_TLS13 && a.form !=
		    SIGN_TLS12) || sign_parse(in, n, &b) == -1 ||
		    b.form != a.form || b.len != a.len ||
		    memcmp(b.data, a.data, a.len) != 0)
			abort();
	}
	if (sign_parse(copy, len - 1, &b) == 0 && sign_build(&b, in) !=
	    len - 1)
		abort();
	free(copy);
	return 0;
}
