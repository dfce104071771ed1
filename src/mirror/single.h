/* SPDX-License-Identifier: ISC */
/* Requests for members of a catalogue: one member, or any answer whole. */
#ifndef MIRROR_SINGLE_H
#define MIRROR_SINGLE_H

#include "mirror/member.h"
#include "mirror/run.h"

struct buf;
struct err;
struct source;

/*
 * Ask a source and read all of the answer into in, whose limit bounds it; what
 * is freed.  in has what came also after FETCH_CUT.
 */
enum fetch single_ask(struct mirror *, struct source *, struct buf *what,
	    struct buf *in, int *gone, struct err *);
/*
 * The letter of one member for whoever holds an edition of it: compact, and
 * where that cannot be taken, as text.  catalogue: the id of the catalogue that
 * the source is of; a member lies in its place, or below it.  MEMBER_TEXT: the
 * source has no such member, see e.
 */
enum member_took single_fetch(const struct member_job *, struct source *,
	    const char *catalogue, const struct edition *held,
	    struct edition *ed, struct err *);

#endif
