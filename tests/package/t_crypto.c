/* SPDX-License-Identifier: ISC */
/*
 * Ed25519 and BLAKE2b against what others publish and compute: RFC 8032,
 * 7.1, and Python's hashlib.
 */
#include "lib/test.h"
#include "package/b64.h"
#include "package/blake2b.h"
#include "package/ed25519.h"
#include "package/hash.h"
#include "package/head.h"

static const struct {
	const char	*name, *seed, *key, *message, *sig;
} vectors[] = {
	{ "empty message",
	    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
	    "",
	    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
	    "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
	{ "one byte",
	    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
	    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
	    "72",
	    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
	    "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
	{ "two bytes",
	    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
	    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
	    "af82",
	    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
	    "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
	{ "SHA(abc)",
	    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
	    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
	    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2"
	    "192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
	    "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b5890"
	    "9351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704" },
};

/* The order of the base point, little-endian. */
static const uint8_t	 order[32] = {
	0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
	0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0x10
};

/* Points of order 8, 4, 2 and 1, and other ways to write some of them. */
static const char *const weak[] = {
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0000000000000000000000000000000000000000000000000000000000000080",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000080",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
};

static void
published(void **state)
{
	uint8_t	 seed[32], key[32], want[32], m[64], sig[64], wantsig[64];
	size_t	 i, n, k;

	(void)state;
	for (i = 0; i < N(vectors); i++) {
		n = strlen(vectors[i].message) / 2;
		assert_int_equal(hex_parse(vectors[i].seed, 32, seed), 0);
		assert_int_equal(hex_parse(vectors[i].key, 32, want), 0);
		assert_int_equal(hex_parse(vectors[i].message, n, m), 0);
		assert_int_equal(hex_parse(vectors[i].sig, 64, wantsig), 0);
		assert_int_equal(ed_public(seed, key), 0);
		assert_memory_equal(key, want, 32);
		assert_int_equal(ed_key_ok(key), 1);
		assert_int_equal(ed_sign(seed, m, n, sig), 0);
		assert_memory_equal(sig, wantsig, 64);
		assert_int_equal(ed_verify(key, m, n, sig), 1);
		for (k = 0; k < 512; k++) {	/* each bit of it counts */
			sig[k / 8] ^= (uint8_t)(1 << k % 8);
			assert_int_equal(ed_verify(key, m, n, sig), 0);
			sig[k / 8] ^= (uint8_t)(1 << k % 8);
		}
		for (k = 0; k < n * 8; k++) {
			m[k / 8] ^= (uint8_t)(1 << k % 8);
			assert_int_equal(ed_verify(key, m, n, sig), 0);
			m[k / 8] ^= (uint8_t)(1 << k % 8);
		}
	}
}

/* S + L makes the same equation true; there is one signature only. */
static void
second_form(void **state)
{
	uint8_t	 key[32], sig[64];
	unsigned carry, i, k, turn;

	(void)state;
	for (k = 0; k < 3; k++) {
		size_t	 n = strlen(vectors[k].message) / 2;
		uint8_t	 m[2];

		hex_parse(vectors[k].key, 32, key);
		hex_parse(vectors[k].message, n, m);
		hex_parse(vectors[k].sig, 64, sig);
		for (turn = 0; turn < 7; turn++) {
			for (i = carry = 0; i < 32; i++) {
				carry += sig[32 + i] + order[i];
				sig[32 + i] = (uint8_t)carry;
				carry >>= 8;
			}
			assert_int_equal(ed_verify(key, m, n, sig), 0);
		}
	}
}

/* Whose signature for every message is the point itself and S = 0. */
static void
weak_keys(void **state)
{
	struct pub_key	 k;
	uint8_t		 raw[42] = { 'E', 'd', 1, 2, 3, 4, 5, 6, 7, 8 };
	char		 text[B64_LEN(sizeof(raw)) + 1];
	size_t		 i;

	(void)state;
	for (i = 0; i < N(weak); i++) {
		assert_int_equal(hex_parse(weak[i], 32, raw + 10), 0);
		if (ed_key_ok(raw + 10))
			fail_msg("%s: good", weak[i]);
		b64_format(raw, sizeof(raw), text);
		if (key_parse(text, strlen(text), &k, NULL) == 0)
			fail_msg("%s: a key", text);
	}
	/* A bit away from them, a key may be. */
	for (i = 0; i < N(vectors); i++) {
		hex_parse(vectors[i].key, 32, raw + 10);
		b64_format(raw, sizeof(raw), text);
		assert_int_equal(key_parse(text, strlen(text), &k, NULL), 0);
	}
	hex_parse(weak[8], 32, raw + 10);
	raw[10] = 0xeb;
	assert_int_equal(ed_key_ok(raw + 10), 1);
	raw[10] = 0xff;
	raw[20] = 0xfe;
	assert_int_equal(ed_key_ok(raw + 10), 1);
}

/* Up to a whole block, in one number: hashlib gave it. */
static void
blake2b(void **state)
{
	static const struct { size_t n; const char *text, *want; } known[] = {
		{ 0, "", "0e5751c026e543b2e8ab2eb06099daa1"
		    "d1e5df47778f7787faab45cdf12fe3a8" },
		{ 3, "abc", "bddd813c634239723171ef3fee98579b"
		    "94964e3bb1cb3e427262c8c068d52319" },
	};
	uint8_t	 data[128], one[32], all[129 * 32], sum[SHA_LEN];
	char	 hex[SHA_HEX + 1];
	size_t	 i, n;

	(void)state;
	for (i = 0; i < N(known); i++) {
		blake2b_256(known[i].text, known[i].n, one);
		hex_format(one, 32, hex);
		assert_string_equal(hex, known[i].want);
	}
	for (n = 0; n <= sizeof(data); n++) {
		for (i = 0; i < n; i++)
			data[i] = (uint8_t)(i * 7 + n);
		blake2b_256(data, n, all + 32 * n);
	}
	assert_int_equal(sha_bytes(all, sizeof(all), sum, NULL), 0);
	hex_format(sum, SHA_LEN, hex);
	assert_string_equal(hex, "8efe088a7f70ea4495140e51370aca08"
	    "72bfd362f6175ccc244955d86ab05001");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published), cmocka_unit_test(second_form),
		cmocka_unit_test(weak_keys), cmocka_unit_test(blake2b),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
