/* SPDX-License-Identifier: ISC */
/* What a source offers becomes the job. */
#ifndef MIRROR_TAKE_H
#define MIRROR_TAKE_H

#include <stddef.h>

#include "mirror/run.h"

struct err;
struct mirror;
struct offer;
struct source;

/*
 * Judge a head and its offer.  FETCH_WHOLE: they are the job, which must be
 * filled from job.have on (or is whole).  FETCH_AGAIN: ask s for the whole
 * blob. o's size becomes 0 when only the head is new.
 */
enum fetch take_offer(struct mirror *, struct source *, const char *text,
	    size_t len, struct offer *o, struct err *);

#endif
