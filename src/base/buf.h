/* SPDX-License-Identifier: ISC */
/*
 * Growing byte buffer.  Appends never report one by one: the first that
 * fails (no memory, or the limit) marks the buffer, later ones do nothing,
 * and the writer asks buf_ok() once at the end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

struct buf {
	char	*data;		/* always NUL after len once something is in */
	size_t	 len;		/* bytes used */
	size_t	 size;		/* bytes allocated */
	size_t	 limit;		/* most bytes allowed, 0: no limit */
	int	 failed;
};

#define BUF_INIT	{ NULL, 0, 0, 0, 0 }

void	buf_init(struct buf *);
void	buf_free(struct buf *);			/* back to buf_init() */
void	buf_reset(struct buf *);		/* empty it, keep its memory */
int	buf_ok(const struct buf *);		/* 1: no append failed */
void	buf_add(struct buf *, const void *, size_t);
void	buf_str(struct buf *, const char *);	/* NULL adds nothing */
void	buf_ch(struct buf *, char);
void	buf_fmt(struct buf *, const char *fmt, ...)
	    __attribute__((__format__ (printf, 2, 3)));
/*
 * Append the text in double quotes, with a backslash before each " and
 * backslash in it, for JSON and YAML.  Control characters are appended as they
 * are, so the text must have none.
 */
void	buf_quoted(struct buf *, const char *);
/* Make space for n more bytes at the end; NULL when that failed. */
char	*buf_room(struct buf *, size_t n);
void	buf_cut(struct buf *, size_t len);	/* shorten to len bytes */
/* The bytes, NUL-terminated, now the caller's to free(); b is empty. */
char	*buf_take(struct buf *, size_t *len);

#endif
