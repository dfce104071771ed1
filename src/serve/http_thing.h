/* SPDX-License-Identifier: ISC */
/* A document of HTTP that is made, not stored. */
#ifndef SERVE_HTTP_THING_H
#define SERVE_HTTP_THING_H

struct pkg_entry;
struct site_lang;
struct view;

/*
 * What a path means that has no bytes of its own in the package; or text of
 * the package, to be made small.
 */
struct http_thing {
	enum { THING_PAGE, THING_CHOOSER, THING_FEED, THING_STYLE,
	    THING_ENTRY, THING_OLD, THING_EPUB, THING_SHEET,
	    THING_SHEET_STYLE, THING_BOOKS } what;
	const struct pkg_entry	*entry;		/* of the first of these */
	const char		*type;		/* MIME, with its charset */
	const struct view	*tree;		/* of THING_OLD: http_old.h */
	const struct site_lang	*lang;		/* of a book: http_book.h */
};

#endif
