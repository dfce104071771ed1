/* SPDX-License-Identifier: ISC */
/*
 * The first lines of a request and of a reply: a decision never changes when
 * more bytes come.
 */
#include <stdint.h>
#include <stdlib.h>

#include "proto/spartan.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* The same bytes as a reply. */
static void
reply(const uint8_t *data, size_t len)
{
	struct spartan_header	 h, h2;
	const char		*why;
	size_t			 n;
	int			 rv, all;

	all = spartan_header_parse(data, len, &h, &why);
	if (all == 0 && len >= SPARTAN_META_MAX + 4)
		abort();
	if (all == 1 && (h.len > len || h.metalen > SPARTAN_META_MAX ||
	    h.len != h.metalen + 4 || h.status < 2 || h.status > 5))
		abort();
	for (n = 0; n < len; n++)
		if ((rv = spartan_header_parse(data, n, &h2, &why)) != 0) {
			if (rv != all || (rv == 1 && h2.len != h.len))
				abort();
			break;
		}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct spartan_request	 r, r2;
	const char		*why, *s = (const char *)data;
	size_t			 n;
	int			 rv, all;

	if (len > 2048)
		return 0;
	reply(data, len);
	all = spartan_request_parse(data, len, &r, &why);
	if (all == 0 && len >= SPARTAN_LINE_MAX + 2)
		abort();
	if (all == 1 && (r.len > SPARTAN_LINE_MAX + 2 || r.len > len ||
	    r.host != s || r.hostlen == 0 || r.path != s + r.hostlen + 1 ||
	    r.hostlen + r.pathlen + 5 > r.len ||
	    (r.pathlen > 0 && r.path[0] != '/')))
		abort();
	for (n = 0; n < len; n++)
		if ((rv = spartan_request_parse(data, n, &r2, &why)) != 0) {
			if (rv != all || (rv == 1 && r2.len != r.len))
				abort();
			break;
		}
	return 0;
}
