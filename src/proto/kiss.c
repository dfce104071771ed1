/* SPDX-License-Identifier: ISC */
/*
 * Writes and reads KISS frames and AX.25 UI headers, in memory alone.  The
 * bytes that are read come from a radio, so they may be anything.
 */
#include <string.h>

#include "base/buf.h"
#include "proto/kiss.h"

#define FEND		0xc0
#define FESC		0xdb
#define TFEND		0xdc
#define TFESC		0xdd

#define UI		0x03		/* control: unnumbered information */
#define NO_LAYER_3	0xf0		/* protocol */
#define ADDRESS		7		/* bytes of one */
#define ADDRESSES_MAX	10		/* two, and eight digipeaters */

enum { ST_OUTSIDE, ST_INSIDE, ST_ESCAPE, ST_BROKEN };

void
kiss_write(struct buf *b, const uint8_t *s, size_t n)
{
	size_t		 i;

	buf_ch(b, (char)FEND);
	buf_ch(b, 0);
	for (i = 0; i < n; i++) {
		if (s[i] == FEND || s[i] == FESC) {
			buf_ch(b, (char)FESC);
			buf_ch(b, (char)(s[i] == FEND ? TFEND : TFESC));
		} else
			buf_ch(b, (char)s[i]);
	}
	buf_ch(b, (char)FEND);
}

/* Add one byte between two FENDs to the frame. */
static void
take(struct kiss *k, uint8_t c)
{
	if (k->state == ST_ESCAPE) {
		if (c != TFEND && c != TFESC) {
			k->state = ST_BROKEN;
			return;
		}
		c = c == TFEND ? FEND : FESC;
		k->state = ST_INSIDE;
	} else if (c == FESC) {
		k->state = ST_ESCAPE;
		return;
	}
	if (k->len == sizeof(k->frame))
		k->state = ST_BROKEN;
	else
		k->frame[k->len++] = c;
}

size_t
kiss_read(struct kiss *k, const uint8_t *s, size_t n, size_t *len)
{
	size_t		 i;
	int		 is_whole;

	*len = 0;
	for (i = 0; i < n; i++) {
		if (s[i] != FEND) {
			if (k->state == ST_INSIDE || k->state == ST_ESCAPE)
				take(k, s[i]);
			continue;
		}
		/* An FEND ends a frame and may begin the next. */
		is_whole = k->state == ST_INSIDE && k->len > 1 &&
		    k->frame[0] == 0;
		if (is_whole)
			*len = k->len - 1;
		k->state = ST_INSIDE;
		k->len = 0;
		if (is_whole)
			return i + 1;
	}
	return n;
}

/* Write an address: six characters, shifted left by one, and the SSID byte. */
static int
address(const char *call, uint8_t *out, int is_last)
{
	unsigned	 ssid = 0;
	size_t		 i;

	memset(out, ' ' << 1, 6);
	for (i = 0; (call[i] >= 'A' && call[i] <= 'Z') ||
	    (call[i] >= '0' && call[i] <= '9'); i++) {
		if (i == 6)
			return -1;
		out[i] = (uint8_t)(call[i] << 1);
	}
	if (i == 0)
		return -1;
	if (call[i] == '-') {
		call += i + 1;
		for (i = 0; call[i] >= '0' && call[i] <= '9' && i < 2; i++)
			ssid = ssid * 10 + (unsigned)(call[i] - '0');
		if (i == 0 || ssid > 15 || (i == 2 && call[0] == '0'))
			return -1;
	}
	if (call[i] != '\0')
		return -1;
	out[6] = (uint8_t)(0x60 | ssid << 1 | (is_last ? 1 : 0));
	return 0;
}

int
ax25_header(const char *call, uint8_t out[AX25_HEADER])
{
	if (address("APENG", out, 0) == -1 ||
	    address(call, out + ADDRESS, 1) == -1)
		return -1;
	out[6] |= 0x80;			/* a command: the destination's C bit */
	out[2 * ADDRESS] = UI;
	out[2 * ADDRESS + 1] = NO_LAYER_3;
	return 0;
}

size_t
ax25_skip(const uint8_t *s, size_t n)
{
	size_t		 i, at;

	for (i = 1; i <= ADDRESSES_MAX; i++) {
		at = i * ADDRESS;
		if (at + 2 > n)
			return 0;
		if (s[at - 1] & 1)	/* the last address */
			break;
	}
	if (i < 2 || i > ADDRESSES_MAX || s[at] != UI ||
	    s[at + 1] != NO_LAYER_3)
		return 0;
	return at + 2;
}
