/* SPDX-License-Identifier: ISC */
/*
 * Letters, see letter.h.  They are made from a package and the folder of
 * blobs beside it, by the same code that answers mirrors.
 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "package/index.h"
#include "package/letter.h"
#include "package/reader.h"
#include "package/store.h"

int
letter_edition(const char *file, struct buf *b, struct err *e)
{
	struct edition	 ed;
	struct pkg	*p;
	int		 fd;

	if ((fd = file_open(file, e)) == -1)
		return -1;
	if ((p = pkg_open(fd, file, NULL, 0, e)) == NULL)
		return -1;
	ed.serial = pkg_head(p)->serial;
	memcpy(ed.core, pkg_head(p)->core, SHORT_LEN);
	edition_write(&ed, b);
	pkg_close(p);
	if (buf_ok(b))
		return 0;
	err_nomem(e);
	return -1;
}

int
letter_make(struct letter *l, const char *file, const char *from,
    enum letter_as form, struct err *e)
{
	struct pkg	*p = NULL;
	struct store	*st = NULL;
	const uint8_t	*data;
	size_t		 n = 0;
	int		 fd, rv = -1;

	memset(l, 0, sizeof(*l));
	if ((fd = file_open(file, e)) == -1 ||
	    (p = pkg_open(fd, file, NULL, 0, e)) == NULL)
		goto out;
	l->head = *pkg_head(p);
	if (!l->head.is_signed) {
		err_set(e, "%s: is not signed, and a letter proves itself by "
		    "the signature", file);
		goto out;
	}
	if ((st = store_open(file, p, e)) == NULL)
		goto out;
	n = strlen(from);
	rv = form == LETTER_TEXT ? store_up(st, from, n, &l->bytes, &data,
	    &n) : store_compact(st, from, n, form == LETTER_FILE, &l->bytes,
	    &data, &n);
	if (rv == -1) {
		err_nomem(e);
		goto out;
	}
	l->blob = n;
	buf_add(&l->bytes, data, n);
	if (!buf_ok(&l->bytes)) {
		err_nomem(e);
		rv = -1;
	}
 out:
	store_close(st);
	pkg_close(p);
	return rv;
}

void
letter_free(struct letter *l)
{
	buf_free(&l->bytes);
}

size_t
letter_bases(const char *gpub, struct edition *out, size_t n)
{
	struct index	*x = NULL;
	struct edition	 ed;
	struct buf	 b = BUF_INIT;
	char		*dir = NULL;
	size_t		 i, got = 0;

	if (letter_edition(gpub, &b, NULL) == -1 ||
	    edition_parse(b.data, b.len, &ed) == -1 ||
	    (dir = storeix_dir(gpub)) == NULL ||
	    (x = malloc(sizeof(*x))) == NULL ||
	    storeix_load(dir, &ed, x, NULL) != 1)
		goto out;
	for (i = 0; i < x->n && got < n; i++)
		if (x->from[i].delta.size != 0)
			out[got++] = x->from[i].ed;
 out:
	free(x);
	free(dir);
	buf_free(&b);
	return got;
}
