/* SPDX-License-Identifier: ISC */
/*
 * Writes the wire form of an open package, and makes the same file again from a
 * wire form and the head that was received.  The bytes come from a stranger:
 * sizes and hashes are compared with the head, whose signature the caller
 * checks.
 */
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/num.h"
#include "package/crc.h"
#include "package/hash.h"
#include "package/head.h"
#include "package/list.h"
#include "package/own.h"
#include "package/pack.h"
#include "package/reader.h"
#include "package/spool.h"
#include "package/window.h"
#include "package/wire.h"

#define STRIDE	(4u << 20)	/* bytes read before their pages may leave
				   memory */

int
pkg_to_wire(const struct pkg *p, int fd, struct err *e)
{
	struct pkg_entry it;
	struct buf	 b = BUF_INIT;
	size_t		 i, n = pkg_count(p), since = 0;
	int		 rv = -1;

	for (i = 0; i < n; i++) {
		pkg_at(p, i, &it);
		list_line(&b, it.path, strlen(it.path), it.size);
	}
	buf_ch(&b, '\n');
	if (!buf_ok(&b)) {
		err_nomem(e);
		goto out;
	}
	if (file_write_all(fd, b.data, b.len) == -1)
		goto sys;
	for (i = 0; i < n; i++) {
		pkg_at(p, i, &it);
		if (file_write_all(fd, it.data, it.size) == -1)
			goto sys;
		if ((since += it.size) < STRIDE)
			continue;
		pkg_rest(p);
		since = 0;
	}
	rv = 0;
	goto out;
 sys:
	err_sys(e, "writing the wire form");
 out:
	buf_free(&b);
	return rv;
}

static int
line_parse(const char *s, size_t len, struct pkg_list *l, struct err *e)
{
	const char	*blank;
	uint64_t	 size;

	if ((blank = memchr(s, ' ', len)) == NULL ||
	    num_parse(blank + 1, len - (size_t)(blank + 1 - s),
	    &size) == -1) {
		err_set(e, "wire form: line %zu: want `path size'", l->n + 1);
		return -1;
	}
	return list_add(l, s, (size_t)(blank - s), size, 0, 0, e);
}

int
wire_parse(const uint8_t *data, size_t size, struct pkg_list *l,
    struct err *e)
{
	const char	*s = (const char *)data, *end = s + size, *lf;
	uint64_t	 at;
	size_t		 i, room;

	for (;;) {
		room = (size_t)(end - s);
		if (room > LIST_LINE_MAX + 1)
			room = LIST_LINE_MAX + 1;
		if (room == 0 || (lf = memchr(s, '\n', room)) == NULL) {
			err_set(e, "wire form: line %zu: no end within %d "
			    "bytes", l->n + 1, LIST_LINE_MAX);
			return -1;
		}
		if (lf == s)
			break;
		if (line_parse(s, (size_t)(lf - s), l, e) == -1)
			return -1;
		s = lf + 1;
	}
	if (list_check(l, e) == -1)
		return -1;
	at = (uint64_t)(lf + 1 - (const char *)data);
	if (at + list_body_size(l) != size) {
		err_set(e, "wire form: %zu bytes, its lines say %llu", size,
		    (unsigned long long)(at + list_body_size(l)));
		return -1;
	}
	for (i = 0; i < l->n; i++) {
		l->v[i].at = at;
		at += l->v[i].size;
	}
	return 0;
}

/* Compute size and hash of the core that a list and its bodies make. */
static int
core_of(const struct pkg_list *l, int wire, struct head *h, struct err *e)
{
	struct sha	*s;

	if ((s = sha_new(e)) == NULL)
		return -1;
	if (pack_hash(l, wire, s, NULL, e) == -1) {
		sha_end(s, NULL, NULL);
		return -1;
	}
	h->core_size = list_zip_size(l);
	return sha_end(s, h->core, e);
}

static int
same_core(const struct pkg_list *l, int wire, const struct head *h,
    struct err *e)
{
	struct head	 made;

	if (core_of(l, wire, &made, e) == -1)
		return -1;
	if (made.core_size != h->core_size ||
	    memcmp(made.core, h->core, SHA_LEN) != 0) {
		err_set(e, "the package is not the one in the head");
		return -1;
	}
	return 0;
}

/*
 * The list of a wire form mapped by spool_map(), with the CRCs that the ZIP
 * needs.
 */
static int
parse_with_crc(const uint8_t *data, size_t size, struct pkg_list *l,
    struct err *e)
{
	size_t		 i, rested = 0, at;

	if (wire_parse(data, size, l, e) == -1)
		return -1;
	for (i = 0; i < l->n; i++) {
		at = (size_t)l->v[i].at;
		l->v[i].crc = crc_add(0, data + at, l->v[i].size);
		if (at - rested < STRIDE)
			continue;
		spool_rest(data, rested, at);
		rested = at;
	}
	return 0;
}

int
pkg_from_wire(int wire, const char *comment, size_t len, int out,
    struct err *e)
{
	struct pkg_list	 l = { .n = 0 };
	struct head	 h;
	const uint8_t	*data;
	uint8_t		 sha[SHA_LEN];
	size_t		 size;
	int		 rv = -1;

	if (head_parse(comment, len, &h, e) == -1 ||
	    spool_map(wire, &data, &size, e) == -1)
		return -1;
	if (sha_file(wire, sha, e) == -1)
		goto out;
	if (size != h.wire_size || memcmp(sha, h.wire, SHA_LEN) != 0) {
		err_set(e, "the wire form is not the one in the head");
		goto out;
	}
	if (parse_with_crc(data, size, &l, e) == 0 &&
	    same_core(&l, wire, &h, e) == 0)
		rv = pack_write(&l, wire, out, comment, len, e);
 out:
	list_free(&l);
	spool_unmap(data, size);
	return rv;
}

/* Map the wire form that is a delta's base, from *fd. */
static int
base_wire(const struct pkg *base, const char *near, int *fd,
    const uint8_t **data, size_t *n, struct err *e)
{
	if ((*fd = spool_open(near, e)) == -1 ||
	    pkg_to_wire(base, *fd, e) == -1)
		return -1;
	return spool_map(*fd, data, n, e);
}

int
pkg_from_blob(int blob, const struct pkg *base, const char *comment,
    size_t len, const char *near, int out, struct err *e)
{
	struct head	 h;
	struct own	 b = OWN_INIT;
	const uint8_t	*prefix = NULL;
	uint8_t		 sha[SHA_LEN];
	size_t		 nprefix = 0;
	int		 wire = -1, old = -1, rv = -1;

	if (head_parse(comment, len, &h, e) == -1)
		return -1;
	if (own_copy(&b, blob, near, e) == -1 ||
	    (wire = spool_open(near, e)) == -1 || (base != NULL &&
	    base_wire(base, near, &old, &prefix, &nprefix, e) == -1))
		goto out;
	if (window_expand(b.data, b.size, prefix, nprefix, h.wire_size, wire,
	    sha, e) == 0)
		rv = pkg_from_wire(wire, comment, len, out, e);
 out:
	own_free(&b);
	spool_unmap(prefix, nprefix);
	if (wire != -1)
		close(wire);
	if (old != -1)
		close(old);
	return rv;
}

/* The same from a wire form. */
static int
core_of_wire(int wire, struct head *h, struct err *e)
{
	struct pkg_list	 l = { .n = 0 };
	const uint8_t	*data;
	size_t		 size;
	int		 rv = -1;

	if (spool_map(wire, &data, &size, e) == -1)
		return -1;
	if (parse_with_crc(data, size, &l, e) == 0)
		rv = core_of(&l, wire, h, e);
	list_free(&l);
	spool_unmap(data, size);
	return rv;
}

int
pkg_derive(const uint8_t *blob, size_t n, const struct pkg *base,
    const char *near, struct head *h, struct err *e)
{
	const uint8_t	*prefix = NULL;
	size_t		 nprefix = 0;
	int		 wire = -1, old = -1, rv = -1;

	if (base_wire(base, near, &old, &prefix, &nprefix, e) == 0 &&
	    (wire = spool_open(near, e)) != -1 &&
	    window_expand(blob, n, prefix, nprefix, h->wire_size, wire,
	    h->wire, e) == 0)
		rv = core_of_wire(wire, h, e);
	spool_unmap(prefix, nprefix);
	if (wire != -1)
		close(wire);
	if (old != -1)
		close(old);
	return rv;
}
