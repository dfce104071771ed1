/* SPDX-License-Identifier: ISC */
/*
 * Keeps what other pages and data files will show of a page, because its
 * blocks are gone when those are written: figures, names, editor's notes, CSV
 * records, cards and events.  Each kind is written to a buffer and given to
 * kept_add().  CSV records, cards and events are kept in the first language
 * only.  The page comes from the author's profile.
 */
#include "base/buf.h"
#include "base/err.h"
#include "content/profile.h"
#include "render/block.h"
#include "render/collect.h"
#include "render/kept.h"
#include "render/part.h"

/* Keep what was written, unless it is empty. */
static int
keep(struct render *r, struct pen *p, const struct page *page, size_t at,
    enum kept what, struct err *e)
{
	size_t		 i;
	int		 rv = 0;

	p->b = &r->b;
	p->bare = what == KEPT_FIGURES;	/* the page itself has them */
	buf_reset(&r->b);
	for (i = 0; i < page->nblock; i++)
		if (page->block[i].missing != 0 && (what == KEPT_FIGURES ||
		    what == KEPT_NAMES || what == KEPT_NOTES))
			continue;	/* it has no words for all languages */
		else if (what == KEPT_CSV)
			block_csv(p->p, page->head, &page->block[i], &r->b);
		else
			block_keep(p, &page->block[i], what);
	if (!buf_ok(&r->b)) {
		err_nomem(e);
		rv = -1;
	} else if (r->b.len > 0)
		rv = kept_add(r, at, p->lang, what, r->b.data, r->b.len, e);
	buf_reset(&r->b);
	return rv;
}

int
collect_page(struct render *r, const struct pen *pen, const struct page *page,
    size_t at, struct err *e)
{
	struct pen	 p = *pen;

	if (p.lang == 0 && (keep(r, &p, page, at, KEPT_CSV, e) == -1 ||
	    keep(r, &p, page, at, KEPT_CARDS, e) == -1 ||
	    keep(r, &p, page, at, KEPT_CALENDAR, e) == -1))
		return -1;
	if (r->wants_figures &&
	    keep(r, &p, page, at, KEPT_FIGURES, e) == -1)
		return -1;
	if (r->wants_names &&
	    (keep(r, &p, page, at, KEPT_NAMES, e) == -1 ||
	    keep(r, &p, page, at, KEPT_NOTES, e) == -1))
		return -1;
	return 0;
}
