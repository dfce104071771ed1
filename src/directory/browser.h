/* SPDX-License-Identifier: ISC */
/* The pages of the directory as HTML. */
#ifndef DIRECTORY_BROWSER_H
#define DIRECTORY_BROWSER_H

#include <stddef.h>

struct ask;
struct buf;
struct hits;
struct roll;

#define BROWSER_STYLE	"/style.css"	/* behind ROLL_PREFIX */

/*
 * Append the document that q asks for, q in a language.  words: those of a
 * search, n bytes of any, with what they found (NULL: the field alone).  1; 0:
 * no such page; -1: no memory.
 */
int	browser_page(const struct roll *, const struct ask *q,
	    const char *words, size_t n, const struct hits *, struct buf *);
/* The list of links that leads to the directory from another page. */
void	browser_lead(const struct roll *, struct buf *);

#endif
