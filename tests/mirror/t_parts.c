/* SPDX-License-Identifier: ISC */
/* Parts of letters: mixed, doubled, missing, claimed by strangers. */
#include "base/buf.h"
#include "lib/test.h"
#include "mirror/parts.h"
#include "mirror/rlc.h"
#include "package/hash.h"

#define SYMBOL	100
#define ROOM	(1 << 20)

struct sample {
	uint8_t		*bytes;
	struct part	 part;
	uint8_t		 piece[SYMBOL];
};

static void
sample_make(struct sample *s, const char *id, size_t size, uint8_t seed)
{
	uint8_t		 sha[SHA_LEN];
	size_t		 i;

	memset(s, 0, sizeof(*s));
	s->bytes = malloc(size);
	assert_non_null(s->bytes);
	for (i = 0; i < size; i++)
		s->bytes[i] = (uint8_t)(i * i * seed + i / 7 + seed);
	assert_int_equal(sha_bytes(s->bytes, size, sha, NULL), 0);
	memcpy(s->part.tag, sha, PART_TAG);
	snprintf(s->part.id, sizeof(s->part.id), "%s", id);
	s->part.serial = 2026112301;
	s->part.size = (uint32_t)size;
	s->part.symbol = SYMBOL;
}

static const struct part *
nth(struct sample *s, uint32_t number)
{
	rlc_encode(s->bytes, s->part.size, SYMBOL, number, s->piece);
	s->part.number = number;
	s->part.payload = s->piece;
	s->part.len = number + 1 == part_count(&s->part) ?
	    s->part.size - (size_t)number * SYMBOL : SYMBOL;
	return &s->part;
}

static void
test_mixed(void **unused)
{
	struct sample	 a, b;
	struct parts	*p = parts_new(ROOM);
	struct parts_letter l;
	struct buf	 missing = BUF_INIT;

	(void)unused;
	sample_make(&a, "aaa", 450, 3);
	sample_make(&b, "bbb", 950, 5);
	assert_int_equal(parts_add(p, nth(&a, 4), &l), PARTS_NEW);
	assert_int_equal(parts_add(p, nth(&b, 0), &l), PARTS_NEW);
	assert_int_equal(parts_add(p, nth(&a, 1), &l), PARTS_NEW);
	assert_int_equal(parts_add(p, nth(&a, 1), &l), PARTS_KNOWN);
	assert_int_equal(parts_add(p, nth(&b, 6), &l), PARTS_NEW);
	assert_int_equal(parts_look(p, 0, &l), 1);
	assert_string_equal(l.id, "aaa");
	assert_true(l.have == 2 && l.want == 5);
	parts_missing(p, 0, 9, &missing);
	assert_string_equal(missing.data, "1, 3-4");
	buf_reset(&missing);
	parts_missing(p, 1, 9, &missing);
	assert_string_equal(missing.data, "2-6, 8-10");
	buf_reset(&missing);
	parts_missing(p, 1, 1, &missing);
	assert_string_equal(missing.data, "2-6, ...");
	/* Spares fill gaps, whichever they are. */
	assert_int_equal(parts_add(p, nth(&a, 900), &l), PARTS_NEW);
	assert_int_equal(parts_add(p, nth(&a, 901), &l), PARTS_NEW);
	assert_int_equal(parts_add(p, nth(&a, 0), &l), PARTS_DONE);
	assert_true(l.size == 450 && l.forged == 0);
	assert_memory_equal(l.bytes, a.bytes, 450);
	assert_int_equal(parts_add(p, nth(&a, 2), &l), PARTS_KNOWN);
	assert_int_equal(parts_look(p, 1, &l), 1);
	assert_true(l.have == 2 && l.want == 10);
	assert_int_equal(parts_look(p, 2, &l), 0);
	parts_free(p);
	buf_free(&missing);
	free(a.bytes);
	free(b.bytes);
}

/* Thousands of letters that do not exist do not push the real one out. */
static void
test_claims(void **unused)
{
	struct sample	 a, lie;
	struct parts	*p = parts_new(ROOM);
	struct parts_letter l;
	struct part	 q;
	uint32_t	 i;

	(void)unused;
	sample_make(&a, "aaa", 2050, 3);
	sample_make(&lie, "aaa", 2050, 9);
	assert_int_equal(parts_add(p, nth(&a, 0), &l), PARTS_NEW);
	assert_int_equal(parts_add(p, nth(&a, 1), &l), PARTS_NEW);
	for (i = 0; i < 2000; i++) {
		q = *nth(&lie, i % 20);
		q.serial += i;
		parts_add(p, &q, &l);
	}
	for (i = 2; i < 20; i++)
		assert_int_equal(parts_add(p, nth(&a, i), &l), PARTS_NEW);
	assert_int_equal(parts_add(p, nth(&a, 20), &l), PARTS_DONE);
	assert_memory_equal(l.bytes, a.bytes, 2050);
	parts_free(p);
	free(a.bytes);
	free(lie.bytes);
}

/* A letter that would need more than there is: refused, others stay. */
static void
test_room(void **unused)
{
	struct sample	 a;
	struct parts	*p = parts_new(20000);
	struct parts_letter l;
	struct part	 q;

	(void)unused;
	sample_make(&a, "aaa", 450, 3);
	assert_int_equal(parts_add(p, nth(&a, 0), &l), PARTS_NEW);
	q = a.part;
	q.size = 40000;
	q.len = SYMBOL;
	assert_int_equal(parts_add(p, &q, &l), PARTS_NOMEM);
	q.size = PART_SIZE_MAX;		/* more symbols than a code has */
	assert_int_equal(parts_add(p, &q, &l), PARTS_NOMEM);
	assert_int_equal(parts_look(p, 0, &l), 1);
	assert_int_equal(l.have, 1);
	parts_free(p);
	parts_free(NULL);
	free(a.bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mixed),
		cmocka_unit_test(test_claims),
		cmocka_unit_test(test_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
