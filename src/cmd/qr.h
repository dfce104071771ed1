/* SPDX-License-Identifier: ISC */
/* QR codes as pictures and as a sheet to print. */
#ifndef CMD_QR_H
#define CMD_QR_H

#include <stddef.h>

struct buf;
struct err;

#define QR_TEXT_MAX	4296		/* characters of the largest code */

/*
 * One code that holds len characters of QR's alphanumeric set, as a PNG of
 * one bit a pixel, with a line of capitals, digits and `,-./:' under it
 * (other characters are left out).  0; -1: see e.
 */
int	qr_png(const char *text, size_t len, const char *line, struct buf *png,
	    struct err *e);
/* The same as an SVG element, `mm' millimetres wide, without the line. */
int	qr_svg(const char *text, size_t len, unsigned mm, struct buf *svg,
	    struct err *e);

#endif
