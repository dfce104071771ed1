/* SPDX-License-Identifier: ISC */
/*
 * Makes the headers of a package's ZIP and reads its central directory.
 * Writer and reader use the same walk, so that a file is valid only when each
 * of its header bytes is the one that the writer would make.  zip_scan()
 * reads files of any peer: it trusts no offset or length before checking it,
 * and names are checked by list_add().
 */
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "package/list.h"
#include "package/zip.h"

#define SIG_LOCAL	0x04034b50u
#define SIG_CENTRAL	0x02014b50u
#define SIG_END		0x06054b50u
#define MADE_BY		0x0314		/* Unix, version 2.0 */
#define NEEDED		10		/* version 1.0 */
#define DOS_DATE	0x0021		/* 1980-01-01 */
#define MODE		0100644u

static uint8_t *
put16(uint8_t *p, unsigned v)
{
	*p++ = (uint8_t)v;
	*p++ = (uint8_t)(v >> 8);
	return p;
}

static uint8_t *
put32(uint8_t *p, uint32_t v)
{
	return put16(put16(p, v & 0xffff), v >> 16);
}

static unsigned
get16(const uint8_t *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

static uint32_t
get32(const uint8_t *p)
{
	return get16(p) | (uint32_t)get16(p + 2) << 16;
}

/*
 * Write the fields that local and central header have in common, from `version
 * needed' on.
 */
static uint8_t *
put_common(uint8_t *p, const struct pkg_item *it)
{
	p = put16(p, NEEDED);
	p = put16(p, 0);		/* flags */
	p = put16(p, 0);		/* method: stored */
	p = put16(p, 0);		/* time */
	p = put16(p, DOS_DATE);
	p = put32(p, it->crc);
	p = put32(p, it->size);		/* packed */
	p = put32(p, it->size);
	p = put16(p, it->len);
	return put16(p, 0);		/* extra field */
}

static size_t
local(uint8_t *out, const struct pkg_list *l, size_t i)
{
	uint8_t	*p;

	p = put_common(put32(out, SIG_LOCAL), &l->v[i]);
	memcpy(p, list_path(l, i), l->v[i].len);
	return (size_t)(p - out) + l->v[i].len;
}

static size_t
central(uint8_t *out, const struct pkg_list *l, size_t i, uint32_t at)
{
	uint8_t	*p;

	p = put16(put32(out, SIG_CENTRAL), MADE_BY);
	p = put_common(p, &l->v[i]);
	p = put16(p, 0);		/* comment */
	p = put16(p, 0);		/* disk */
	p = put16(p, 0);		/* internal attributes */
	p = put32(p, MODE << 16);
	p = put32(p, at);
	memcpy(p, list_path(l, i), l->v[i].len);
	return (size_t)(p - out) + l->v[i].len;
}

int
zip_walk(const struct pkg_list *l, size_t comment_len,
    const struct zip_sink *s, struct err *e)
{
	uint8_t	 h[ZIP_CENTRAL + LIST_NAME_ROOM], *p;
	uint32_t at = 0, start;
	size_t	 i, n;

	for (i = 0; i < l->n; i++) {
		n = local(h, l, i);
		if (s->header(s->arg, h, n, e) == -1 ||
		    s->body(s->arg, &l->v[i], e) == -1)
			return -1;
		at += (uint32_t)n + l->v[i].size;
	}
	start = at;
	for (i = 0, at = 0; i < l->n; i++) {
		n = central(h, l, i, at);
		if (s->header(s->arg, h, n, e) == -1)
			return -1;
		at += ZIP_LOCAL + l->v[i].len + l->v[i].size;
	}
	n = (size_t)list_zip_size(l) - ZIP_END - start;
	p = put32(h, SIG_END);
	p = put16(p, 0);		/* this disk */
	p = put16(p, 0);		/* disk of the directory */
	p = put16(p, (unsigned)l->n);
	p = put16(p, (unsigned)l->n);
	p = put32(p, (uint32_t)n);
	p = put32(p, start);
	p = put16(p, (unsigned)comment_len);
	return s->header(s->arg, h, (size_t)(p - h), e);
}

/*
 * The end record is the last one whose comment reaches exactly to the end
 * of the file.  A second one cannot hide in a comment: heads are printable.
 */
int
zip_comment(const uint8_t *d, size_t size, size_t *at, struct err *e)
{
	size_t	 n;

	for (n = 0; n <= HEAD_MAX && n + ZIP_END <= size; n++) {
		const uint8_t *p = d + size - n - ZIP_END;

		if (get32(p) == SIG_END && get16(p + 20) == n) {
			*at = size - n;
			return 0;
		}
	}
	err_set(e, "no package: no end record of a ZIP with a head");
	return -1;
}

int
zip_scan(const uint8_t *d, size_t size, struct pkg_list *l, size_t *comment,
    struct err *e)
{
	const uint8_t	*end, *p;
	uint64_t	 body = 0;
	size_t		 i, n, len;

	if (zip_comment(d, size, comment, e) == -1)
		return -1;
	end = d + *comment - ZIP_END;
	n = get16(end + 10);
	if (get32(end + 16) > (size_t)(end - d)) {
		err_set(e, "no directory where the end record says");
		return -1;
	}
	p = d + get32(end + 16);
	for (i = 0; i < n; i++) {
		if (end - p < ZIP_CENTRAL || get32(p) != SIG_CENTRAL ||
		    (size_t)(end - p) < ZIP_CENTRAL + (len = get16(p + 28))) {
			err_set(e, "directory entry %zu of %zu: cut short",
			    i + 1, n);
			return -1;
		}
		body += ZIP_LOCAL + len;
		if (list_add(l, (const char *)p + ZIP_CENTRAL, len,
		    get32(p + 24), get32(p + 16), body, e) == -1)
			return -1;
		body += get32(p + 24);
		p += ZIP_CENTRAL + len;
	}
	if (list_check(l, e) == -1)
		return -1;
	if (list_zip_size(l) != *comment) {
		err_set(e, "the entries make %llu bytes, the file has %zu "
		    "before the head",
		    (unsigned long long)list_zip_size(l), *comment);
		return -1;
	}
	return 0;
}
