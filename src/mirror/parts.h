/* SPDX-License-Identifier: ISC */
/*
 * Parts of letters, collected as they come: in any order, doubled, damaged,
 * of several letters mixed, some of them forged.  A letter is handed out when
 * the hash fits of which each of its parts carries the start; it still has to
 * prove itself.
 */
#ifndef MIRROR_PARTS_H
#define MIRROR_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "package/part.h"

struct buf;
struct parts;			/* opaque: its body is in parts.c */

enum parts_news {
	PARTS_NOMEM = -1,	/* this part is lost; others are not */
	PARTS_KNOWN,		/* here already, or its letter is complete */
	PARTS_NEW,
	PARTS_DONE		/* the letter is complete; see parts_add() */
};

/* One letter that parts speak of. */
struct parts_letter {
	char		 id[HEAD_ID_MAX + 1];
	uint64_t	 serial;
	uint8_t		 tag[PART_TAG];
	uint32_t	 size;		/* bytes */
	size_t		 have, want;	/* different parts; 0 of 0 once done */
	size_t		 forged;	/* left out, once done */
	const uint8_t	*bytes;		/* size of them once done, borrowed */
};

/*
 * At most `most' bytes are kept for all letters together.  When there is no
 * room, the letter with the fewest parts is forgotten.  NULL: no memory.
 */
struct parts	*parts_new(size_t most);
void		 parts_free(struct parts *);	/* NULL is fine */
/*
 * PARTS_DONE: *done is the letter, its bytes borrowed until the next call of
 * parts_add() or parts_free(); it comes out once.
 */
enum parts_news	 parts_add(struct parts *, const struct part *,
		    struct parts_letter *done);
/* The i-th letter, complete or not; 0 when there is none. */
int		 parts_look(const struct parts *, size_t i,
		    struct parts_letter *);
/*
 * Numbers from 1 of the pieces of letter i that did not come, as `2, 5-7', at
 * most `most' of them.  Any other part replaces one just as well.
 */
void		 parts_missing(const struct parts *, size_t i, size_t most,
		    struct buf *);

#endif
