/* SPDX-License-Identifier: ISC */
/*
 * Reads a slice and an alt text in parallel, for the readers of idioms whose
 * alt text repeats the text of the block's lines.
 */
#ifndef PROTO_IDIOM_SCAN_H
#define PROTO_IDIOM_SCAN_H

#include "proto/idiom.h"

/* 1: s begins with that mark. */
int	 scan_begins(const struct slice *s, const char *mark);
/* Move s on by n bytes; scan_blanks(): move it behind its blanks. */
void	 scan_skip(struct slice *s, size_t n);
void	 scan_blanks(struct slice *s);
/* The bytes from at to end without the blanks at both ends. */
struct slice scan_trimmed(const char *at, const char *end);
/*
 * 1: without blanks the bytes of s up to stop (NULL: its end) are those that
 * alt begins with; s and alt move behind them.  0: they differ; both have moved
 * to the first difference.
 */
int	 scan_same(struct slice *s, struct slice *alt, const char *stop);
/*
 * 1: the alt text ends here, or it has a semicolon here and moves behind it;
 * blanks before that are skipped.
 */
int	 scan_row_ends(struct slice *alt);
/*
 * The names in an alt text may begin behind any of its colons.  1: *names is
 * the text behind the next colon, and alt moves on; 0: there is no other.
 */
int	 scan_names(struct slice *alt, struct slice *names);
/* 1: the block has "/#", so its bars may begin at another value than 0. */
int	 scan_is_cut(const struct idiom_block *);
#define SCAN_START_LINES	3	/* at most, that state this value */
/*
 * The byte of a line at which that column begins, or the length of a shorter
 * line; SIZE_MAX: the column is inside a character.
 */
size_t	 scan_column(const struct slice *line, size_t column);

#endif
