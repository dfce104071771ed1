/* SPDX-License-Identifier: ISC */
/* The caller's functions that take what render/ writes. */
#ifndef RENDER_PUT_H
#define RENDER_PUT_H

#include <stddef.h>

struct err;

/*
 * Takes a finished file; data is valid during the call.  0, or -1 (see e),
 * which ends the run.
 */
typedef int	(*render_put)(void *arg, const char *path, const char *data,
		    size_t len, struct err *e);

/*
 * A place for the parts of pages that are kept until render_finish().  They
 * grow with the number of pages; the caller may keep them in a file.
 */
struct render_keeper {
	/* Append len bytes.  0, or -1: see e. */
	int		(*add)(void *arg, const char *, size_t len,
			    struct err *);
	/* All bytes, which stay readable until render_free().  NULL: see e. */
	const char	*(*all)(void *arg, struct err *);
	/* The bytes may leave memory until they are read again. */
	void		(*rest)(void *arg);
};

#endif
