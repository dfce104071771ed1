#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "package/hash.h"
#include "package/list.h"
#include "package/sign.h"
#include "package/spool.h"
#include "package/wire.h"
#include "package/writer.h"
#include "package/zip.h"

#define CHUNK	16384

struct pkg_writer {
	struct pkg_list	 list;
	uint64_t	 used;		/* bytes in the spool */
	int		 spool;
	int		 sealed;
	char		*near;		/* owned */
};

/* Where a walk's bytes go: some of these. */
struct drain {
	int		 from, to;	/* spool; output or -1 */
	struct sha	*core, *wire;	/* NULL: not wanted */
	size_t		 used;		/* bytes of out not yet written */
	uint8_t		 out[CHUNK];
};

static int	 drain_flush(struct drain *, struct err *);
static int	 drain_header(void *, const uint8_t *, size_t, struct err *);
static int	 drain_body(void *, const struct pkg_item *, struct err *);

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
	free(w->near);
	free(w);
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
	if (file_write_all(w->spool, data, n) == -1) {
		err_sys(e, "%s: temporary file", w->near);
		return -1;
	}
	w->used += n;
	return 0;
}

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
		if (d->wire != NULL)
			sha_add(d->wire, chunk, n);
		if (drain_header(d, chunk, n, e) == -1)
			return -1;
	}
	return 0;
}

int
pkg_seal(struct pkg_writer *w, struct head *h, struct err *e)
{
	struct drain	 d = { .from = w->spool, .to = -1 };
	struct zip_sink	 sink = { drain_header, drain_body, &d };
	struct buf	 lines = BUF_INIT;
	int		 rv = -1;

	w->sealed = 1;
	list_sort(&w->list);
	if (list_check(&w->list, e) == -1)
		return -1;
	wire_lines(&w->list, &lines);
	if (!buf_ok(&lines)) {
		err_nomem(e);
		goto out;
	}
	if ((d.core = sha_new(e)) == NULL || (d.wire = sha_new(e)) == NULL)
		goto out;
	sha_add(d.wire, lines.data, lines.len);
	if (zip_walk(&w->list, 0, &sink, e) == -1)
		goto out;
	h->core_size = list_zip_size(&w->list);
	h->wire_size = lines.len + w->used;
	rv = sha_end(d.core, h->core, e);
	d.core = NULL;
	if (rv == 0)
		rv = sha_end(d.wire, h->wire, e);
	else
		sha_end(d.wire, NULL, NULL);
	d.wire = NULL;
 out:
	sha_end(d.core, NULL, NULL);
	sha_end(d.wire, NULL, NULL);
	buf_free(&lines);
	return rv;
}

int
pkg_write(struct pkg_writer *w, int fd, const struct head *h,
    const struct sign_key *key, struct err *e)
{
	struct drain	 d = { .from = w->spool, .to = fd };
	struct zip_sink	 sink = { drain_header, drain_body, &d };
	struct buf	 head = BUF_INIT;
	int		 rv = -1;

	if (!w->sealed) {
		err_cannot(e, "%s: not sealed", w->near);
		return -1;
	}
	head_write(h, &head);
	if (key != NULL && sign_head(key, &head, e) == -1)
		goto out;
	if (!buf_ok(&head)) {
		err_nomem(e);
		goto out;
	}
	if (head.len > HEAD_MAX) {
		err_set(e, "head: %zu bytes, at most %d", head.len, HEAD_MAX);
		goto out;
	}
	if (lseek(fd, 0, SEEK_SET) == -1) {
		err_sys(e, "writing the package");
		goto out;
	}
	if (zip_walk(&w->list, head.len, &sink, e) == -1 ||
	    drain_header(&d, (uint8_t *)head.data, head.len, e) == -1 ||
	    drain_flush(&d, e) == -1)
		goto out;
	rv = 0;
 out:
	buf_free(&head);
	return rv;
}
