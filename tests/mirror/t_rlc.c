/* SPDX-License-Identifier: ISC */
/* Random linear coding: losses, joining late, and forged frames. */
#include "lib/test.h"
#include "mirror/rlc.h"

#define S	200
#define K	127

static uint64_t	 state = 88172645463325252ULL;

static uint32_t
rnd(void)
{
	state += 0x9e3779b97f4a7c15ULL;
	return (uint32_t)((state ^ state >> 29) * 0xbf58476d1ce4e5b9ULL >> 32);
}

struct text {
	const uint8_t	*bytes;
	size_t		 size;
};

static int
is_text(const uint8_t *p, size_t n, void *arg)
{
	struct text	*t = arg;

	return n == t->size && memcmp(p, t->bytes, n) == 0;
}

static uint8_t *
make(size_t n)
{
	uint8_t		*p = malloc(n);
	size_t		 i;

	assert_non_null(p);
	for (i = 0; i < n; i++)
		p[i] = (uint8_t)rnd();
	return p;
}

/* How a frame is spoiled. */
enum forgery { NONE, RANDOM, SAME, ONE_BYTE };

static void
spoil(uint8_t *f, enum forgery how)
{
	size_t		 i;

	if (how == RANDOM)
		for (i = 0; i < S; i++)
			f[i] = (uint8_t)rnd();
	else if (how == ONE_BYTE)
		f[rnd() % S] ^= (uint8_t)(1 + rnd() % 255);
	else if (how == SAME)
		f[3] ^= 0x55;		/* all errors are the same vector */
}

/*
 * Send from frame `from' on (the carousel: K symbols, then 7 K coded frames),
 * lose `loss' and spoil `bad' in a hundred; frames sent until it is solved.
 */
static size_t
cast(size_t size, uint32_t from, unsigned loss, unsigned bad,
    enum forgery how, size_t most)
{
	uint8_t		*text = make(size), f[S];
	struct text	 t = { text, size };
	struct rlc	*r = rlc_new(size, S);
	const uint8_t	*got;
	size_t		 k = rlc_symbols(size, S), sent, forged = 0;
	uint32_t	 number, turn = (uint32_t)(8 * k);
	int		 rv = 0;

	assert_non_null(r);
	for (sent = 0; sent < most && rv == 0; sent++) {
		number = from + (uint32_t)sent;
		if (number % turn < k)
			number %= turn;
		if (rnd() % 100 < loss)
			continue;
		rlc_encode(text, size, S, number, f);
		if (rnd() % 100 < bad)
			spoil(f, how);
		assert_int_not_equal(rlc_add(r, number, f), -1);
		rv = rlc_solve(r, is_text, &t, &got, &forged);
		assert_int_not_equal(rv, -1);
	}
	if (rv == 1)
		assert_memory_equal(got, text, size);
	rlc_free(r);
	free(text);
	return rv == 1 ? sent : 0;
}

static void
test_loss(void **unused)
{
	static const unsigned loss[] = { 0, 10, 30, 50, 70 };
	size_t		 i, j, sum;

	(void)unused;
	for (i = 0; i < N(loss); i++) {
		for (sum = j = 0; j < 20; j++) {
			size_t n = cast(K * S - 11, rnd() % 100000, loss[i], 0,
			    NONE, 6 * K);
			assert_int_not_equal(n, 0);
			sum += n;
		}
		/* The goal is 1.02 / (1 - p) * K + 3 on average. */
		printf("# loss %u: %.1f frames, bound %.1f\n", loss[i],
		    (double)sum / 20,
		    1.02 * K * 100 / (100 - loss[i]) + 3);
		assert_true((double)sum / 20 <
		    1.10 * K * 100 / (100 - loss[i]) + 3);
	}
}

static void
test_small(void **unused)
{
	static const size_t size[] = { 1, S - 1, S, S + 1, 2 * S, 3 * S + 7 };
	size_t		 i;

	(void)unused;
	for (i = 0; i < N(size); i++) {
		assert_true(cast(size[i], 0, 0, 0, NONE, 20) > 0);
		assert_true(cast(size[i], 1000, 30, 0, NONE, 60) > 0);
	}
}

static void
test_forged(void **unused)
{
	static const enum forgery how[] = { RANDOM, ONE_BYTE };
	size_t		 i, j;

	(void)unused;
	for (i = 0; i < N(how); i++)
		for (j = 0; j < 6; j++)
			assert_true(cast(K * S, rnd() % 100000, 10, 10,
			    how[i], 2 * K) > 0);
}

/* Errors that depend on each other: slower, and never for good. */
static void
test_dependent(void **unused)
{
	size_t		 j;

	(void)unused;
	for (j = 0; j < 3; j++)
		assert_true(cast(20 * S, rnd() % 1000, 0, 10, SAME,
		    100 * 20) > 0);
}

static void
test_limits(void **unused)
{
	uint8_t		 f[S] = { 1 };
	struct rlc	*r;
	size_t		 i;

	(void)unused;
	assert_null(rlc_new(0, S));
	assert_null(rlc_new(10, 0));
	assert_null(rlc_new(10, RLC_SYMBOL_MAX + 1));
	assert_null(rlc_new((size_t)RLC_SYMBOLS_MAX * S + 1, S));
	r = rlc_new(2 * S, S);
	assert_int_equal(rlc_add(r, 7, f), 1);
	assert_int_equal(rlc_add(r, 7, f), 0);
	assert_int_equal(rlc_add(r, RLC_NUMBER_MAX + 1, f), 0);
	for (i = 0; i < 1000; i++) {
		f[0] = (uint8_t)i;
		f[1] = (uint8_t)(i >> 8);
		rlc_add(r, (uint32_t)i, f);
	}
	assert_int_equal(rlc_count(r), 2 + 1 + 64);
	rlc_free(r);
	rlc_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_loss),
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_dependent),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
