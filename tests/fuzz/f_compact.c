/* SPDX-License-Identifier: ISC */
/*
 * Compact letters: what parses is written back as it was, and its text is a
 * head or is refused as one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/compact.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct head	 here = { .id = "qianjiang",
					    .serial = 1, .core_size = 1,
					    .wire_size = 1 };
	struct compact	 c;
	struct head	 h;
	struct buf	 b = BUF_INIT, text = BUF_INIT;
	struct err	 e;
	size_t		 used;

	if (compact_parse(data, n, &c, &used, &e) == 1) {
		if (used > n || used > COMPACT_MAX)
			abort();
		compact_write(&c, &b);
		if (b.len != used || memcmp(b.data, data, used) != 0)
			abort();
		if (!c.is_bare)
			compact_fill(&c, &here);
		compact_text(&c, &text);
		if (head_parse(text.data, text.len, &h, &e) == 0 &&
		    (h.serial != c.head.serial ||
		    h.published != c.head.published))
			abort();
	}
	buf_free(&b);
	buf_free(&text);
	return 0;
}
