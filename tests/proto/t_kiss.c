/* SPDX-License-Identifier: ISC */
/* KISS frames through noise, and AX.25 headers. */
#include "base/buf.h"
#include "lib/test.h"
#include "proto/kiss.h"

#define S(text)	text, sizeof(text) - 1

static const struct {
	const char	*name, *in;
	size_t		 len;
	const char	*out;		/* NULL: no frame */
	size_t		 out_len;
} cases[] = {
	{ "plain",	S("\xc0\0abc\xc0"), S("abc") },
	{ "escapes",	S("\xc0\0a\xdb\xdc" "b\xdb\xdd\xc0"), S("a\xc0" "b\xdb") },
	{ "noise before", S("xyz\xc0\0abc\xc0"), S("abc") },
	{ "many FENDs",	S("\xc0\xc0\xc0\0abc\xc0"), S("abc") },
	{ "bad escape, then one", S("\xc0\0a\xdb!bc\xc0\0def\xc0"), S("def") },
	{ "open escape", S("\xc0\0abc\xdb\xc0"), NULL, 0 },
	{ "open escape, then one", S("\xc0\0a\xdb\xc0\0def\xc0"), S("def") },
	{ "other port",	S("\xc0\x10" "abc\xc0"), NULL, 0 },
	{ "a command",	S("\xc0\1\x20\xc0"), NULL, 0 },
	{ "empty",	S("\xc0\0\xc0"), NULL, 0 },
	{ "not ended",	S("\xc0\0abc"), NULL, 0 },
	{ "not begun",	S("abc\xc0"), NULL, 0 },
};

static void
test_read(void **unused)
{
	struct kiss	*k = malloc(sizeof(*k));
	const uint8_t	*in;
	size_t		 i, at, step, len;
	int		 found;

	(void)unused;
	assert_non_null(k);
	for (i = 0; i < N(cases); i++)
		for (step = 1; step < 20; step += 6) {
			memset(k, 0, sizeof(*k));
			in = (const uint8_t *)cases[i].in;
			found = 0;
			for (at = 0; at < cases[i].len && !found;) {
				size_t n = cases[i].len - at;
				at += kiss_read(k, in + at, n < step ? n : step,
				    &len);
				found = len > 0;
			}
			assert_int_equal(found, cases[i].out != NULL);
			if (!found)
				continue;
			assert_int_equal(len, cases[i].out_len);
			assert_memory_equal(k->frame + 1, cases[i].out, len);
		}
	free(k);
}

static void
test_roundtrip(void **unused)
{
	struct kiss	*k = calloc(1, sizeof(*k));
	struct buf	 b = BUF_INIT;
	uint8_t		 all[KISS_FRAME_MAX + 1];
	size_t		 i, n, len;

	(void)unused;
	for (i = 0; i < sizeof(all); i++)
		all[i] = (uint8_t)i;
	for (n = 1; n <= sizeof(all); n += 97) {
		buf_reset(&b);
		kiss_write(&b, all, n);
		assert_int_equal(kiss_read(k, (uint8_t *)b.data, b.len, &len),
		    b.len);
		assert_int_equal(len, n);
		assert_memory_equal(k->frame + 1, all, n);
	}
	buf_reset(&b);
	kiss_write(&b, all, KISS_FRAME_MAX + 1);	/* one too long */
	kiss_read(k, (uint8_t *)b.data, b.len, &len);
	assert_int_equal(len, 0);
	buf_free(&b);
	free(k);
}

static const struct {
	const char	*call;
	int		 rv;
} calls[] = {
	{ "DB0ABC", 0 }, { "DB0ABC-15", 0 }, { "N1-0", 0 }, { "", -1 },
	{ "DB0ABCD", -1 }, { "DB0ABC-16", -1 }, { "DB0ABC-", -1 },
	{ "db0abc", -1 }, { "DB0ABC-01", -1 }, { "DB0ABC-1x", -1 },
	{ "DB0 BC", -1 },
};

static void
test_ax25(void **unused)
{
	uint8_t		 h[AX25_HEADER + 3], far[AX25_HEADER + 7];
	size_t		 i;

	(void)unused;
	for (i = 0; i < N(calls); i++)
		assert_int_equal(ax25_header(calls[i].call, h), calls[i].rv);
	assert_int_equal(ax25_header("DB0ABC-7", h), 0);
	/* `APENG ' shifted, C bit and reserved bits; the source is the last. */
	assert_memory_equal(h, "\x82\xa0\x8a\x9c\x8e\x40\xe0"
	    "\x88\x84\x60\x82\x84\x86\x6f\x03\xf0", AX25_HEADER);
	assert_int_equal(ax25_skip(h, sizeof(h)), AX25_HEADER);
	assert_int_equal(ax25_skip(h, AX25_HEADER), AX25_HEADER);
	assert_int_equal(ax25_skip(h, AX25_HEADER - 1), 0);
	/* One digipeater between. */
	memcpy(far, h, 13);
	far[13] = 0x6e;
	memcpy(far + 14, h + 7, 9);
	assert_int_equal(ax25_skip(far, AX25_HEADER + 7), AX25_HEADER + 7);
	h[14] = 0x13;
	assert_int_equal(ax25_skip(h, sizeof(h)), 0);
	memset(h, 0x82, sizeof(h));	/* no last address */
	assert_int_equal(ax25_skip(h, sizeof(h)), 0);
	assert_int_equal(ax25_skip(h, 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_roundtrip),
		cmocka_unit_test(test_ax25),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
