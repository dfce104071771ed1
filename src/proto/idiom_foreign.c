/* SPDX-License-Identifier: ISC */
/*
 * Text in another language than its page.  The reader takes one line of a
 * stranger's gemtext; whether the tag is one of a language that the capsule
 * has, its caller knows.
 */
#include <string.h>

#include "base/buf.h"
#include "proto/idiom.h"

#define TAG_MAX	35		/* bytes, as BCP 47 wants room for */

void
idiom_foreign_begin(struct buf *b, const char *tag)
{
	buf_ch(b, '[');
	buf_str(b, tag);
	buf_str(b, "] ");
}

void
idiom_foreign_write(struct buf *b, const char *s, size_t len)
{
	struct slice	 rest = { s, len }, line;
	int		 is_block = 0;

	while (rest.len > 0 && idiom_next_line(&rest, &line)) {
		if (line.len >= 3 && memcmp(line.at, "```", 3) == 0)
			is_block = !is_block;
		if (line.len == 0 && !is_block)
			continue;
		buf_add(b, line.at, line.len);
		buf_ch(b, '\n');
	}
}

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int
idiom_foreign_read(const struct slice *line, struct slice *tag,
    struct slice *words)
{
	size_t	 n = 1;

	if (line->len < 5 || line->at[0] != '[' || !is_letter(line->at[1]) ||
	    !is_letter(line->at[2]))
		return 0;
	while (n < line->len && (is_letter(line->at[n]) ||
	    (line->at[n] >= '0' && line->at[n] <= '9') || line->at[n] == '-'))
		n++;
	if (n - 1 > TAG_MAX || n + 2 >= line->len || line->at[n] != ']' ||
	    line->at[n + 1] != ' ')
		return 0;
	*tag = (struct slice){ line->at + 1, n - 1 };
	*words = (struct slice){ line->at + n + 2, line->len - n - 2 };
	return 1;
}
