/*
 * Breaking lines for fixed columns: Latin text at spaces only, unless one
 * word alone is wider than the line; Chinese between characters, but no
 * closing mark at a line's start, no opening mark at its end, and no number
 * parted from its unit.  UAX #14 is the base: no break where it has none,
 * quotation marks in Chinese excepted.
 */
#ifndef CHARSET_WRAP_H
#define CHARSET_WRAP_H

#include <stddef.h>

#include "charset/charset.h"

struct cols;

struct wrap {
	enum charset	 charset;	/* counts the columns */
	unsigned	 cols;		/* 8 or more; GB fills an even number */
	const char	*first, *rest;	/* ASCII put before the first line and
					   the others, counted in cols */
};

/*
 * line() gets the lines in order: prefix, then len bytes of s without spaces
 * at its end.  A line that would begin with a dot gets a space as prefix.
 * Text of spaces or nothing gives one empty line.  s is valid UTF-8.
 * -1: no memory, or line() gave -1.
 */
int	wrap_text(const struct wrap *, const char *s, size_t len,
	    int (*line)(void *, const char *prefix, const char *, size_t len),
	    void *);
/* The same, cols_set() having looked at the text; line() gets columns. */
int	wrap_cols(const struct wrap *, struct cols *,
	    int (*line)(void *, const char *prefix, size_t from, size_t to),
	    void *);
/*
 * May a line end before that byte of s, which has no spaces outside?  2: it
 * may, 1: only inside a word that is wider than the line, 0: no.
 */
void	wrap_breaks(const char *s, size_t len, char *brk);

#endif
