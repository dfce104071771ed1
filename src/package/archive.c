/* SPDX-License-Identifier: ISC */
/*
 * A ZIP in memory.  The bodies are collected behind each other, and
 * zip_walk(), which writes packages, puts the headers between them.  Names and
 * bodies are our own.
 */
#include "base/err.h"
#include "package/archive.h"
#include "package/crc.h"
#include "package/zip.h"

#include <string.h>

struct archive_out {
	const struct archive	*a;
	struct buf		*out;
};

int
archive_add(struct archive *a, const char *name, const void *data,
    size_t len, struct err *e)
{
	if (a->bodies.len + len > PKG_SIZE_MAX) {
		err_set(e, "%s: more than %u bytes in all", name,
		    PKG_SIZE_MAX);
		return -1;
	}
	if (list_append(&a->list, name, strlen(name), len,
	    crc_add(0, data, len), a->bodies.len, e) == -1)
		return -1;
	buf_add(&a->bodies, data, len);
	if (buf_ok(&a->bodies))
		return 0;
	err_nomem(e);
	return -1;
}

/* struct zip_sink */
static int
put_header(void *arg, const uint8_t *data, size_t len, struct err *e)
{
	struct archive_out	*o = arg;

	(void)e;
	buf_add(o->out, data, len);
	return 0;
}

static int
put_body(void *arg, const struct pkg_item *it, struct err *e)
{
	struct archive_out	*o = arg;

	(void)e;
	if (it->size > 0)
		buf_add(o->out, o->a->bodies.data + it->at, it->size);
	return 0;
}

int
archive_write(const struct archive *a, struct buf *out, struct err *e)
{
	struct archive_out	 o = { a, out };
	const struct zip_sink	 sink = { put_header, put_body, &o };

	if (list_zip_size(&a->list) > PKG_SIZE_MAX) {
		err_set(e, "more than %u bytes in all", PKG_SIZE_MAX);
		return -1;
	}
	if (zip_walk(&a->list, 0, &sink, e) == -1)
		return -1;
	if (buf_ok(out))
		return 0;
	err_nomem(e);
	return -1;
}

void
archive_free(struct archive *a)
{
	list_free(&a->list);
	buf_free(&a->bodies);
}
