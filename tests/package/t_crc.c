/* SPDX-License-Identifier: ISC */
/* CRC-32 against its definition, bit by bit: lengths, alignments, parts. */
#include "lib/test.h"
#include "package/crc.h"

#define MOST	1000

static uint32_t	 by_bits(const uint8_t *, size_t);
static void	 fill(uint8_t *, size_t);
static void	 test_known(void **);
static void	 test_lengths(void **);
static void	 test_parts(void **);

static uint32_t
by_bits(const uint8_t *p, size_t n)
{
	uint32_t	 crc = ~0u;
	int		 k;

	while (n-- > 0) {
		crc ^= *p++;
		for (k = 0; k < 8; k++)
			crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
	}
	return ~crc;
}

static void
fill(uint8_t *p, size_t n)
{
	uint32_t	 x = 1;

	while (n-- > 0) {
		x = x * 1664525u + 1013904223u;
		*p++ = (uint8_t)(x >> 24);
	}
}

static void
test_known(void **state)
{
	static const uint8_t	 none[5000];

	(void)state;
	assert_int_equal(crc_add(0, NULL, 0), 0);
	assert_int_equal(crc_add(7, "", 0), 7);
	assert_int_equal(crc_add(0, "123456789", 9), 0xcbf43926u);
	assert_int_equal(crc_add(0, none, sizeof(none)),
	    by_bits(none, sizeof(none)));
}

static void
test_lengths(void **state)
{
	uint8_t	 data[MOST + 16];
	size_t	 at, n;

	(void)state;
	fill(data, sizeof(data));
	for (n = 0; n <= MOST; n++)
		for (at = 0; at < (n < 300 ? 16 : 2); at++)
			assert_int_equal(crc_add(0, data + at, n),
			    by_bits(data + at, n));
}

/* Short parts and long ones go different ways. */
static void
test_parts(void **state)
{
	uint8_t	 data[MOST];
	uint32_t crc, want;
	size_t	 at, n, step;

	(void)state;
	fill(data, sizeof(data));
	want = by_bits(data, sizeof(data));
	for (step = 1; step <= MOST; step++) {
		for (crc = 0, at = 0; at < MOST; at += n) {
			n = MOST - at < step ? MOST - at : step;
			crc = crc_add(crc, data + at, n);
		}
		assert_int_equal(crc, want);
	}
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
