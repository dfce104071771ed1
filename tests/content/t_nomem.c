/* SPDX-License-Identifier: ISC */
/*
 * Memory ends at the n-th allocation, for each n: the load fails cleanly,
 * says so, and the status is that of a machine's failure.
 */
#include "base/err.h"
#include "content/diag.h"
#include "content/profile.h"
#include "lib/test.h"

#if !WITH_ASAN		/* which has a malloc of its own */
void		*__libc_malloc(size_t);
void		*__libc_calloc(size_t, size_t);
void		*__libc_realloc(void *, size_t);

static long	 countdown = -1;	/* allocations that still work; -1: all */
static long	 calls;

static int
fails(void)
{
	calls++;
	if (countdown < 0)
		return 0;
	if (countdown == 0)
		return 1;
	countdown--;
	return 0;
}

void *
malloc(size_t n)
{
	return fails() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails() ? NULL : __libc_realloc(p, n);
}

static int
count(const struct profile *p, const struct page *page, void *arg)
{
	(void)p;
	(void)page;
	++*(size_t *)arg;
	return 0;
}

/* 1: loaded. */
static int
load(long n, size_t *pages)
{
	struct profile	*p;
	struct diag	*d;
	int		 ok;

	*pages = 0;
	if ((d = diag_new()) == NULL)
		abort();
	calls = 0;
	countdown = n;
	p = profile_load("tests/content/sample", d, count, pages);
	countdown = -1;
	ok = p != NULL;
	if (!ok && diag_status(d) != STATUS_CANNOT)
		fail_msg("allocation %ld: status %d, %s", n, diag_status(d),
		    diag_line(d, 0, NULL));
	if (ok && diag_count(d, DIAG_ERROR) != 0)
		fail_msg("allocation %ld: a profile with errors", n);
	profile_free(p);
	diag_free(d);
	return ok;
}

static void
each_allocation(void **state)
{
	size_t	 pages;
	long	 n, all;

	(void)state;
	assert_true(load(-1, &pages));
	assert_int_equal(pages, 11);
	all = calls;
	/* Every one of the first, where the kinds are, then samples. */
	for (n = 0; n < all; n += n < 400 ? 1 : 37)
		if (load(n, &pages))
			fail_msg("allocation %ld failed and nobody saw", n);
}
#else
static void
each_allocation(void **state)
{
	(void)state;
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_allocation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
