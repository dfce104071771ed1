/* SPDX-License-Identifier: ISC */
/*
 * CRC-32, which ZIP wants of every file in a package.  With eight tables a step
 * takes eight bytes; on x86, with a multiplication without carries,
 * sixty-four.  A CRC finds accidental damage.  It does not find a change that
 * somebody made on purpose: the signature does.
 */
#include "package/crc.h"

#if defined(__x86_64__)
#include <wmmintrin.h>
#define HAS_FOLD	1
#else
#define HAS_FOLD	0
#endif

#define FOLD_MIN	64		/* bytes; fewer go through the tables */

static uint32_t	 t[8][256];

static void	 tables(void);
static uint32_t	 by_tables(uint32_t, const uint8_t *, size_t);
static size_t	 fold(uint32_t *, const uint8_t *, size_t);

/* Make one table for each of the eight bytes of a step. */
static void
tables(void)
{
	uint32_t	 c, i;
	int		 k;

	for (i = 0; i < 256; i++) {
		for (c = i, k = 0; k < 8; k++)
			c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
		t[0][i] = c;
	}
	for (i = 0; i < 256; i++)
		for (k = 1; k < 8; k++)
			t[k][i] = t[k - 1][i] >> 8 ^ t[0][t[k - 1][i] & 0xff];
}

static uint32_t
by_tables(uint32_t crc, const uint8_t *p, size_t n)
{
	for (; n >= 8; n -= 8, p += 8) {
		crc ^= (uint32_t)p[0] | (uint32_t)p[1] << 8 |
		    (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
		crc = t[7][crc & 0xff] ^ t[6][crc >> 8 & 0xff] ^
		    t[5][crc >> 16 & 0xff] ^ t[4][crc >> 24] ^
		    t[3][p[4]] ^ t[2][p[5]] ^ t[1][p[6]] ^ t[0][p[7]];
	}
	for (; n > 0; n--)
		crc = crc >> 8 ^ t[0][(crc ^ *p++) & 0xff];
	return crc;
}

#if HAS_FOLD
static __m128i
lane(const void *p)
{
	return _mm_loadu_si128(p);
}

/*
 * Multiply both halves of a, without carries, by the powers in k, and add b.
 */
__attribute__((__target__("pclmul")))
static __m128i
ahead(__m128i a, __m128i k, __m128i b)
{
	return _mm_xor_si128(_mm_xor_si128(_mm_clmulepi64_si128(a, k, 0x00),
	    _mm_clmulepi64_si128(a, k, 0x11)), b);
}

/*
 * The bits are the coefficients of a polynomial; the CRC is the remainder of
 * its division.  Multiplying 16 bytes by x^d and adding them to the 16 bytes
 * that stand d bits behind them keeps the remainder.  So four lanes of 16 bytes
 * advance 64 bytes at a time, and the last 16 bytes go through the tables like
 * a message of their own.  k holds x^(d + 32) and x^(d - 32), reduced and
 * reflected.
 */
__attribute__((__target__("pclmul")))
static size_t
fold(uint32_t *crc, const uint8_t *data, size_t n)
{
	const __m128i	 four = _mm_set_epi64x(0x1c6e41596, 0x154442bd4);
	const __m128i	 one = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
	const uint8_t	*p = data, *end = data + n / 16 * 16;
	__m128i		 a, b, c, d;
	uint8_t		 rest[16];

	a = _mm_xor_si128(lane(p), _mm_cvtsi32_si128((int)*crc));
	b = lane(p + 16);
	c = lane(p + 32);
	d = lane(p + 48);
	for (p += 64; end - p >= 64; p += 64) {
		a = ahead(a, four, lane(p));
		b = ahead(b, four, lane(p + 16));
		c = ahead(c, four, lane(p + 32));
		d = ahead(d, four, lane(p + 48));
	}
	a = ahead(ahead(ahead(a, one, b), one, c), one, d);
	for (; p < end; p += 16)
		a = ahead(a, one, lane(p));
	_mm_storeu_si128((__m128i *)(void *)rest, a);
	*crc = by_tables(0, rest, sizeof(rest));
	return n / 16 * 16;
}
#else
static size_t
fold(uint32_t *crc, const uint8_t *data, size_t n)
{
	(void)crc, (void)data, (void)n;
	return 0;
}
#endif

uint32_t
crc_add(uint32_t crc, const void *data, size_t n)
{
	static int	 ready, folds;
	const uint8_t	*p = data;
	size_t		 done = 0;

	if (n == 0)
		return crc;
	if (!ready) {
		tables();
#if HAS_FOLD
		folds = __builtin_cpu_supports("pclmul") != 0;
#endif
		ready = 1;
	}
	crc = ~crc;
	if (folds && n >= FOLD_MIN)
		done = fold(&crc, p, n);
	return ~by_tables(crc, p + done, n - done);
}
