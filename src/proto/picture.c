/* SPDX-License-Identifier: ISC */
/*
 * Finds the type of a picture or PDF by its first bytes, and a picture's width,
 * height and EXIF block.  The bytes are an author's or a stranger's: each
 * length in them is compared with the bytes that are left before it is used.
 * Pixels are not decoded, so a file that passes here may still be damaged.
 */
#include <string.h>

#include "proto/picture.h"

/* Marks of a JPEG segment (ITU-T T.81, table B.1). */
#define JPEG_SOF0	0xc0
#define JPEG_DHT	0xc4		/* not frames, among SOF0 to SOF15 */
#define JPEG_JPG	0xc8
#define JPEG_DAC	0xcc
#define JPEG_SOF15	0xcf
#define JPEG_SOS	0xda
#define JPEG_APP1	0xe1
#define JPEG_TEM	0x01		/* these and RSTn have no length */
#define JPEG_RST0	0xd0
#define JPEG_SOI	0xd8
#define JPEG_EOI	0xd9		/* end of image */

static unsigned
be16(const uint8_t *s)
{
	return (unsigned)s[0] << 8 | s[1];
}

static uint32_t
be32(const uint8_t *s)
{
	return (uint32_t)be16(s) << 16 | be16(s + 2);
}

static unsigned
le16(const uint8_t *s)
{
	return s[0] | (unsigned)s[1] << 8;
}

static uint32_t
le32(const uint8_t *s)
{
	return le16(s) | (uint32_t)le16(s + 2) << 16;
}

static int
begins(const uint8_t *s, size_t len, const char *mark, size_t n)
{
	return len >= n && memcmp(s, mark, n) == 0;
}

/*
 * Read segments up to the frame: FF, a mark, two bytes of length that count
 * themselves.  More FFs may stand before a mark.
 */
static void
jpeg(const uint8_t *s, size_t len, struct first_bytes *p)
{
	size_t	 at = 2, n;
	uint8_t	 mark;

	while (len - at >= 4 && s[at] == 0xff) {
		if ((mark = s[at + 1]) == 0xff) {
			at++;
			continue;
		}
		n = be16(s + at + 2);
		if (mark == JPEG_SOS || n < 2)
			return;
		if (mark >= JPEG_SOF0 && mark <= JPEG_SOF15 &&
		    mark != JPEG_DHT && mark != JPEG_JPG && mark != JPEG_DAC) {
			if (len - at < 9)
				return;
			p->height = be16(s + at + 5);
			p->width = be16(s + at + 7);
			return;
		}
		if (mark == JPEG_APP1 && begins(s + at + 4, len - at - 4,
		    "Exif\0", 5))
			p->has_exif = 1;
		if (n + 2 > len - at)
			return;
		at += n + 2;
	}
}

/* Read chunks: four bytes of length, four of a name, the data, a checksum. */
static void
png(const uint8_t *s, size_t len, struct first_bytes *p)
{
	size_t		 at = 8;
	uint32_t	 n;

	while (len - at >= 12) {
		n = be32(s + at);
		if (at == 8) {
			if (memcmp(s + at + 4, "IHDR", 4) != 0 || n != 13 ||
			    len - at < 25)
				return;
			p->width = be32(s + at + 8);
			p->height = be32(s + at + 12);
		} else if (memcmp(s + at + 4, "eXIf", 4) == 0)
			p->has_exif = 1;
		if (n > len - at - 12)
			return;
		at += n + 12;
	}
}

/*
 * Read RIFF, size, WEBP, then a chunk: VP8X with the canvas, VP8 (lossy) with a
 * frame tag and a start code before width and height, or VP8L (lossless).
 */
static void
webp(const uint8_t *s, size_t len, struct first_bytes *p)
{
	uint32_t	 bits;

	if (len < 30)
		return;
	if (memcmp(s + 12, "VP8X", 4) == 0) {
		p->has_exif = (s[20] & 0x08) != 0;
		p->width = (le32(s + 24) & 0xffffff) + 1;
		p->height = (le16(s + 27) | (unsigned)s[29] << 16) + 1;
	} else if (memcmp(s + 12, "VP8 ", 4) == 0 &&
	    memcmp(s + 23, "\x9d\x01\x2a", 3) == 0) {
		p->width = le16(s + 26) & 0x3fff;
		p->height = le16(s + 28) & 0x3fff;
	} else if (memcmp(s + 12, "VP8L", 4) == 0 && s[20] == 0x2f) {
		bits = le32(s + 21);
		p->width = (bits & 0x3fff) + 1;
		p->height = (bits >> 14 & 0x3fff) + 1;
	}
}

void
picture_read(const uint8_t *s, size_t len, struct first_bytes *p)
{
	memset(p, 0, sizeof(*p));
	if (begins(s, len, "\xff\xd8\xff", 3)) {
		p->suffix = ".jpg";
		jpeg(s, len, p);
	} else if (begins(s, len, "\x89PNG\r\n\x1a\n", 8)) {
		p->suffix = ".png";
		png(s, len, p);
	} else if (begins(s, len, "GIF87a", 6) ||
	    begins(s, len, "GIF89a", 6)) {
		p->suffix = ".gif";
		if (len >= 10) {
			p->width = le16(s + 6);
			p->height = le16(s + 8);
		}
	} else if (begins(s, len, "RIFF", 4) && len >= 12 &&
	    memcmp(s + 8, "WEBP", 4) == 0) {
		p->suffix = ".webp";
		webp(s, len, p);
	} else if (begins(s, len, "%PDF-", 5))
		p->suffix = ".pdf";
}

/*
 * 1: the segments lead to the mark of the end.  In the data of a scan FF 00
 * stands for FF.
 */
static int
jpeg_is_whole(const uint8_t *s, size_t len)
{
	size_t	 at = 2, n;
	uint8_t	 mark;

	while (len - at >= 2) {
		mark = s[at + 1];
		if (s[at] != 0xff || mark == 0xff) {
			at++;
			continue;
		}
		if (mark == JPEG_EOI)
			return 1;
		at += 2;
		if (mark <= JPEG_TEM || (mark >= JPEG_RST0 &&
		    mark <= JPEG_SOI))
			continue;
		if (len - at < 2 || (n = be16(s + at)) < 2 || n > len - at)
			return 0;
		at += n;
	}
	return 0;
}

static int
png_is_whole(const uint8_t *s, size_t len)
{
	size_t		 at = 8;
	uint32_t	 n;

	for (; len - at >= 12; at += n + 12) {
		n = be32(s + at);
		if (n > len - at - 12)
			return 0;
		if (memcmp(s + at + 4, "IEND", 4) == 0)
			return 1;
	}
	return 0;
}

/*
 * Where blocks end that begin at `at': each is a byte of length and so many
 * bytes; a length of 0 ends them.  len: they do not end.
 */
static size_t
gif_blocks(const uint8_t *s, size_t len, size_t at)
{
	while (at < len && s[at] != 0)
		at += s[at] + 1u;
	return at < len ? at + 1 : len;
}

/* Bytes of a table of colours, by the flags before it. */
static size_t
gif_table(uint8_t flags)
{
	return (flags & 0x80) != 0 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* 1: behind the screen and its colours, extensions and images end in a `;'. */
static int
gif_is_whole(const uint8_t *s, size_t len)
{
	size_t	 at;

	if (len < 13)
		return 0;
	at = 13 + gif_table(s[10]);
	while (at < len) {
		if (s[at] == ';')
			return 1;
		if (s[at] == '!')
			at = gif_blocks(s, len, at + 2);
		else if (s[at] == ',' && len - at > 11)
			at = gif_blocks(s, len, at + 11 +
			    gif_table(s[at + 9]));
		else
			return 0;
	}
	return 0;
}

int
picture_is_whole(const uint8_t *s, size_t len)
{
	if (begins(s, len, "\xff\xd8\xff", 3))
		return jpeg_is_whole(s, len);
	if (begins(s, len, "\x89PNG\r\n\x1a\n", 8))
		return png_is_whole(s, len);
	if (begins(s, len, "GIF8", 4))
		return gif_is_whole(s, len);
	if (begins(s, len, "RIFF", 4) && len >= 12 &&
	    memcmp(s + 8, "WEBP", 4) == 0)
		return le32(s + 4) <= len - 8;
	return 1;
}
