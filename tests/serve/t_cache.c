/* SPDX-License-Identifier: ISC */
#include "base/buf.h"
#include "lib/sample.h"
#include "lib/test.h"
#include "serve/cache.h"
#include "serve/open.h"
#include "serve/sites.h"

static struct cached	*put(struct cache *, const char *, size_t);

static struct cached *
put(struct cache *c, const char *key, size_t len)
{
	struct buf	 b = BUF_INIT;
	struct cached	*cd;

	memset(buf_room(&b, len), key[0], len);
	b.len = len;
	cd = cache_put(c, key, strlen(key), &b, 7);
	assert_non_null(cd);
	assert_null(b.data);
	return cd;
}

static void
finds_whole_keys(void **state)
{
	struct cache	*c = cache_new(100000);
	struct cached	*cd;

	(void)state;
	cached_free(put(c, "en/a", 10));
	assert_null(cache_get(c, "en/", 3));
	assert_null(cache_get(c, "en/ab", 5));
	assert_non_null(cd = cache_get(c, "en/a", 4));
	assert_int_equal(cd->len, 10);
	assert_int_equal(cd->kind, 7);
	cached_free(cd);
	cache_free(c);
}

static void
oldest_goes_first(void **state)
{
	struct cache	*c = cache_new(8192);
	struct cached	*cd;
	char		 key[16];
	int		 i;

	(void)state;
	cached_free(put(c, "first", 1000));
	for (i = 0; i < 50; i++) {
		snprintf(key, sizeof(key), "%d", i);
		cached_free(put(c, key, 1000));
		cd = cache_get(c, "first", 5);	/* used: it stays */
		assert_non_null(cd);
		cached_free(cd);
		assert_true(cache_bytes(c) <= 8192);
	}
	assert_null(cache_get(c, "0", 1));
	assert_non_null(cd = cache_get(c, "49", 2));
	cached_free(cd);
	cache_free(c);
}

static void
outlives_the_cache(void **state)
{
	struct cache	*c = cache_new(8192);
	struct cached	*cd = put(c, "a", 100), *big;

	(void)state;
	big = put(c, "b", 5000);		/* too large to be kept */
	assert_int_equal(big->data[4999], 'b');
	cache_limit(c, 0);
	assert_int_equal(cache_bytes(c), 0);
	assert_int_equal(cd->data[99], 'a');
	cache_free(c);
	assert_int_equal(cd->data[99], 'a');
	cached_free(cd);
	cached_free(big);
}

/* Too large to be kept: one copy for all who read it, gone with the last. */
static void
large_ones_are_shared(void **state)
{
	struct cache	*c = cache_new(8192);
	struct cached	*cd[50], *other;
	size_t		 kept, i;

	(void)state;
	cached_free(put(c, "small", 100));
	kept = cache_bytes(c);
	cd[0] = put(c, "large", 5000);
	other = put(c, "other", 5000);
	for (i = 1; i < N(cd); i++) {
		cd[i] = cache_get(c, "large", 5);
		assert_ptr_equal(cd[i], cd[0]);
	}
	assert_int_equal(cache_bytes(c), kept);
	cache_limit(c, 4096);		/* what is kept may go, not these */
	for (i = 0; i < N(cd); i++) {
		assert_int_equal(cd[i]->data[4999], 'l');
		cached_free(cd[i]);
	}
	assert_null(cache_get(c, "large", 5));
	assert_non_null(cd[0] = cache_get(c, "other", 5));
	cached_free(cd[0]);
	cached_free(other);
	assert_null(cache_get(c, "other", 5));
	assert_non_null(cd[0] = cache_get(c, "small", 5));
	cached_free(cd[0]);
	cache_free(c);
}

/* Many packages share one worker's memory. */
static void
packages_share_room(void **state)
{
	struct site_names	 none = { 0 };
	struct sites		*ss = sample_sites(&none, 0);
	size_t			 i, k;
	char			 id[16], key[32];

	(void)state;
	for (k = 0; k < 100; k++) {
		snprintf(key, sizeof(key), "alone %zu", k);
		cached_free(put(ss->cache, key, 65536));
	}
	assert_true(cache_bytes(ss->cache) > SITE_CACHE / 2);
	assert_true(cache_bytes(ss->cache) <= SITE_CACHE);
	for (i = 1; i < 100; i++) {
		snprintf(id, sizeof(id), "site%zu", i);
		assert_int_equal(sites_add(ss, sample_site(id, NULL, 0),
		    NULL), 0);
	}
	for (i = 0; i < 100; i++) {
		for (k = 0; k < 8; k++) {
			snprintf(key, sizeof(key), "%zu %zu", i, k);
			cached_free(put(ss->cache, key, 65536));
		}
	}
	assert_true(cache_bytes(ss->cache) > SITES_CACHE / 2);
	assert_true(cache_bytes(ss->cache) <= SITES_CACHE);
	sites_free(ss);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_whole_keys),
		cmocka_unit_test(oldest_goes_first),
		cmocka_unit_test(outlives_the_cache),
		cmocka_unit_test(large_ones_are_shared),
		cmocka_unit_test(packages_share_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
