/* SPDX-License-Identifier: ISC */
/*
 * Computes the core hash of a package and writes the package, from one walk
 * over its ZIP layout.  zip_walk() gives the headers; the bodies are read in
 * chunks from a temporary file at the offsets in the list.  Both go to the
 * hashes or to the output.  The caller has checked the list.
 */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "package/hash.h"
#include "package/list.h"
#include "package/pack.h"
#include "package/zip.h"

#define CHUNK	65536

/* Where the bytes of a walk go: to some of these. */
struct drain {
	int		 from, to;	/* bodies; output or -1 */
	struct sha	*core, *bodies;	/* NULL: not wanted */
	size_t		 used;		/* bytes of out not yet written */
	uint8_t		 out[CHUNK];
};

static int
drain_flush(struct drain *d, struct err *e)
{
	if (file_write_all(d->to, d->out, d->used) == -1) {
		err_sys(e, "writing the package");
		return -1;
	}
	d->used = 0;
	return 0;
}

static int
drain_header(void *arg, const uint8_t *data, size_t n, struct err *e)
{
	struct drain	*d = arg;

	if (d->core != NULL)
		sha_add(d->core, data, n);
	if (d->to == -1)
		return 0;
	if (d->used + n > CHUNK && drain_flush(d, e) == -1)
		return -1;
	memcpy(d->out + d->used, data, n);	/* n is never above CHUNK */
	d->used += n;
	return 0;
}

static int
drain_body(void *arg, const struct pkg_item *it, struct err *e)
{
	struct drain	*d = arg;
	uint8_t		 chunk[CHUNK];
	uint64_t	 at = it->at, end = it->at + it->size;
	size_t		 n;

	for (; at < end; at += n) {
		n = end - at < CHUNK ? (size_t)(end - at) : CHUNK;
		if (file_pread_all(d->from, chunk, n, (off_t)at) == -1) {
			err_sys(e, "reading the temporary file");
			return -1;
		}
		if (d->bodies != NULL)
			sha_add(d->bodies, chunk, n);
		if (drain_header(d, chunk, n, e) == -1)
			return -1;
	}
	return 0;
}

int
pack_hash(const struct pkg_list *l, int from, struct sha *core,
    struct sha *bodies, struct err *e)
{
	struct drain	 d = { .from = from, .to = -1, .core = core,
			    .bodies = bodies };
	struct zip_sink	 sink = { drain_header, drain_body, &d };

	return zip_walk(l, 0, &sink, e);
}

int
pack_write(const struct pkg_list *l, int from, int to, const char *comment,
    size_t len, struct err *e)
{
	struct drain	 d = { .from = from, .to = to };
	struct zip_sink	 sink = { drain_header, drain_body, &d };

	if (lseek(to, 0, SEEK_SET) == -1) {
		err_sys(e, "writing the package");
		return -1;
	}
	if (zip_walk(l, len, &sink, e) == -1 ||
	    drain_header(&d, (const uint8_t *)comment, len, e) == -1)
		return -1;
	return drain_flush(&d, e);
}
