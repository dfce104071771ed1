/* Mirror protocol: whatever parses is written back as it was. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "proto/offer.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char	*s = (const char *)data;
	struct offer	 o;
	struct blob_line b;
	struct ask	 q;
	struct err	 e;
	char		 out[OFFER_LINE_MAX], sel[OFFER_ASK_MAX];
	size_t		 n, head, line, at;

	if (offer_parse(s, len, &o, &e) == 0) {
		n = offer_format(&o, out);
		if (n != len + 1 || memcmp(out, s, len) != 0)
			abort();
	}
	if (blob_line_parse(s, len, &b, &e) == 0) {
		n = blob_line_format(&b, out);
		if (n != len + 1 || memcmp(out, s, len) != 0)
			abort();
	}
	if (ask_parse(s, len, &q) == 0) {
		n = ask_format(&q, sel);
		if (n != len || memcmp(sel, s, len) != 0)
			abort();
	}
	if (offer_split(s, len, &head, &line, &at, &e) == 1 &&
	    (at > len || head + line + 2 != at))
		abort();
	return 0;
}
