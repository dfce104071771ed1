/* SPDX-License-Identifier: ISC */
/* The files beside the text of the edition that is in place. */
#ifndef MIRROR_BESIDE_H
#define MIRROR_BESIDE_H

struct err;
struct mirror;

/*
 * Fetch those that are wanted and not held, and remove those that the list no
 * longer names.  What no source has is told.  -1: this machine failed, see e.
 */
int	 fetch_beside(struct mirror *, struct err *e);

#endif
