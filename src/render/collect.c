/* What other pages will show of a page: figures, names, editor's notes. */
#include "base/buf.h"
#include "base/err.h"
#include "content/profile.h"
#include "render/part.h"

static int
has_names(enum block_type type)
{
	return type == BLOCK_PLACES || type == BLOCK_LINES ||
	    type == BLOCK_NAMES;
}

static void
figures(const struct pen *p, const struct page *page)
{
	const struct block	*b;
	size_t			 i, j;

	for (i = 0; i < page->nblock; i++) {
		b = &page->block[i];
		for (j = 0; b->type == BLOCK_FIGURES && j < b->nrecord; j++)
			pen_figure(p, &b->record[j]);
	}
}

static void
names(const struct pen *p, const struct page *page)
{
	const struct block	*b;
	size_t			 i, j;

	for (i = 0; i < page->nblock; i++) {
		b = &page->block[i];
		for (j = 0; has_names(b->type) && j < b->nrecord; j++)
			pen_named(p, &b->record[j], NULL);
	}
}

/* Notes on their own, and those on records that are no names. */
static void
notes(const struct pen *p, const struct page *page)
{
	const struct block	*b;
	const struct record	*r;
	size_t			 i, j;

	for (i = 0; i < page->nblock; i++) {
		b = &page->block[i];
		if (b->type == BLOCK_NOTE) {
			buf_str(p->b, "* ");
			buf_str(p->b, pen_in(p, &b->label));
			buf_ch(p->b, '\n');
		}
		for (j = 0; !has_names(b->type) && j < b->nrecord; j++) {
			r = &b->record[j];
			if (r->note.in[0] == NULL && r->printed == NULL)
				continue;
			pen_item(p, pen_in(p, b->type == BLOCK_TIMELINE ?
			    &r->when : &r->label), NULL, 0, r);
		}
	}
}

static void
csv(const struct pen *p, const struct page *page)
{
	const struct block	*b;
	size_t			 i, j;

	for (i = 0; i < page->nblock; i++) {
		b = &page->block[i];
		for (j = 0; b->type == BLOCK_FIGURES && j < b->nrecord; j++)
			csv_record(p->p, page->head, &b->record[j], p->b);
	}
}

/* Nothing is kept of a page that has nothing. */
static int
keep(struct render *r, struct pen *p, const struct page *page, size_t at,
    enum kept what, struct err *e)
{
	void		(*const write[])(const struct pen *,
			    const struct page *) = {
				[KEPT_FIGURES] = figures, [KEPT_NAMES] = names,
				[KEPT_NOTES] = notes, [KEPT_CSV] = csv };
	int		 rv = 0;

	p->b = &r->b;
	buf_reset(&r->b);
	write[what](p, page);
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

	if (p.lang == 0 && keep(r, &p, page, at, KEPT_CSV, e) == -1)
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
