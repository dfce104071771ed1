/* SPDX-License-Identifier: ISC */
/*
 * QR codes, see qr.h.  libqrencode makes the modules, zlib compresses the PNG
 * (W3C "Portable Network Graphics", third edition, sections 5 and 11).  The
 * characters of the line are drawn here, 3 by 5 points each, since a picture
 * should not depend on the fonts of a machine.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <qrencode.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/qr.h"

#define SCALE		4		/* pixels a module */
#define QUIET		4		/* modules of white around, as ISO 18004 */
#define GLYPH_W		4		/* points, with the gap */
#define GLYPH_H		5
#define GLYPH_SCALE	3		/* pixels a point */

/* Five rows of three points; each octal digit is a row. */
static const struct {
	char		 c;
	unsigned	 rows;
} glyphs[] = {
	{ '0', 075557 }, { '1', 026227 }, { '2', 071747 }, { '3', 071717 },
	{ '4', 055711 }, { '5', 074717 }, { '6', 074757 }, { '7', 071122 },
	{ '8', 075757 }, { '9', 075717 }, { 'A', 025755 }, { 'B', 065656 },
	{ 'C', 034443 }, { 'D', 065556 }, { 'E', 074647 }, { 'F', 074644 },
	{ 'G', 034553 }, { 'H', 055755 }, { 'I', 072227 }, { 'J', 011157 },
	{ 'K', 055655 }, { 'L', 044447 }, { 'M', 057755 }, { 'N', 065555 },
	{ 'O', 025552 }, { 'P', 065644 }, { 'Q', 025573 }, { 'R', 065655 },
	{ 'S', 034216 }, { 'T', 072222 }, { 'U', 055557 }, { 'V', 055552 },
	{ 'W', 055775 }, { 'X', 055255 }, { 'Y', 055222 }, { 'Z', 071247 },
	{ '-', 000700 }, { ',', 000024 }, { '.', 000002 }, { '/', 011244 },
	{ ':', 002020 },
};

struct picture {
	size_t		 w, h, stride;	/* pixels, pixels, bytes of a row */
	uint8_t		*bits;		/* rows: a filter byte, then 1 white */
};

static QRcode *
encode(const char *text, size_t len, struct err *e)
{
	QRinput		*in;
	QRcode		*q = NULL;

	if ((in = QRinput_new2(0, QR_ECLEVEL_L)) != NULL &&
	    QRinput_append(in, QR_MODE_AN, (int)len,
	    (const unsigned char *)text) == 0)
		q = QRcode_encodeInput(in);
	if (q == NULL) {
		if (errno == ERANGE || errno == EINVAL)
			err_set(e, "%zu characters do not fit a QR code, at "
			    "most %d do", len, QR_TEXT_MAX);
		else
			err_sys(e, "QR code");
	}
	QRinput_free(in);
	return q;
}

static void
blacken(struct picture *p, size_t x, size_t y, size_t n)
{
	size_t		 i, j;

	for (j = y; j < y + n && j < p->h; j++)
		for (i = x; i < x + n && i < p->w; i++)
			p->bits[j * p->stride + 1 + i / 8] &=
			    (uint8_t)~(0x80 >> i % 8);
}

static unsigned
glyph(char c)
{
	size_t		 i;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	for (i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++)
		if (glyphs[i].c == c)
			return glyphs[i].rows;
	return 0;
}

static void
write_line(struct picture *p, const char *line, size_t y)
{
	unsigned	 rows, row;
	size_t		 i, j, k, x = QUIET * SCALE;

	for (i = 0; line[i] != '\0'; i++, x += GLYPH_W * GLYPH_SCALE) {
		rows = glyph(line[i]);
		for (j = 0; j < GLYPH_H; j++) {
			row = rows >> 3 * (GLYPH_H - 1 - j) & 7;
			for (k = 0; k < 3; k++)
				if (row & 4u >> k)
					blacken(p, x + k * GLYPH_SCALE,
					    y + j * GLYPH_SCALE, GLYPH_SCALE);
		}
	}
}

/* Draw the code and the line under it.  -1: see e. */
static int
draw(struct picture *p, const QRcode *q, const char *line, struct err *e)
{
	size_t		 n = (size_t)q->width, i, j, side;

	side = (n + 2 * QUIET) * SCALE;
	p->w = QUIET * SCALE * 2 + strlen(line) * GLYPH_W * GLYPH_SCALE;
	p->w = p->w > side ? p->w : side;
	p->h = side + (GLYPH_H + 2) * GLYPH_SCALE;
	p->stride = 1 + (p->w + 7) / 8;
	if ((p->bits = malloc(p->stride * p->h)) == NULL) {
		err_nomem(e);
		return -1;
	}
	memset(p->bits, 0xff, p->stride * p->h);
	for (j = 0; j < p->h; j++)
		p->bits[j * p->stride] = 0;	/* no filter */
	for (j = 0; j < n; j++)
		for (i = 0; i < n; i++)
			if (q->data[j * n + i] & 1)
				blacken(p, (i + QUIET) * SCALE,
				    (j + QUIET) * SCALE, SCALE);
	write_line(p, line, side);
	return 0;
}

static void
put32(struct buf *b, uint32_t v)
{
	int		 i;

	for (i = 24; i >= 0; i -= 8)
		buf_ch(b, (char)(v >> i));
}

static void
chunk(struct buf *b, const char *type, const uint8_t *data, size_t n)
{
	uLong		 crc;

	put32(b, (uint32_t)n);
	buf_add(b, type, 4);
	buf_add(b, data, n);
	crc = crc32(crc32(0, (const Bytef *)type, 4), data, (uInt)n);
	put32(b, (uint32_t)crc);
}

/*
 * Append the picture as a PNG: 1 bit a pixel, grey, no interlace.  -1: see e.
 */
static int
png_write(const struct picture *p, struct buf *b, struct err *e)
{
	struct buf	 h = BUF_INIT;
	uLongf		 n = compressBound((uLong)(p->stride * p->h));
	uint8_t		*z;
	int		 rv = -1;

	if ((z = malloc(n)) == NULL || compress2(z, &n, p->bits,
	    (uLong)(p->stride * p->h), Z_BEST_COMPRESSION) != Z_OK) {
		err_nomem(e);
		goto out;
	}
	put32(&h, (uint32_t)p->w);
	put32(&h, (uint32_t)p->h);
	buf_add(&h, "\1\0\0\0\0", 5);
	buf_add(b, "\x89PNG\r\n\x1a\n", 8);
	if (buf_ok(&h))
		chunk(b, "IHDR", (uint8_t *)h.data, h.len);
	chunk(b, "IDAT", z, n);
	chunk(b, "IEND", (const uint8_t *)"", 0);
	if (buf_ok(&h) && buf_ok(b))
		rv = 0;
	else
		err_nomem(e);
 out:
	buf_free(&h);
	free(z);
	return rv;
}

int
qr_png(const char *text, size_t len, const char *line, struct buf *png,
    struct err *e)
{
	struct picture	 p = { 0 };
	QRcode		*q;
	int		 rv = -1;

	if ((q = encode(text, len, e)) == NULL)
		return -1;
	if (draw(&p, q, line, e) == 0)
		rv = png_write(&p, png, e);
	free(p.bits);
	QRcode_free(q);
	return rv;
}

int
qr_svg(const char *text, size_t len, unsigned mm, struct buf *svg,
    struct err *e)
{
	QRcode		*q;
	size_t		 n, i, j, from;

	if ((q = encode(text, len, e)) == NULL)
		return -1;
	n = (size_t)q->width;
	buf_fmt(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%umm\""
	    " height=\"%umm\" viewBox=\"0 0 %zu %zu\" role=\"img\">"
	    "<path d=\"", mm, mm, n + 2 * QUIET, n + 2 * QUIET);
	for (j = 0; j < n; j++)
		for (i = 0; i < n; i++) {
			for (from = i; i < n && (q->data[j * n + i] & 1); i++)
				;
			if (i > from)
				buf_fmt(svg, "M%zu %zuh%zuv1h-%zuz",
				    from + QUIET, j + QUIET, i - from,
				    i - from);
		}
	buf_str(svg, "\"/></svg>\n");
	QRcode_free(q);
	if (buf_ok(svg))
		return 0;
	err_nomem(e);
	return -1;
}
