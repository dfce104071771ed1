/* SPDX-License-Identifier: ISC */
/*
 * Books out of an open package, for export and for a server: in memory, with
 * no clock, the same bytes anywhere.
 */
#ifndef SERVE_EPUB_H
#define SERVE_EPUB_H

#include <stddef.h>

struct buf;
struct err;
struct pkg;
struct site_lang;
struct view_source;

/* The bytes of a picture beside the text, to be freed; NULL: not held. */
typedef char	*epub_held(void *arg, const char *path, size_t *len);

/*
 * The EPUB of one language.  The site table's holds() says which pictures are
 * shown; they come from held.  0, or -1: see e, which also is that the file
 * outgrew out's limit.
 */
int	epub_write(const struct pkg *, const struct view_source *,
	    const struct site_lang *, epub_held *held, void *arg,
	    struct buf *out, struct err *e);
/* The same pages as one HTML document for a printer. */
int	epub_sheet(const struct pkg *, const struct view_source *,
	    const struct site_lang *, struct buf *out, struct err *e);
/* The feed that lists the books of all languages. */
int	epub_feed(const struct pkg *, const struct view_source *,
	    struct buf *out, struct err *e);

#endif
