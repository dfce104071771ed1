/* What other pages will show of a page: figures, names, editor's notes. */
#include <stdlib.h>

#include "base/buf.h"
#include "content/profile.h"
#include "render/part.h"

static int	has_names(enum block_type);
static void	figures(const struct pen *, const struct page *);
static void	names(const struct pen *, const struct page *);
static void	notes(const struct pen *, const struct page *);
static int	keep(struct pen *, const struct page *,
		    void (*)(const struct pen *, const struct page *),
		    char **);
static int	keep_csv(const struct profile *, const struct page *,
		    char **);

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
		for (j = 0; b->type == BLOCK_FIGURES && j < b->nrecord; j++) {
			buf_str(p->b, "* ");
			pen_figure(p, &b->record[j]);
			buf_ch(p->b, '\n');
		}
	}
}

static void
names(const struct pen *p, const struct page *page)
{
	const struct block	*b;
	size_t			 i, j;

	for (i = 0; i < page->nblock; i++) {
		b = &page->block[i];
		for (j = 0; has_names(b->type) && j < b->nrecord; j++) {
			buf_str(p->b, "* ");
			pen_name(p, &b->record[j].label);
			pen_remark(p, &b->record[j]);
			buf_ch(p->b, '\n');
		}
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
			buf_str(p->b, "* ");
			buf_str(p->b, pen_in(p, b->type == BLOCK_TIMELINE ?
			    &r->when : &r->label));
			pen_remark(p, r);
			buf_ch(p->b, '\n');
		}
	}
}

/* *out stays NULL when there is nothing to keep. */
static int
keep(struct pen *p, const struct page *page,
    void (*write)(const struct pen *, const struct page *), char **out)
{
	struct buf	 b = BUF_INIT;

	p->b = &b;
	write(p, page);
	if (b.len == 0 && buf_ok(&b)) {
		buf_free(&b);
		return 0;
	}
	*out = buf_take(&b, NULL);
	buf_free(&b);
	return *out == NULL ? -1 : 0;
}

static int
keep_csv(const struct profile *p, const struct page *page, char **out)
{
	const struct block	*b;
	struct buf		 csv = BUF_INIT;
	size_t			 i, j;

	for (i = 0; i < page->nblock; i++) {
		b = &page->block[i];
		for (j = 0; b->type == BLOCK_FIGURES && j < b->nrecord; j++)
			csv_record(p, page->head, &b->record[j], &csv);
	}
	if (csv.len == 0 && buf_ok(&csv))
		return 0;
	*out = buf_take(&csv, NULL);
	buf_free(&csv);
	return *out == NULL ? -1 : 0;
}

int
collect(const struct render *r, const struct pen *pen,
    const struct page *page, struct kept *k)
{
	struct pen		 p = *pen;
	struct kept_text	*t = &k->in[p.lang];

	if (p.lang == 0 && keep_csv(p.p, page, &k->csv) == -1)
		return -1;
	if (r->wants_figures && keep(&p, page, figures, &t->figures) == -1)
		return -1;
	if (r->wants_names && (keep(&p, page, names, &t->names) == -1 ||
	    keep(&p, page, notes, &t->notes) == -1))
		return -1;
	return 0;
}
