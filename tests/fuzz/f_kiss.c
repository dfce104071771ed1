/* SPDX-License-Identifier: ISC */
/* KISS: any stream is eaten to its end, and what comes out goes in again. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "proto/kiss.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct kiss k, again;
	struct buf	 b = BUF_INIT;
	size_t		 at, len, more;

	memset(&k, 0, sizeof(k));
	for (at = 0; at < n;) {
		at += kiss_read(&k, data + at, n - at, &len);
		if (len == 0)
			continue;
		if (len > KISS_FRAME_MAX)
			abort();
		ax25_skip(k.frame + 1, len);
		memset(&again, 0, sizeof(again));
		buf_reset(&b);
		kiss_write(&b, k.frame + 1, len);
		if (kiss_read(&again, (uint8_t *)b.data, b.len, &more) !=
		    b.len || more != len ||
		    memcmp(k.frame, again.frame, len + 1) != 0)
			abort();
	}
	buf_free(&b);
	return 0;
}
