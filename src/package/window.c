/* SPDX-License-Identifier: ISC */
/*
 * Expands a delta in windows.  A window begins with a skippable frame of zstd,
 * in which its plan stands; a zstd frame follows if the plan asks for new
 * bytes.  The plan is read twice: the first time every number in it is checked
 * and the prefix of the frame is put together from the base; the second time
 * the output is written.  The bytes may come from any peer: copies stay inside
 * the base, the output never grows above what is wanted, and the prefix and the
 * new bytes of a window are bounded.  Nothing is proven here: the caller
 * compares the hash of the result with the one that it expects.
 */
#include <stdlib.h>
#include <string.h>

#include <zstd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "package/blob.h"
#include "package/hash.h"
#include "package/spool.h"
#include "package/window.h"

#define MAGIC		0x184d2a5au	/* one of zstd's 16 numbers for
					   skippable frames */
#define FRAME_MAGIC	0xfd2fb528u
#define NUMBER_MAX	9		/* bytes of a number, 63 bits */
#define FIRST_SIZE	(64u << 10)	/* bytes; doubled as it is needed */
#define SLICE		(1u << 20)	/* bytes copied before their pages may
					   leave memory */

/* Memory that grows up to WINDOW_MAX. */
struct area {
	uint8_t	*data;
	size_t	 size;
};

struct window {
	const uint8_t	*base;
	uint64_t	 nbase;
	uint64_t	 cursor;	/* in the base */
	uint64_t	 done, want;	/* bytes of output */
	int		 out;
	struct sha	*sha;
	ZSTD_DCtx	*d;
	const uint8_t	*plan;		/* of this window */
	size_t		 nplan;
	uint64_t	 nprefix, nnew;	/* bytes that its plan asks for */
	uint64_t	 left;		/* bytes that the prefixes of all
					   windows may still take */
	struct area	 prefix, new;
};

static uint32_t
le32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

void
window_head(size_t plan, uint8_t out[WINDOW_HEAD])
{
	const uint32_t	 word[2] = { MAGIC, (uint32_t)plan };
	int		 i;

	for (i = 0; i < WINDOW_HEAD; i++)
		out[i] = (uint8_t)(word[i / 4] >> 8 * (i % 4));
}

int
window_is(const uint8_t *blob, size_t n)
{
	return n >= 4 && le32(blob) == MAGIC;
}

static void
put_number(struct buf *b, uint64_t v)
{
	for (; v > 0x7f; v >>= 7)
		buf_ch(b, (char)(0x80 | (v & 0x7f)));
	buf_ch(b, (char)v);
}

void
window_step_write(const struct window_step *s, struct buf *b)
{
	const uint64_t	 m = (uint64_t)s->move;

	put_number(b, s->copy);
	put_number(b, s->move < 0 ? ~m << 1 | 1 : m << 1);
	put_number(b, s->blen);
	put_number(b, s->olen);
}

/* Read a number.  0; -1: it is cut, or has more than 63 bits. */
static int
take_number(const uint8_t **p, const uint8_t *end, uint64_t *v)
{
	unsigned	 i;

	for (*v = 0, i = 0; i < NUMBER_MAX && *p < end; i++) {
		*v |= (uint64_t)(**p & 0x7f) << 7 * i;
		if ((*(*p)++ & 0x80) == 0)
			return 0;
	}
	return -1;
}

static int
take_step(const uint8_t **p, const uint8_t *end, struct window_step *s)
{
	uint64_t	 move;

	if (take_number(p, end, &s->copy) == -1 ||
	    take_number(p, end, &move) == -1 ||
	    take_number(p, end, &s->blen) == -1 ||
	    take_number(p, end, &s->olen) == -1)
		return -1;
	s->move = (int64_t)(move >> 1);
	if ((move & 1) != 0)
		s->move = ~s->move;
	return 0;
}

static int
area_grow(struct area *r, uint64_t n, struct err *e)
{
	uint8_t	*data;
	size_t	 size = r->size == 0 ? FIRST_SIZE : r->size;

	while (size < n)
		size *= 2;
	if (size == r->size)
		return 0;
	if ((data = realloc(r->data, size)) == NULL) {
		err_nomem(e);
		return -1;
	}
	r->data = data;
	r->size = size;
	return 0;
}

/* Move the cursor by a copy and a move: 0; -1: it leaves the base. */
static int
step_on(const struct window *w, const struct window_step *s, uint64_t *cursor)
{
	const uint64_t	 left = w->nbase - *cursor;
	uint64_t	 at, back;

	if (s->copy > left)
		return -1;
	at = *cursor + s->copy;
	back = (uint64_t)-(s->move + 1) + 1;
	if (s->move < 0 ? back > at : (uint64_t)s->move > w->nbase - at)
		return -1;
	at = s->move < 0 ? at - back : at + (uint64_t)s->move;
	if (s->blen > w->nbase - at)
		return -1;
	*cursor = at;
	return 0;
}

/* Check the whole plan, and put the prefix together.  -1: see e. */
static int
read_plan(struct window *w, struct err *e)
{
	const uint8_t		*p = w->plan, *end = w->plan + w->nplan;
	struct window_step	 s;
	uint64_t		 cursor = w->cursor, left = w->want - w->done;

	w->nprefix = w->nnew = 0;
	while (p < end) {
		if (take_step(&p, end, &s) == -1 ||
		    step_on(w, &s, &cursor) == -1) {
			err_set(e, "blob: a step outside the base");
			return -1;
		}
		if (s.copy > left || s.olen > left - s.copy) {
			err_set(e, "blob: expands to more than %llu bytes",
			    (unsigned long long)w->want);
			return -1;
		}
		left -= s.copy + s.olen;
		if (s.blen > WINDOW_MAX - w->nprefix ||
		    s.olen > WINDOW_MAX - w->nnew || s.blen > w->left) {
			err_set(e, "blob: windows of too many bytes, at most "
			    "%u each", WINDOW_MAX);
			return -1;
		}
		w->left -= s.blen;
		if (area_grow(&w->prefix, w->nprefix + s.blen, e) == -1)
			return -1;
		memcpy(w->prefix.data + w->nprefix, w->base + cursor,
		    (size_t)s.blen);
		cursor += s.blen;
		w->nprefix += s.blen;
		w->nnew += s.olen;
	}
	return area_grow(&w->new, w->nnew, e);
}

/*
 * Expand the frame behind the plan into w->new.  *used: its bytes.  -1: see e.
 */
static int
read_frame(struct window *w, const uint8_t *p, size_t n, size_t *used,
    struct err *e)
{
	unsigned long long	 size;
	size_t			 got;

	if (n < 8 || le32(p) != FRAME_MAGIC || (p[4] & 3) != 0) {
		err_set(e, "blob: no zstd frame behind a plan");
		return -1;
	}
	size = ZSTD_getFrameContentSize(p, n);
	*used = ZSTD_findFrameCompressedSize(p, n);
	if (size == ZSTD_CONTENTSIZE_ERROR || ZSTD_isError(*used) ||
	    (size != ZSTD_CONTENTSIZE_UNKNOWN && size != w->nnew)) {
		err_set(e, "blob: the frame of a window is broken or cut");
		return -1;
	}
	got = ZSTD_DCtx_refPrefix(w->d, w->prefix.data, (size_t)w->nprefix);
	if (!ZSTD_isError(got))
		got = ZSTD_decompressDCtx(w->d, w->new.data, (size_t)w->nnew,
		    p, *used);
	if (ZSTD_isError(got) || got != w->nnew) {
		err_set(e, "blob: a window: %s", ZSTD_isError(got) ?
		    ZSTD_getErrorName(got) : "expands to fewer bytes");
		return -1;
	}
	return 0;
}

static int
put(struct window *w, const uint8_t *data, size_t n, struct err *e)
{
	sha_add(w->sha, data, n);
	w->done += n;
	if (w->out == -1 || file_write_all(w->out, data, n) == 0)
		return 0;
	err_sys(e, "writing the wire form");
	return -1;
}

/* Copy from the base, and let its pages leave memory. */
static int
put_copy(struct window *w, uint64_t n, struct err *e)
{
	size_t	 some;

	for (; n > 0; n -= some) {
		some = n < SLICE ? (size_t)n : SLICE;
		if (put(w, w->base + w->cursor, some, e) == -1)
			return -1;
		spool_rest(w->base, (size_t)w->cursor,
		    (size_t)w->cursor + some);
		w->cursor += some;
	}
	return 0;
}

/* Write the output of a window whose plan was checked. */
static int
put_window(struct window *w, struct err *e)
{
	const uint8_t		*p = w->plan, *end = w->plan + w->nplan;
	const uint8_t		*new = w->new.data;
	struct window_step	 s;
	uint64_t		 at;

	while (p < end && take_step(&p, end, &s) == 0) {
		at = w->cursor;
		if (step_on(w, &s, &at) == -1 || put_copy(w, s.copy, e) == -1 ||
		    put(w, new, (size_t)s.olen, e) == -1)
			return -1;
		w->cursor = at + s.blen;
		new += s.olen;
	}
	return 0;
}

/* Expand the window at the start of p.  Returns its bytes, or 0: see e. */
static size_t
take_window(struct window *w, const uint8_t *p, size_t n, struct err *e)
{
	size_t	 used = 0;

	if (n < WINDOW_HEAD || le32(p) != MAGIC) {
		err_set(e, "blob: no window at %llu of %llu bytes of output",
		    (unsigned long long)w->done, (unsigned long long)w->want);
		return 0;
	}
	w->plan = p + WINDOW_HEAD;
	w->nplan = le32(p + 4);
	if (w->nplan == 0 || w->nplan > WINDOW_PLAN_MAX ||
	    w->nplan > n - WINDOW_HEAD) {
		err_set(e, "blob: a plan of %zu bytes, of which %zu are here",
		    w->nplan, n - WINDOW_HEAD);
		return 0;
	}
	n -= WINDOW_HEAD + w->nplan;
	if (read_plan(w, e) == -1 || (w->nnew > 0 && read_frame(w, w->plan +
	    w->nplan, n, &used, e) == -1) || put_window(w, e) == -1)
		return 0;
	return WINDOW_HEAD + w->nplan + used;
}

static int
expand(struct window *w, const uint8_t *blob, size_t n, uint8_t sha[32],
    struct err *e)
{
	size_t	 used;
	int	 rv;

	if ((w->sha = sha_new(e)) == NULL)
		return -1;
	if ((w->d = ZSTD_createDCtx()) == NULL) {
		err_nomem(e);
		return -1;
	}
	while (n > 0) {
		if ((used = take_window(w, blob, n, e)) == 0)
			return -1;
		blob += used;
		n -= used;
	}
	if (w->done != w->want) {
		err_set(e, "blob: %llu bytes expanded, want %llu",
		    (unsigned long long)w->done, (unsigned long long)w->want);
		return -1;
	}
	rv = sha_end(w->sha, sha, e);
	w->sha = NULL;
	return rv;
}

int
window_expand(const uint8_t *blob, size_t n, const uint8_t *base,
    size_t nbase, uint64_t want, int out, uint8_t sha[32], struct err *e)
{
	struct window	 w;
	int		 rv;

	if (base == NULL || !window_is(blob, n)) {
		if (nbase <= BLOB_BASE_MAX)
			return blob_expand(blob, n, base, nbase, want, out,
			    sha, e);
		err_set(e, "a delta without windows from %zu bytes, at most "
		    "%u", nbase, BLOB_BASE_MAX);
		return -1;
	}
	memset(&w, 0, sizeof(w));
	w.base = base;
	w.nbase = nbase;
	w.want = want;
	w.out = out;
	w.left = WINDOW_PREFIXES(nbase, want);
	rv = expand(&w, blob, n, sha, e);
	sha_end(w.sha, NULL, NULL);
	ZSTD_freeDCtx(w.d);
	free(w.prefix.data);
	free(w.new.data);
	return rv;
}
