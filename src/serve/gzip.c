/* SPDX-License-Identifier: ISC */
/*
 * gzip by zlib at its best level, because a reply is made once and sent often.
 * The window is only as large as the text needs, so that a short page does not
 * take a quarter of a megabyte while it is made.  The bytes are our own pages
 * or a proven package's.
 */
#include <limits.h>
#include <string.h>

#include <zlib.h>

#include "base/buf.h"
#include "serve/gzip.h"

#define GZIP_FORMAT	16	/* added to the window's bits */
#define WINDOW_MIN	9
#define WINDOW_MAX	15

int
gzip_bytes(const void *data, size_t len, struct buf *out)
{
	z_stream	 z;
	size_t		 room;
	char		*to;
	int		 bits = WINDOW_MIN, rv = -1;

	while (bits < WINDOW_MAX && (size_t)1 << bits < len)
		bits++;
	memset(&z, 0, sizeof(z));
	if (len > UINT_MAX / 2 || deflateInit2(&z, Z_BEST_COMPRESSION,
	    Z_DEFLATED, bits + GZIP_FORMAT, bits > 12 ? 8 : bits - 4,
	    Z_DEFAULT_STRATEGY) != Z_OK)
		return -1;
	room = deflateBound(&z, (uLong)len);
	if ((to = buf_room(out, room)) != NULL) {
		z.next_in = (Bytef *)(uintptr_t)data;
		z.avail_in = (uInt)len;
		z.next_out = (Bytef *)to;
		z.avail_out = (uInt)room;
		if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
			out->len += room - z.avail_out;
			rv = 0;
		}
	}
	deflateEnd(&z);
	return rv;
}
