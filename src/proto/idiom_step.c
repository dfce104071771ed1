/* SPDX-License-Identifier: ISC */
/*
 * Idioms that are one line of text: a step of an ordered list, and a notice.
 * The readers take one line of a stranger's gemtext.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "proto/idiom.h"

#define STEP_DIGITS	2

void
idiom_step_write(struct buf *b, size_t n, const char *text, size_t len)
{
	buf_fmt(b, "%zu. ", n);
	buf_add(b, text, len);
	buf_ch(b, '\n');
}

size_t
idiom_step_read(const struct slice *line, struct slice *text)
{
	size_t	 i, n = 0;

	for (i = 0; i < line->len && i < STEP_DIGITS && line->at[i] >= '0' &&
	    line->at[i] <= '9'; i++)
		n = n * 10 + (size_t)(line->at[i] - '0');
	if (i == 0 || line->at[0] == '0' || line->len < i + 3 ||
	    line->at[i] != '.' || line->at[i + 1] != ' ')
		return 0;
	*text = (struct slice){ line->at + i + 2, line->len - i - 2 };
	return n;
}

void
idiom_notice_write(struct buf *b, const struct idiom_marks *m,
    const struct idiom_notice *n)
{
	buf_add(b, "!!!", n->level);
	buf_ch(b, ' ');
	buf_add(b, n->word.at, n->word.len);
	if (n->dates.at != NULL) {
		buf_str(b, m->open);
		buf_add(b, n->dates.at, n->dates.len);
		buf_str(b, m->close);
	}
	buf_str(b, m->colon);
	buf_add(b, n->text.at, n->text.len);
	buf_ch(b, '\n');
}

int
idiom_notice_read(const struct slice *line, struct idiom_notice *n)
{
	struct slice	 s = *line;
	size_t		 mark, colon;

	memset(n, 0, sizeof(*n));
	while (n->level < s.len && s.at[n->level] == '!')
		n->level++;
	if (n->level < 1 || n->level > 3 || n->level == s.len ||
	    s.at[n->level] != ' ')
		return 0;
	s.at += n->level + 1;
	s.len -= n->level + 1;
	if ((colon = idiom_colon(&s, &mark)) == SIZE_MAX ||
	    colon + mark == s.len)
		return 0;
	n->text = (struct slice){ s.at + colon + mark, s.len - colon - mark };
	n->word = (struct slice){ s.at, colon };
	(void)idiom_bracket(&n->word, &n->dates);
	return 1;
}
