/* The lines and selectors of the mirror protocol. */
#include "lib/test.h"

#include "base/err.h"
#include "proto/offer.h"

#define H64	"00112233445566778899aabbccddeeff" \
		"00112233445566778899aabbccddeeff"
#define H16	"0011223344556677"

static void
offer_lines(void **state)
{
	static const struct {
		const char	*name, *line;
		int		 rv, has_blob, has_base;
		uint64_t	 size;
	} t[] = {
		{ "nothing new", "offer - 0 -", 0, 0, 0, 0 },
		{ "full", "offer " H64 " 57000 -", 0, 1, 0, 57000 },
		{ "delta", "offer " H64 " 1 " H16, 0, 1, 1, 1 },
		{ "no size", "offer " H64 " -", -1, 0, 0, 0 },
		{ "size zero", "offer " H64 " 0 -", -1, 0, 0, 0 },
		{ "leading zero", "offer " H64 " 057 -", -1, 0, 0, 0 },
		{ "sign", "offer " H64 " +57 -", -1, 0, 0, 0 },
		{ "size of 19 digits", "offer " H64 " 1000000000000000000 -",
		    -1, 0, 0, 0 },
		{ "upper case", "offer 0A" H64 " 1 -", -1, 0, 0, 0 },
		{ "short hash", "offer " H16 " 1 -", -1, 0, 0, 0 },
		{ "long base", "offer " H64 " 1 " H16 "0", -1, 0, 0, 0 },
		{ "two spaces", "offer  - 0 -", -1, 0, 0, 0 },
		{ "trailing CR", "offer - 0 -\r", -1, 0, 0, 0 },
		{ "hash of nothing", "offer - 5 -", -1, 0, 0, 0 },
		{ "empty", "", -1, 0, 0, 0 },
		{ "word", "offer", -1, 0, 0, 0 },
	};
	struct offer	 o;
	struct err	 e;
	char		 out[OFFER_LINE_MAX];
	size_t		 i, n;

	(void)state;
	for (i = 0; i < N(t); i++) {
		print_message("# %s\n", t[i].name);
		assert_int_equal(offer_parse(t[i].line, strlen(t[i].line), &o,
		    &e), t[i].rv);
		assert_int_equal(o.has_blob, t[i].has_blob);
		assert_int_equal(o.has_base, t[i].has_base);
		assert_int_equal(o.size, t[i].size);
		if (t[i].rv == -1)
			continue;
		n = offer_format(&o, out);
		assert_int_equal(n, strlen(t[i].line) + 1);
		assert_memory_equal(out, t[i].line, n - 1);
		assert_int_equal(out[n - 1], '\n');
	}
}

static void
blob_lines(void **state)
{
	static const struct {
		const char	*name, *line;
		int		 rv;
	} t[] = {
		{ "plain", "apeng-blob " H16 " 100 57000", 0 },
		{ "at the end", "apeng-blob " H16 " 57000 57000", 0 },
		{ "behind the end", "apeng-blob " H16 " 57001 57000", -1 },
		{ "gopher error", "3'/.apeng/b/x' not found\terror\t0", -1 },
		{ "html", "<html>", -1 },
		{ "prefix", "apeng-blobs " H16 " 0 1", -1 },
		{ "trailing space", "apeng-blob " H16 " 0 1 ", -1 },
		{ "empty", "", -1 },
	};
	struct blob_line b;
	struct err	 e;
	char		 out[OFFER_LINE_MAX];
	size_t		 i, n;

	(void)state;
	for (i = 0; i < N(t); i++) {
		print_message("# %s\n", t[i].name);
		assert_int_equal(blob_line_parse(t[i].line,
		    strlen(t[i].line), &b, &e), t[i].rv);
		if (t[i].rv == -1)
			continue;
		n = blob_line_format(&b, out);
		assert_memory_equal(out, t[i].line, n - 1);
	}
}

static void
selectors(void **state)
{
	static const struct {
		const char	*sel;
		int		 rv;
		enum ask_kind	 kind;
	} t[] = {
		{ "/.apeng/head", 0, ASK_HEAD },
		{ "/.apeng/up/-", 0, ASK_UP },
		{ "/.apeng/up/2026112301-" H16, 0, ASK_UP },
		{ "/.apeng/b/" H16 "/0", 0, ASK_BLOB },
		{ "/.apeng/b/" H16 "/57000", 0, ASK_BLOB },
		{ "/.apeng/headx", -1, 0 },
		{ "/.apeng/up/", -1, 0 },
		{ "/.apeng/up/-x", -1, 0 },
		{ "/.apeng/up/01-" H16, -1, 0 },
		{ "/.apeng/b/" H16, -1, 0 },
		{ "/.apeng/b/" H16 "/", -1, 0 },
		{ "/.apeng/b/" H16 "/../1", -1, 0 },
		{ "/.apeng/b/" H16 "/99999999999999999999", -1, 0 },
		{ ".apeng/head", -1, 0 },
		{ "", -1, 0 },
	};
	struct ask	 q;
	char		 out[OFFER_ASK_MAX];
	size_t		 i;

	(void)state;
	for (i = 0; i < N(t); i++) {
		print_message("# %s\n", t[i].sel);
		assert_int_equal(ask_parse(t[i].sel, strlen(t[i].sel), &q),
		    t[i].rv);
		if (t[i].rv == -1)
			continue;
		assert_int_equal(q.kind, t[i].kind);
		assert_int_equal(ask_format(&q, out), strlen(t[i].sel));
		assert_string_equal(out, t[i].sel);
	}
}

static void
split_any_cut(void **state)
{
	static const char	 whole[] = "apeng-head 1\nid x\n"
				    "offer - 0 -\n\nBLOB";
	size_t			 n, head, line, at;
	int			 rv;

	(void)state;
	for (n = 0; n < sizeof(whole); n++) {
		rv = offer_split(whole, n, &head, &line, &at, NULL);
		assert_int_equal(rv, n >= 31);
		if (rv != 1)
			continue;
		assert_int_equal(head, 18);
		assert_int_equal(line, 11);
		assert_memory_equal(whole + at, "BLOB", n - at);
	}
}

static void
split_endless(void **state)
{
	static char	 s[8192];
	size_t		 n, head, line, at;
	struct err	 e;

	(void)state;
	memset(s, 'a', sizeof(s));	/* a head without an end */
	assert_int_equal(offer_split(s, sizeof(s), &head, &line, &at, &e),
	    -1);
	for (n = 63; n < sizeof(s); n += 64)
		s[n] = '\n';
	assert_int_equal(offer_split(s, sizeof(s), &head, &line, &at, &e),
	    -1);
	assert_int_equal(offer_split(s, 2000, &head, &line, &at, &e), 0);
	memset(s, 'a', sizeof(s));	/* an offer line without an end */
	memcpy(s, "id\noffer ", 9);
	assert_int_equal(offer_split(s, 200, &head, &line, &at, &e), 0);
	assert_int_equal(offer_split(s, 300, &head, &line, &at, &e), -1);
	memcpy(s, "id\noffer - 0 -\nx", 16);
	assert_int_equal(offer_split(s, 16, &head, &line, &at, &e), -1);
}

int
main(void)
{
	static const struct CMUnitTest	 t[] = {
		cmocka_unit_test(offer_lines),
		cmocka_unit_test(blob_lines),
		cmocka_unit_test(selectors),
		cmocka_unit_test(split_any_cut),
		cmocka_unit_test(split_endless),
	};

	return cmocka_run_group_tests(t, NULL, NULL);
}
