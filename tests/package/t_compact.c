/* SPDX-License-Identifier: ISC */
/* Compact letters: each kind there and back, and every odd byte refused. */
#include "base/buf.h"
#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/compact.h"
#include "package/hash.h"
#include "package/wire.h"

static struct sign_key	*key;
static struct pub_key	 pub, next;

/* A signed head with these values, as text. */
static void
text_of(uint64_t serial, int has_next, uint8_t core, struct buf *b)
{
	struct head	 h;

	memset(&h, 0, sizeof(h));
	strcpy(h.id, "qianjiang");
	h.serial = serial;
	h.published = 1780000000;
	h.expires = 1811536000;
	memset(h.core, core, SHA_LEN);
	memset(h.wire, core + 1, SHA_LEN);
	h.core_size = 110494;
	h.wire_size = 99000;
	h.has_next = has_next;
	h.next = next;
	head_write(&h, b);
	assert_int_equal(sign_head(key, b, NULL), 0);
}

static const struct {
	const char	*name;
	int		 bare, has_next, same_core;
	uint64_t	 blob;
	int		 is_delta;
	enum compact_kind kind;
	size_t		 max;		/* bytes that it may take */
} cases[] = {
	{ "first",		1, 0, 0, 25526, 0, COMPACT_FULL, 290 },
	{ "first, next key",	1, 1, 0, 25526, 0, COMPACT_FULL, 330 },
	{ "a figure",		0, 1, 0, 184, 1, COMPACT_DELTA, 160 },
	{ "limit of derived",	0, 0, 0, COMPACT_DERIVED, 1, COMPACT_DELTA,
	    160 },
	{ "above it",		0, 0, 0, COMPACT_DERIVED + 1, 1, COMPACT_DELTA,
	    265 },
	{ "from long ago",	0, 1, 0, 25526, 0, COMPACT_FULL, 265 },
	{ "renewed",		0, 1, 1, 0, 0, COMPACT_RENEWED, 155 },
	{ "asker is ahead",	0, 1, 0, 0, 0, COMPACT_HEAD, 230 }
};

/* The compact head of a case; asker: the head that is there. */
static void
make(size_t i, const struct buf *text, const struct head *asker,
    struct compact *c)
{
	struct edition	 ed;
	struct offer	 o;

	memset(&ed, 0, sizeof(ed));
	if (!cases[i].bare) {
		ed.serial = asker->serial;
		memcpy(ed.core, asker->core, SHORT_LEN);
	}
	memset(&o, 0, sizeof(o));
	o.size = cases[i].blob;
	memset(o.sha, 0xab, sizeof(o.sha));
	o.has_base = cases[i].is_delta;
	assert_int_equal(compact_make(c, text->data, text->len, &ed, &o,
	    NULL), 0);
}

static void
test_roundtrip(void **state)
{
	struct buf	 old, text, bytes, again, out;
	struct compact	 c, d;
	struct head	 asker, h;
	size_t		 i, k, used;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		printf("%s\n", cases[i].name);
		buf_init(&old);
		buf_init(&text);
		buf_init(&bytes);
		buf_init(&again);
		buf_init(&out);
		text_of(2026112301, cases[i].has_next, 1, &old);
		text_of(2026112401, cases[i].has_next,
		    cases[i].same_core ? 1 : 2, &text);
		assert_int_equal(head_parse(old.data, old.len, &asker, NULL),
		    0);
		make(i, &text, &asker, &c);
		assert_int_equal(c.kind, cases[i].kind);
		compact_write(&c, &bytes);
		assert_in_range(bytes.len, 130, cases[i].max);
		for (k = 0; k < bytes.len; k++)
			assert_int_equal(compact_parse((uint8_t *)bytes.data,
			    k, &d, &used, NULL), 0);
		buf_str(&bytes, "blob");
		assert_int_equal(compact_parse((uint8_t *)bytes.data,
		    bytes.len, &d, &used, NULL), 1);
		assert_int_equal(used, bytes.len - 4);
		compact_write(&d, &again);
		assert_int_equal(again.len, used);
		assert_memory_equal(again.data, bytes.data, used);
		if (!d.is_bare)
			assert_int_equal(compact_fill(&d, &asker), 1);
		if (compact_is_derived(&d)) {
			head_parse(text.data, text.len, &h, NULL);
			memcpy(d.head.core, h.core, SHA_LEN);
			memcpy(d.head.wire, h.wire, SHA_LEN);
			d.head.core_size = h.core_size;
		}
		compact_text(&d, &out);
		assert_int_equal(out.len, text.len);
		assert_memory_equal(out.data, text.data, text.len);
		assert_int_equal(head_verify(out.data, out.len, &pub, 1, NULL,
		    NULL), 0);
		buf_free(&old);
		buf_free(&text);
		buf_free(&bytes);
		buf_free(&again);
		buf_free(&out);
	}
}

/* Another comment than the usual one, as minisign writes. */
static void
test_comment(void **state)
{
	struct buf	 text = BUF_INIT, bytes = BUF_INIT, out = BUF_INIT;
	struct edition	 none = { .serial = 0 };
	struct offer	 o = { .size = 5000 };
	struct compact	 c, d;
	size_t		 used;
	char		*at;

	(void)state;
	text_of(2026112301, 0, 1, &text);
	/* Its signature is then wrong, which is not for this grammar to see. */
	at = strstr(text.data, "trusted comment: apeng\n");
	at = strstr(at + 1, "trusted comment: apeng\n");
	memcpy(at, "trusted comment: other\n", 23);
	assert_int_equal(compact_make(&c, text.data, text.len, &none, &o,
	    NULL), 0);
	compact_write(&c, &bytes);
	assert_int_equal(compact_parse((uint8_t *)bytes.data, bytes.len, &d,
	    &used, NULL), 1);
	compact_text(&d, &out);
	assert_string_equal(out.data, text.data);
	buf_free(&text);
	buf_free(&bytes);
	buf_free(&out);
}

/* The asker's keys must be the writer's. */
static void
test_keys(void **state)
{
	struct buf	 old = BUF_INIT, text = BUF_INIT;
	struct compact	 c;
	struct head	 asker;

	(void)state;
	text_of(2026112301, 0, 1, &old);
	text_of(2026112401, 1, 2, &text);
	assert_int_equal(head_parse(old.data, old.len, &asker, NULL), 0);
	make(2, &text, &asker, &c);
	assert_int_equal(compact_fill(&c, &asker), 0);	/* a key announced */
	buf_reset(&text);
	text_of(2026112401, 0, 2, &text);
	make(2, &text, &asker, &c);
	assert_int_equal(compact_fill(&c, &asker), 1);
	asker.key_id[3] ^= 1;
	assert_int_equal(compact_fill(&c, &asker), 0);	/* another signer */
	buf_free(&old);
	buf_free(&text);
}

static void
test_refused(void **state)
{
	static const struct {
		const char	*name, *bytes;
		size_t		 len;
	} bad[] = {
#define B(s)	s, sizeof(s) - 1
		{ "text", B("apeng-head 1\n") },
		{ "same", B("same\n") },
		{ "second byte", B("\xfe\1") },
		{ "an unknown bit", B("\xfe\0\x40") },
		{ "a delta for nobody", B("\xfe\0\x05") },
		{ "renewed for nobody", B("\xfe\0\x06") },
		{ "serial 0", B("\xfe\0\1\0\1\1....") },
		{ "serial too long",
		    B("\xfe\0\1\x80\x80\x80\x80\x80\x80\x80\x80\x80\1") },
		{ "a number in more bytes than it needs",
		    B("\xfe\0\1\x81\0\1\1....") },
		{ "the year 10000",
		    B("\xfe\0\1\1\x80\xfc\x90\xff\xb1\x07\1....") },
		{ "blob of 0 bytes", B("\xfe\0\1\1\1\1....\0") },
		{ "id too short", B("\xfe\0\4\1\1\1\2ab--------\1") },
		{ "id too long", B("\xfe\0\4\1\1\1\x29") },
		{ "id with a capital", B("\xfe\0\4\1\1\1\3Abc--------\1") },
		{ "a comment too long",
		    B("\xfe\0\x11\1\1\1....\1\1\x81\x08") },
		{ "a comment that is not ASCII",
		    B("\xfe\0\x11\1\1\1....\1\1\1\n") },
		{ "the usual comment",
		    B("\xfe\0\x11\1\1\1....\1\1\5" "apeng") }
#undef B
	};
	struct compact	 c;
	struct err	 e;
	size_t		 i, used;

	(void)state;
	for (i = 0; i < N(bad); i++) {
		printf("%s\n", bad[i].name);
		assert_int_equal(compact_parse((const uint8_t *)bad[i].bytes,
		    bad[i].len, &c, &used, &e), -1);
	}
}

/* Hashes that follow from a delta are those of the package. */
static void
test_derive(void **state)
{
	static const struct pkgs_file	 a[] = { { "metadata.txt", "x\n" },
		{ "index.gmi", "# One\n" } }, b[] = { { "metadata.txt",
		"x\n" }, { "index.gmi", "# Two\n" } };
	struct pkg	*p = pkgs_open(a, 2, 2026112301, key);
	struct pkg	*q = pkgs_open(b, 2, 2026112401, key);
	struct head	 h;
	/* A raw block of 28 bytes: the wire form itself, as a zstd frame. */
	static const char wire[] = "metadata.txt 2\nindex.gmi 6\n\nx\n# Two\n";
	uint8_t		 frame[64] = { 0x28, 0xb5, 0x2f, 0xfd, 0x20 };
	size_t		 n = sizeof(wire) - 1;
	struct err	 e;

	(void)state;
	frame[5] = (uint8_t)n;
	frame[6] = (uint8_t)(1 | n << 3);
	frame[7] = (uint8_t)(n >> 5);
	memcpy(frame + 9, wire, n);
	memset(&h, 0, sizeof(h));
	h.wire_size = n;
	if (pkg_derive(frame, n + 9, p, "/tmp/x", &h, &e) == -1)
		fail_msg("%s", e.msg);
	assert_memory_equal(h.core, pkg_head(q)->core, SHA_LEN);
	assert_memory_equal(h.wire, pkg_head(q)->wire, SHA_LEN);
	assert_int_equal(h.core_size, pkg_head(q)->core_size);
	h.wire_size--;
	assert_int_equal(pkg_derive(frame, n + 9, p, "/tmp/x", &h, &e), -1);
	h.wire_size++;
	frame[9 + n - 2] = 'p';
	assert_int_equal(pkg_derive(frame, n + 9, p, "/tmp/x", &h, &e), 0);
	assert_memory_not_equal(h.wire, pkg_head(q)->wire, SHA_LEN);
	frame[9] = '\n';		/* no longer a wire form */
	assert_int_equal(pkg_derive(frame, n + 9, p, "/tmp/x", &h, &e), -1);
	pkg_close(p);
	pkg_close(q);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_roundtrip),
		cmocka_unit_test(test_comment),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_derive),
	};
	int			 rv;

	key = pkgs_key(1, &pub);
	sign_key_free(pkgs_key(2, &next));
	rv = cmocka_run_group_tests(tests, NULL, NULL);
	sign_key_free(key);
	return rv;
}
