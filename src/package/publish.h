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
 * edition it replaces, NULL if none.  got: a file with the blob that new
 * was made from, taken as it is (mirrors), -1 if none; got_base: that
 * blob is a delta from old.  0, or -1: see e.
 */
int		 store_publish(const char *gpub, const struct pkg *new,
		    const struct pkg *old, int got, int got_base,
		    store_progress *, void *arg, struct err *);
/*
 * Then, as often as there are bases: a delta from another package, the
 * file base, for whoever has that one and none of this.  One that saves nothing
 * is left out.  0, or -1: see e.
 */
int		 store_publish_base(const char *gpub, const struct pkg *new,
		    const char *base, store_progress *, void *arg,
		    struct err *);

#endif
