/* SPDX-License-Identifier: ISC */
/*
 * What the first bytes of a file say of it: its type by the marks that each
 * format begins with, and the size of a picture.  Pure: bytes in, struct out.
 */
#ifndef PROTO_PICTURE_H
#define PROTO_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#define PICTURE_LOOK	(512u << 10)	/* bytes that are enough to look at */

struct first_bytes {
	const char	*suffix;	/* ".jpg" of proto/files.h, or NULL: of
					   no format that begins with a mark */
	unsigned	 width, height;	/* pixels as stored; 0: not found */
	int		 has_exif;	/* it says how it was taken, and perhaps
					   where */
};

void	 picture_read(const uint8_t *, size_t len, struct first_bytes *);
/*
 * Of a whole file: 0: it is a picture that breaks off before its end, as
 * after a broken transfer; 1: it does not, or is no picture.
 */
int	 picture_is_whole(const uint8_t *, size_t len);

#endif
