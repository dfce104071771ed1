/* SPDX-License-Identifier: ISC */
/* Heads: what parses is written back as it was; the words of the protocol. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/head.h"
#include "package/offer.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char	*s = (const char *)data;
	struct pub_key	 key = { .id = "\1\1\1\1\1\1\1\1" };
	struct head	 h;
	struct edition	 ed;
	struct offer	 o;
	struct blob_line l;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 head_len, used;
	uint64_t	 at;
	uint8_t		 sha[SHORT_LEN];

	if (head_parse(s, n, &h, &e) == 0) {
		head_write(&h, &b);
		if (b.len != h.signed_len || memcmp(b.data, s, b.len) != 0)
			abort();
		if (head_verify(s, n, &key, 1, NULL, &e) == 0)
			abort();
	}
	buf_reset(&b);
	if (edition_parse(s, n, &ed) == 0) {
		edition_write(&ed, &b);
		if (b.len != n || memcmp(b.data, s, n) != 0)
			abort();
	}
	buf_reset(&b);
	if (offer_parse(s, n, &o) == 0) {
		offer_write(&o, &b);
		if (b.len != n + 1 || memcmp(b.data, s, n) != 0)
			abort();
	}
	buf_reset(&b);
	if (blob_line_parse(s, n, &l) == 0) {
		blob_line_write(&l, &b);
		if (b.len != n + 1 || memcmp(b.data, s, n) != 0)
			abort();
	}
	blob_at_parse(s, n, sha, &at);
	key_parse(s, n, &key, &e);
	if (offer_answer(s, n, &head_len, &o, &used, &e) == 1 && used > n)
		abort();
	buf_free(&b);
	return 0;
}
