/* SPDX-License-Identifier: ISC */
/* Pure Ed25519 through libcrypto. */
#ifndef PACKAGE_ED25519_H
#define PACKAGE_ED25519_H

#include <stddef.h>
#include <stdint.h>

#define ED_KEY	32
#define ED_SIG	64

/*
 * 1: the key is acceptable.  0: it is a point of small order, for which anybody
 * can make signatures, or not the one way to write a point.  minisign accepts
 * neither.
 */
int	ed_key_ok(const uint8_t key[ED_KEY]);
/* 1: sig is key's signature of the n bytes; 0: it is not. */
int	ed_verify(const uint8_t key[ED_KEY], const void *, size_t n,
	    const uint8_t sig[ED_SIG]);
int	ed_sign(const uint8_t seed[ED_KEY], const void *, size_t n,
	    uint8_t sig[ED_SIG]);			/* 0 or -1 */
int	ed_public(const uint8_t seed[ED_KEY], uint8_t key[ED_KEY]);

#endif
