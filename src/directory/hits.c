/* SPDX-License-Identifier: ISC */
/*
 * The search over all packages: ids and titles in every language are folded
 * and looked through, some 0.15 MB of 2,800 packages.  Words are a stranger's:
 * they are compared, and never shown.
 */
#include <string.h>

#include "base/buf.h"
#include "base/fold.h"
#include "directory/hits.h"
#include "view/search_query.h"

/* 1: title or id of p hold all words. */
static int
holds(const struct roll_place *p, const struct query *q, struct buf *text,
    struct buf *titles)
{
	unsigned	 n[QUERY_WORDS] = { 0 };

	buf_reset(text);
	buf_reset(titles);
	roll_put_place(p, "", titles);
	text_fold(p->t->id, strlen(p->t->id), text);
	buf_ch(text, ' ');
	text_fold(titles->data, titles->len, text);
	return buf_ok(text) && query_count(q, text->data, text->len, n) ==
	    (1u << q->n) - 1;
}

int
hits_find(const struct roll *r, const struct ask *ask, const char *words,
    size_t len, size_t first, size_t most, struct hits *h)
{
	struct buf	 text = BUF_INIT, titles = BUF_INIT;
	struct query	 q;
	size_t		 i = 0, end = r->nplace;
	int		 ok;

	memset(h, 0, sizeof(*h));
	h->first = first;
	if (query_parse(&q, words, len, NULL) == -1) {
		h->unclear = 1;
		return 0;
	}
	if (ask->group != ROLL_NONE) {
		i = r->group[ask->group].first;
		end = i + r->group[ask->group].n;
	}
	for (; i < end; i++) {
		if (!holds(&r->place[i], &q, &text, &titles))
			continue;
		if (h->total >= first && h->n < most && h->n < HITS_PAGE)
			h->hit[h->n++].place = &r->place[i];
		h->total++;
	}
	ok = buf_ok(&text) && buf_ok(&titles);
	buf_free(&text);
	buf_free(&titles);
	query_free(&q);
	return ok ? 0 : -1;
}
