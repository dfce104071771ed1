/* SPDX-License-Identifier: ISC */
/* The first question of an attempt, "what is new?"; only for mirror/. */
#ifndef MIRROR_UP_H
#define MIRROR_UP_H

#include "mirror/outcome.h"

struct err;
struct line;
struct mirror;
struct source;

/*
 * Ask what is new, by the source's names, and judge the answer.  FETCH_WHOLE:
 * it is the job, and l->in holds what came of its blob; FETCH_AGAIN: ask the
 * source once more, which remembers how.
 */
enum fetch	 up_fetch(struct line *, struct err *);
/* A source that has answered by the old names alone is asked by them. */
void		 up_recall(const struct mirror *, struct source *);

#endif
