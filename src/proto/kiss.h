/* SPDX-License-Identifier: ISC */
/*
 * KISS, the framing between a computer and a radio modem (Chepponis and Karn,
 * 1987), and the header of an AX.25 UI frame (AX.25 2.2, section 3), as
 * direwolf and hardware modems want them.  KISS also serves pipes, files and
 * serial lines: a reader finds the next frame after any damage.
 */
#ifndef PROTO_KISS_H
#define PROTO_KISS_H

#include <stddef.h>
#include <stdint.h>

struct buf;

#define KISS_FRAME_MAX	4352		/* bytes of a frame, unescaped */
#define AX25_HEADER	16		/* two addresses, control, protocol */
#define AX25_CALL_MAX	9		/* `DB0ABC-15' */

/* One data frame for port 0: FEND, 0, the escaped bytes, FEND. */
void		 kiss_write(struct buf *, const uint8_t *, size_t n);

/* The reading side; all zeros at the beginning of a stream. */
struct kiss {
	size_t		 len;		/* of the frame so far */
	int		 state;
	uint8_t		 frame[1 + KISS_FRAME_MAX];
};
/*
 * Read bytes of a stream up to the end of a data frame.  Returns how many were
 * read; *len is the length of the frame, which is at k->frame + 1, or 0 when
 * none ended here.  Frames that are empty, too long, no data, for another port
 * or with malformed escapes are skipped.
 */
size_t		 kiss_read(struct kiss *, const uint8_t *, size_t n,
		    size_t *len);

/*
 * Write a UI frame's header from a call sign to APENG, 16 bytes.  0, or -1:
 * call is not 1 to 6 of A-Z 0-9 with an optional -0 to -15.
 */
int		 ax25_header(const char *call, uint8_t out[AX25_HEADER]);
/* Bytes before the payload of a UI frame; 0: it is no such frame. */
size_t		 ax25_skip(const uint8_t *, size_t n);

#endif
