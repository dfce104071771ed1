/* SPDX-License-Identifier: ISC */
/* The files of a catalogue, and whom its lines make trusted for what. */
#include "base/buf.h"
#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/members.h"

#define CORE	"0011223344556677"
#define KEY	"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
#define TWO	"alpha 2026112301 " CORE "\nbeta 7 " CORE "\n"
#define TWOKEYS	"alpha east " KEY "\nbeta - " KEY "\n"

static int
parse(struct members *m, const char *lines, const char *keys,
    const char *groups, struct err *e)
{
	return members_parse(m, lines, strlen(lines), keys, strlen(keys),
	    groups, strlen(groups), e);
}

static void
round_trip(void **state)
{
	static const char	 groups[] = "east\ten\tThe East\n"
				    "east\tzh\t\xe4\xb8\x9c\n";
	struct members		 m;
	struct buf		 b = BUF_INIT;
	struct err		 e;

	(void)state;
	assert_int_equal(parse(&m, TWO, TWOKEYS, groups, &e), 0);
	assert_int_equal(m.n, 2);
	assert_string_equal(members_find(&m, "beta")->group, "-");
	assert_int_equal(members_find(&m, "beta")->ed.serial, 7);
	assert_int_equal(members_find(&m, "alpha")->ed.core[7], 0x77);
	assert_null(members_find(&m, "alph"));
	assert_string_equal(members_group_title(&m, "east", "en"), "The East");
	assert_null(members_group_title(&m, "east", "fr"));
	members_write_lines(&m, &b);
	assert_string_equal(b.data, TWO);
	buf_reset(&b);
	members_write_delegates(&m, &b);
	assert_string_equal(b.data, TWOKEYS);
	buf_reset(&b);
	members_write_groups(&m, &b);
	assert_string_equal(b.data, groups);
	buf_free(&b);
	members_free(&m);
}

/* Which group is a part of which, and who stands in it. */
static void
parents(void **state)
{
	static const struct {
		const char	*text;
		int		 rv;
	} c[] = {
		{ "", 0 }, { "east north\nwest north\n", 0 },
		{ "east north", -1 }, { "east\n", -1 }, { "east  north\n", -1 },
		{ "east north x\n", -1 }, { "- north\n", -1 },
		{ "east -\n", -1 }, { "east East\n", -1 },
		{ "east east\n", -1 }, { "\n", -1 },
		{ "west north\neast north\n", -1 },
		{ "east north\neast south\n", -1 },
		{ "east north\nnorth all\n", -1 },
	};
	struct members	 m;
	struct buf	 b = BUF_INIT;
	struct err	 e;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(c); i++) {
		assert_int_equal(parse(&m, TWO, TWOKEYS, "", &e), 0);
		if (members_parse_parents(&m, c[i].text, strlen(c[i].text),
		    &e) != c[i].rv)
			fail_msg("%s", c[i].text);
		if (c[i].rv == -1)
			assert_non_null(strstr(e.msg, PARENTS_PATH));
		else {
			buf_reset(&b);
			members_write_parents(&m, &b);
			assert_int_equal(b.len, strlen(c[i].text));
			assert_memory_equal(b.len > 0 ? b.data : "",
			    c[i].text, b.len);
		}
		assert_int_equal(members_in(&m, &m.v[0], "east"), 1);
		assert_int_equal(members_in(&m, &m.v[0], "north"), i == 1);
		assert_int_equal(members_in(&m, &m.v[1], "north"), 0);
		members_free(&m);
	}
	buf_free(&b);
}

static void
refused(void **state)
{
	static const struct {
		const char	*name, *lines, *keys, *groups, *where;
	} c[] = {
		{ "no LF", "alpha 1 " CORE, "alpha - " KEY "\n", "",
		    MEMBERS_PATH },
		{ "order", "beta 7 " CORE "\nalpha 1 " CORE "\n",
		    "beta - " KEY "\nalpha - " KEY "\n", "",
		    MEMBERS_PATH },
		{ "twice", "alpha 1 " CORE "\nalpha 1 " CORE "\n",
		    "alpha - " KEY "\nalpha - " KEY "\n", "", MEMBERS_PATH },
		{ "serial", "alpha 0 " CORE "\n", "alpha - " KEY "\n", "",
		    MEMBERS_PATH },
		{ "core", "alpha 1 " CORE "8\n", "alpha - " KEY "\n", "",
		    MEMBERS_PATH },
		{ "fourth word", "alpha 1 " CORE " x\n", "alpha - " KEY "\n",
		    "", MEMBERS_PATH },
		{ "other id", "alpha 1 " CORE "\n", "beta - " KEY "\n", "",
		    DELEGATES_PATH },
		{ "a key too many", "alpha 1 " CORE "\n", TWOKEYS, "",
		    DELEGATES_PATH },
		{ "a key too few", TWO, "alpha - " KEY "\n", "",
		    DELEGATES_PATH },
		{ "key", "alpha 1 " CORE "\n", "alpha - AQEB\n", "",
		    DELEGATES_PATH },
		{ "group", "alpha 1 " CORE "\n", "alpha A " KEY "\n", "",
		    DELEGATES_PATH },
		{ "title", TWO, TWOKEYS, "east\ten\ta\x01\n", GROUPS_PATH },
		{ "C1 control", TWO, TWOKEYS, "east\ten\ta\xc2\x9b" "1m\n",
		    GROUPS_PATH },
		{ "override", TWO, TWOKEYS, "east\ten\ta\xe2\x80\xae" "b\n",
		    GROUPS_PATH },
		{ "two words", TWO, TWOKEYS, "east\ten\n", GROUPS_PATH },
		{ "empty", TWO, TWOKEYS, "east\ten\t\n", GROUPS_PATH },
		{ "no LF in groups", TWO, TWOKEYS, "east\ten\ta", GROUPS_PATH },
	};
	struct members	 m;
	struct err	 e;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(c); i++) {
		if (parse(&m, c[i].lines, c[i].keys, c[i].groups, &e) != -1)
			fail_msg("%s: taken", c[i].name);
		if (strstr(e.msg, c[i].where) == NULL)
			fail_msg("%s: %s", c[i].name, e.msg);
		assert_int_equal(m.n, 0);
	}
}

/* A head signed by one key; next: the key that it announces, or NULL. */
static void
head(struct buf *b, const char *id, const struct sign_key *by,
    const struct pub_key *next)
{
	struct head	 h;
	struct buf	 one = BUF_INIT;

	memset(&h, 0, sizeof(h));
	snprintf(h.id, sizeof(h.id), "%s", id);
	h.serial = 5;
	h.published = 1795392000;
	h.expires = 1826928000;
	h.core_size = 5000;
	h.wire_size = 4000;
	if (next != NULL) {
		h.has_next = 1;
		h.next = *next;
	}
	head_write(&h, &one);
	assert_int_equal(sign_head(by, &one, NULL), 0);
	buf_add(b, one.data, one.len);
	assert_true(buf_ok(b));
	buf_free(&one);
}

static void
delegates(void **state)
{
	enum { PROVINCE, A, B, NEXT, KEYS };
	static const struct {
		const char	*name, *id;
		int		 by;
		int		 chain;		/* from A to NEXT */
		const char	*given;		/* A key of PROVINCE's for it */
		enum trust	 want;
	} c[] = {
		{ "listed", "alpha", A, 0, "", TRUST_PROVEN },
		{ "the other one", "beta", B, 0, "", TRUST_PROVEN },
		{ "listed for another id", "alpha", B, 0, "", TRUST_REFUSED },
		{ "for another id", "beta", A, 0, "", TRUST_REFUSED },
		{ "not listed", "gamma", A, 0, "", TRUST_UNKNOWN },
		{ "succession", "alpha", NEXT, 1, "", TRUST_PROVEN },
		{ "no succession", "alpha", NEXT, 0, "", TRUST_REFUSED },
		{ "the catalogue's own", "alpha", PROVINCE, 0, "",
		    TRUST_PROVEN },
		{ "a key was given for it", "alpha", A, 0, "alpha",
		    TRUST_UNKNOWN },
		{ "and for another", "alpha", A, 0, "beta", TRUST_PROVEN },
	};
	struct sign_key	*sk[KEYS];
	struct pub_key	 pk[KEYS];
	struct member	 v[2];
	struct members	 m = { .n = 2, .v = v };
	struct anchor	 a[2];
	struct proof	 proof;
	struct buf	 text = BUF_INIT, chain = BUF_INIT;
	struct err	 e;
	enum trust	 got;
	size_t		 i, n;

	(void)state;
	for (i = 0; i < KEYS; i++)
		sk[i] = pkgs_key((uint8_t)(i + 1), &pk[i]);
	memset(v, 0, sizeof(v));
	snprintf(v[0].id, sizeof(v[0].id), "alpha");
	snprintf(v[1].id, sizeof(v[1].id), "beta");
	memcpy(v[0].key, pk[A].key, 32);
	memcpy(v[1].key, pk[B].key, 32);
	buf_str(&chain, CHAIN_FIRST "\n");
	head(&chain, "alpha", sk[A], &pk[NEXT]);
	for (i = 0; i < N(c); i++) {
		memset(a, 0, sizeof(a));
		a[0].key = a[1].key = pk[PROVINCE];
		n = c[i].given[0] == '\0' ? 1 : 2;
		snprintf(a[1].id, sizeof(a[1].id), "%s", c[i].given);
		buf_reset(&text);
		head(&text, c[i].id, sk[c[i].by], NULL);
		got = members_judge(a, n, &m, text.data, text.len,
		    c[i].chain ? chain.data : NULL,
		    c[i].chain ? chain.len : 0, &proof, &e);
		if (got != c[i].want)
			fail_msg("%s: %d, want %d: %s", c[i].name, got,
			    c[i].want, e.msg);
	}
	buf_free(&text);
	buf_free(&chain);
	for (i = 0; i < KEYS; i++)
		sign_key_free(sk[i]);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(round_trip), cmocka_unit_test(parents),
		cmocka_unit_test(refused),
		cmocka_unit_test(delegates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
