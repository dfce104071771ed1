/* SPDX-License-Identifier: ISC */
/* SHA-256 and hex digits, as heads, offers and blob names have them. */
#ifndef PACKAGE_HASH_H
#define PACKAGE_HASH_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct sha;			/* opaque: its body is in hash.c */

#define SHA_LEN		32
#define SHA_HEX		64

/* NULL: see e.  Always end with sha_end(). */
struct sha	*sha_new(struct err *);
/* A failure is remembered and reported by sha_end(). */
void		 sha_add(struct sha *, const void *, size_t);
/* Frees s (NULL is fine); out NULL: only that.  0, or -1: see e. */
int		 sha_end(struct sha *s, uint8_t out[SHA_LEN], struct err *);
int		 sha_bytes(const void *, size_t, uint8_t out[SHA_LEN],
		    struct err *);
/* Of a whole file from offset 0, whatever fd's position is. */
int		 sha_file(int fd, uint8_t out[SHA_LEN], struct err *);

/* n bytes to 2 * n lower-case digits and a NUL. */
void		 hex_format(const uint8_t *, size_t n, char *out);
/* 2 * n lower-case digits to n bytes; -1 if they are not. */
int		 hex_parse(const char *, size_t n, uint8_t *out);

#endif
