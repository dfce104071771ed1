/* SPDX-License-Identifier: ISC */
/* What a book is made of, and how its files are called. */
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

/* What a book is made of.  Texts without their words: at is NULL. */
struct book {
	const struct site_table	*site;
	const struct site_lang	*lang;
	const char	*identifier;	/* a URN, the same for every edition */
	const char	*modified;	/* of the edition: 2026-11-23T00:00:00Z */
	uint64_t	 serial;
	struct slice	 publisher, rights;
	int		 has_cover;	/* picture() knows cover.png */
	/* DIR/ID.gmi: 0, or -1, there is none.  Borrowed. */
	int		(*page)(void *, const char *dir, const char *id,
			    const char **text, size_t *len);
	void		*page_arg;
	/* The next file of the book; 0, or -1, which ends the walk: see e. */
	int		(*put)(void *, const char *path, const void *, size_t,
			    struct err *e);
	/* The same of a picture, "files/NAME" or "cover.png". */
	int		(*picture)(void *, const char *path, const char *from,
			    struct err *e);
	void		*arg;		/* of put and picture */
};

#endif
