/* SPDX-License-Identifier: ISC */
/*
 * A zstd frame is written and read in pieces, see bundle.h.  What the heads of
 * several letters have in common (dates, keys) takes a few bytes; signatures
 * and deltas do not get smaller.  The frame that is read is a stranger's: its
 * window is bounded, it may name no dictionary, and the limit of the caller's
 * buffer bounds what it expands to.
 */
#include <stdlib.h>

#include <zstd.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/blob.h"
#include "package/bundle.h"

#define ROOM		(16u << 10)
#define LEVEL		3
#define WINDOW_LOG	17		/* 128 KB: a reader keeps so much */

struct bundle {
	ZSTD_CCtx	*c;
};

struct unbundle {
	ZSTD_DCtx	*d;
};

struct bundle *
bundle_new(void)
{
	struct bundle	*b;

	if ((b = calloc(1, sizeof(*b))) == NULL)
		return NULL;
	if ((b->c = ZSTD_createCCtx()) == NULL ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(b->c,
	    ZSTD_c_compressionLevel, LEVEL)) ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(b->c, ZSTD_c_windowLog,
	    WINDOW_LOG))) {
		bundle_free(b);
		return NULL;
	}
	return b;
}

static int
step(struct bundle *b, ZSTD_inBuffer *in, ZSTD_EndDirective how,
    struct buf *out)
{
	ZSTD_outBuffer	 ob;
	size_t		 left;

	do {
		if ((ob.dst = buf_room(out, ROOM)) == NULL)
			return -1;
		ob.size = ROOM;
		ob.pos = 0;
		left = ZSTD_compressStream2(b->c, &ob, in, how);
		if (ZSTD_isError(left))
			return -1;
		out->len += ob.pos;
		out->data[out->len] = '\0';
	} while (in->pos < in->size || (how != ZSTD_e_continue && left > 0));
	return 0;
}

int
bundle_add(struct bundle *b, const void *data, size_t n, int flush,
    struct buf *out)
{
	ZSTD_inBuffer	 in = { data, n, 0 };

	return step(b, &in, flush ? ZSTD_e_flush : ZSTD_e_continue, out);
}

int
bundle_end(struct bundle *b, struct buf *out)
{
	ZSTD_inBuffer	 in = { NULL, 0, 0 };

	return step(b, &in, ZSTD_e_end, out);
}

void
bundle_free(struct bundle *b)
{
	if (b == NULL)
		return;
	ZSTD_freeCCtx(b->c);
	free(b);
}

struct unbundle *
unbundle_new(struct err *e)
{
	struct unbundle	*u;

	if ((u = calloc(1, sizeof(*u))) == NULL ||
	    (u->d = ZSTD_createDCtx()) == NULL ||
	    ZSTD_isError(ZSTD_DCtx_setParameter(u->d, ZSTD_d_windowLogMax,
	    BLOB_WINDOW_LOG))) {
		unbundle_free(u);
		err_nomem(e);
		return NULL;
	}
	return u;
}

int
unbundle_add(struct unbundle *u, const void *data, size_t n, size_t *used,
    struct buf *out, struct err *e)
{
	ZSTD_inBuffer	 in = { data, n, 0 };
	ZSTD_outBuffer	 ob;
	size_t		 left = 1;

	do {
		if ((ob.dst = buf_room(out, ROOM)) == NULL) {
			err_set(e, "bundle: more than fits, or no memory");
			return -1;
		}
		ob.size = ROOM;
		ob.pos = 0;
		left = ZSTD_decompressStream(u->d, &ob, &in);
		if (ZSTD_isError(left)) {
			err_set(e, "bundle: %s", ZSTD_getErrorName(left));
			return -1;
		}
		out->len += ob.pos;
		out->data[out->len] = '\0';
	} while (left != 0 && (in.pos < in.size || ob.pos == ob.size));
	*used = in.pos;
	return left == 0;
}

void
unbundle_free(struct unbundle *u)
{
	if (u == NULL)
		return;
	ZSTD_freeDCtx(u->d);
	free(u);
}
