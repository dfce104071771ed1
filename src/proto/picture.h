/* SPDX-License-Identifier: ISC */
/*
 * Reads the first bytes of a file: its type, by the bytes that each format
 * begins with, and the size of a picture.  Pure: bytes in, struct out.
 */
#ifndef PROTO_PICTURE_H
#define PROTO_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#define PICTURE_LOOK	(512u << 10)	/* first bytes of a file to read */

struct first_bytes {
	const char	*suffix;	/* ".jpg" of proto/files.h; NULL: no
					   known first bytes */
	unsigned	 width, height;	/* pixels as stored; 0: not found */
	int		 has_exif;	/* has data on how the picture was
					   taken, and perhaps where */
};

void	 picture_read(const uint8_t *, size_t len, struct first_bytes *);
/*
 * Look at all bytes of a file.  0: it is a picture that lacks its end, as after
 * a broken transfer; 1: it has its end, or is no picture.
 */
int	 picture_is_whole(const uint8_t *, size_t len);

#endif
