/* SPDX-License-Identifier: ISC */
/* The feed by which e-readers find the books: an OPDS 1.2 catalogue. */
#ifndef HTML_OPDS_H
#define HTML_OPDS_H

#include <stddef.h>

#include "html/book.h"

struct buf;
struct err;

/*
 * An entry for each of n books of one capsule, with links to the EPUB and to
 * the package beside the feed.  Only their texts, has_cover and page() are
 * asked for.  id: a URN of the feed.  0, or -1: see e (no memory).
 */
int	 opds_write(const char *id, const struct book *, size_t n,
	    struct buf *out, struct err *e);

#endif
