/* SPDX-License-Identifier: ISC */
/*
 * The words that somebody searches for, and where a text holds them.  Texts
 * are folded (base/text.h), as the words are; lengths are bytes.
 */
#ifndef VIEW_SEARCH_QUERY_H
#define VIEW_SEARCH_QUERY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct err;

#define QUERY_WORDS	16	/* looked for; others are ignored */
#define QUERY_BYTES	3	/* of a word in tables: a Chinese character */
#define QUERY_MAX	1024	/* bytes of all words together */

/* A word or phrase, folded. */
struct query_word {
	const char	*s;		/* in query.text */
	size_t		 len;
};

struct query {
	struct buf	 text;		/* the folded words */
	struct query_word word[QUERY_WORDS];
	size_t		 n;
	/* Bit i of byte[k][c]: byte k of word[i] is c, or is past its end. */
	uint16_t	 byte[QUERY_BYTES][256];
	uint16_t	 inside;	/* bit i: word[i] is found anywhere, not
					   only where a word begins */
};

/*
 * Cut the words, UTF-8, into words and "phrases".  0, then query_free();
 * -1: see e (too long, not UTF-8, no word).
 */
int	 query_parse(struct query *, const char *words, size_t len,
	    struct err *e);
void	 query_free(struct query *);
/*
 * Add to n[i] how often word[i] is in the folded text; n has QUERY_WORDS
 * numbers.  Bit i of the value: word[i] is there.
 */
unsigned query_count(const struct query *, const char *, size_t len,
	    unsigned *n);
/* Where the first of the words is in the folded text; len: nowhere. */
size_t	 query_first(const struct query *, const char *, size_t len);

#endif
