/* SPDX-License-Identifier: ISC */
/*
 * Fill lines of a fixed number of columns.  breaks.c finds the places where a
 * line may end; the last one that fits is taken here.  A word that is wider
 * than the line is cut at its last BRK_WEAK place that fits, else where the
 * line is full.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "charset/breaks.h"
#include "charset/charset.h"
#include "charset/cols.h"
#include "charset/wrap.h"

#define STACK_BYTES	2048		/* for longer text malloc() is called */

static const char *
prefix_of(const struct wrap *w, size_t start, const char *s, size_t len)
{
	const char	*p = start == 0 ? w->first : w->rest;

	return *p == '\0' && len > 0 && *s == '.' ? " " : p;
}

/* The end of the line that begins at s and holds at most room columns. */
static size_t
line_end(const struct wrap *w, const char *s, size_t len, const char *brk,
    unsigned room)
{
	uint32_t	 cp, last = 0;
	size_t		 at, n, yes = 0, weak = 0, any = 0;
	unsigned	 used = 0, width;

	for (at = 0; at < len; at += n, last = cp) {
		n = text_step(s + at, len - at, &cp);
		width = charset_next_width(w->charset, last, cp);
		if (at > 0) {
			if (brk[at] == BRK_YES)
				yes = at;
			else if (brk[at] == BRK_WEAK)
				weak = at;
			if (width > 0 && brk[at] != BRK_NEVER &&
			    !breaks_joins(last, cp))
				any = at;
		}
		if (cp != ' ' && used + width > room)
			return yes > 0 ? yes : weak > 0 ? weak :
			    any > 0 ? any : n;
		used += width;
	}
	return len;
}

/*
 * Fill lines with s and give each to line().  brk: from breaks_find(); NULL: s
 * is ASCII.
 */
static int
fill(const struct wrap *w, const char *s, size_t len, const char *brk,
    int (*line)(void *, const char *, const char *, size_t), void *arg)
{
	const char	*prefix;
	unsigned	 cols = charset_cols(w->charset, w->cols), used, room;
	size_t		 start = 0, end, keep;

	do {
		prefix = prefix_of(w, start, s + start, len - start);
		used = (unsigned)strlen(prefix);
		room = cols > used + 2 ? cols - used : 2;
		end = brk == NULL ? breaks_ascii(s, len, start, room) :
		    start + line_end(w, s + start, len - start, brk + start,
		    room);
		for (keep = end; keep > start && s[keep - 1] == ' '; keep--)
			;
		if (line(arg, prefix, s + start, keep - start) == -1)
			return -1;
		for (start = end; start < len && s[start] == ' '; start++)
			;
	} while (start < len);
	return 0;
}

int
wrap_text(const struct wrap *w, const char *s, size_t len,
    int (*line)(void *, const char *, const char *, size_t), void *arg)
{
	char	 room[STACK_BYTES], *brk = room;
	int	 rv;

	while (len > 0 && *s == ' ') {
		s++;
		len--;
	}
	while (len > 0 && s[len - 1] == ' ')
		len--;
	/* Most list items, titles and labels fit on one line. */
	if (len <= 4 * w->cols && (len == 0 || *s != '.') &&
	    charset_width(w->charset, s, len) + strlen(w->first) <=
	    charset_cols(w->charset, w->cols))
		return line(arg, w->first, s, len);
	if (text_ascii_run(s, len) == len)
		return fill(w, s, len, NULL, line, arg);
	if (len > sizeof(room) && (brk = malloc(len)) == NULL)
		return -1;
	breaks_find(s, len, brk);
	rv = fill(w, s, len, brk, line, arg);
	if (brk != room)
		free(brk);
	return rv;
}

/* As line_end(), by columns; returns the column at which the line ends. */
static size_t
line_end_cols(const struct cols *c, size_t start, unsigned room)
{
	size_t	 at, over = start + room;

	if (over >= c->n)
		return c->n;
	if (c->at[over] == c->at[over - 1])
		over--;			/* do not cut a wide character */
	while (over < c->n && c->gb[over] == ' ')
		over++;
	if (over == c->n)
		return over;
	for (at = over; at > start; at--)
		if (c->brk[at] == BRK_YES)
			return at;
	for (at = over; at > start; at--)
		if (c->brk[at] == BRK_WEAK)
			return at;
	return over;
}

int
wrap_cols(const struct wrap *w, struct cols *c,
    int (*line)(void *, const char *, size_t, size_t), void *arg)
{
	const char	*prefix;
	unsigned	 cols = charset_cols(w->charset, w->cols), used, room;
	size_t		 start = 0, end, keep;

	do {
		prefix = prefix_of(w, start, c->gb + start, c->n - start);
		used = (unsigned)strlen(prefix);
		room = cols > used + 2 ? cols - used : 2;
		if (start + room < c->n && cols_break(c) == -1)
			return -1;
		end = line_end_cols(c, start, room);
		for (keep = end; keep > start && c->gb[keep - 1] == ' '; keep--)
			;
		if (line(arg, prefix, start, keep) == -1)
			return -1;
		for (start = end; start < c->n && c->gb[start] == ' '; start++)
			;
	} while (start < c->n);
	return 0;
}
