/* SPDX-License-Identifier: ISC */
/* Fill lines of a fixed number of columns; breaks.h says where they may end. */
#ifndef CHARSET_WRAP_H
#define CHARSET_WRAP_H

#include <stddef.h>

struct charset;
struct cols;

struct wrap {
	const struct charset *charset;	/* counts the columns */
	unsigned	 cols;		/* 8 or more; GB fills an even number */
	const char	*first, *rest;	/* ASCII put before the first line and
					   the others, counted in cols */
};

/*
 * line() is called with each line in order: prefix, then len bytes of s without
 * spaces at its end.  A line that would begin with a dot gets a space as
 * prefix.  An empty text, or one of spaces, gives one empty line.  s is valid
 * UTF-8.  -1: no memory, or line() returned -1.
 */
int	wrap_text(const struct wrap *, const char *s, size_t len,
	    int (*line)(void *, const char *prefix, const char *, size_t len),
	    void *);
/* The same for a text that cols_set() has taken; line() gets columns. */
int	wrap_cols(const struct wrap *, struct cols *,
	    int (*line)(void *, const char *prefix, size_t from, size_t to),
	    void *);

#endif
