/* SPDX-License-Identifier: ISC */
/*
 * Memory ends at the n-th allocation while a capsule is rendered: it fails
 * cleanly, and nothing stays behind.
 */
#include "base/buf.h"
#include "base/err.h"
#include "content/diag.h"
#include "content/profile.h"
#include "lib/test.h"
#include "render/news.h"
#include "render/part.h"
#include "render/render.h"
#include "render/series.h"

#if !WITH_ASAN		/* which has a malloc of its own */
void		*__libc_malloc(size_t);
void		*__libc_calloc(size_t, size_t);
void		*__libc_realloc(void *, size_t);
void		 __libc_free(void *);

static long	 countdown = -1;	/* allocations that still work; -1: all */
static long	 calls, live;		/* blocks that nobody has freed */
static int	 hit;			/* one has failed */

static int
fails(void)
{
	calls++;
	if (countdown < 0)
		return 0;
	if (countdown == 0)
		return hit = 1;
	countdown--;
	return 0;
}

void *
malloc(size_t n)
{
	void	*p = fails() ? NULL : __libc_malloc(n);

	live += p != NULL;
	return p;
}

void *
calloc(size_t n, size_t size)
{
	void	*p = fails() ? NULL : __libc_calloc(n, size);

	live += p != NULL;
	return p;
}

void *
realloc(void *old, size_t n)
{
	void	*p = fails() ? NULL : __libc_realloc(old, n);

	live += p != NULL && old == NULL;
	return p;
}

void
free(void *p)
{
	live -= p != NULL;
	__libc_free(p);
}

#define LONG	"A change that needs more room than a buffer has at first: " \
		"the bridge, the market, the school and the clinic by the river"

static struct page_head	heads[] = {
	{ .id = "index", .title = { { "Home" } }, .date = "2026-01-02",
	  .change = { { LONG } }, .section = SIZE_MAX },
	{ .id = "a", .title = { { LONG } }, .date = "2026-01-01",
	  .change = { { LONG LONG } }, .summary = { { LONG } } },
};
static struct profile	profile = {
	.id = "test", .nlang = 1, .lang = { { "en", "en", "English" } },
	.title = { { "District" } }, .contact = "a", .nsection = 1,
	.section = { { .id = "s", .first = 1, .n = 1 } },
	.npage = 2, .page = heads, .newest = "2026-01-02",
};

/* What a page's own file holds, one after another. */
static void
write_news(struct render *r, struct buf *b)
{
	struct pen	 p = { .b = b, .p = &profile, .v = &r->voice[0] };

	feed_write(r, 0, b);
	half_news(&p);
}

#define PERIODS	16

/* A series whose values need more room than a buffer has at first. */
static void
write_series(struct render *r, struct buf *b)
{
	struct pen		 p = { .b = b, .p = &profile,
				    .v = &r->voice[0] };
	struct dated_value	 period[PERIODS] = { { 0 } };
	struct value		 at[PERIODS] = { { 0 } };
	struct series_line	 line = { .at = at };
	struct block		 block = { .type = BLOCK_SERIES };
	size_t			 i;

	for (i = 0; i < PERIODS; i++) {
		period[i].when = "2018-04";
		at[i].text = "1234567";
		at[i].number = 1234567;
	}
	block.series.caption.in[0] = "Sheets";
	block.series.unit = SIZE_MAX;
	block.series.n = 1;
	block.series.line = &line;
	block.series.nperiod = PERIODS;
	block.series.period = period;
	series_write(&p, &block);
}

/* Each allocation of write() fails in turn; there must be `least' or more. */
static void
each_allocation(void (*write)(struct render *, struct buf *), long least)
{
	static struct render	 r;
	struct buf		 b;
	long			 n, before;

	r.p = &profile;
	words_voice(&r.voice[0], &profile, 0);
	for (n = 0; ; n++) {
		buf_init(&b);
		before = live;
		countdown = n;
		hit = 0;
		write(&r, &b);
		countdown = -1;
		if (!hit)
			break;
		if (buf_ok(&b))
			fail_msg("allocation %ld failed and nobody saw", n);
		buf_free(&b);
		if (live != before)
			fail_msg("allocation %ld: %ld blocks lost", n,
			    live - before);
	}
	assert_true(n >= least && buf_ok(&b));
	buf_free(&b);
}

static void
news(void **state)
{
	(void)state;
	each_allocation(write_news, 6);
}

static void
series(void **state)
{
	(void)state;
	each_allocation(write_series, 4);
}

static int
put(void *arg, const char *path, const char *data, size_t len, struct err *e)
{
	(void)arg, (void)path, (void)data, (void)len, (void)e;
	return 0;
}

static int
keep_add(void *arg, const char *s, size_t len, struct err *e)
{
	buf_add(arg, s, len);
	if (buf_ok(arg))
		return 0;
	err_nomem(e);
	return -1;
}

static const char *
keep_all(void *arg, struct err *e)
{
	(void)e;
	return ((struct buf *)arg)->data;
}

static void
keep_rest(void *arg)
{
	(void)arg;
}

struct whole {
	struct render	*r;
	struct err	*e;
};

static int
each(const struct profile *p, const struct page *page, void *arg)
{
	struct whole	*w = arg;

	return render_page(w->r, p, page, w->e);
}

/* 0: all of it, -1: not. */
static int
render(struct err *e)
{
	static const struct render_keeper	 keeper = { keep_add, keep_all,
					    keep_rest };
	struct buf	 b = BUF_INIT;
	struct whole	 w = { NULL, e };
	struct profile	*p = NULL;
	struct diag	*d;
	int		 rv = -1;

	err_nomem(e);
	if ((d = diag_new()) != NULL &&
	    (w.r = render_new(put, &keeper, &b, e)) != NULL &&
	    (p = profile_load("tests/content/sample", d, each, &w)) != NULL)
		rv = render_finish(w.r, p, e);
	render_free(w.r);
	profile_free(p);
	diag_free(d);
	buf_free(&b);
	return rv;
}

static void
capsule(void **state)
{
	struct err	 e;
	long		 n, all, before;

	(void)state;
	assert_int_equal(render(&e), 0);	/* what is kept for ever */
	before = live;
	calls = 0;
	assert_int_equal(render(&e), 0);
	all = calls;
	assert_int_equal(live, before);
	for (n = 0; n < all; n += all / 1999) {
		countdown = n;
		if (render(&e) == 0)
			fail_msg("allocation %ld failed and nobody saw", n);
		countdown = -1;
		assert_int_equal(e.status, STATUS_CANNOT);
		if (live != before)
			fail_msg("allocation %ld of %ld: %ld blocks lost", n,
			    all, live - before);
	}
}
#else
static void
news(void **state)
{
	(void)state;
}

static void
series(void **state)
{
	(void)state;
}

static void
capsule(void **state)
{
	(void)state;
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(news), cmocka_unit_test(series),
		cmocka_unit_test(capsule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
