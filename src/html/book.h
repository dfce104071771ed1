/* SPDX-License-Identifier: ISC */
/* The input for a book, and the names and types of its files. */
#ifndef HTML_BOOK_H
#define HTML_BOOK_H

#include <stddef.h>
#include <stdint.h>

#include "proto/idiom.h"

struct err;
struct site_lang;
struct site_table;

#define OPDS_NAME	"opds.xml"
#define OPDS_MEDIA \
	"application/atom+xml;profile=opds-catalog;kind=acquisition"
#define EPUB_MEDIA	"application/epub+zip"
#define EPUB_SUFFIX	".epub"

/* The input for a book.  A text that is missing has NULL as its at. */
struct book {
	const struct site_table	*site;
	const struct site_lang	*lang;
	const char	*identifier;	/* a URN, the same for every edition */
	const char	*modified;	/* of the edition: 2026-11-23T00:00:00Z */
	uint64_t	 serial;
	struct slice	 publisher, rights;
	int		 has_cover;	/* picture() knows cover.png */
	/* Get the text of DIR/ID.gmi, borrowed.  0; -1: there is none. */
	int		(*page)(void *, const char *dir, const char *id,
			    const char **text, size_t *len);
	void		*page_arg;
	/* Take the next file of the book.  0; -1: no more is made, see e. */
	int		(*put)(void *, const char *path, const void *, size_t,
			    struct err *e);
	/* Take a picture; from: "files/NAME" or "cover.png" of the capsule. */
	int		(*picture)(void *, const char *path, const char *from,
			    struct err *e);
	void		*arg;		/* of put and picture */
};

#endif
