/* SPDX-License-Identifier: ISC */
/*
 * Writes a package: entries are collected in a temporary file and a list,
 * then hashed, then written as one ZIP with the head as its comment.  Small
 * bodies wait in memory and are written together.  The caller gives paths,
 * bodies and the head's other lines; list_add() refuses unsafe paths,
 * list_check() a path that was added twice.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "package/crc.h"
#include "package/hash.h"
#include "package/list.h"
#include "package/pack.h"
#include "package/sign.h"
#include "package/spool.h"
#include "package/writer.h"

#define SPOOL_CHUNK	(256u << 10)	/* bytes written at a time */

struct pkg_writer {
	struct pkg_list	 list;
	struct buf	 chunk;		/* not yet in the spool */
	uint64_t	 used;		/* bytes in the spool */
	int		 spool;
	int		 sealed;
	char		*near;		/* owned */
};

struct pkg_writer *
pkg_writer_new(const char *near, struct err *e)
{
	struct pkg_writer	*w;

	if ((w = calloc(1, sizeof(*w))) == NULL ||
	    (w->near = strdup(near)) == NULL) {
		free(w);
		err_nomem(e);
		return NULL;
	}
	if ((w->spool = spool_open(near, e)) == -1) {
		pkg_writer_free(w);
		return NULL;
	}
	return w;
}

void
pkg_writer_free(struct pkg_writer *w)
{
	if (w == NULL)
		return;
	if (w->spool != -1)
		close(w->spool);
	list_free(&w->list);
	buf_free(&w->chunk);
	free(w->near);
	free(w);
}

int
pkg_writer_aside(const struct pkg_writer *w, struct err *e)
{
	return spool_open(w->near, e);
}

static int
spool(struct pkg_writer *w, const void *data, size_t n, struct err *e)
{
	if (file_write_all(w->spool, data, n) == 0)
		return 0;
	err_sys(e, "%s: temporary file", w->near);
	return -1;
}

/* Write the bodies that wait in memory to the spool. */
static int
flush(struct pkg_writer *w, struct err *e)
{
	if (spool(w, w->chunk.data, w->chunk.len, e) == -1)
		return -1;
	buf_reset(&w->chunk);
	return 0;
}

int
pkg_add(struct pkg_writer *w, const char *path, const void *data, size_t n,
    struct err *e)
{
	if (w->sealed) {
		err_cannot(e, "%s: the package is sealed", path);
		return -1;
	}
	if (w->used + n > PKG_SIZE_MAX) {
		err_set(e, "%s: more than %u bytes in all", path,
		    PKG_SIZE_MAX);
		return -1;
	}
	if (list_add(&w->list, path, strlen(path), n, crc_add(0, data, n),
	    w->used, e) == -1)
		return -1;
	w->used += n;
	if (w->chunk.len + n >= SPOOL_CHUNK && flush(w, e) == -1)
		return -1;
	if (n >= SPOOL_CHUNK)
		return spool(w, data, n, e);
	buf_add(&w->chunk, data, n);
	if (!buf_ok(&w->chunk)) {
		err_nomem(e);
		return -1;
	}
	return 0;
}

int
pkg_seal(struct pkg_writer *w, struct head *h, struct err *e)
{
	struct buf	 lines = BUF_INIT;
	struct sha	*core = NULL, *wire = NULL;
	int		 rv = -1;

	w->sealed = 1;
	if (flush(w, e) == -1)
		return -1;
	list_sort(&w->list);
	if (list_check(&w->list, e) == -1)
		return -1;
	list_lines(&w->list, &lines);
	if (!buf_ok(&lines)) {
		err_nomem(e);
		goto out;
	}
	if ((core = sha_new(e)) == NULL || (wire = sha_new(e)) == NULL)
		goto out;
	sha_add(wire, lines.data, lines.len);
	if (pack_hash(&w->list, w->spool, core, wire, e) == -1)
		goto out;
	h->core_size = list_zip_size(&w->list);
	h->wire_size = lines.len + w->used;
	rv = sha_end(core, h->core, e);
	core = NULL;
	if (rv == 0) {
		rv = sha_end(wire, h->wire, e);
		wire = NULL;
	}
 out:
	sha_end(core, NULL, NULL);
	sha_end(wire, NULL, NULL);
	buf_free(&lines);
	return rv;
}

int
pkg_write(struct pkg_writer *w, int fd, const struct head *h,
    const struct sign_key *key, struct err *e)
{
	struct buf	 head = BUF_INIT;
	int		 rv = -1;

	if (!w->sealed) {
		err_cannot(e, "%s: not sealed", w->near);
		return -1;
	}
	head_write(h, &head);
	if (key != NULL && sign_head(key, &head, e) == -1)
		;
	else if (!buf_ok(&head))
		err_nomem(e);
	else if (head.len > HEAD_MAX)
		err_set(e, "head: %zu bytes, at most %d", head.len, HEAD_MAX);
	else
		rv = pack_write(&w->list, w->spool, fd, head.data, head.len,
		    e);
	buf_free(&head);
	return rv;
}
