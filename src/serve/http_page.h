/* SPDX-License-Identifier: ISC */
/* What a browser is shown, made at the first request and kept. */
#ifndef SERVE_HTTP_PAGE_H
#define SERVE_HTTP_PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "serve/http_thing.h"

struct buf;
struct cached;
struct found;
struct pkg_entry;
struct site;
struct site_lang;
struct sites;
struct view;

#define ETAG_LEN	6		/* characters of http_etag() */
#define ETAG_BYTES	8		/* of a SHA-256, as hex digits */
#define ETAG_ROOM	(2 * ETAG_BYTES + 1)	/* of either, with NUL */

/*
 * A body that is kept. etag is of the bytes before gzip, so that a page that an
 * edition did not change keeps its etag.
 */
struct http_view {
	struct cached	*c;		/* to be given to the reply */
	char		 etag[ETAG_LEN + 1];
	const uint8_t	*body;
	size_t		 len;
	int		 is_gzip;
	int		 has_pictures;
};

/*
 * The document at a path of no entry (REST behind the package's own prefix),
 * such as style.css: a row of a table.  0: there is none.
 */
int	http_thing_named(struct site *, const char *rest, size_t len,
	    struct http_thing *);
/* gzip: the client takes it.  1; 0: there is no such page; -1: no memory. */
int	http_view(struct sites *, struct site *, const struct http_thing *,
	    int gzip, struct http_view *);
/* ETAG_LEN letters and digits, from a hash of bytes. */
void	http_etag(const void *, size_t, char etag[ETAG_LEN + 1]);
/*
 * The page on which a search is asked, with its results (gemtext; NULL: nothing
 * was asked yet). words: those that were asked for, with a NUL.  -1: no memory.
 */
int	http_search_page(struct site *, const struct site_lang *,
	    const struct buf *results, const char *words, struct buf *out);

#endif
