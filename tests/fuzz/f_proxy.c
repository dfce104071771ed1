/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "proto/proxy.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct proxy_header	 h, again;
	int			 rv;

	rv = proxy_parse(data, len, &h);
	if (rv == 1 && (h.used > len || h.used > PROXY_MAX || h.used == 0))
		abort();
	/* What follows a header does not change it. */
	if (rv == 1 && (proxy_parse(data, h.used, &again) != 1 ||
	    again.used != h.used))
		abort();
	if (rv == 0 && len >= PROXY_MAX)
		abort();
	return 0;
}
