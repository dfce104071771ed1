/* SPDX-License-Identifier: ISC */
/*
 * The search over all packages: a value that can stop and go on later, as
 * view/'s search in one of them.
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
 * Places whose id or titles in any language hold all words; then, a page of
 * each other place at most, those that hold them in title, headings, summary or
 * the names of a glossary, words that the titles of its place hold aside.
 * Within the group that q names, if it names one, all text of pages counts.
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
/* 1: it is a search of that roll, which has not gone. */
int		 finder_is_of(const struct find *, const struct roll *);
/* Once step said 1: the finder's own. */
const struct hits *finder_hits(const struct find *);

#endif
