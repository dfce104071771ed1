/* SPDX-License-Identifier: ISC */
/* Make the blobs of a new edition, before it is renamed into its place. */
#ifndef PACKAGE_PUBLISH_H
#define PACKAGE_PUBLISH_H

#include "package/store.h"

struct err;
struct pkg;

/*
 * Publishing goes in this order, so that a crash at any moment leaves an
 * edition with its blobs published:
 *	write the new package beside the old one, pkg_open() it,
 *	store_publish(), file_commit() (the rename), store_sweep().
 * gpub: the path the package will have.  new: signed, open.  old: the
 * edition that it replaces, NULL if none.  got: a file with the blob from
 * which new was made (on mirrors), which is put into the store as it is; -1 if
 * none.  got_base: 1 if that blob is a delta from old.  0, or -1: see e.
 */
int		 store_publish(const char *gpub, const struct pkg *new,
		    const struct pkg *old, int got, int got_base,
		    store_progress *, void *arg, struct err *);
/*
 * To be called after that, once for each base: make a delta from another
 * package, the file base, for whoever has that package and no edition of this
 * one.  A delta that saves nothing is left out.  0, or -1: see e.
 */
int		 store_publish_base(const char *gpub, const struct pkg *new,
		    const char *base, store_progress *, void *arg,
		    struct err *);

#endif
