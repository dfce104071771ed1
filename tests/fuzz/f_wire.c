/* SPDX-License-Identifier: ISC */
/* Wire forms: what parses lies within, and is written back as it was. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/index.h"
#include "package/list.h"
#include "package/wire.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pkg_list	 l = { .n = 0 };
	struct index	 x;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;

	if (wire_parse(data, n, &l, &e) == 0) {
		list_lines(&l, &b);
		if (memcmp(b.data, data, b.len) != 0)
			abort();
		for (i = 0; i < l.n; i++)
			if (l.v[i].at + l.v[i].size > n)
				abort();
	}
	list_free(&l);
	buf_reset(&b);
	if (storeix_parse((const char *)data, n, &x, &e) == 0) {
		storeix_write(&x, &b);
		if (b.len != n || memcmp(b.data, data, n) != 0)
			abort();
	}
	buf_free(&b);
	return 0;
}
