/* SPDX-License-Identifier: ISC */
/* Deltas in windows: as large as the change, and nothing that lies passes. */
#include <sys/mman.h>
#include <sys/resource.h>

#include <stdlib.h>
#include <unistd.h>

#include <zstd.h>

#include "base/buf.h"
#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/test.h"
#include "package/diff.h"
#include "package/hash.h"
#include "package/spool.h"
#include "package/window.h"

#define PAGES	300
#define BIG	(700u << 10)	/* bytes of the large entry */

/* Text that does not repeat itself, the same for the same seed. */
static void
text(struct buf *b, uint32_t seed, size_t n)
{
	static const char *const words[] = { "river", "road", "school", "mill",
				    "clinic", "ferry", "market", "bridge" };
	size_t	 end = b->len + n;

	while (b->len < end) {
		seed = seed * 1103515245u + 12345u;
		buf_fmt(b, "%s %u%s", words[seed >> 16 & 7], seed >> 20,
		    (seed >> 24 & 7) == 0 ? "\n" : " ");
	}
	buf_cut(b, end);
}

/* What is done to the pages of the new wire form. */
struct edit {
	const char	*name;
	int		 gone, added, renamed;	/* page; 0: none */
	int		 from, to;		/* pages that change */
	const char	*insert;		/* a page's; NULL: one byte */
	int		 in_big;		/* places in the large entry */
	size_t		 most;			/* bytes of the delta */
};

static void
page_body(const struct edit *d, int i, struct buf *b)
{
	size_t	 at = b->len;

	text(b, (uint32_t)i, 3000 + (size_t)(i % 7) * 100);
	if (d == NULL || i < d->from || i >= d->to)
		return;
	if (d->insert == NULL)
		b->data[at + 1500] ^= 1;
	else
		buf_str(b, d->insert);
}

/* A file with a wire form, mapped. */
static const uint8_t *
wire(const struct edit *d, size_t *n)
{
	struct buf	 lines = BUF_INIT, all = BUF_INIT, body = BUF_INIT;
	const uint8_t	*data;
	struct err	 e;
	size_t		 at;
	int		 i, k, fd;

	text(&body, 4711, BIG);
	for (k = 0; d != NULL && k < d->in_big; k++)
		body.data[BIG / (unsigned)d->in_big * (unsigned)k + 99] ^= 1;
	buf_fmt(&lines, "data/big.csv %u\n", BIG);
	for (i = 1; i <= PAGES; i++) {
		at = body.len;
		if (d != NULL && i == d->gone)
			continue;
		page_body(d, i, &body);
		buf_fmt(&lines, "en/p%04d%s.gmi %zu\n", i, d != NULL &&
		    i == d->renamed ? "x" : "", body.len - at);
		at = body.len;
		if (d == NULL || i != d->added)
			continue;
		text(&body, 99, 2000);
		buf_fmt(&lines, "en/p%04dz.gmi %zu\n", i, body.len - at);
	}
	buf_add(&all, lines.data, lines.len);
	buf_ch(&all, '\n');
	buf_add(&all, body.data, body.len);
	fd = pkgs_file(all.data, all.len);
	assert_int_equal(spool_map(fd, &data, n, &e), 0);
	close(fd);
	buf_free(&lines);
	buf_free(&all);
	buf_free(&body);
	return data;
}

/* A delta in a file that is mapped. */
static const uint8_t *
delta(const uint8_t *new, size_t n, const uint8_t *base, size_t nbase,
    size_t *size)
{
	const uint8_t	*blob = NULL;
	struct err	 e;
	int		 fd = pkgs_file("", 0);

	if (diff_make(new, n, base, nbase, fd, NULL, NULL, &e) == -1 ||
	    spool_map(fd, &blob, size, &e) == -1)
		fail_msg("%s", e.msg);
	close(fd);
	return blob;
}

static void
leads_to(const char *name, const uint8_t *blob, size_t size,
    const uint8_t *base, size_t nbase, const uint8_t *new, size_t n)
{
	struct err	 e;
	uint8_t		 sha[32], *got;
	size_t		 ngot;
	int		 out = pkgs_file("", 0);

	if (window_expand(blob, size, base, nbase, n, out, sha, &e) == -1)
		fail_msg("%s: %s", name, e.msg);
	got = pkgs_read(out, &ngot);
	assert_int_equal(ngot, n);
	assert_memory_equal(got, new, n);
	free(got);
	close(out);
}

/*
 * A long entry that is mostly new, and whose lines would stand before the start
 * of the base: there is a page that nobody may read.
 */
static void
test_before_base(void **state)
{
	const size_t	 page = (size_t)sysconf(_SC_PAGESIZE);
	const size_t	 n = 128u << 10, was = n / 2 - 20 - 24;
	struct buf	 new = BUF_INIT, base = BUF_INIT;
	const uint8_t	*blob;
	uint8_t		*map;
	size_t		 size, head, i;

	(void)state;
	buf_fmt(&base, "data/big.csv %zu\n\n", was);
	assert_int_equal(base.len, 20);
	for (i = 0; i < was; i++)
		buf_ch(&base, 'b');
	buf_fmt(&new, "data/big.csv %zu\n\n", n);
	head = new.len;
	for (i = 0; i < n; i++)
		buf_ch(&new, 'n');
	new.data[head + n / 2] = '\n';
	size = page + (base.len + page - 1) / page * page;
	map = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(map != MAP_FAILED);
	memcpy(map + page, base.data, base.len);
	assert_int_equal(mprotect(map, page, PROT_NONE), 0);
	blob = delta((const uint8_t *)new.data, new.len, map + page, base.len,
	    &i);
	leads_to("before the base", blob, i, map + page, base.len,
	    (const uint8_t *)new.data, new.len);
	spool_unmap(blob, i);
	munmap(map, size);
	buf_free(&new);
	buf_free(&base);
}

static void
test_edits(void **state)
{
	static const struct edit edits[] = {
		{ .name = "nothing", .most = 20 },
		{ .name = "a byte", .from = 100, .to = 101, .most = 40 },
		{ .name = "a line", .from = 100, .to = 101,
		    .insert = "A line that is new.\n", .most = 90 },
		{ .name = "the first page gone", .gone = 1, .most = 60 },
		{ .name = "a page gone", .gone = 150, .most = 60 },
		{ .name = "the last page gone", .gone = PAGES, .most = 60 },
		{ .name = "a page added", .added = 17, .most = 1700 },
		{ .name = "the last page added", .added = PAGES,
		    .most = 1700 },
		{ .name = "a page renamed", .renamed = 30, .most = 200 },
		{ .name = "a byte of each page", .from = 1, .to = PAGES + 1,
		    .most = 8 * PAGES },
		{ .name = "many places of the large one", .in_big = 50,
		    .most = 900 },
		{ .name = "of all something", .gone = 5, .added = 9,
		    .renamed = 7, .from = 20, .to = 60, .insert = "x",
		    .in_big = 3, .most = 2600 },
	};
	const uint8_t	*base, *new, *blob;
	size_t		 i, nbase, n, size;

	(void)state;
	base = wire(NULL, &nbase);
	for (i = 0; i < N(edits); i++) {
		new = wire(&edits[i], &n);
		blob = delta(new, n, base, nbase, &size);
		if (!window_is(blob, size) || size > edits[i].most)
			fail_msg("%s: %zu bytes, at most %zu", edits[i].name,
			    size, edits[i].most);
		leads_to(edits[i].name, blob, size, base, nbase, new, n);
		spool_unmap(blob, size);
		blob = delta(base, nbase, new, n, &size);
		leads_to(edits[i].name, blob, size, new, n, base, nbase);
		spool_unmap(blob, size);
		spool_unmap(new, n);
	}
	spool_unmap(base, nbase);
}

/* One entry of so many bytes, which repeat nothing. */
static const uint8_t *
one_entry(uint32_t seed, size_t size, size_t *n)
{
	struct buf	 b = BUF_INIT;
	const uint8_t	*data;
	struct err	 e;
	int		 fd;

	buf_fmt(&b, "data/x.csv %zu\n\n", size);
	text(&b, seed, size);
	fd = pkgs_file(b.data, b.len);
	assert_int_equal(spool_map(fd, &data, n, &e), 0);
	close(fd);
	buf_free(&b);
	return data;
}

/* Larger than a window on both sides, with nothing in common and shorter. */
static void
test_long(void **state)
{
	const uint8_t	*a, *b, *blob;
	size_t		 na, nb, size;

	(void)state;
	a = one_entry(1, 11u << 20, &na);
	b = one_entry(2, 9u << 20, &nb);
	blob = delta(b, nb, a, na, &size);
	leads_to("long", blob, size, a, na, b, nb);
	spool_unmap(blob, size);
	blob = delta(a, na, b, nb, &size);
	leads_to("long back", blob, size, b, nb, a, na);
	spool_unmap(blob, size);
	spool_unmap(a, na);
	spool_unmap(b, nb);
}

/* Windows by hand. */
struct lie {
	const char		*name;
	struct window_step	 steps[3];
	size_t			 n;
	const char		*frame;	/* what its frame holds; NULL: none */
	uint64_t		 want;
	const char		*says;	/* NULL: it is good */
};

static void
lie_write(const struct lie *l, struct buf *b)
{
	struct buf	 plan = BUF_INIT;
	uint8_t		 head[WINDOW_HEAD], frame[300];
	size_t		 i, n;

	for (i = 0; i < l->n; i++)
		window_step_write(&l->steps[i], &plan);
	window_head(plan.len, head);
	buf_add(b, head, sizeof(head));
	buf_add(b, plan.data, plan.len);
	buf_free(&plan);
	if (l->frame == NULL)
		return;
	n = ZSTD_compress(frame, sizeof(frame), l->frame, strlen(l->frame),
	    3);
	assert_false(ZSTD_isError(n));
	buf_add(b, frame, n);
}

static void
refused(const char *name, const struct buf *b, const uint8_t *base,
    size_t nbase, uint64_t want, const char *says)
{
	struct err	 e;
	uint8_t		 sha[32], *copy = malloc(b->len + !b->len);
	int		 rv;

	memcpy(copy, b->data, b->len);	/* exact, so that ASan sees */
	rv = window_expand(copy, b->len, base, nbase, want, -1, sha, &e);
	free(copy);
	if ((rv == 0) != (says == NULL))
		fail_msg("%s: %s", name, rv == 0 ? "accepted" : e.msg);
	if (rv == -1 && strstr(e.msg, says) == NULL)
		fail_msg("%s: \"%s\", want \"%s\"", name, e.msg, says);
	if (rv == -1)
		assert_int_equal(e.status, STATUS_REFUSED);
}

static void
test_hostile(void **state)
{
	static const struct lie lies[] = {
		{ "good", { { 10, 5, 4, 3 }, { 2, -9, 0, 0 } }, 2, "new", 15,
		    NULL },
		{ "a copy behind the base", { { 5000, 0, 0, 0 } }, 1, NULL,
		    5000, "outside" },
		{ "a copy of 2^62", { { 1ull << 62, 0, 0, 0 } }, 1, NULL, 9,
		    "outside" },
		{ "a move before the base", { { 3, -4, 0, 0 } }, 1, NULL, 3,
		    "outside" },
		{ "a move behind the base", { { 3, 4000, 0, 0 } }, 1, NULL, 3,
		    "outside" },
		{ "the farthest moves", { { 3, (int64_t)(~0ull >> 2), 0, 0 },
		    { 1, -(int64_t)(~0ull >> 2), 0, 0 } }, 2, NULL, 4,
		    "outside" },
		{ "the farthest move back", { { 3, -(1ll << 61), 0, 0 } }, 1,
		    NULL, 3, "outside" },
		{ "a prefix behind the base", { { 3, 0, 4000, 3 } }, 1, "new",
		    6, "outside" },
		{ "more than is wanted", { { 10, 0, 0, 3 } }, 1, "new", 12,
		    "more than 12" },
		{ "copies without end", { { 900, -900, 0, 0 },
		    { 900, -900, 0, 0 }, { 900, -900, 0, 0 } }, 3, NULL, 2000,
		    "more than 2000" },
		{ "less than is wanted", { { 10, 0, 0, 3 } }, 1, "new", 14,
		    "13 bytes expanded" },
		{ "no frame", { { 10, 0, 0, 3 } }, 1, NULL, 13,
		    "no zstd frame" },
		{ "a longer frame", { { 10, 0, 0, 3 } }, 1, "newer", 13,
		    "broken or cut" },
		{ "a shorter frame", { { 10, 0, 0, 3 } }, 1, "ne", 13,
		    "broken or cut" },
		{ "a frame that nobody asked for", { { 10, 0, 0, 0 } }, 1,
		    "new", 10, "no window at 10" },
		{ "new text of more than a window", { { 0, 0, 0, 9u << 20 } },
		    1, "new", 9u << 20, "too many bytes" },
		{ "no steps", { { 0, 0, 0, 0 } }, 0, NULL, 0, "a plan of 0" },
	};
	const uint8_t	*base;
	struct buf	 b = BUF_INIT, cut;
	size_t		 i, k, nbase;

	(void)state;
	base = one_entry(3, 1000, &nbase);
	for (i = 0; i < N(lies); i++) {
		buf_reset(&b);
		lie_write(&lies[i], &b);
		refused(lies[i].name, &b, base, nbase, lies[i].want,
		    lies[i].says);
		for (k = 0; i == 0 && k < b.len; k++) {
			cut = b;
			cut.len = k;
			refused("cut", &cut, base, nbase, lies[i].want, "");
		}
	}
	lie_write(&lies[0], &b);
	b.data[0] ^= 1;
	refused("another frame first", &b, base, nbase, 15, "blob");
	buf_free(&b);
	spool_unmap(base, nbase);
}

/* Prefixes that are gathered again and again for nothing would take hours. */
static void
test_prefixes(void **state)
{
	static const struct lie l = { .steps = { { 0, 0, 900, 0 },
				    { 0, -900, 0, 0 } }, .n = 2 };
	const uint8_t	*base;
	struct buf	 b = BUF_INIT;
	size_t		 i, nbase;

	(void)state;
	base = one_entry(3, 1000, &nbase);
	for (i = 0; i < 20; i++)
		lie_write(&l, &b);
	refused("prefixes", &b, base, nbase, 10, "too many bytes");
	buf_free(&b);
	spool_unmap(base, nbase);
}

/* Every bit turned: no answer but a refusal, or what is wanted in size. */
static void
test_bits(void **state)
{
	static const struct edit d = { .from = 3, .to = 6, .gone = 9,
				    .insert = "some words\n" };
	const uint8_t	*base, *new, *blob;
	struct err	 e;
	uint8_t		 sha[32], *copy;
	size_t		 i, nbase, n, size;

	(void)state;
	base = wire(NULL, &nbase);
	new = wire(&d, &n);
	blob = delta(new, n, base, nbase, &size);
	copy = malloc(size);
	for (i = 0; i < size * 8; i++) {
		memcpy(copy, blob, size);
		copy[i / 8] ^= (uint8_t)(1 << i % 8);
		if (window_expand(copy, size, base, nbase, n, -1, sha, &e) ==
		    -1 && e.status != STATUS_REFUSED)
			fail_msg("bit %zu: %s", i, e.msg);
	}
	free(copy);
	spool_unmap(blob, size);
	spool_unmap(new, n);
	spool_unmap(base, nbase);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_edits),
		cmocka_unit_test(test_before_base),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_bits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
