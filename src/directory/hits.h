/* SPDX-License-Identifier: ISC */
/* What a search of the directory finds: places that hold all of the words. */
#ifndef DIRECTORY_HITS_H
#define DIRECTORY_HITS_H

#include <stddef.h>

#include "directory/ask.h"

struct buf;

#define HITS_PAGE	20		/* on one page of results */
#define HITS_WORDS	1024		/* bytes of words, at most */

struct hit {
	const struct roll_place	*place;
};

struct hits {
	int		 unclear;	/* no word, or not UTF-8 */
	size_t		 total;		/* places found in all */
	size_t		 first;		/* hit[0] is the first-th of them */
	size_t		 n;
	struct hit	 hit[HITS_PAGE];
};

/*
 * Places whose id or titles in any language hold all words; of the group that
 * q names, if it names one.  Hits from the first-th on, most of them.  As
 * search_run() of view/, words are a stranger's.  -1: no memory.
 */
int	hits_find(const struct roll *, const struct ask *q, const char *words,
	    size_t len, size_t first, size_t most, struct hits *);

#endif
