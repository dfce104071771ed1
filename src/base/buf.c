/* SPDX-License-Identifier: ISC */
/*
 * A byte buffer that grows, for everything apeng composes in memory. It is
 * enlarged by half each time and kept ended by a NUL, so that its text is a
 * string as well. The first append that fails marks the buffer, and all later
 * ones do nothing: a writer asks buf_ok() once, at its end. The lengths that
 * callers give are trusted, but checked for overflow.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

void
buf_init(struct buf *b)
{
	memset(b, 0, sizeof(*b));
}

void
buf_free(struct buf *b)
{
	free(b->data);
	buf_init(b);
}

void
buf_reset(struct buf *b)
{
	b->len = 0;
	b->failed = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

int
buf_ok(const struct buf *b)
{
	return !b->failed;
}

void
buf_quoted(struct buf *b, const char *s)
{
	buf_ch(b, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			buf_ch(b, '\\');
		buf_ch(b, *s);
	}
	buf_ch(b, '"');
}

char *
buf_room(struct buf *b, size_t n)
{
	size_t	 want, size;
	char	*p;

	if (b->failed)
		return NULL;
	if (n > SIZE_MAX / 2 - b->len - 1 ||
	    (b->limit != 0 && b->len + n > b->limit)) {
		b->failed = 1;
		return NULL;
	}
	want = b->len + n + 1;
	if (want > b->size) {
		size = b->size < 128 ? 128 : b->size;
		while (size < want)
			size += size / 2;
		if ((p = realloc(b->data, size)) == NULL) {
			b->failed = 1;
			return NULL;
		}
		b->data = p;
		b->size = size;
	}
	return b->data + b->len;
}

void
buf_add(struct buf *b, const void *data, size_t n)
{
	char	*p;

	if ((p = buf_room(b, n)) == NULL)
		return;
	if (n > 0)
		memcpy(p, data, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void
buf_str(struct buf *b, const char *s)
{
	if (s != NULL)
		buf_add(b, s, strlen(s));
}

void
buf_ch(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list	 ap;
	size_t	 room = b->size - b->len;	/* with the NUL */
	char	*p = NULL;
	int	 n;

	if (b->failed)
		return;
	/* The text mostly fits; then this one call is enough. */
	va_start(ap, fmt);
	n = vsnprintf(room > 0 ? b->data + b->len : NULL, room, fmt, ap);
	va_end(ap);
	if (n < 0 || (p = buf_room(b, (size_t)n)) == NULL) {
		b->failed = 1;
		if (room > 0)
			b->data[b->len] = '\0';
		return;
	}
	if ((size_t)n >= room) {
		va_start(ap, fmt);
		vsnprintf(p, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	b->len += (size_t)n;
}

void
buf_cut(struct buf *b, size_t len)
{
	if (len < b->len) {
		b->len = len;
		b->data[len] = '\0';
	}
}

char *
buf_take(struct buf *b, size_t *len)
{
	char	*p;

	if (b->failed || buf_room(b, 0) == NULL)
		return NULL;
	p = b->data;
	p[b->len] = '\0';
	if (len != NULL)
		*len = b->len;
	b->data = NULL;
	buf_free(b);
	return p;
}
