/* SPDX-License-Identifier: ISC */
/*
 * Timelines: each line has a time or none, a mark, and words or none.  The
 * reader finds the column of the first line's mark; a block is a timeline only
 * if every line has a mark in that column.  The blocks are a stranger's.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "proto/idiom.h"

void
idiom_rail_write(struct buf *b, size_t column, const struct idiom_rail *r)
{
	struct buf	 line = BUF_INIT;
	size_t		 n = text_width(r->time.at, r->time.len);

	for (; n + 1 < column; n++)
		buf_ch(&line, ' ');
	buf_add(&line, r->time.at, r->time.len);
	if (column > 0)
		buf_ch(&line, ' ');
	buf_ch(&line, r->mark);
	buf_ch(&line, ' ');
	buf_add(&line, r->words.at, r->words.len);
	if (buf_ok(&line))
		idiom_line(b, line.data, line.len);
	else
		b->failed = 1;
	buf_free(&line);
}

/* The column of the first line's mark, which is that of an event. */
static size_t
first_column(const struct slice *s)
{
	size_t	 i;

	for (i = 0; i < s->len; i++)
		if (s->at[i] == 'o' && (i == 0 || s->at[i - 1] == ' ') &&
		    (i + 1 == s->len || s->at[i + 1] == ' '))
			return text_width(s->at, i);
	return SIZE_MAX;
}

/* The first byte at that column or behind it, or the length. */
static size_t
at_column(const struct slice *s, size_t column)
{
	uint32_t	 cp;
	size_t		 i, n, width = 0;

	for (i = 0; i < s->len && width < column; i += n) {
		if ((n = text_utf8_next(s->at + i, s->len - i, &cp)) == 0) {
			n = 1;
			width++;
		} else
			width += (size_t)text_char_width(cp);
	}
	return i;
}

/* 1: the line has a mark at that column; `+' has a time, `|' has none. */
static int
rail_line(const struct slice *s, size_t column, struct idiom_rail *r)
{
	const char	*at = s->at;
	size_t		 i = at_column(s, column);

	memset(r, 0, sizeof(*r));
	if (i == s->len || strchr("o+|", at[i]) == NULL || at[i] == '\0' ||
	    (i > 0 && at[i - 1] != ' ') ||
	    (i + 1 < s->len && at[i + 1] != ' '))
		return 0;
	r->mark = at[i];
	r->words.at = at + i + (i + 1 < s->len ? 2 : 1);
	r->words.len = (size_t)(at + s->len - r->words.at);
	while (i > 0 && at[i - 1] == ' ')
		i--;
	r->time.at = at;
	while (r->time.at < at + i && *r->time.at == ' ')
		r->time.at++;
	r->time.len = (size_t)(at + i - r->time.at);
	return r->mark == 'o' || (r->time.len > 0) == (r->mark == '+');
}

int
idiom_rail_read(const struct idiom_block *b, size_t *column)
{
	struct idiom_rail	 r;
	struct slice		 rest = b->lines, line;
	size_t			 marks = 0;

	if (b->alt.len == 0 || !idiom_next_line(&rest, &line) ||
	    (*column = first_column(&line)) == SIZE_MAX)
		return 0;
	for (rest = b->lines; idiom_next_line(&rest, &line);) {
		if (!rail_line(&line, *column, &r))
			return 0;
		marks += r.mark == 'o';
	}
	return marks >= 2;
}

int
idiom_rail_next(struct slice *rest, size_t column, struct idiom_rail *r)
{
	struct slice	 line;

	return idiom_next_line(rest, &line) && rail_line(&line, column, r);
}
