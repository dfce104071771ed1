/* SPDX-License-Identifier: ISC */
/*
 * Walking along a slice and along the alt text that says the same: for the
 * readers of idioms whose alt text has what the lines of the block have.
 */
#ifndef PROTO_IDIOM_SCAN_H
#define PROTO_IDIOM_SCAN_H

#include "proto/idiom.h"

/* 1: s begins with that mark. */
int	 scan_begins(const struct slice *s, const char *mark);
/* s moves on by n bytes. */
void	 scan_skip(struct slice *s, size_t n);
void	 scan_blanks(struct slice *s);
/* From at to end, without blanks at both ends. */
struct slice scan_trimmed(const char *at, const char *end);
/*
 * 1: s says what alt says next, blanks left out, up to stop (NULL: the end
 * of s); alt moves on.  0: it says something else.
 */
int	 scan_same(struct slice *s, struct slice *alt, const char *stop);
/*
 * 1: the alt text ends here, or a mark of a list stands here, behind which
 * it moves.
 */
int	 scan_row_ends(struct slice *alt);
/*
 * Where the names in an alt text may begin: behind the next colon of alt,
 * which moves on; *names is what follows it.  0: there is no other.
 */
int	 scan_names(struct slice *alt, struct slice *names);
/* 1: a bar that does not begin at nothing may be there: "/#". */
int	 scan_is_cut(const struct idiom_block *);
#define SCAN_START_LINES	3	/* at most, that say where bars begin */
/* The byte of a line where column begins, SIZE_MAX: inside a character. */
size_t	 scan_column(const struct slice *line, size_t column);

#endif
