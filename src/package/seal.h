/* SPDX-License-Identifier: ISC */
/*
 * The four lines of a pure (legacy) minisign signature:
 *
 *	untrusted comment: apeng
 *	base64 of `Ed', key id, signature of the signed bytes
 *	trusted comment: TEXT
 *	base64 of the signature of that signature and TEXT
 *
 * The first line is fixed, as no signature covers it.
 */
#ifndef PACKAGE_SEAL_H
#define PACKAGE_SEAL_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

#define SEAL_COMMENT	"apeng"

struct seal {
	uint8_t		 id[8];
	uint8_t		 sig[64], all[64];
	const char	*text;		/* trusted comment, borrowed */
	size_t		 text_len;
};

/* All of it is printable ASCII and LF (checked by head_parse()). */
int	seal_parse(const char *, size_t, struct seal *, struct err *);
/* 1: both signatures are key's for the n signed bytes. */
int	seal_verify(const struct seal *, const void *, size_t n,
	    const uint8_t key[32]);
/* Append the four lines; parse(write(g)) is g. */
void	seal_write(const struct seal *, struct buf *);
/* Append the four lines over what is in b.  0 or -1. */
int	seal_make(struct buf *b, const uint8_t id[8], const uint8_t seed[32]);

#endif
