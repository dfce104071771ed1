/* SPDX-License-Identifier: ISC */
/* What a TLS server signs: the two forms, and nothing beside them. */
#include "lib/test.h"
#include "net/signing.h"

/* The input of a TLS 1.2 handshake: randoms and a key on a curve. */
static size_t
exchange(uint8_t *out, unsigned curve, size_t key, int first)
{
	memset(out, 0x55, 64);
	memcpy(out + 56, "DOWNGRD\1", 8);
	out[64] = 3;
	out[65] = 0;
	out[66] = (uint8_t)curve;
	out[67] = (uint8_t)key;
	memset(out + 68, 0x66, key);
	out[68] = (uint8_t)first;
	return 68 + key;
}

static void
tls13(void **state)
{
	static const char	 head[] = "                                "
	    "                                TLS 1.3, server CertificateVerify";
	uint8_t			 hash[64], in[SIGN_INPUT_MAX];
	struct sign_ask		 a = { SIGN_TLS13, 0x0403, hash, 0 }, b;
	size_t			 i, n;

	(void)state;
	memset(hash, 'h', sizeof(hash));
	for (i = 0; i <= sizeof(hash); i++) {
		a.len = i;
		n = sign_build(&a, in);
		if (i != 32 && i != 48) {
			assert_int_equal(n, 0);
			continue;
		}
		assert_int_equal(n, 98 + i);
		assert_memory_equal(in, head, 98);	/* with its NUL */
		assert_memory_equal(in + 98, hash, i);
		assert_int_equal(sign_parse(in, n, &b), 0);
		assert_int_equal(b.form, SIGN_TLS13);
		assert_int_equal(b.len, i);
		assert_ptr_equal(b.data, in + 98);
		assert_int_equal(sign_parse(in, n - 1, &b), -1);
		in[97] = 1;				/* not our context */
		assert_int_equal(sign_parse(in, n, &b), -1);
	}
}

static void
tls12(void **state)
{
	static const struct { unsigned curve; size_t key; int first, good; }
	    t[] = {
		{ 23, 65, 4, 1 }, { 24, 97, 4, 1 }, { 25, 133, 4, 1 },
		{ 29, 32, 0, 1 }, { 29, 32, 4, 1 },
		{ 23, 64, 4, 0 }, { 23, 66, 4, 0 }, { 23, 65, 2, 0 },
		{ 29, 33, 4, 0 }, { 30, 56, 0, 0 }, { 22, 65, 4, 0 },
		{ 0, 65, 4, 0 },
	};
	uint8_t		 in[SIGN_INPUT_MAX + 64], out[SIGN_INPUT_MAX];
	struct sign_ask	 a;
	size_t		 i, k, n;

	(void)state;
	for (i = 0; i < N(t); i++) {
		n = exchange(in, t[i].curve, t[i].key, t[i].first);
		if ((sign_parse(in, n, &a) == 0) != t[i].good)
			fail_msg("curve %u, %zu bytes", t[i].curve, t[i].key);
		a.form = SIGN_TLS12;
		a.data = in;
		a.len = n;
		assert_int_equal(sign_build(&a, out), t[i].good ? n : 0);
		if (t[i].good)
			assert_memory_equal(in, out, n);
		for (a.len = 0; a.len < n; a.len++)
			assert_int_equal(sign_build(&a, out), 0);
		a.len = n + 1;
		assert_int_equal(sign_build(&a, out), 0);
	}
	/* The mark of a server that could have spoken TLS 1.3. */
	n = exchange(in, 23, 65, 4);
	a.len = n;
	for (k = 56; k < 66; k++) {
		in[k] ^= 1;
		assert_int_equal(sign_build(&a, out), 0);
		in[k] ^= 1;
	}
	assert_int_equal(sign_build(&a, out), n);
	/* Longer than anything of that form. */
	a.len = sizeof(in);
	assert_int_equal(sign_build(&a, out), 0);
}

/* Digests and blocks are for another library, and no form is like another. */
static void
others(void **state)
{
	static const unsigned	 forms[] = { 0, SIGN_DIGEST,
				    SIGN_DIGEST_INFO, SIGN_BLOCK, 77 };
	uint8_t			 in[32] = { 0 }, out[SIGN_INPUT_MAX];
	struct sign_ask		 a = { 0, 0x0403, in, sizeof(in) };
	size_t			 i;

	(void)state;
	for (i = 0; i < N(forms); i++) {
		a.form = forms[i];
		assert_int_equal(sign_build(&a, out), 0);
	}
	assert_int_equal(sign_parse(in, sizeof(in), &a), -1);
	assert_int_equal(sign_parse(in, 0, &a), -1);
}

static void
schemes(void **state)
{
	static const struct { int ec, pss; const char *digest; unsigned n; }
	    t[] = {
		{ 1, 0, "SHA2-256", 0x0403 }, { 1, 1, "SHA256", 0x0403 },
		{ 1, 0, "SHA384", 0x0503 }, { 1, 0, "sha512", 0x0603 },
		{ 0, 1, "SHA2-256", 0x0804 }, { 0, 0, "SHA2-256", 0x0401 },
		{ 0, 1, "SHA384", 0x0805 }, { 0, 0, "SHA512", 0x0601 },
		{ 1, 0, "SHA1", 0 }, { 0, 0, "MD5", 0 }, { 0, 0, "", 0 },
		{ 1, 0, "SHA2-224", 0 }, { 1, 0, "SHA3-256", 0 },
	};
	const struct sign_scheme	*s;
	size_t				 i;

	(void)state;
	for (i = 0; i < N(t); i++) {
		if (sign_scheme_number(t[i].ec, t[i].pss, t[i].digest) !=
		    t[i].n)
			fail_msg("%s", t[i].digest);
		s = sign_scheme(t[i].n);
		assert_int_equal(s != NULL, t[i].n != 0);
		if (s != NULL)
			assert_int_equal(s->ec, t[i].ec);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tls13), cmocka_unit_test(tls12),
		cmocka_unit_test(others), cmocka_unit_test(schemes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
