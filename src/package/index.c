/* SPDX-License-Identifier: ISC */
/*
 * Reads and writes the index of an edition in a store, and makes the paths of
 * the store's files.  The parser takes each line by its place in the file and
 * each field by its place in the line.  apeng wrote the files, but they may
 * be damaged: an index that does not parse, or that is of another edition,
 * counts as missing.  When an index is read, neither it nor its folder may be
 * a link.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "base/num.h"
#include "package/hash.h"
#include "package/head.h"
#include "package/index.h"

#define INDEX_MAX	32768		/* bytes of an index file */
#define FIELDS		8

struct field {
	const char	*s;
	size_t		 len;
};

/* Split a line at single blanks.  How many fields; 0: there are too many. */
static size_t
split(const char *s, size_t len, struct field f[FIELDS])
{
	const char	*end = s + len, *blank;
	size_t		 n = 0;

	for (;;) {
		if (n == FIELDS)
			return 0;
		blank = s < end ? memchr(s, ' ', (size_t)(end - s)) : NULL;
		f[n].s = s;
		f[n++].len = (size_t)((blank == NULL ? end : blank) - s);
		if (blank == NULL)
			return n;
		s = blank + 1;
	}
}

static int
is(const struct field *f, const char *word)
{
	return f->len == strlen(word) && memcmp(f->s, word, f->len) == 0;
}

/* Two fields: SHA256 and BYTES; or `- 0' where a blob may be missing. */
static int
file_of(const struct field *f, int may, struct index_file *out)
{
	if (may && is(&f[0], "-") && is(&f[1], "0"))
		return 0;
	if (f[0].len != SHA_HEX || hex_parse(f[0].s, SHA_LEN, out->sha) == -1
	    || num_parse(f[1].s, f[1].len, &out->size) == -1 ||
	    out->size == 0)
		return -1;
	return 0;
}

static int
same(const struct edition *a, const struct edition *b)
{
	return a->serial == b->serial &&
	    memcmp(a->core, b->core, SHORT_LEN) == 0;
}

/* Parse line i of the file. */
static int
line(struct index *x, size_t i, const struct field *f, size_t n)
{
	struct index_from	*from;

	switch (i) {
	case 0:
		return n == 2 && is(&f[0], "apeng-store") &&
		    is(&f[1], "1") ? 0 : -1;
	case 1:
		return n == 2 && is(&f[0], "edition") ?
		    edition_parse(f[1].s, f[1].len, &x->ed) : -1;
	case 2:
		return n == 3 && is(&f[0], "wire") ?
		    file_of(&f[1], 0, &x->wire) : -1;
	case 3:
		return n == 3 && is(&f[0], "full") ?
		    file_of(&f[1], 0, &x->full) : -1;
	}
	if (x->n == STORE_EDITIONS || n != 8 || !is(&f[0], "from"))
		return -1;
	from = &x->from[x->n++];
	return edition_parse(f[1].s, f[1].len, &from->ed) == -1 ||
	    file_of(&f[2], 0, &from->wire) == -1 ||
	    file_of(&f[4], 1, &from->full) == -1 ||
	    file_of(&f[6], 1, &from->delta) == -1 ? -1 : 0;
}

int
storeix_parse(const char *s, size_t len, struct index *x, struct err *e)
{
	struct field	 f[FIELDS];
	const char	*end = s + len, *lf;
	size_t		 i, n;

	memset(x, 0, sizeof(*x));
	for (i = 0; s < end; i++, s = lf + 1) {
		if ((lf = memchr(s, '\n', (size_t)(end - s))) == NULL ||
		    (n = split(s, (size_t)(lf - s), f)) == 0 ||
		    line(x, i, f, n) == -1) {
			err_set(e, "index: line %zu is broken", i + 1);
			return -1;
		}
	}
	if (i < 4) {
		err_set(e, "index: cut short");
		return -1;
	}
	return 0;
}

static void
put_file(const struct index_file *f, struct buf *b)
{
	char	 sha[SHA_HEX + 1] = "-";

	if (f->size != 0)
		hex_format(f->sha, SHA_LEN, sha);
	buf_fmt(b, " %s %llu", sha, (unsigned long long)f->size);
}

void
storeix_write(const struct index *x, struct buf *b)
{
	size_t	 i;

	buf_str(b, "apeng-store 1\nedition ");
	edition_write(&x->ed, b);
	buf_str(b, "\nwire");
	put_file(&x->wire, b);
	buf_str(b, "\nfull");
	put_file(&x->full, b);
	buf_ch(b, '\n');
	for (i = 0; i < x->n; i++) {
		buf_str(b, "from ");
		edition_write(&x->from[i].ed, b);
		put_file(&x->from[i].wire, b);
		put_file(&x->from[i].full, b);
		put_file(&x->from[i].delta, b);
		buf_ch(b, '\n');
	}
}

void
storeix_edition(const struct head *h, struct edition *ed)
{
	ed->serial = h->serial;
	memcpy(ed->core, h->core, SHORT_LEN);
}

char *
storeix_dir(const char *gpub)
{
	char	*dir, *file;
	int	 n;

	/* The store is beside the file itself, also when gpub is a link. */
	if ((file = file_target(gpub, NULL)) == NULL)
		return NULL;
	n = asprintf(&dir, "%s.store", file);
	free(file);
	return n == -1 ? NULL : dir;
}

char *
storeix_path(const char *dir, const struct edition *ed)
{
	char	 core[SHORT_HEX + 1], *path;

	hex_format(ed->core, SHORT_LEN, core);
	return asprintf(&path, "%s/%llu-%s", dir,
	    (unsigned long long)ed->serial, core) == -1 ? NULL : path;
}

char *
storeix_blob_path(const char *dir, const struct index_file *f)
{
	char	 sha[SHA_HEX + 1], *path;

	hex_format(f->sha, SHA_LEN, sha);
	return asprintf(&path, "%s/%s", dir, sha) == -1 ? NULL : path;
}

int
storeix_load(const char *dir, const struct edition *ed, struct index *x,
    struct err *e)
{
	char	*path, *text;
	size_t	 len;
	int	 rv = 0;

	if ((path = storeix_path(dir, ed)) == NULL) {
		err_nomem(e);
		return -1;
	}
	if ((text = file_read_ours(path, INDEX_MAX, &len, NULL)) != NULL &&
	    storeix_parse(text, len, x, NULL) == 0 && same(&x->ed, ed))
		rv = 1;
	free(text);
	free(path);
	return rv;
}

int
storeix_save(const char *dir, const struct index *x, struct err *e)
{
	struct buf	 b = BUF_INIT;
	char		*path;
	int		 rv;

	storeix_write(x, &b);
	path = storeix_path(dir, &x->ed);
	rv = file_save(path, &b, e);
	free(path);
	buf_free(&b);
	return rv;
}
