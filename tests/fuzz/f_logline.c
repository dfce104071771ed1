/* SPDX-License-Identifier: ISC */
/*
 * What a worker sends the logger: whatever it is, lines come out of it that
 * begin with a time and its name and hold nothing but printable ASCII.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "serve/logline.h"

#define BEGIN	"2001-09-09T01:46:4?Z w7 "

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf	 b = BUF_INIT;
	const char	*s, *end;

	if (len > LOG_MESSAGE_MAX)
		return 0;
	logline_write(&b, "w7", data, len, 1000000009, len % 2);
	if (!buf_ok(&b) || b.len > 40 * (len + 2) || (b.len > 0 &&
	    b.data[b.len - 1] != '\n'))
		abort();
	for (s = b.data; s != NULL && *s != '\0'; s = end + 1) {
		end = strchr(s, '\n');
		if ((size_t)(end - s) < sizeof(BEGIN) ||
		    (size_t)(end - s) > 4 * 1024 || memcmp(s, BEGIN, 18) != 0
		    || memcmp(s + 19, &BEGIN[19], 5) != 0)
			abort();
		for (; s < end; s++)
			if (*s < ' ' || *s > '~')
				abort();
	}
	buf_free(&b);
	return 0;
}
