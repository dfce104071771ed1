/* SPDX-License-Identifier: ISC */
/* Request and reply line: a decision never changes when more bytes come. */
#include <stdint.h>
#include <stdlib.h>

#include "proto/gemini.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct gemini_request	 r, r2;
	struct gemini_header	 h, h2;
	const char		*why;
	size_t			 n;
	int			 rv, all;

	if (len > 2048)
		return 0;
	all = gemini_request_parse(data, len, &r, &why);
	if (all == 0 && len >= GEMINI_URL_MAX + 2)
		abort();
	if (all == 1 && (r.len > GEMINI_URL_MAX || r.url.userinfo.given ||
	    r.url.fragment.given || !r.url.scheme.given))
		abort();
	for (n = 0; n < len; n++)
		if ((rv = gemini_request_parse(data, n, &r2, &why)) != 0) {
			if (rv != all)
				abort();
			break;
		}
	all = gemini_header_parse(data, len, &h, &why);
	if (all == 0 && len >= GEMINI_META_MAX + 5)
		abort();
	for (n = 0; n < len; n++)
		if ((rv = gemini_header_parse(data, n, &h2, &why)) != 0) {
			if (rv != all || (rv == 1 && h2.len != h.len))
				abort();
			break;
		}
	return 0;
}
