/* SPDX-License-Identifier: ISC */
/* The carousel: every frame fits, any beginning will do, shares are as told. */
#include "base/buf.h"
#include "base/err.h"
#include "lib/test.h"
#include "mirror/cast.h"
#include "mirror/parts.h"

static uint64_t	 state = 1;

static uint32_t
rnd(void)
{
	state += 0x9e3779b97f4a7c15ULL;
	return (uint32_t)((state ^ state >> 29) * 0xbf58476d1ce4e5b9ULL >> 32);
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

/* Frames sent until both letters are out. */
static size_t
listen(struct cast *c, size_t frame, unsigned loss, const uint8_t *small,
    const uint8_t *large)
{
	struct parts	*p = parts_new(4 << 20);
	struct parts_letter l;
	struct part	 q;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 sent, out = 0;

	for (sent = 0; out < 2 && sent < 5000; sent++) {
		buf_reset(&b);
		cast_next(c, &b);
		assert_true(buf_ok(&b) && b.len <= frame);
		if (rnd() % 100 < loss)
			continue;
		assert_int_equal(part_parse((uint8_t *)b.data, b.len, &q, &e),
		    0);
		if (parts_add(p, &q, &l) != PARTS_DONE)
			continue;
		assert_memory_equal(l.bytes, l.size == 450 ? small : large,
		    l.size);
		out++;
	}
	assert_int_equal(out, 2);
	parts_free(p);
	buf_free(&b);
	return sent;
}

static void
test_listen(void **unused)
{
	static const size_t frame[] = { CAST_FRAME_MIN, 200, CAST_FRAME_MAX };
	static const unsigned loss[] = { 0, 30, 70 };
	uint8_t		*small = make(450), *large = make(25000);
	struct cast	*c;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i, j, skip;

	(void)unused;
	for (i = 0; i < N(frame); i++)
		for (j = 0; j < N(loss); j++) {
			c = cast_new(frame[i], PART_NUMBER_MAX);
			assert_int_equal(cast_add(c, "qianjiang", 2026112302,
			    small, 450, &e), 0);
			assert_int_equal(cast_add(c, "qianjiang", 2026112302,
			    large, 25000, &e), 0);
			for (skip = rnd() % 3000; skip > 0; skip--) {
				buf_reset(&b);
				cast_next(c, &b);
			}
			listen(c, frame[i], loss[j], small, large);
			cast_free(c);
		}
	buf_free(&b);
	free(small);
	free(large);
}

/* 5 symbols beside 125: the large one gets 5 times the frames, not 25. */
static void
test_share(void **unused)
{
	uint8_t		*bytes = make(125 * 167);
	struct cast	*c = cast_new(200, PART_NUMBER_MAX);
	struct part	 q;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 n[2] = { 0 }, i;

	(void)unused;
	assert_int_equal(cast_add(c, "abc", 1, bytes, 5 * 167, &e), 0);
	assert_int_equal(cast_add(c, "abc", 1, bytes, 125 * 167, &e), 0);
	for (i = 0; i < 1200; i++) {
		buf_reset(&b);
		cast_next(c, &b);
		part_parse((uint8_t *)b.data, b.len, &q, &e);
		n[q.size != 5 * 167]++;
	}
	assert_in_range(n[1], n[0] * 4, n[0] * 6);
	cast_free(c);
	cast_free(NULL);
	buf_free(&b);
	free(bytes);
}

static void
test_refuse(void **unused)
{
	uint8_t		*bytes = make(1 << 20);
	struct cast	*c = cast_new(CAST_FRAME_MIN, PART_NUMBER_MAX);
	struct err	 e;

	(void)unused;
	assert_int_equal(cast_add(c, "abc", 1, bytes, 0, &e), -1);
	assert_int_equal(cast_add(c, "abc", 1, bytes, 1 << 20, &e), -1);
	assert_non_null(strstr(e.msg, "use larger ones"));
	cast_free(c);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_listen),
		cmocka_unit_test(test_share),
		cmocka_unit_test(test_refuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
