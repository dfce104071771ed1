/* SPDX-License-Identifier: ISC */
/*
 * data/files.txt and the first bytes of a file.  A list that is taken is what
 * the writer makes of its rows; what a picture says of itself has bounds.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "proto/files.h"
#include "proto/picture.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct files	 l = { (const char *)data, len, 0, "" };
	struct file_row	 row;
	struct first_bytes	 p;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	int		 rv;

	while ((rv = files_next(&l, &row, &e)) == 1) {
		files_write(&b, &row);
		if (row.type == NULL || row.size == 0 ||
		    row.size > FILES_SIZE_MAX)
			abort();
	}
	if (b.len > len || (b.len > 0 && memcmp(b.data, data, b.len) != 0) ||
	    (rv == 0 && b.len != len))
		abort();
	buf_free(&b);
	picture_read(data, len, &p);
	(void)picture_is_whole(data, len);
	if (p.suffix == NULL && (p.width != 0 || p.height != 0 || p.has_exif))
		abort();
	return 0;
}
