/* SPDX-License-Identifier: ISC */
/*
 * BLAKE2b with 32 bytes of digest (RFC 7693): the checksum inside minisign's
 * secret key files.  libcrypto before 3.2 has only the 64-byte one.
 */
#ifndef PACKAGE_BLAKE2B_H
#define PACKAGE_BLAKE2B_H

#include <stddef.h>
#include <stdint.h>

/* At most 128 bytes of data: one block. */
void	blake2b_256(const void *, size_t n, uint8_t out[32]);

#endif
