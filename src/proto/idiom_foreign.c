/* SPDX-License-Identifier: ISC */
/*
 * Text in another language than its page.  The readers take one line of a
 * stranger's gemtext.  They do not know the languages of the capsule: the
 * caller checks whether the tag is one of them.
 */
#include <string.h>

#include "base/buf.h"
#include "proto/idiom.h"

#define TAG_MAX	35		/* bytes of a tag (RFC 5646, 4.4.1) */

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

/* Bytes of "[TAG]" at s; 0: there is none. */
static size_t
tag_at(const char *s, size_t len)
{
	size_t	 n = 1;

	if (len < 4 || s[0] != '[' || !is_letter(s[1]) || !is_letter(s[2]))
		return 0;
	while (n < len && (is_letter(s[n]) || (s[n] >= '0' && s[n] <= '9') ||
	    s[n] == '-'))
		n++;
	return n - 1 <= TAG_MAX && n < len && s[n] == ']' ? n + 1 : 0;
}

void
idiom_tagged_write(struct buf *b, const char *text, const char *tag)
{
	buf_str(b, text);
	buf_str(b, " [");
	buf_str(b, tag);
	buf_ch(b, ']');
}

int
idiom_tagged_read(const struct slice *line, struct slice *text,
    struct slice *tag)
{
	size_t	 n = line->len;

	if (n < 6 || line->at[n - 1] != ']')
		return 0;
	while (n > 1 && line->at[n - 1] != '[')
		n--;
	n--;				/* where it may begin */
	if (n < 2 || line->at[n - 1] != ' ' ||
	    tag_at(line->at + n, line->len - n) != line->len - n)
		return 0;
	*text = (struct slice){ line->at, n - 1 };
	*tag = (struct slice){ line->at + n + 1, line->len - n - 2 };
	return 1;
}

int
idiom_foreign_read(const struct slice *line, struct slice *tag,
    struct slice *words)
{
	size_t	 n = tag_at(line->at, line->len);

	if (n == 0 || n + 1 >= line->len || line->at[n] != ' ')
		return 0;
	n--;
	*tag = (struct slice){ line->at + 1, n - 1 };
	*words = (struct slice){ line->at + n + 2, line->len - n - 2 };
	return 1;
}
