/* SPDX-License-Identifier: ISC */
/*
 * Compresses a wire form to a blob and expands a blob again, with libzstd.
 * Both work in slices of 128 KiB.  A blob may come from any peer: the frame's
 * header is checked first, and expanding stops as soon as it gives more bytes
 * than wanted or makes no progress.  Nothing is proven here: the caller
 * compares the hash of the result with the one that it expects.
 */
#include <stdlib.h>
#include <string.h>

#include <zstd.h>
#include <zstd_errors.h>

#include "base/err.h"
#include "base/file.h"
#include "package/blob.h"
#include "package/hash.h"

#define SLICE		(128 * 1024)
#define MAGIC		0xfd2fb528u
#define BIG		(4u << 20)	/* bytes of a wire form: from here on
					   memory is capped */
#define SHARE		(16u << 20)	/* bytes that one thread compresses */
#define N(a)		(sizeof(a) / sizeof((a)[0]))

uint64_t
blob_max(uint64_t wire_size)
{
	return wire_size + (wire_size >> 14) + 1024;
}

static int
zstd_failed(size_t rc, const char *what, struct err *e)
{
	if (!ZSTD_isError(rc))
		return 0;
	if (ZSTD_getErrorCode(rc) == ZSTD_error_memory_allocation)
		err_nomem(e);
	else
		err_set(e, "%s: %s", what, ZSTD_getErrorName(rc));
	return 1;
}

static int
make_params(ZSTD_CCtx *c, uint64_t n, size_t nbase, int level, struct err *e)
{
	const int	 is_large = level == BLOB_LEVEL && n > BLOB_LARGE;
	const struct {
		ZSTD_cParameter	 p;
		int		 v;
	} set[] = {
		{ ZSTD_c_compressionLevel, level },
		{ ZSTD_c_windowLog, BLOB_WINDOW_LOG },
		{ ZSTD_c_dictIDFlag, 0 },
		/* Mirrors make blobs, too, and may use 64 MiB of memory. */
		{ ZSTD_c_chainLog, is_large ? 16 : 22 },
		{ ZSTD_c_hashLog, is_large ? 17 : 21 },
		/*
		 * Many pages look alike, so the best match is near.  This
		 * strategy takes a seventh of the best level's time and makes
		 * 16 % more bytes from the pages of tests/bench/synth.py.
		 */
		{ ZSTD_c_strategy, ZSTD_btopt },
		{ ZSTD_c_searchLog, 5 },
		{ ZSTD_c_minMatch, 4 },
		{ ZSTD_c_targetLength, 64 },
	};
	size_t	 i, most = is_large ? N(set) : n + nbase > BIG ? 5 : 3;

	for (i = 0; i < most; i++) {
		if (i == 1 && n + nbase <= (1u << BLOB_WINDOW_LOG))
			continue;	/* zstd's own choice fits */
		if (zstd_failed(ZSTD_CCtx_setParameter(c, set[i].p, set[i].v),
		    "zstd", e))
			return -1;
	}
	return zstd_failed(ZSTD_CCtx_setPledgedSrcSize(c, n), "zstd", e) ?
	    -1 : 0;
}

/* A libzstd without threads uses one thread, and takes longer. */
static void
make_shares(ZSTD_CCtx *c, uint64_t n, unsigned threads)
{
	if (threads < 2 || n <= SHARE || ZSTD_isError(ZSTD_CCtx_setParameter(c,
	    ZSTD_c_nbWorkers, (int)threads)))
		return;
	(void)ZSTD_CCtx_setParameter(c, ZSTD_c_jobSize, (int)SHARE);
}

static int
make_slices(ZSTD_CCtx *c, const uint8_t *wire, size_t n, int out,
    blob_tick *tick, void *arg, struct err *e)
{
	ZSTD_inBuffer	 in = { wire, 0, 0 };
	ZSTD_outBuffer	 ob = { NULL, SLICE, 0 };
	size_t		 left;
	int		 rv = -1;

	if ((ob.dst = malloc(SLICE)) == NULL) {
		err_nomem(e);
		return -1;
	}
	do {
		in.size = n - in.pos > SLICE ? in.pos + SLICE : n;
		left = ZSTD_compressStream2(c, &ob, &in,
		    in.size == n ? ZSTD_e_end : ZSTD_e_continue);
		if (zstd_failed(left, "zstd", e))
			goto out;
		if (file_write_all(out, ob.dst, ob.pos) == -1) {
			err_sys(e, "writing a blob");
			goto out;
		}
		ob.pos = 0;
		if (tick != NULL)
			tick(arg, in.pos);
	} while (in.pos < n || left > 0);
	rv = 0;
 out:
	free(ob.dst);
	return rv;
}

int
blob_make(const uint8_t *wire, size_t n, const uint8_t *base, size_t nbase,
    int level, unsigned threads, int out, blob_tick *tick, void *arg,
    struct err *e)
{
	ZSTD_CCtx	*c;
	int		 rv = -1;

	if ((c = ZSTD_createCCtx()) == NULL) {
		err_nomem(e);
		return -1;
	}
	if (make_params(c, n, nbase, level, e) == 0 && (base == NULL ||
	    !zstd_failed(ZSTD_CCtx_refPrefix(c, base, nbase), "zstd", e))) {
		if (base == NULL)
			make_shares(c, n, threads);
		rv = make_slices(c, wire, n, out, tick, arg, e);
	}
	ZSTD_freeCCtx(c);
	return rv;
}

/* Check the frame's header, before anything is expanded. */
static int
frame_ok(const uint8_t *blob, size_t n, uint64_t want, struct err *e)
{
	unsigned long long	 size;

	if (n < 8 || ((uint32_t)blob[0] | (uint32_t)blob[1] << 8 |
	    (uint32_t)blob[2] << 16 | (uint32_t)blob[3] << 24) != MAGIC)
		err_set(e, "blob: no zstd frame");
	else if ((blob[4] & 3) != 0)
		err_set(e, "blob: asks for a dictionary");
	else if ((size = ZSTD_getFrameContentSize(blob, n)) ==
	    ZSTD_CONTENTSIZE_ERROR)
		err_set(e, "blob: zstd frame header is broken");
	else if (size != ZSTD_CONTENTSIZE_UNKNOWN && size != want)
		err_set(e, "blob: expands to %llu bytes, want %llu", size,
		    (unsigned long long)want);
	else
		return 1;
	return 0;
}

int
blob_expand(const uint8_t *blob, size_t n, const uint8_t *base,
    size_t nbase, uint64_t want, int out, uint8_t sha[32], struct err *e)
{
	ZSTD_DCtx	*d = NULL;
	ZSTD_inBuffer	 in = { blob, n, 0 };
	ZSTD_outBuffer	 ob = { NULL, SLICE, 0 };
	struct sha	*s = NULL;
	uint64_t	 done = 0;
	size_t		 left = 1, was;
	int		 rv = -1;

	if (!frame_ok(blob, n, want, e))
		return -1;
	if ((s = sha_new(e)) == NULL)
		goto out;
	if ((ob.dst = malloc(SLICE)) == NULL ||
	    (d = ZSTD_createDCtx()) == NULL) {
		err_nomem(e);
		goto out;
	}
	if (zstd_failed(ZSTD_DCtx_setParameter(d, ZSTD_d_windowLogMax,
	    BLOB_WINDOW_LOG), "zstd", e) || (base != NULL &&
	    zstd_failed(ZSTD_DCtx_refPrefix(d, base, nbase), "zstd", e)))
		goto out;
	while (left != 0) {
		was = in.pos;
		ob.pos = 0;
		left = ZSTD_decompressStream(d, &ob, &in);
		if (zstd_failed(left, "blob", e))
			goto out;
		if (done + ob.pos > want || (left != 0 && ob.pos == 0 &&
		    in.pos == was)) {
			err_set(e, done + ob.pos > want ?
			    "blob: expands to more than %llu bytes" :
			    "blob: cut short, want %llu bytes",
			    (unsigned long long)want);
			goto out;
		}
		sha_add(s, ob.dst, ob.pos);
		if (out != -1 && file_write_all(out, ob.dst, ob.pos) == -1) {
			err_sys(e, "writing the wire form");
			goto out;
		}
		done += ob.pos;
	}
	if (done != want || in.pos != n) {
		err_set(e, "blob: %llu bytes expanded, want %llu; %zu bytes "
		    "behind the frame", (unsigned long long)done,
		    (unsigned long long)want, n - in.pos);
		goto out;
	}
	rv = sha_end(s, sha, e);
	s = NULL;
 out:
	sha_end(s, NULL, NULL);
	ZSTD_freeDCtx(d);
	free(ob.dst);
	return rv;
}
