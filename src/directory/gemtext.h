/* SPDX-License-Identifier: ISC */
/* The pages of the directory as gemtext, for Gemini and Spartan. */
#ifndef DIRECTORY_GEMTEXT_H
#define DIRECTORY_GEMTEXT_H

#include <stddef.h>

struct ask;
struct buf;
struct hits;
struct roll;

/* A search: its words, n bytes of any, and what they found. */
struct gemtext_search {
	const char		*words;
	size_t			 n;
	const struct hits	*hits;
};
/*
 * Append the page that q asks for.  prompt: the mark of a link that asks for
 * words, "=>" or "=:".  1; 0: there is no such page; -1: no memory.
 */
int	gemtext_page(const struct roll *, const struct ask *q,
	    const struct gemtext_search *, const char *prompt, struct buf *);
/* Append the prompt of a search in the language of q, or in all. */
void	gemtext_prompt(const struct roll *, const struct ask *q,
	    struct buf *);

#endif
