/* SPDX-License-Identifier: ISC */
/*
 * Make a book: the package and the files beside its text in one gempub, so that
 * a reader such as Lagrange shows the pictures without a network.  Pages link
 * to ../files/NAME, and the files are put there.  A book is no edition and is
 * not signed, since the publisher signed only the package.  The package may be
 * a stranger's; the files are checked by their hashes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "cmd/beside.h"
#include "cmd/book.h"
#include "cmd/cmd.h"
#include "cmd/package.h"
#include "package/reader.h"
#include "package/writer.h"

static int
add_package(struct pkg_writer *w, const struct pkg *p, struct err *e)
{
	struct pkg_entry	 en;
	size_t			 i;

	for (i = 0; i < pkg_count(p); i++) {
		pkg_at(p, i, &en);
		if (pkg_add(w, en.path, en.data, en.size, e) == -1)
			return -1;
	}
	return 0;
}

/* Add the files that are held; *n counts them.  -1: see e. */
static int
add_files(struct pkg_writer *w, const struct beside_list *l,
    const char *gpub, size_t *n, struct err *e)
{
	size_t	 i, len;
	char	*data;
	int	 rv = 0;

	for (i = 0; i < l->n && rv == 0; i++) {
		if ((data = beside_bytes(gpub, &l->held[i], &len)) == NULL)
			continue;
		rv = pkg_add(w, l->row[i].path, data, len, e);
		*n += rv == 0;
		free(data);
	}
	return rv;
}

static int
write_out(struct pkg_writer *w, const struct pkg *p, const char *out,
    struct err *e)
{
	const struct head	*from = pkg_head(p);
	struct file_new		 f;
	struct head		 h;
	char			*path;
	int			 rv = -1;

	memset(&h, 0, sizeof(h));
	memcpy(h.id, from->id, sizeof(h.id));
	h.serial = from->serial;
	h.published = from->published;
	h.expires = from->expires;
	if ((path = file_target(out, e)) == NULL)
		return -1;
	if (pkg_seal(w, &h, e) == 0 && file_begin(&f, path, 0644, e) == 0) {
		if (pkg_write(w, f.fd, &h, NULL, e) == 0)
			rv = file_commit(&f, e);
		else
			file_abandon(&f);
	}
	free(path);
	return rv;
}

int
book_write(const char *gpub, const char *out, struct anchors *keys)
{
	struct package		 c = { 0 };
	struct beside_list	 l = { 0 };
	struct pkg_writer	*w = NULL;
	struct err		 e;
	size_t			 n = 0;
	int			 rv = -1;

	if (package_open(&c, gpub, keys, &e) == 0 &&
	    beside_read(&l, c.pkg, &e) == 0 &&
	    (w = pkg_writer_new(out, &e)) != NULL &&
	    add_package(w, c.pkg, &e) == 0 &&
	    add_files(w, &l, gpub, &n, &e) == 0)
		rv = write_out(w, c.pkg, out, &e);
	if (rv == 0)
		printf("%s: a book with %zu of %zu files beside the text\n",
		    out, n, l.n);
	pkg_writer_free(w);
	beside_free(&l);
	package_close(&c);
	return rv == 0 ? STATUS_DONE : cmd_fail(&e);
}
