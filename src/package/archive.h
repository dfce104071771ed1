/* SPDX-License-Identifier: ISC */
/*
 * A ZIP in memory for other programs, such as a book: the layout of a package
 * (zip.h), stored, dated 1980-01-01, but with the entries in the order in
 * which they came, names as those programs want them, and no head.
 */
#ifndef PACKAGE_ARCHIVE_H
#define PACKAGE_ARCHIVE_H

#include <stddef.h>

#include "base/buf.h"
#include "package/list.h"

struct err;

struct archive {			/* all 0: empty */
	struct pkg_list	 list;
	struct buf	 bodies;	/* one after the other */
};

/* The name is relative and new.  0, or -1: see e. */
int	 archive_add(struct archive *, const char *name, const void *,
	    size_t, struct err *);
/* Append the whole file to out. */
int	 archive_write(const struct archive *, struct buf *out,
	    struct err *);
void	 archive_free(struct archive *);

#endif
