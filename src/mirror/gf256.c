/* SPDX-License-Identifier: ISC */
/*
 * Arithmetic in GF(256), by a table of all products (64 KB in .bss, made at
 * the first use).  Adding is exclusive or.
 */
#include <string.h>

#include "mirror/gf256.h"

#define POLY		0x11d		/* x^8 + x^4 + x^3 + x^2 + 1 */

static uint8_t	 mul[256][256];
static uint8_t	 inverse[256];

/* The multiplication table, made once; a second making changes no byte. */
void
gf_init(void)
{
	uint8_t		 power[510], log[256] = { 0 };
	unsigned	 x = 1, i, j;

	if (mul[1][1] == 1)
		return;
	for (i = 0; i < 255; i++) {
		power[i] = power[i + 255] = (uint8_t)x;
		log[x] = (uint8_t)i;
		x <<= 1;
		if (x & 0x100)
			x ^= POLY;
	}
	for (i = 1; i < 256; i++)
		for (j = 1; j < 256; j++)
			mul[i][j] = power[log[i] + log[j]];
	for (i = 1; i < 256; i++)
		inverse[i] = power[255 - log[i]];
}

void
gf_add_times(uint8_t *to, const uint8_t *from, uint8_t a, size_t n)
{
	const uint8_t	*m = mul[a];
	size_t		 i;

	if (a == 0)
		return;
	if (a == 1)
		for (i = 0; i < n; i++)
			to[i] ^= from[i];
	else
		for (i = 0; i < n; i++)
			to[i] ^= m[from[i]];
}

void
gf_times(uint8_t *to, uint8_t a, size_t n)
{
	const uint8_t	*m = mul[a];
	size_t		 i;

	if (a != 1)
		for (i = 0; i < n; i++)
			to[i] = m[to[i]];
}

uint8_t
gf_inverse(uint8_t a)
{
	return inverse[a];
}

void
gf_coefficients(uint32_t number, size_t k, uint8_t *out)
{
	uint64_t	 t, z;
	size_t		 i;

	if (number < k) {
		memset(out, 0, k);
		out[number] = 1;
		return;
	}
	t = (uint64_t)number * 0x9e3779b97f4a7c15ULL + 1;
	for (i = 0; i < k; i++) {
		z = (t += 0x9e3779b97f4a7c15ULL);
		z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
		z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
		out[i] = (uint8_t)((z ^ z >> 31) >> 24);
	}
}
