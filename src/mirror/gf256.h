/* SPDX-License-Identifier: ISC */
/* Vectors over GF(256), the field of 256 elements; adding is exclusive or. */
#ifndef MIRROR_GF256_H
#define MIRROR_GF256_H

#include <stddef.h>
#include <stdint.h>

/* Make the tables; before any other call, as often as one likes. */
void		 gf_init(void);
/* to += a * from, n bytes. */
void		 gf_add_times(uint8_t *to, const uint8_t *from, uint8_t a,
		    size_t n);
/* to *= a, n bytes. */
void		 gf_times(uint8_t *to, uint8_t a, size_t n);
uint8_t		 gf_inverse(uint8_t a);		/* of 0: 0 */
/* The k coefficients of a frame (SplitMix64, one output a coefficient). */
void		 gf_coefficients(uint32_t number, size_t k, uint8_t *out);

#endif
