/* SPDX-License-Identifier: ISC */
/*
 * Cuts generated pages that are too long for a slow line into numbered parts,
 * ID.gmi, ID_2.gmi and so on.  The lists of a section's pages, s_ID.gmi, are
 * cut the same way; home links to them when it is too long to hold them.  The
 * ids of an author's pages have no `_', so none of them has such a name.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "lang/lang.h"
#include "proto/site.h"
#include "render/frame.h"
#include "render/part.h"
#include "render/parts.h"
#include "render/pen.h"
#include "render/words.h"

void
half_mark(struct half *h)
{
	size_t	*p, size;

	if (h->n == h->size) {
		size = h->size == 0 ? 256 : h->size * 2;
		if ((p = realloc(h->mark, size * sizeof(*p))) == NULL) {
			h->b.failed = 1;
			return;
		}
		h->mark = p;
		h->size = size;
	}
	h->mark[h->n++] = h->b.len;
}

void
half_free(struct half *h)
{
	buf_free(&h->b);
	free(h->mark);
	free(h->first);
	memset(h, 0, sizeof(*h));
}

/* Bytes of chunk i, which ends at mark i. */
static size_t
chunk(const struct half *h, size_t i)
{
	return h->mark[i] - (i > 0 ? h->mark[i - 1] : 0);
}

int
half_is_big(const struct half *h, size_t nlang)
{
	size_t	 l;

	for (l = 0; l < nlang; l++)
		if (h[l].b.len > HALF_MAX)
			return 1;
	return 0;
}

/*
 * Part k must have the same chunks in every language, because readers switch
 * between languages; so each chunk counts with its bytes in the language in
 * which it is longest.
 */
int
half_cut(struct half *h, size_t nlang, size_t *npart)
{
	size_t	 i, l, n, most, used = 0;

	*npart = 0;
	n = half_is_big(h, nlang) ? h[0].n : 0;
	for (l = 0; l < nlang; l++)
		if (!buf_ok(&h[l].b) || h[l].n < n)
			return -1;
	if ((h->first = calloc(n + 2, sizeof(*h->first))) == NULL)
		return -1;
	h->first[(*npart)++] = 0;
	for (i = 0; i < n; i++) {
		for (l = 0, most = 0; l < nlang; l++)
			if (chunk(&h[l], i) > most)
				most = chunk(&h[l], i);
		if (used > 0 && used + most > HALF_MAX) {
			h->first[(*npart)++] = i;
			used = 0;
		}
		used += most;
	}
	return 0;
}

void
half_write(const struct half *h, const struct half *cuts, size_t k, size_t n,
    struct buf *b)
{
	size_t	 from, to = h->b.len;

	from = k == 0 ? 0 : h->mark[cuts->first[k] - 1];
	if (k + 1 < n)
		to = h->mark[cuts->first[k + 1] - 1];
	if (to > from)
		buf_add(b, h->b.data + from, to - from);
}

void
part_name(const struct page_part *t, size_t k, struct buf *b)
{
	buf_str(b, t->is_list ? SITE_LIST_PREFIX : "");
	buf_str(b, t->id);
	if (k > 0)
		buf_fmt(b, "_%zu", k + 1);
}

/* "Figures (2/5)"; the title of the first part is "Figures". */
void
part_title(const struct pen *p, const struct page_part *t, size_t k)
{
	buf_str(p->b, pen_in(p, t->title));
	if (k == 0)
		return;
	pen_open(p);
	buf_fmt(p->b, "%zu/%zu", k + 1, t->n);
	pen_close(p);
}

/* The same with the short title, cut so that all fits into SHORT_COLS. */
void
part_short(const struct pen *p, const struct page_part *t, size_t k)
{
	const char	*s = pen_in(p, t->short_title);
	struct pen	 tail = *p;
	struct buf	 b = BUF_INIT;
	size_t		 room, at, n, len = strlen(s);
	uint32_t	 cp;

	if (k == 0) {
		buf_str(p->b, s);
		return;
	}
	tail.b = &b;
	pen_open(&tail);
	buf_fmt(&b, "%zu/%zu", k + 1, t->n);
	pen_close(&tail);
	if (!buf_ok(&b)) {
		p->b->failed = 1;
		buf_free(&b);
		return;
	}
	room = SHORT_COLS - text_width(b.data, b.len);
	for (at = 0; at < len; at += n) {
		if ((n = text_utf8_next(s + at, len - at, &cp)) == 0 ||
		    text_width(s, at + n) > room)
			break;
	}
	buf_add(p->b, s, at);
	buf_add(p->b, b.data, b.len);
	buf_free(&b);
}

void
part_link(const struct pen *p, const struct page_part *t, size_t k,
    enum lang_phrase what)
{
	buf_str(p->b, "=> ");
	part_name(t, k, p->b);
	buf_str(p->b, ".gmi ");
	if (what != LANG_N) {
		pen_word(p, what);
		pen_colon(p);
	}
	part_title(p, t, k);
	buf_ch(p->b, '\n');
}

void
part_top(const struct pen *p, const struct page_part *t, size_t k)
{
	struct pen	 other = *p;
	size_t		 l;

	buf_str(p->b, "# ");
	part_title(p, t, k);
	buf_str(p->b, "\n\n");
	for (l = 0; l < p->p->nlang; l++) {
		if (l == p->lang)
			continue;
		other.lang = l;
		other.v = &t->voice[l];
		buf_fmt(p->b, "=> ../%s/", p->p->lang[l].dir);
		part_name(t, k, p->b);
		buf_fmt(p->b, ".gmi %s%s", p->p->lang[l].name,
		    other.v->wide ? "：" : ": ");
		part_title(&other, t, k);
		buf_ch(p->b, '\n');
	}
	if (p->p->nlang > 1)
		pen_empty(p);
}

void
part_foot(const struct pen *p, const struct page_part *t, size_t k)
{
	frame_changed(p, t->date, t->as_of);
	if (k + 1 < t->n)
		part_link(p, t, k + 1, LANG_NEXT);
	else if (!t->is_list && t->page + 1 < p->p->npage)
		pen_page(p, t->page + 1, LANG_NEXT);
	if (k > 0)
		part_link(p, t, k - 1, LANG_PREVIOUS);
	else if (!t->is_list && t->page > 1)
		pen_page(p, t->page - 1, LANG_PREVIOUS);
	frame_ways(p, t->is_list ? SIZE_MAX : t->page);
}

void
part_of(const struct render *r, size_t i, struct page_part *t)
{
	const struct profile	*p = r->p;
	const struct section	*s;
	const struct page_head	*h;
	size_t			 j;

	memset(t, 0, sizeof(*t));
	t->voice = r->voice;
	if (i < p->npage) {
		h = &p->page[i];
		t->id = h->id;
		t->page = i;
		t->title = &h->title;
		t->short_title = &h->short_title;
		t->date = h->date;
		t->as_of = frame_as_of(p, i);
		t->n = r->npart[i] > 0 ? r->npart[i] : 1;
		return;
	}
	s = &p->section[i - p->npage];
	t->id = s->id;
	t->is_list = 1;
	t->title = &s->title;
	t->short_title = &s->short_title;
	t->n = r->nlist[i - p->npage];
	t->date = p->newest;
	for (j = s->first; j < s->first + s->n; j++)
		if (j == s->first || strcmp(p->page[j].date, t->date) > 0)
			t->date = p->page[j].date;
}
