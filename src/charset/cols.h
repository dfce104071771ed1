/* SPDX-License-Identifier: ISC */
/*
 * A text by its columns: printable ASCII takes one, hanzi and their marks take
 * two.  A column is a byte of GB2312, so a slice of columns is a line in any
 * charset, and each character is handled once.
 */
#ifndef CHARSET_COLS_H
#define CHARSET_COLS_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct charset;
struct fit;

struct cols {				/* start: zeros */
	const char	*s;		/* UTF-8, borrowed, spaces cut off */
	size_t		 len;
	size_t		 n;		/* columns */
	char		*gb;		/* n bytes; UTF-8: only their top bits */
	char		*brk;		/* n, of breaks_find(); see broken */
	uint32_t	*at;		/* n + 1: where in s each one begins */
	int		 broken;	/* brk is set */
	size_t		 size;
};

/*
 * 1: s holds only such characters and at least one wide one, the charset has
 * all of them and no replacement begins with one, so that charset_fit() would
 * copy s; spaces at its start and end are left out.  0: it does not.  -1: no
 * memory.
 */
int	cols_set(struct cols *, const struct fit *, const char *s, size_t len);
/* Set brk, if it is not.  -1: no memory. */
int	cols_break(struct cols *);
/* Append the columns from `from' up to, not including, `to' in the charset. */
void	cols_put(const struct cols *, const struct charset *, size_t from,
	    size_t to, struct buf *);
void	cols_free(struct cols *);

#endif
