/* SPDX-License-Identifier: ISC */
/*
 * The words that mirror and origin exchange; apeng-package(5), "THE
 * MIRRORING PROTOCOL".  Pure: bytes in, struct out and back.
 */
#ifndef PACKAGE_OFFER_H
#define PACKAGE_OFFER_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

#define OFFER_LINE_MAX	256		/* bytes with the LF */
#define SHORT_LEN	8		/* bytes of a hash in 16 hex digits */
#define SHORT_HEX	16
#define EDITION_MAX	(19 + 1 + SHORT_HEX)
#define ORIGIN_PART	4096		/* bytes of a part, p/SHA16/N */
#define ORIGIN_SMALL	512		/* bytes of a small part, s/SHA16/N */

/* An edition: SERIAL-CORE16, or `-' for none (serial 0). */
struct edition {
	uint64_t	serial;
	uint8_t		core[SHORT_LEN];
};

/* `offer SHA256 SIZE BASE16|-', or `offer - 0 -' when there is nothing. */
struct offer {
	uint64_t	size;		/* bytes of the blob; 0: there is none,
					   at most the head is new, and the
					   other members are unused */
	uint8_t		sha[32];	/* of the blob */
	int		has_base;	/* 1: the blob is a delta */
	uint8_t		base[SHORT_LEN];/* start of the base's core hash */
};

/* `apeng-blob SHA16 OFFSET TOTAL', the first line of a resumed blob. */
struct blob_line {
	uint8_t		sha[SHORT_LEN];
	uint64_t	offset, total;
};

/* Exactly len bytes without a LF; 0, or -1 when they are malformed. */
int	edition_parse(const char *, size_t len, struct edition *);
int	offer_parse(const char *, size_t len, struct offer *);
int	blob_line_parse(const char *, size_t len, struct blob_line *);
/* `SHA16/OFFSET', the end of a /.apeng/b/ selector. */
int	blob_at_parse(const char *, size_t len, uint8_t sha[SHORT_LEN],
	    uint64_t *offset);

void	edition_write(const struct edition *, struct buf *);
/* With the LF. */
void	offer_write(const struct offer *, struct buf *);
void	blob_line_write(const struct blob_line *, struct buf *);

/*
 * Read the start of an answer to /.apeng/up/: head, offer line and empty line.
 * 1: it has *used bytes, of which the first *head_len are the head; the blob
 * follows.  0: more bytes are needed.  -1: it is no such answer, see e.
 */
int	offer_answer(const char *, size_t len, size_t *head_len,
	    struct offer *, size_t *used, struct err *);

#endif
