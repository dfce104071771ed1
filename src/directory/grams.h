/* SPDX-License-Identifier: ISC */
/*
 * What letters a text holds beside one another: a filter that says which
 * packages cannot hold a word, so that the others alone are looked through.
 * It errs on one side: a text that it refuses has no such word.
 */
#ifndef DIRECTORY_GRAMS_H
#define DIRECTORY_GRAMS_H

#include <stddef.h>
#include <stdint.h>

struct query_word;

struct grams;				/* opaque: its body is in grams.c */
struct grams_maker;

/* One filter from folded lines.  NULL: no memory; it can be used again. */
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
