/* SPDX-License-Identifier: ISC */
/* Parts of letters: what parses is written back as it was. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/part.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct part	 p;
	struct buf	 b = BUF_INIT, again = BUF_INIT;
	struct err	 e;

	if (part_parse(data, n, &p, &e) == 0) {
		part_write(&p, &b);
		if (b.len != n || memcmp(b.data, data, n) != 0)
			abort();
	}
	buf_reset(&b);
	if (part_unarmour((const char *)data, n, &b) == 0 && b.len > 0) {
		part_armour((const uint8_t *)b.data, b.len, &again);
		if (again.len != n + strlen(PART_ARMOUR) ||
		    memcmp(again.data + strlen(PART_ARMOUR), data, n) != 0)
			abort();
	}
	part_from_line((const char *)data, n, &b);
	buf_free(&b);
	buf_free(&again);
	return 0;
}
