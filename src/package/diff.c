/* SPDX-License-Identifier: ISC */
/*
 * Makes a delta in windows between two wire forms.  Entries are compared with
 * those of the same name; what is equal becomes a copy.  Of an entry that
 * differs, the equal bytes at both ends are copies, too, and a long middle is
 * divided where the same line stands in both.  The rest is new: the new text of
 * as many entries as fit is put into the frame of one window, and the text that
 * the base has in its place is the prefix of that frame.  So the size of a
 * window depends on the change, not on the package.  Both wire forms were
 * proven before.
 */
#include <stdlib.h>
#include <string.h>

#include <zstd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "package/diff.h"
#include "package/list.h"
#include "package/spool.h"
#include "package/window.h"
#include "package/wire.h"

#define SIDE		(4u << 20)	/* bytes of new text in a window, and of
					   its prefix, at most */
#define BEST_UP_TO	(1u << 20)	/* bytes of both sides, up to which the
					   best level is used */
#define DIVIDE_FROM	(32u << 10)	/* bytes of a middle that is divided */
#define ANCHOR		48		/* bytes that must be equal where a
					   middle is divided */
#define NEAR		(256u << 10)	/* bytes before and after, in which
					   equal bytes are looked for */
#define CONTEXT		(16u << 10)	/* bytes of prefix around new text */
#define CONTEXT_FROM	64		/* bytes of new text that get context */
#define REST_EACH	(8u << 20)	/* bytes compared before their pages may
					   leave memory */
#define PLAN_FULL	(WINDOW_PLAN_MAX - 64)

struct diff {
	const uint8_t	*new, *base;
	size_t		 nnew, nbase;
	struct buf	 plan;
	uint64_t	 cursor;	/* in the base, as a reader has it */
	uint64_t	 from, copy;	/* start and bytes of a copy that is not
					   in the plan yet */
	uint8_t		*text, *prefix;	/* of this window */
	size_t		 ntext, nprefix;
	uint64_t	 left;		/* bytes that the prefixes of all
					   windows may still take */
	size_t		 rested;	/* offset in new; pages before it may
					   leave memory */
	int		 out;
	blob_tick	*tick;
	void		*arg;
	struct err	*e;
};

/* A stretch of the new wire form, and the one in its place in the base. */
struct stretch {
	uint64_t	 at, n;
	uint64_t	 was, nwas;
};

static int
write_out(struct diff *d, const void *data, size_t n)
{
	if (file_write_all(d->out, data, n) == 0)
		return 0;
	err_sys(d->e, "writing a blob");
	return -1;
}

/* Write the frame of this window. */
static int
write_frame(struct diff *d)
{
	ZSTD_CCtx	*c = ZSTD_createCCtx();
	const size_t	 most = ZSTD_compressBound(d->ntext);
	uint8_t		*frame = malloc(most);
	size_t		 n = 0;
	int		 rv = -1;

	if (c != NULL && frame != NULL && !ZSTD_isError(
	    ZSTD_CCtx_setParameter(c, ZSTD_c_compressionLevel,
	    d->ntext + d->nprefix <= BEST_UP_TO ? BLOB_LEVEL : BLOB_QUICK)) &&
	    !ZSTD_isError(ZSTD_CCtx_setParameter(c, ZSTD_c_contentSizeFlag,
	    0)) && !ZSTD_isError(ZSTD_CCtx_refPrefix(c, d->prefix,
	    d->nprefix)) && !ZSTD_isError(n = ZSTD_compress2(c, frame, most,
	    d->text, d->ntext)))
		rv = write_out(d, frame, n);
	else
		err_nomem(d->e);
	free(frame);
	ZSTD_freeCCtx(c);
	return rv;
}

/* Write the window: its plan and its frame. */
static int
end_window(struct diff *d)
{
	uint8_t	 head[WINDOW_HEAD];

	if (d->plan.len == 0)
		return 0;
	if (!buf_ok(&d->plan)) {
		err_nomem(d->e);
		return -1;
	}
	window_head(d->plan.len, head);
	if (write_out(d, head, sizeof(head)) == -1 ||
	    write_out(d, d->plan.data, d->plan.len) == -1 ||
	    (d->ntext > 0 && write_frame(d) == -1))
		return -1;
	buf_reset(&d->plan);
	d->ntext = d->nprefix = 0;
	return 0;
}

/* Let pages that were compared leave memory, in both, and call tick. */
static void
go_on(struct diff *d, uint64_t at)
{
	if (at - d->rested < REST_EACH)
		return;
	spool_rest(d->new, d->rested, (size_t)at);
	if (d->cursor > REST_EACH)
		spool_rest(d->base, 0, (size_t)d->cursor - REST_EACH);
	d->rested = (size_t)at;
	if (d->tick != NULL)
		d->tick(d->arg, at);
}

static void
put_step(struct diff *d, uint64_t copy, int64_t move, uint64_t blen,
    uint64_t olen)
{
	const struct window_step	 s = { copy, move, blen, olen };

	window_step_write(&s, &d->plan);
}

/* Put the copy that waits into the plan, with the move after it. */
static void
put_copy(struct diff *d, uint64_t was, uint64_t blen, uint64_t olen)
{
	if (d->copy > 0 && d->from != d->cursor) {
		put_step(d, 0, (int64_t)(d->from - d->cursor), 0, 0);
		d->cursor = d->from;
	}
	d->cursor += d->copy;
	put_step(d, d->copy, (int64_t)(was - d->cursor), blen, olen);
	d->cursor = was + blen;
	d->copy = 0;
}

static int
add_copy(struct diff *d, uint64_t was, uint64_t n)
{
	if (n == 0)
		return 0;
	if (d->copy > 0 && d->from + d->copy != was) {
		if (d->plan.len > PLAN_FULL && end_window(d) == -1)
			return -1;
		put_copy(d, d->from + d->copy, 0, 0);
	}
	if (d->copy == 0)
		d->from = was;
	d->copy += n;
	return 0;
}

/* Add the base's text around new text to the prefix: it helps to pack it. */
static void
widen(const struct diff *d, struct stretch *s)
{
	uint64_t	 before, after;

	if (s->n < CONTEXT_FROM || s->nwas > s->n / 2 ||
	    s->nwas >= SIDE - 2 * CONTEXT ||
	    d->left < s->nwas + 2 * CONTEXT)
		return;
	before = s->was < CONTEXT ? s->was : CONTEXT;
	after = d->nbase - s->was - s->nwas;
	if (after > CONTEXT)
		after = CONTEXT;
	s->was -= before;
	s->nwas += before + after;
}

/* New text, at most SIDE bytes. */
static int
add_some(struct diff *d, struct stretch s)
{
	if (s.nwas > SIDE)
		s.nwas = SIDE;
	widen(d, &s);
	if (s.nwas > d->left)
		s.nwas = 0;
	if ((d->ntext + s.n > SIDE || d->nprefix + s.nwas > SIDE ||
	    d->plan.len > PLAN_FULL) && end_window(d) == -1)
		return -1;
	put_copy(d, s.was, s.nwas, s.n);
	memcpy(d->text + d->ntext, d->new + s.at, (size_t)s.n);
	memcpy(d->prefix + d->nprefix, d->base + s.was, (size_t)s.nwas);
	d->ntext += (size_t)s.n;
	d->nprefix += (size_t)s.nwas;
	d->left -= s.nwas;
	go_on(d, s.at);
	return 0;
}

/* New text of any length: divided into as many parts on both sides. */
static int
add_new(struct diff *d, const struct stretch *s)
{
	const uint64_t	 parts = (s->n + SIDE - 1) / SIDE;
	struct stretch	 some;
	uint64_t	 i;

	for (i = 0; i < parts; i++) {
		some.at = s->at + s->n * i / parts;
		some.n = s->at + s->n * (i + 1) / parts - some.at;
		some.was = s->was + s->nwas * i / parts;
		some.nwas = s->was + s->nwas * (i + 1) / parts - some.was;
		if (add_some(d, some) == -1)
			return -1;
	}
	return 0;
}

static uint64_t
equal_from(const uint8_t *a, const uint8_t *b, uint64_t n)
{
	uint64_t	 i = 0;

	while (n - i >= 4096 && memcmp(a + i, b + i, 4096) == 0)
		i += 4096;
	while (i < n && a[i] == b[i])
		i++;
	return i;
}

static uint64_t
equal_back(const uint8_t *a, const uint8_t *b, uint64_t n)
{
	uint64_t	 i = 0;

	while (n - i >= 4096 && memcmp(a - i - 4096, b - i - 4096, 4096) == 0)
		i += 4096;
	while (i < n && a[-1 - (int64_t)i] == b[-1 - (int64_t)i])
		i++;
	return i;
}

/* 1: the same bytes stand at that offset of the base, and it is inside s. */
static int
is_anchor(const struct diff *d, const struct stretch *s, const uint8_t *line,
    uint64_t was)
{
	const uint64_t	 into = was - s->was;	/* huge if was lies before s */

	return into <= s->nwas && s->nwas - into >= ANCHOR &&
	    memcmp(d->base + was, line, ANCHOR) == 0;
}

/*
 * Find a line near offset `at' of s that stands in the base, too, and give both
 * offsets.  The places as far from the start, or from the end, are tried first,
 * because pages repeat lines.
 */
static int
find_anchor(const struct diff *d, const struct stretch *s, uint64_t at,
    uint64_t *new, uint64_t *was)
{
	const uint8_t	*line, *got;
	uint64_t	 guess = s->nwas * at / s->n, from, to;

	line = memchr(d->new + s->at + at, '\n', (size_t)(s->n - at));
	if (line == NULL)
		line = d->new + s->at + at;
	*new = (uint64_t)(line - d->new);
	if (*new + ANCHOR > s->at + s->n)
		return 0;
	*was = s->was + (*new - s->at);
	if (is_anchor(d, s, line, *was))
		return 1;
	*was += s->nwas - s->n;		/* may wrap below 0, and back */
	if (is_anchor(d, s, line, *was))
		return 1;
	from = guess < NEAR ? 0 : guess - NEAR;
	to = s->nwas - guess < NEAR ? s->nwas : guess + NEAR;
	got = memmem(d->base + s->was + from, (size_t)(to - from), line,
	    ANCHOR);
	if (got == NULL)
		return 0;
	*was = (uint64_t)(got - d->base);
	return 1;
}

static int	 compare(struct diff *, struct stretch);

/* Divide a long middle at a line of both, if one is found. */
static int
divide(struct diff *d, const struct stretch *s)
{
	static const uint8_t	 eighth[] = { 4, 3, 5, 2, 6, 1, 7 };
	struct stretch		 half = *s;
	uint64_t		 new, was;
	size_t			 i;

	for (i = 0; i < sizeof(eighth); i++)
		if (find_anchor(d, s, s->n * eighth[i] / 8, &new, &was))
			break;
	if (i == sizeof(eighth) || new == s->at)
		return add_new(d, s);
	half.n = new - s->at;
	half.nwas = was - s->was;
	if (compare(d, half) == -1)
		return -1;
	half.at = new;
	half.n = s->at + s->n - new;
	half.was = was;
	half.nwas = s->was + s->nwas - was;
	return compare(d, half);
}

/* Compare a stretch with the base: copies at both ends, new text between. */
static int
compare(struct diff *d, struct stretch s)
{
	uint64_t	 most, head, tail;

	most = s.n < s.nwas ? s.n : s.nwas;
	head = equal_from(d->new + s.at, d->base + s.was, most);
	tail = equal_back(d->new + s.at + s.n, d->base + s.was + s.nwas,
	    most - head);
	if (add_copy(d, s.was, head) == -1)
		return -1;
	s.at += head;
	s.was += head;
	s.n -= head + tail;
	s.nwas -= head + tail;
	if (s.n > 0 && (s.n > DIVIDE_FROM && s.nwas > 0 ? divide(d, &s) :
	    add_new(d, &s)) == -1)
		return -1;
	go_on(d, s.at + s.n);
	return add_copy(d, s.was + s.nwas, tail);
}

/* Compare entry by entry.  A new entry is one between two of the base. */
static int
compare_entries(struct diff *d, const struct pkg_list *new,
    const struct pkg_list *was)
{
	struct stretch	 s;
	size_t		 i, k = 0;

	for (i = 0; i < new->n; i++) {
		while (k < was->n && list_cmp(was, k, new, i) < 0)
			k++;
		s.at = new->v[i].at;
		s.n = new->v[i].size;
		s.was = k < was->n ? was->v[k].at : d->nbase;
		s.nwas = k < was->n && list_cmp(was, k, new, i) == 0 ?
		    was->v[k].size : 0;
		if (compare(d, s) == -1)
			return -1;
	}
	return 0;
}

static int
make(struct diff *d)
{
	struct pkg_list	 new = { .n = 0 }, was = { .n = 0 };
	struct stretch	 lines = { .at = 0 };
	int		 rv = -1;

	if (wire_parse(d->new, d->nnew, &new, d->e) == 0 &&
	    wire_parse(d->base, d->nbase, &was, d->e) == 0) {
		lines.n = new.v[0].at;
		lines.nwas = was.v[0].at;
		if (compare(d, lines) == 0)
			rv = compare_entries(d, &new, &was);
	}
	if (rv == 0 && d->copy > 0)
		put_copy(d, d->from + d->copy, 0, 0);
	list_free(&new);
	list_free(&was);
	return rv == 0 ? end_window(d) : -1;
}

int
diff_make(const uint8_t *new, size_t n, const uint8_t *base, size_t nbase,
    int out, blob_tick *tick, void *arg, struct err *e)
{
	struct diff	 d = { .new = new, .base = base, .nnew = n,
			    .nbase = nbase, .plan = BUF_INIT, .out = out,
			    .tick = tick, .arg = arg, .e = e };
	int		 rv = -1;

	d.left = WINDOW_PREFIXES(nbase, n);
	d.text = malloc(SIDE);
	d.prefix = malloc(SIDE);
	if (d.text == NULL || d.prefix == NULL)
		err_nomem(e);
	else
		rv = make(&d);
	buf_free(&d.plan);
	free(d.text);
	free(d.prefix);
	return rv;
}
