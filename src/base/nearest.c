/* SPDX-License-Identifier: ISC */
/*
 * Find the nearest of several names by text_distance().  A name whose distance
 * is more than half the number of the word's letters, rounded up, is never
 * given, since the word cannot be a mistyped form of it.
 */
#include <string.h>

#include "base/nearest.h"
#include "base/text.h"

#define LETTERS_MAX	63		/* that text_distance() looks at */

void
nearest_begin(struct nearest *n, const char *word)
{
	n->word = word;
	n->name = NULL;
	n->distance = (unsigned)(strnlen(word, LETTERS_MAX) + 3) / 2;
}

int
nearest_try(struct nearest *n, const char *name)
{
	size_t		 a = strnlen(n->word, LETTERS_MAX);
	size_t		 b = strnlen(name, LETTERS_MAX);
	unsigned	 d;

	if ((a > b ? a - b : b - a) >= n->distance ||
	    (d = text_distance(n->word, name)) >= n->distance)
		return 0;
	n->distance = d;
	n->name = name;
	return 1;
}
