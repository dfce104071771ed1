/* SPDX-License-Identifier: ISC */
/*
 * The search over all packages.  It can stop and go on later, as the search of
 * view/ in one package can.
 */
#ifndef DIRECTORY_FIND_H
#define DIRECTORY_FIND_H

#include <stddef.h>

#include "directory/ask.h"

struct err;
struct find;				/* opaque: its body is in find.c */

#define HITS_PAGE	20		/* on one page of results */
#define HITS_PAGES	10		/* of them */
#define HITS_CONTEXT	200		/* bytes of a line, with NUL */
#define HITS_TITLE	160		/* of a page's title */

/* A place whose titles hold the words, or a page of it. */
struct hit {
	const struct roll_place	*place;
	const char		*dir;		/* the page's, NULL: a place */
	char			 id[64];	/* the page's */
	char			 title[HITS_TITLE];
	char			 context[HITS_CONTEXT];	/* a line, or "" */
	size_t			 size;		/* bytes of the page */
};

struct hits {
	int		 unclear;	/* no word, or not UTF-8 */
	size_t		 total;		/* found so far */
	int		 cut;		/* there are more */
	size_t		 first;		/* hit[0] is the first-th of them */
	size_t		 n;
	struct hit	 hit[HITS_PAGE];
};

/*
 * Find first the places whose id and titles, in any language, hold all words.
 * Then find at most one page of each other place: the words that the place's
 * titles lack must be in the page's title, headings, summary or names of a
 * glossary.  When q names a group, only its places are looked at, and all text
 * of their pages counts.
 * Words are found as view/search.h says, and are a stranger's.  Hits from the
 * first-th on, most of them.  NULL: no memory.
 */
struct find	*finder_new(struct roll *, const struct ask *q,
		    const char *words, size_t len, size_t first, size_t most);
void		 finder_free(struct find *);		/* NULL is fine */
/*
 * Go on for about so much work, in view/search.h's unit.  1: done, or the roll
 * has gone; 0: not yet; -1: no memory.
 */
int		 finder_step(struct find *, size_t work);
size_t		 finder_work(const struct find *);	/* so far */
/* 1: the search is over that roll, and the roll is still valid. */
int		 finder_is_of(const struct find *, const struct roll *);
/* After step returned 1; borrowed from the finder. */
const struct hits *finder_hits(const struct find *);

#endif
