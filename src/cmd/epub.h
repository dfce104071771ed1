/* SPDX-License-Identifier: ISC */
/* An export's books: one for each language, as files of e-readers. */
#ifndef CMD_EPUB_H
#define CMD_EPUB_H

#include <stddef.h>

struct buf;
struct err;
struct package;
struct site_lang;

/* The bytes of a picture beside the text, to be freed; NULL: not held. */
typedef char	*epub_held(void *arg, const char *path, size_t *len);

/*
 * The whole file for one language of the package.  The site table's holds()
 * says which pictures are there; they come from held.  0, or -1: see e.
 */
int	epub_write(const struct package *, const struct site_lang *,
	    epub_held *held, void *arg, struct buf *out, struct err *e);

#endif
