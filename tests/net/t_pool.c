/* SPDX-License-Identifier: ISC */
/* OpenSSL's memory: sizes, alignment, use again, and that it is in use. */
#include <stdint.h>
#include <stdlib.h>

#include <openssl/crypto.h>

#include "lib/test.h"
#include "net/pool.h"

#define PIECES	3000

/* Pieces of all sizes at once: none overlaps another. */
static void
apart(void **state)
{
	static uint8_t	*p[PIECES];
	size_t		 i, k, n;
	int		 round;

	(void)state;
	for (round = 0; round < 3; round++) {
		for (i = 0; i < PIECES; i++) {
			n = 1 + i * 7 % 17000;
			p[i] = pool_alloc(n);
			assert_non_null(p[i]);
			assert_int_equal((uintptr_t)p[i] %
			    _Alignof(max_align_t), 0);
			memset(p[i], (int)(i % 251), n);
		}
		for (i = 0; i < PIECES; i++) {
			n = 1 + i * 7 % 17000;
			for (k = 0; k < n; k++)
				if (p[i][k] != i % 251)
					fail_msg("piece %zu of %zu at %zu", i,
					    n, k);
			pool_free(p[i]);
		}
	}
}

static void
again(void **state)
{
	static const size_t	 sizes[] = { 1, 16, 17, 112, 113, 1000, 3280,
				    4096 };
	void			*a, *b;
	size_t			 i;

	(void)state;
	for (i = 0; i < N(sizes); i++) {
		a = pool_alloc(sizes[i]);
		b = pool_alloc(sizes[i]);
		assert_ptr_not_equal(a, b);
		pool_free(a);
		assert_ptr_equal(pool_alloc(sizes[i]), a);
		pool_free(a);
		pool_free(b);
	}
}

static void
grows(void **state)
{
	static const size_t	 sizes[] = { 1, 16, 40, 400, 390, 5000, 16500,
				    16800, 20000, 60000, 16600, 4000, 12 };
	uint8_t			*p = NULL;
	size_t			 i, k, had = 0;

	(void)state;
	for (i = 0; i < N(sizes); i++) {
		p = pool_realloc(p, sizes[i]);
		assert_non_null(p);
		for (k = 0; k < had && k < sizes[i]; k++)
			assert_int_equal(p[k], k % 253);
		for (k = 0; k < sizes[i]; k++)
			p[k] = (uint8_t)(k % 253);
		had = sizes[i];
	}
	assert_null(pool_realloc(p, 0));
	assert_null(pool_alloc(0));
	pool_free(NULL);
}

/* What was kept is given up, and nothing that is in use. */
static void
at_rest(void **state)
{
	uint8_t	*p[20], *kept;
	size_t	 i, round;

	(void)state;
	kept = pool_alloc(16600);
	memset(kept, 0x5a, 16600);
	for (round = 0; round < 2; round++) {
		for (i = 0; i < N(p); i++)
			assert_non_null(p[i] = pool_alloc(16600));
		for (i = 0; i < N(p); i++) {
			memset(p[i], 0xa5, 16600);
			pool_free(p[i]);
		}
		pool_rest();
	}
	for (i = 0; i < 16600; i++)
		assert_int_equal(kept[i], 0x5a);
	pool_free(kept);
}

/* The same pieces over and over: rest gives pages back, use takes them. */
static void
rest_and_use(void **state)
{
	static uint8_t	*p[PIECES];
	size_t		 i, k, n, round;

	(void)state;
	for (round = 0; round < 6; round++) {
		for (i = 0; i < PIECES; i++) {
			if (p[i] != NULL)
				continue;
			n = 1 + i % 97 * 43;
			assert_non_null(p[i] = pool_alloc(n));
			memset(p[i], (int)(i % 251), n);
		}
		for (i = 0; i < PIECES; i++) {
			/* Some stay: at first many, then one in a hundred. */
			if (i % (round < 3 ? 3 : 100) == 0)
				continue;
			pool_free(p[i]);
			p[i] = NULL;
		}
		pool_rest();
		pool_rest();
		for (i = 0; i < PIECES; i++)
			for (k = 0; p[i] != NULL && k < 1 + i % 97 * 43; k++)
				assert_int_equal(p[i][k], i % 251);
	}
	for (i = 0; i < PIECES; i++)
		pool_free(p[i]);
}

/* Pages of this process that are in memory. */
static long
resident(void)
{
	long	 all = 0, here = 0;
	FILE	*f = fopen("/proc/self/statm", "r");

	assert_non_null(f);
	assert_int_equal(fscanf(f, "%ld %ld", &all, &here), 2);
	fclose(f);
	return here;
}

/* After a crowd, pages that hold nothing are the system's again. */
static void
after_a_crowd(void **state)
{
	static void	*p[16 * 1024];
	long		 before, full, after;
	size_t		 i;

	(void)state;
	before = resident();
	for (i = 0; i < sizeof(p) / sizeof(p[0]); i++) {
		assert_non_null(p[i] = pool_alloc(500));
		memset(p[i], 1, 500);
	}
	full = resident();
	assert_true(full - before > 1500);	/* 8 MB in pages of 4 KB */
	for (i = 0; i < sizeof(p) / sizeof(p[0]); i++)
		if (i % 1024 != 0)		/* a few readers stay */
			pool_free(p[i]);
	pool_rest();
	after = resident();
	assert_true(after - before < (full - before) / 4);
	for (i = 0; i < sizeof(p) / sizeof(p[0]); i += 1024)
		pool_free(p[i]);
}

/* What OpenSSL is given comes from here, and goes back. */
static void
in_use(void **state)
{
	void	*a;

	(void)state;
	a = OPENSSL_malloc(112);
	assert_non_null(a);
	OPENSSL_free(a);
	assert_ptr_equal(pool_alloc(112), a);
	pool_free(a);
	assert_int_equal(pool_start(), 1);
}

/* A sanitizer is to see every piece, so malloc() has them all. */
static void
stands_back(void **state)
{
	void	*a;

	(void)state;
	assert_true(WITH_ASAN);
	a = OPENSSL_malloc(112);
	assert_non_null(a);
	OPENSSL_free(a);
	assert_int_equal(pool_start(), 0);
}

int
main(void)
{
	const struct CMUnitTest with_pool[] = {
		cmocka_unit_test(apart), cmocka_unit_test(again),
		cmocka_unit_test(grows), cmocka_unit_test(at_rest),
		cmocka_unit_test(rest_and_use),
		cmocka_unit_test(after_a_crowd),
		cmocka_unit_test(in_use),
	};
	const struct CMUnitTest without[] = {
		cmocka_unit_test(apart), cmocka_unit_test(grows),
		cmocka_unit_test(at_rest), cmocka_unit_test(rest_and_use),
		cmocka_unit_test(stands_back),
	};

	return pool_start() ?
	    cmocka_run_group_tests(with_pool, NULL, NULL) :
	    cmocka_run_group_tests(without, NULL, NULL);
}
