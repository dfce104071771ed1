/* SPDX-License-Identifier: ISC */
/* Sets of members on the wire, and many things in one frame. */
#include "base/buf.h"
#include "base/err.h"
#include "lib/test.h"
#include "package/bundle.h"
#include "package/members.h"
#include "package/subset.h"

#define MANY	3000

static struct member	v[MANY];
static struct members	m = { .n = MANY, .v = v };

static int
setup(void **state)
{
	size_t	 i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(v[i].id, sizeof(v[i].id), "d%04zu", i);
		snprintf(v[i].group, sizeof(v[i].group), "g%zu", i % 3);
	}
	return 0;
}

static void
round_trip(void **state)
{
	static const size_t	 step[] = { 1, 2, 7, 8, 9, 100, 130, 1000,
				    2999, 100000 };
	uint8_t			 in[SUBSET_BYTES(MANY)], out[sizeof(in)];
	struct buf		 b = BUF_INIT;
	size_t			 i, k, n, off;

	(void)state;
	for (k = 0; k < N(step); k++)
		for (off = 0; off < 9; off++)
			for (n = 1; n <= MANY; n = n * 2 + 3) {
				memset(in, 0, sizeof(in));
				memset(out, 0, sizeof(out));
				for (i = off; i < n; i += step[k])
					subset_add(in, i);
				buf_reset(&b);
				m.n = n;
				subset_write(in, n, &b);
				assert_int_equal(subset_parse(b.data, b.len,
				    &m, out), 1);
				assert_memory_equal(in, out, sizeof(in));
				assert_true(b.len <= 2 + (n + 7) / 8 * 4 / 3 +
				    1);
			}
	m.n = MANY;
	buf_free(&b);
}

static void
names(void **state)
{
	static const struct {
		const char	*s;
		size_t		 n;		/* members; -1: malformed */
		size_t		 one;		/* that is among them */
	} c[] = {
		{ "*", MANY, 17 }, { "g1", MANY / 3, 4 }, { "d0007", 1, 7 },
		{ "g0,g2", MANY / 3 * 2, 5 },
		{ "both", MANY / 3 * 2, 5 }, { "g1,d0003", MANY / 3 + 1, 3 },
		{ "~gAw", 1, 3 }, { "~bgA", 1, 7 },
		{ "", SIZE_MAX, 0 }, { ",", SIZE_MAX, 0 },
		{ "g1,", SIZE_MAX, 0 }, { "G1", SIZE_MAX, 0 },
		{ "~g=", SIZE_MAX, 0 }, { "~g____", SIZE_MAX, 0 },
		{ "~gAB", SIZE_MAX, 0 }, { "~x", SIZE_MAX, 0 },
		{ "~bA", SIZE_MAX, 0 },
	};
	static const char	 up[] = "g0 both\ng2 both\n";
	uint8_t			 bits[SUBSET_BYTES(MANY)];
	size_t			 i, k, n;
	int			 rv;

	(void)state;
	assert_int_equal(members_parse_parents(&m, up, strlen(up), NULL), 0);
	for (k = 0; k < N(c); k++) {
		memset(bits, 0, sizeof(bits));
		rv = subset_parse(c[k].s, strlen(c[k].s), &m, bits);
		if ((rv == -1) != (c[k].n == SIZE_MAX))
			fail_msg("%s: %d", c[k].s, rv);
		if (rv == -1)
			continue;
		for (i = n = 0; i < MANY; i++)
			n += (size_t)subset_has(bits, i);
		if (n != c[k].n || !subset_has(bits, c[k].one))
			fail_msg("%s: %zu members", c[k].s, n);
	}
}

/* Whatever is flushed can be read at once, at any cut. */
static void
frames(void **state)
{
	struct bundle	*w;
	struct unbundle	*r;
	struct buf	 wire = BUF_INIT, in = BUF_INIT, out = BUF_INIT;
	struct err	 e;
	char		 word[32];
	size_t		 i, used, at;
	int		 rv = 0;

	(void)state;
	assert_non_null(w = bundle_new());
	assert_non_null(r = unbundle_new(&e));
	for (i = at = 0; i < 500; i++) {
		snprintf(word, sizeof(word), "word %zu of many\n", i * i);
		buf_str(&in, word);
		assert_int_equal(bundle_add(w, word, strlen(word), i % 50 ==
		    49, &wire), 0);
		if (i % 50 != 49)
			continue;
		for (; at < wire.len; at++)
			assert_int_equal(unbundle_add(r, wire.data + at, 1,
			    &used, &out, &e), 0);
		assert_int_equal(out.len, in.len);
	}
	assert_int_equal(bundle_end(w, &wire), 0);
	buf_str(&wire, "behind");
	rv = unbundle_add(r, wire.data + at, wire.len - at, &used, &out, &e);
	assert_int_equal(rv, 1);
	assert_int_equal(at + used, wire.len - 6);
	assert_int_equal(out.len, in.len);
	assert_memory_equal(out.data, in.data, in.len);
	unbundle_free(r);
	assert_non_null(r = unbundle_new(&e));
	assert_int_equal(unbundle_add(r, "3 no frame\t", 11, &used, &out, &e),
	    -1);
	unbundle_free(r);
	bundle_free(w);
	buf_free(&wire);
	buf_free(&in);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(names),
		cmocka_unit_test(frames),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
