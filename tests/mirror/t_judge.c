/* SPDX-License-Identifier: ISC */
/* The rules for heads, and what a mirror remembers. */
#include <sys/stat.h>

#include "lib/test.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "mirror/judge.h"
#include "mirror/pins.h"
#include "mirror/state.h"
#include "package/sign.h"

#define NOW	1795392000	/* 2026-11-23 */
#define DATE	"2026-11-23T00:00:00Z"

static struct sign_key	*sk[4];		/* in this order of rotation */
static struct pub_key	 pk[4];

static int
setup(void **state)
{
	int	 i;

	(void)state;
	for (i = 0; i < 4; i++) {
		if ((sk[i] = sign_key_new(NULL)) == NULL)
			return -1;
		sign_key_public(sk[i], &pk[i]);
	}
	return 0;
}

static int
teardown(void **state)
{
	int	 i;

	(void)state;
	for (i = 0; i < 4; i++)
		sign_key_free(sk[i]);
	return 0;
}

/* A head with the given serial and first byte of core, signed by key k. */
static void
make(struct buf *b, const char *id, uint64_t serial, int core,
    const char *published, int next, int k)
{
	struct head	 h;

	memset(&h, 0, sizeof(h));
	snprintf(h.id, sizeof(h.id), "%s", id);
	h.serial = serial;
	h.published = clock_parse(published);
	h.expires = h.published + 365 * 86400;
	h.core[0] = (uint8_t)core;
	h.wire[0] = 7;
	h.core_size = 5000;
	h.wire_size = 4000;
	if (next >= 0) {
		h.has_next = 1;
		h.next = pk[next];
	}
	buf_reset(b);
	head_write(&h, b);
	if (k >= 0)
		assert_int_equal(sign_head(sk[k], b, NULL), 0);
	assert_true(buf_ok(b));
}

static void
verdicts(void **state)
{
	static const struct {
		const char	*name, *id;
		uint64_t	 serial;
		int		 core;
		const char	*published;
		int		 key;
		int64_t		 now;
		uint64_t	 accept;
		enum verdict	 want;
		int		 warn;
		const char	*why;
	} t[] = {
		{ "newer", "qianjiang", 2026112302, 2, DATE, 0, NOW, 0,
		    VERDICT_NEW, 0, NULL },
		{ "same", "qianjiang", 2026112301, 1, DATE, 0, NOW, 0,
		    VERDICT_SAME, 0, NULL },
		{ "other id", "other", 2026112302, 2, DATE, 0, NOW, 0,
		    VERDICT_REFUSED, 0, "other id" },
		{ "longer id", "qianjiang2", 2026112302, 2, DATE, 0, NOW, 0,
		    VERDICT_REFUSED, 0, "other id" },
		{ "other key", "qianjiang", 2026112302, 2, DATE, 3, NOW, 0,
		    VERDICT_NEW, WARN_UNPROVEN, NULL },
		{ "unsigned", "qianjiang", 2026112302, 2, DATE, -1, NOW, 0,
		    VERDICT_REFUSED, 0, NULL },
		{ "rollback", "qianjiang", 2026112201, 2,
		    "2026-11-22T00:00:00Z", 0, NOW, 0, VERDICT_REFUSED, 0,
		    "rollback" },
		{ "rollback that was asked for", "qianjiang", 2026112201, 2,
		    "2026-11-22T00:00:00Z", 0, NOW, 2026112201, VERDICT_NEW,
		    0, NULL },
		{ "equivocation", "qianjiang", 2026112301, 2, DATE, 0, NOW, 0,
		    VERDICT_REFUSED, 0, "equivocation" },
		{ "tomorrow", "qianjiang", 2026112499, 2,
		    "2026-11-24T00:00:00Z", 0, NOW, 0, VERDICT_NEW, 0, NULL },
		{ "day after tomorrow", "qianjiang", 2026112501, 2,
		    "2026-11-25T00:00:00Z", 0, NOW, 0, VERDICT_NEW,
		    WARN_AHEAD, NULL },
		{ "a year ahead", "qianjiang", 2027112401, 2,
		    "2027-11-24T00:00:00Z", 0, NOW, 0, VERDICT_NEW,
		    WARN_AHEAD, NULL },
		{ "more than a year ahead", "qianjiang", 2027112501, 2, DATE,
		    0, NOW, 0, VERDICT_REFUSED, 0, "fast-forward" },
		{ "no date at all", "qianjiang", 999999999999, 2, DATE, 0,
		    NOW, 0, VERDICT_REFUSED, 0, "fast-forward" },
		{ "only its date is from the future", "qianjiang", 2026112302,
		    2, "2099-01-01T00:00:00Z", 0, NOW, 0, VERDICT_REFUSED, 0,
		    "fast-forward" },
		{ "dated tomorrow", "qianjiang", 2026112302, 2,
		    "2026-11-24T00:00:00Z", 0, NOW, 0, VERDICT_NEW, 0, NULL },
		{ "accepted", "qianjiang", 2099010101, 2, DATE, 0, NOW,
		    2099010101, VERDICT_NEW, 0, NULL },
		{ "another one accepted", "qianjiang", 2099010102, 2, DATE, 0,
		    NOW, 2099010101, VERDICT_REFUSED, 0, "fast-forward" },
		{ "dead clock, 1970", "qianjiang", 2026120101, 2,
		    "2026-12-01T00:00:00Z", 0, 4000, 0, VERDICT_NEW,
		    WARN_AHEAD, NULL },
		{ "dead clock, and years", "qianjiang", 2062112701, 2,
		    "2062-11-27T00:00:00Z", 0, 4000, 0, VERDICT_REFUSED, 0,
		    "fast-forward" },
		{ "clock behind what was seen", "qianjiang", 2026120101, 2,
		    "2026-12-01T00:00:00Z", 0, NOW - 90 * 86400, 0,
		    VERDICT_NEW, WARN_AHEAD, NULL },
		{ "expired", "qianjiang", 2026112302, 2, DATE, 0,
		    NOW + 400 * 86400, 0, VERDICT_NEW, WARN_EXPIRED, NULL },
	};
	struct anchor	 anchor = { .how = ANCHOR_OPEN };
	struct proof	 proof = { 0 };
	struct judge	 j;
	struct state	 s;
	struct head	 h;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;
	int		 warn;

	(void)state;
	memset(&s, 0, sizeof(s));
	memset(&j, 0, sizeof(j));
	anchor.key = pk[0];
	proof.n = 1;
	proof.key[0] = pk[0];
	j.anchor = &anchor;
	j.nanchor = 1;
	j.max_size = 6000;
	make(&b, "qianjiang", 2026112301, 1, DATE, -1, 0);
	assert_int_equal(head_parse(b.data, b.len, &h, &e), 0);
	assert_int_equal(state_note(&s, &h, &proof, 0), STATE_CHANGED);
	assert_int_equal(state_note(&s, &h, &proof, 0), STATE_SAME);
	for (i = 0; i < N(t); i++) {
		print_message("# %s\n", t[i].name);
		j.now = t[i].now;
		j.accept_serial = t[i].accept;
		make(&b, t[i].id, t[i].serial, t[i].core, t[i].published, -1,
		    t[i].key);
		assert_int_equal(judge_head(&j, &s, b.data, b.len, &h, &warn,
		    &e), t[i].want);
		if (t[i].want != VERDICT_REFUSED)
			assert_int_equal(warn, t[i].warn);
		if (t[i].why != NULL)
			assert_non_null(strstr(e.msg, t[i].why));
	}
	j.now = NOW;
	j.max_size = 4999;
	make(&b, "qianjiang", 2026112302, 2, DATE, -1, 0);
	assert_int_equal(judge_head(&j, &s, b.data, b.len, &h, &warn, &e),
	    VERDICT_REFUSED);
	assert_non_null(strstr(e.msg, "too large"));
	j.max_size = 6000;
	b.data[20] ^= 1;		/* signed, then changed */
	assert_int_equal(judge_head(&j, &s, b.data, b.len, &h, &warn, &e),
	    VERDICT_REFUSED);
	/* First contact: the id wanted comes from the URL. */
	memset(&s, 0, sizeof(s));
	j.id = "neighbour";
	make(&b, "qianjiang", 2026112302, 2, DATE, -1, 0);
	assert_int_equal(judge_head(&j, &s, b.data, b.len, &h, &warn, &e),
	    VERDICT_REFUSED);
	buf_free(&b);
}

/* An edition that key k has signed, proven by itself or as key k's anchor. */
static enum state_news
note(struct state *s, uint64_t serial, int next, int k)
{
	struct proof	 p = { .n = 1 };
	enum state_news	 rv;
	struct head	 h;
	struct buf	 b = BUF_INIT;

	p.key[0] = pk[k];
	make(&b, "qianjiang", serial, (int)(serial % 200), DATE, next, k);
	assert_int_equal(head_parse(b.data, b.len, &h, NULL), 0);
	rv = state_note(s, &h, &p, 0);
	buf_free(&b);
	return rv;
}

static int
may_sign(const struct state *s, int k)
{
	struct anchor	 given = { .key = pk[0] }, a[1 + STATE_KEYS];
	size_t		 i, n;

	n = state_anchors(s, &given, 1, 0, a);
	for (i = 0; i < n; i++)
		if (a[i].how != ANCHOR_GONE &&
		    memcmp(a[i].key.key, pk[k].key, 32) == 0)
			return 1;
	return 0;
}

/* The office announces 1; a thief with its key announces 2, then 3. */
static void
theft(void **state)
{
	struct state	 s = { 0 };
	struct anchor	 given = { .key = pk[0] }, a[1 + STATE_KEYS];
	size_t		 i, n;

	(void)state;
	assert_int_equal(note(&s, 1, 1, 0), STATE_CHANGED);
	assert_int_equal(note(&s, 2, 2, 0), STATE_SECOND);
	assert_int_equal(note(&s, 3, 3, 0), STATE_SECOND);
	assert_true(may_sign(&s, 1));
	assert_false(may_sign(&s, 2));
	assert_false(may_sign(&s, 3));
	n = state_anchors(&s, &given, 1, 0, a);
	for (i = 0; i < n; i++)		/* no chain may leave the stolen key */
		if (memcmp(a[i].key.id, pk[0].id, 8) == 0)
			assert_int_equal(a[i].how, ANCHOR_ALONE);
	assert_int_equal(note(&s, 4, -1, 1), STATE_CHANGED);
	assert_false(may_sign(&s, 0));
	assert_true(may_sign(&s, 1));
	assert_false(may_sign(&s, 2));
	/* The reserve names its own reserve. */
	assert_int_equal(note(&s, 5, 3, 1), STATE_CHANGED);
	assert_true(may_sign(&s, 3));
	state_trust_anew(&s);
	assert_true(may_sign(&s, 0));
	assert_false(may_sign(&s, 1));
}

/* Whoever comes late is shown two steps at once. */
static void
shown(void **state)
{
	struct state	 s = { 0 };
	struct proof	 p = { .n = 3 };
	struct head	 h;
	struct buf	 b = BUF_INIT;

	(void)state;
	p.key[0] = pk[0];
	p.key[1] = pk[1];
	p.key[2] = pk[2];
	note(&s, 1, 1, 0);
	make(&b, "qianjiang", 9, 9, DATE, 3, 2);
	assert_int_equal(head_parse(b.data, b.len, &h, NULL), 0);
	assert_int_equal(state_note(&s, &h, &p, 0), STATE_CHANGED);
	assert_false(may_sign(&s, 0));
	assert_false(may_sign(&s, 1));
	assert_true(may_sign(&s, 2));
	assert_true(may_sign(&s, 3));
	buf_free(&b);
}

static const char *
tmp_path(const char *name)
{
	static char	 path[512];

	snprintf(path, sizeof(path), "%s/%s", getenv("TMP") != NULL ?
	    getenv("TMP") : "/tmp", name);
	return path;
}

static void
rotation(void **state)
{
	struct state	 s, again;
	const char	*path = tmp_path("state");

	(void)state;
	memset(&s, 0, sizeof(s));
	assert_true(may_sign(&s, 0));
	note(&s, 1, -1, 0);
	assert_false(may_sign(&s, 1));
	note(&s, 2, 1, 0);		/* announces key 1 */
	assert_true(may_sign(&s, 0));
	assert_true(may_sign(&s, 1));
	note(&s, 3, -1, 0);		/* still the old one: both */
	assert_true(may_sign(&s, 1));
	note(&s, 4, 2, 1);		/* key 1 signs, announces key 2 */
	assert_false(may_sign(&s, 0));	/* though it is the one given */
	assert_true(may_sign(&s, 1));
	assert_true(may_sign(&s, 2));
	note(&s, 5, -1, 2);
	assert_false(may_sign(&s, 0));
	assert_false(may_sign(&s, 1));
	assert_true(may_sign(&s, 2));

	assert_int_equal(state_save(&s, path, NULL), 0);
	assert_int_equal(state_load(&again, path, NULL), 0);
	assert_string_equal(again.id, s.id);
	assert_int_equal(again.serial, 5);
	assert_int_equal(again.published, s.published);
	assert_memory_equal(again.core, s.core, 32);
	assert_memory_equal(again.signer, s.signer, 8);
	assert_int_equal(again.nkey, s.nkey);
	assert_int_equal(again.nrevoked, 2);
	assert_false(may_sign(&again, 1));
	assert_true(may_sign(&again, 2));
	unlink(path);
	assert_int_equal(state_load(&again, path, NULL), 0);
	assert_int_equal(again.serial, 0);
}

static void
damaged_state(void **state)
{
	static const char *const	 bad[] = { "", "apeng-mirror 2\n",
	    "apeng-mirror 1\nserial x\n", "apeng-mirror 1\nserial 5",
	    "apeng-mirror 1\ncore 00\n", "apeng-mirror 1\nnothing\n",
	    "apeng-mirror 1\nkey RWabc\n",
	    "apeng-mirror 1\npublished 2026-13-01T00:00:00Z\n",
	    "apeng-mirror 1\n", "apeng-mirror 1\nid qianjiang\n" };
	struct state	 s, was = { .id = "qianjiang", .serial = 5 };
	struct err	 e;
	const char	*path = tmp_path("state");
	FILE		*fp;
	char		 text[1024];
	size_t		 i, len, at;

	(void)state;
	for (i = 0; i < N(bad); i++) {
		fp = fopen(path, "w");
		assert_non_null(fp);
		fputs(bad[i], fp);
		fclose(fp);
		assert_int_equal(state_load(&s, path, &e), -1);
		assert_int_equal(e.status, STATUS_CANNOT);
	}
	/* One that was whole, and then lost its end or has zeros there. */
	assert_int_equal(state_save(&was, path, NULL), 0);
	assert_non_null(fp = fopen(path, "r"));
	len = fread(text, 1, sizeof(text), fp);
	fclose(fp);
	for (i = 0; i < 2 * len; i++) {
		at = i % len;
		assert_non_null(fp = fopen(path, "w"));
		fwrite(text, 1, at, fp);
		for (; i >= len && at < len; at++)
			fputc('\0', fp);
		fclose(fp);
		if (state_load(&s, path, &e) != -1)
			fail_msg("taken with %zu bytes of %zu", i % len, len);
	}
	unlink(path);
}

static void
pins(void **state)
{
	uint8_t		 a[32] = { 1 }, b[32] = { 2 };
	const char	*p = tmp_path("pins");
	static const struct {
		const char	*host;
		unsigned	 port;
		int		 key, replace;
		enum pin	 want;
	} t[] = {
		{ "clinic.example", 1965, 'a', 1, PIN_NEW },
		{ "clinic.example.org", 1965, 'b', 1, PIN_NEW },
		{ "clinic.example", 196, 'b', 1, PIN_NEW },
		{ "clinic.example", 1965, 'a', 1, PIN_SAME },
		{ "clinic.example", 1965, 'b', 0, PIN_CHANGED },
		{ "clinic.example", 1965, 'b', 1, PIN_CHANGED },
		{ "clinic.example", 1965, 'b', 0, PIN_SAME },
		{ "clinic.example.org", 1965, 'b', 1, PIN_SAME },
		{ "clinic.example", 196, 'b', 1, PIN_SAME },
	};
	size_t		 i;

	(void)state;
	unlink(p);
	for (i = 0; i < N(t); i++)
		assert_int_equal(pins_check(p, t[i].host, t[i].port,
		    t[i].key == 'a' ? a : b, t[i].replace, NULL), t[i].want);
	unlink(p);
}

/* A file that lost its last line end, and one that a hostile host filled. */
static void
odd_pins(void **state)
{
	uint8_t		 a[32] = { 1 }, b[32] = { 2 };
	const char	*p = tmp_path("pins");
	char		 hex[65], host[40];
	struct stat	 st;
	FILE		*fp;
	size_t		 i;

	(void)state;
	for (i = 0; i < 32; i++)
		snprintf(hex + 2 * i, 3, "%02x", a[i]);
	assert_non_null(fp = fopen(p, "w"));
	fprintf(fp, "clinic.example 1965 %s", hex);
	fclose(fp);
	assert_int_equal(pins_check(p, "clinic.example", 1965, a, 0, NULL),
	    PIN_SAME);
	assert_int_equal(pins_check(p, "b.example", 1965, b, 0, NULL),
	    PIN_NEW);
	assert_int_equal(pins_check(p, "b.example", 1965, b, 0, NULL),
	    PIN_SAME);
	assert_int_equal(pins_check(p, "clinic.example", 1965, a, 0, NULL),
	    PIN_SAME);

	assert_non_null(fp = fopen(p, "w"));
	fprintf(fp, "clinic.example 1965 %s\n", hex);
	for (i = 0; i < 800; i++)
		fprintf(fp, "n%zu.hostile.example 1965 %s\n", i, hex);
	fclose(fp);
	assert_int_equal(stat(p, &st), 0);
	assert_true(st.st_size > 65536);
	for (i = 0; i < 3; i++) {
		snprintf(host, sizeof(host), "x%zu.hostile.example", i);
		assert_int_equal(pins_check(p, host, 1965, a, 1, NULL),
		    PIN_NEW);
	}
	assert_int_equal(pins_check(p, "clinic.example", 1965, b, 0, NULL),
	    PIN_CHANGED);
	i = (size_t)st.st_size;
	assert_int_equal(stat(p, &st), 0);
	assert_int_equal(st.st_size, i);
	unlink(p);
}

/* A first edition on a machine whose clock is wrong, or seems to be. */
static void
first_contact(void **state)
{
	static const struct {
		const char	*name, *now, *published;
		uint64_t	 serial;
		enum verdict	 want;
		int		 warn;
	} t[] = {
		{ "dead clock", "1970-01-02T00:00:00Z", DATE, 2026112301,
		    VERDICT_NEW, WARN_AHEAD },
		{ "late by years", "2025-06-01T00:00:00Z", DATE, 2026112301,
		    VERDICT_NEW, WARN_AHEAD },
		{ "the last second of 2025", "2025-12-31T23:59:59Z",
		    "2028-01-01T00:00:00Z", 2028010101, VERDICT_NEW,
		    WARN_AHEAD },
		{ "a clock that may be right", "2026-01-01T00:00:00Z",
		    "2028-01-01T00:00:00Z", 2028010101, VERDICT_REFUSED, 0 },
		{ "its serial alone", DATE, DATE, 2062112301,
		    VERDICT_REFUSED, 0 },
		{ "a right clock", DATE, DATE, 2026112301, VERDICT_NEW, 0 },
	};
	struct anchor	 anchor = { .key = pk[0], .how = ANCHOR_OPEN };
	struct judge	 j = { .anchor = &anchor, .nanchor = 1,
			    .max_size = 6000 };
	struct state	 s;
	struct head	 h;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;
	int		 warn;

	(void)state;
	memset(&s, 0, sizeof(s));
	for (i = 0; i < N(t); i++) {
		print_message("# %s\n", t[i].name);
		j.now = clock_parse(t[i].now);
		make(&b, "qianjiang", t[i].serial, 1, t[i].published, -1, 0);
		assert_int_equal(judge_head(&j, &s, b.data, b.len, &h, &warn,
		    &e), t[i].want);
		if (t[i].want == VERDICT_REFUSED)
			assert_non_null(strstr(e.msg, "fast-forward"));
		else
			assert_int_equal(warn, t[i].warn);
	}
	buf_free(&b);
}

static void
limits(void **state)
{
	(void)state;
	assert_int_equal(judge_serial_limit(NOW, 0), 2027112499);
	assert_int_equal(judge_serial_limit(4000, NOW), 2027112499);
	assert_int_equal(judge_serial_limit(clock_parse(
	    "2026-12-31T23:59:59Z"), NOW), 2028010199);
}

int
main(void)
{
	static const struct CMUnitTest	 t[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(first_contact),
		cmocka_unit_test(rotation),
		cmocka_unit_test(theft),
		cmocka_unit_test(shown),
		cmocka_unit_test(damaged_state),
		cmocka_unit_test(pins),
		cmocka_unit_test(odd_pins),
		cmocka_unit_test(limits),
	};

	return cmocka_run_group_tests(t, setup, teardown);
}
