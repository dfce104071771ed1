/* SPDX-License-Identifier: ISC */
/*
 * A part: a piece of a letter that fits a text message, a QR code or a radio
 * frame, and says which letter it is a piece of.  Binary:
 *
 *   a5		 1 byte, format 1
 *   length, id	 1 byte and that many: the package's id
 *   serial	 number, of the edition that the letter brings
 *   tag	 8 bytes, the start of the letter's SHA-256
 *   size	 number, bytes of the letter
 *   symbol	 number, bytes that a piece carries
 *   number	 number: below the count of pieces, that very piece (the last
 *		 one may be shorter); else a sum of all, see mirror/rlc.h
 *   payload
 *   check	 4 bytes, CRC-32 of all before, big-endian
 *
 * A number is 7 bits a byte, low ones first, the top bit says that more
 * follow, and the shortest form is the only one.  Nothing in a part is
 * believed before the letter proves itself.
 */
#ifndef PACKAGE_PART_H
#define PACKAGE_PART_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"

struct buf;
struct err;

#define PART_TAG	8
#define PART_SIZE_MAX	(64u << 20)	/* bytes of a letter */
#define PART_SYMBOL_MAX	4096
#define PART_NUMBER_MAX	0xffffff
#define PART_OVER_MAX	(1 + 1 + HEAD_ID_MAX + 9 + PART_TAG + 4 + 2 + 4 + 4)
#define PART_MAX	(PART_OVER_MAX + PART_SYMBOL_MAX)
#define PART_ARMOUR	"APENG:"	/* in front of the text form */

struct part {
	char		 id[HEAD_ID_MAX + 1];
	uint64_t	 serial;
	uint8_t		 tag[PART_TAG];
	uint32_t	 size, symbol, number;
	const uint8_t	*payload;	/* borrowed from the bytes parsed */
	size_t		 len;		/* symbol, or less: see number */
};

/* Pieces that the letter makes. */
uint32_t	 part_count(const struct part *);
/* Bytes of the part beside its payload; a smaller number needs no more. */
size_t		 part_over(const struct part *);
/* parse(write(p)) is p. */
void		 part_write(const struct part *, struct buf *);
/* All n bytes are one part; 0, or -1: see e. */
int		 part_parse(const uint8_t *, size_t n, struct part *,
		    struct err *);
/*
 * The text form: PART_ARMOUR and base45 (RFC 9285), which QR codes hold in
 * 5.5 bits a character and every text message carries.
 */
void		 part_armour(const uint8_t *, size_t n, struct buf *);
/* Back to bytes; len characters without PART_ARMOUR; -1: malformed. */
int		 part_unarmour(const char *, size_t len, struct buf *);
/*
 * Take a part from a line of text without its line end: PART_ARMOUR and base45
 * with any text before it (scanners put `QR-Code:' there), or a line of only
 * hex or base64, as gateways of text messages write them.  1: b has the part's
 * bytes, not parsed yet; 0: the line has no part.
 */
int		 part_from_line(const char *, size_t len, struct buf *b);

#endif
