/* SPDX-License-Identifier: ISC */
/* The place of one package file among those that a server publishes. */
#ifndef SERVE_PLACE_H
#define SERVE_PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "serve/prove.h"
#include "serve/retry.h"

struct err;
struct site;

struct package_place {
	char		*path;
	const char	*name;		/* the last part of path */
	char		*key;		/* in the set of sites */
	struct site	*site;		/* the set's; NULL: it is set aside */
	struct seen	 seen;		/* marks: of what is served or refused */
	struct seen	 blobs;		/* their folder, at that time */
	int		 settled;	/* both had not changed just before */
	struct seen	 unsure;	/* marks: not proven, may be arriving */
	struct retry	 again;		/* when it could not be opened */
	struct err	*why;		/* it was refused in this look, which
					   is not logged yet; NULL: not so */
	int		 waits;		/* for another package to change */
	uint64_t	 gone;		/* ms: missing since; 0: it is there */
};

/*
 * The place of file name in folder dir, which the source-th path of the
 * configuration names; name NULL: dir is the file itself.  NULL: no memory.
 */
struct package_place	*place_new(size_t source, const char *dir,
			    const char *name);
void			 place_free(struct package_place *); /* NULL is fine */
/* Keep *e as the reason to log; NULL: forget it.  -1: no memory. */
int			 place_why(struct package_place *, const struct err *e);

#endif
