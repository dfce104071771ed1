/* SPDX-License-Identifier: ISC */
/*
 * A filter of the letters that stand side by side in a text.  It tells which
 * packages cannot hold a word, so that only the others are looked through.  A
 * text that it refuses never holds the word; one that passes may lack it.
 */
#ifndef DIRECTORY_GRAMS_H
#define DIRECTORY_GRAMS_H

#include <stddef.h>
#include <stdint.h>

struct query_word;

struct grams;				/* opaque: its body is in grams.c */
struct grams_maker;

/* Make filters from folded lines, one after another.  NULL: no memory. */
struct grams_maker *grams_begin(void);
void		 grams_line(struct grams_maker *, const char *, size_t len);
/* The filter of the lines since the last one; NULL: no memory. */
struct grams	*grams_end(struct grams_maker *);
void		 grams_maker_free(struct grams_maker *);

void		 grams_free(struct grams *);		/* NULL is fine */
size_t		 grams_bytes(const struct grams *);
/* 0: the folded word is in none of the lines. */
int		 grams_may(const struct grams *, const char *word, size_t len);

#endif
