/* SPDX-License-Identifier: ISC */
/*
 * Functions that the readers of charts, tables and series share.  They read a
 * line of a block and its alt text in parallel and skip the blanks of both, so
 * that a name is found whole even if it was broken into lines.  All bytes are a
 * stranger's.
 */
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "proto/idiom_scan.h"

int
scan_begins(const struct slice *s, const char *mark)
{
	size_t	 n = strlen(mark);

	return s->len >= n && memcmp(s->at, mark, n) == 0;
}

void
scan_skip(struct slice *s, size_t n)
{
	s->at += n;
	s->len -= n;
}

void
scan_blanks(struct slice *s)
{
	while (s->len > 0 && *s->at == ' ')
		scan_skip(s, 1);
}

struct slice
scan_trimmed(const char *at, const char *end)
{
	struct slice	 s = { at, (size_t)(end - at) };

	scan_blanks(&s);
	while (s.len > 0 && s.at[s.len - 1] == ' ')
		s.len--;
	return s;
}

int
scan_same(struct slice *s, struct slice *alt, const char *stop)
{
	for (;;) {
		scan_blanks(s);
		if (s->len == 0 || s->at == stop)
			return 1;
		scan_blanks(alt);
		if (alt->len == 0 || *alt->at != *s->at)
			return 0;
		scan_skip(s, 1);
		scan_skip(alt, 1);
	}
}

int
scan_row_ends(struct slice *alt)
{
	scan_blanks(alt);
	if (scan_begins(alt, ";"))
		scan_skip(alt, 1);
	else if (scan_begins(alt, "；"))
		scan_skip(alt, strlen("；"));
	else
		return alt->len == 0;
	return 1;
}

int
scan_names(struct slice *alt, struct slice *names)
{
	for (; alt->len > 0; scan_skip(alt, 1)) {
		if (!scan_begins(alt, ": ") && !scan_begins(alt, "："))
			continue;
		*names = *alt;
		scan_skip(names, *alt->at == ':' ? 1 : strlen("："));
		scan_skip(alt, 1);
		return 1;
	}
	return 0;
}

int
scan_is_cut(const struct idiom_block *b)
{
	size_t	 i;

	for (i = 1; i < b->lines.len; i++)
		if (b->lines.at[i] == '#' && b->lines.at[i - 1] == '/')
			return 1;
	return 0;
}

size_t
scan_column(const struct slice *line, size_t column)
{
	size_t	 n = idiom_fit(line->at, line->len, column);

	if (n < line->len && text_width(line->at, n) != column)
		return SIZE_MAX;
	return n;
}
