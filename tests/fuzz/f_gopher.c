/* SPDX-License-Identifier: ISC */
/* Request line and menu line; a written item parses to itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "proto/gopher.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct gopher_request	 r, r2;
	struct gopher_item	 i, j;
	struct buf		 b = BUF_INIT;
	const char		*why;
	char			*host;
	size_t			 n;
	int			 rv, all;

	if (len > 2048)
		return 0;
	all = gopher_request_parse(data, len, &r, &why);
	if (all == 0 && len >= GOPHER_REQ_MAX + 2)
		abort();
	if (all == 1 && (r.len > GOPHER_REQ_MAX || r.used > len))
		abort();
	for (n = 0; n < len; n++)
		if ((rv = gopher_request_parse(data, n, &r2, &why)) != 0) {
			if (rv != all || r2.greeting != r.greeting)
				abort();
			break;
		}
	if (gopher_item_parse((const char *)data, len, &i, &why) == -1)
		return 0;
	if ((host = strndup(i.host, i.hostlen)) == NULL)
		abort();
	if (gopher_item_write(&b, i.type, i.display, i.displaylen,
	    i.selector, i.selectorlen, host, i.port) == 0 &&
	    (gopher_item_parse(b.data, b.len - 2, &j, &why) == -1 ||
	    j.type != i.type || j.port != i.port ||
	    j.selectorlen != i.selectorlen))
		abort();
	free(host);
	buf_free(&b);
	return 0;
}
