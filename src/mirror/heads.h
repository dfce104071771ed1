/* SPDX-License-Identifier: ISC */
/* The judging and noting of heads in one run; only for mirror/. */
#ifndef MIRROR_HEADS_H
#define MIRROR_HEADS_H

#include "mirror/judge.h"
#include "mirror/outcome.h"
#include "mirror/run.h"

struct err;
struct source;

/*
 * Judge a head for this run, say its warnings; NEW also for the edition
 * that was installed when its file is no longer there.
 */
enum verdict mirror_judge(const struct mirror *, const struct source *,
	    const char *, size_t len, struct head *, struct err *);

/*
 * The same as an outcome, of a head that a source shows: FETCH_WHOLE, it is
 * new; FETCH_NOTHING; FETCH_REFUSED, see e.
 */
enum fetch mirror_wants(const struct mirror *, const struct source *,
	    const char *, size_t len, struct head *, struct err *);

/*
 * 1: an anchor's own key has signed this head, or one to which the succession
 * of m->keys leads from there.
 */
int	mirror_is_proven(const struct mirror *, const char *, size_t len);
/* Note an edition that is installed; what it announces in vain is said. */
void	mirror_note(struct mirror *, const struct head *,
	    const struct proof *, int force);

#endif
