/* SPDX-License-Identifier: ISC */
/*
 * Ways: the links at the end of a page, which lead to other pages of the
 * capsule.  The reader reads a stranger's gemtext once; a line of a
 * preformatted block is never a link.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"

void
idiom_way_write(struct buf *b, const struct idiom_marks *m,
    const struct idiom_way *w)
{
	buf_str(b, "=> ");
	buf_add(b, w->url.at, w->url.len);
	buf_ch(b, ' ');
	if (w->word.at != NULL) {
		buf_add(b, w->word.at, w->word.len);
		buf_str(b, m->colon);
	}
	buf_add(b, w->title.at, w->title.len);
	buf_ch(b, '\n');
}

size_t
idiom_ways(const char *text, size_t len)
{
	struct gemtext_line	 l;
	struct gemtext		 g;
	const char		*at;
	size_t			 first = len;

	gemtext_start(&g, text, len);
	while (at = g.at, gemtext_next(&g, &l)) {
		if (l.type == GEMTEXT_LINK) {
			if (first == len)
				first = (size_t)(at - text);
		} else if (l.type != GEMTEXT_TEXT || l.len > 0)
			first = len;
	}
	return first;
}

void
idiom_way_read(const struct gemtext_line *l, struct idiom_way *w)
{
	const struct slice	 all = { l->text, l->len };
	size_t			 mark, colon = idiom_colon(&all, &mark);

	w->url = (struct slice){ l->url, l->urllen };
	w->word = (struct slice){ NULL, 0 };
	w->title = all;
	if (colon == SIZE_MAX)
		return;
	w->word = (struct slice){ all.at, colon };
	w->title.at += colon + mark;
	w->title.len -= colon + mark;
}
