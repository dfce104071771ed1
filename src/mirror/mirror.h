/* SPDX-License-Identifier: ISC */
/*
 * Keep one package file a whole, proven copy of a publisher's newest
 * edition.  Everything here prints nothing and never exits: lines for the
 * user go through say.  Sizes are bytes.
 */
#ifndef MIRROR_MIRROR_H
#define MIRROR_MIRROR_H

#include "mirror/conf.h"
#include "package/head.h"

struct err;

/*
 * One job: ask the sources in turn until one has answered properly and the
 * file is what it offers.  0, also when nothing is new; -1: see e:
 * STATUS_REFUSED, no source had an edition that may be taken, the file is
 * as it was; STATUS_CANNOT, nobody could be reached or this machine failed.
 * r is filled in either case.
 */
int	mirror_run(const struct mirror_conf *, struct mirror_result *r,
	    struct err *e);
/*
 * The head of the first source that has one, not proven by anything.
 * url: which source that was, borrowed.
 */
int	mirror_peek(const struct mirror_conf *, struct head *,
	    const char **url, struct err *e);

#endif
