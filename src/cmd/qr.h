/* SPDX-License-Identifier: ISC */
/* QR codes as pictures and as a sheet to print. */
#ifndef CMD_QR_H
#define CMD_QR_H

#include <stddef.h>

struct buf;
struct err;

#define QR_TEXT_MAX	4296		/* characters of the largest code */

/*
 * Append a PNG of one bit a pixel with one code that holds len characters of
 * QR's alphanumeric set, and a line of text under it: letters, drawn as
 * capitals, digits and `,-./:'; other characters become blanks.  0; -1: see e.
 */
int	qr_png(const char *text, size_t len, const char *line, struct buf *png,
	    struct err *e);
/*
 * Append the same code as an SVG element, `mm' millimetres wide, without a
 * line.
 */
int	qr_svg(const char *text, size_t len, unsigned mm, struct buf *svg,
	    struct err *e);

#endif
