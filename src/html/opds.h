/* SPDX-License-Identifier: ISC */
/* The feed by which e-readers find the books: an OPDS 1.2 catalogue. */
#ifndef HTML_OPDS_H
#define HTML_OPDS_H

#include <stddef.h>

#include "html/book.h"

struct buf;
struct err;

/*
 * Append the feed, with an entry for each of n books of one capsule, which
 * links to the EPUB and to the package beside the feed.  put and picture of the
 * books are not called.  id: a URN of the feed.  0, or -1: see e (no memory).
 */
int	 opds_write(const char *id, const struct book *, size_t n,
	    struct buf *out, struct err *e);

#endif
