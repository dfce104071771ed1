/* SPDX-License-Identifier: ISC */
/* Evidence: what parses is written back as it was. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/evidence.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct evidence	 v;
	struct buf	 b = BUF_INIT;
	struct err	 e;

	if (evidence_parse(&v, (const char *)data, n, &e) == 0) {
		evidence_write(&v, &b);
		if (b.len != n || memcmp(b.data, data, n) != 0)
			abort();
	}
	buf_free(&b);
	return 0;
}
