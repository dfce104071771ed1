/* SPDX-License-Identifier: ISC */
/*
 * The signed heads that were installed here, FILE.mirror/heads, newest first;
 * and the evidence that comes of comparing them with every head that is met.
 */
#ifndef MIRROR_WITNESS_H
#define MIRROR_WITNESS_H

#include <stddef.h>

#include "package/head.h"

struct err;
struct mirror;

#define WITNESS_HEADS	32		/* that are remembered */

/* Remember the head of what is installed.  -1: see e. */
int	witness_note(const struct mirror *, struct err *);
/*
 * Compare a head that was met with those of its serial that were here.  When
 * both are signed by keys that are known and their cores differ, that is kept
 * as FILE.mirror/evidence-SERIAL and told.
 */
void	witness_compare(const struct mirror *, const char *, size_t len,
	    const struct head *);

#endif
