/*
 * The blocks of a page as gemtext, in one language.  What each form means to
 * those who read it back is proto/idiom.h's.
 */
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "render/part.h"

static void
timeline(const struct pen *p, const struct block *b)
{
	const struct record	*r;
	size_t			 i;

	timeline_draw(p, b);
	for (i = 0; i < b->nrecord; i++) {
		r = &b->record[i];
		pen_item(p, pen_in(p, &r->when), pen_in(p, &r->text), 0, r);
	}
}

/* A place, a line, a name: what it is called, what is said of it. */
static void
named(const struct pen *p, const struct record *r)
{
	pen_named(p, r, r->text.in[0] != NULL ? pen_in(p, &r->text) : NULL);
}

/* By status under small headings, by kind within, else as written. */
static void
lines(const struct pen *p, const struct block *b)
{
	static const enum word	 heads[] = {
		[LINE_OPEN] = W_OPEN, [LINE_FASTER] = W_FASTER,
		[LINE_BUILDING] = W_BUILDING, [LINE_PLANNED] = W_PLANNED
	};
	const struct record	*r;
	size_t			 i;
	int			 status, kind, n, first = 1;

	for (status = LINE_OPEN; status <= LINE_PLANNED; status++) {
		n = 0;
		for (kind = LINE_RAIL; kind <= LINE_WATER; kind++) {
			for (i = 0; i < b->nrecord; i++) {
				r = &b->record[i];
				if ((int)r->status != status ||
				    (int)r->kind != kind)
					continue;
				if (n++ == 0) {
					if (!first)
						pen_empty(p);
					first = 0;
					pen_heading(p, 3,
					    p->v->word[heads[status]]);
				}
				named(p, r);
			}
		}
	}
}

static void
links(const struct pen *p, const struct block *b)
{
	const struct record	*r;
	const char		*label;
	size_t			 i, page;

	for (i = 0; i < b->nrecord; i++) {
		r = &b->record[i];
		label = pen_in(p, &r->label);
		if (r->to == NULL) {
			buf_fmt(p->b, "=> %s%s%s\n", r->url,
			    *label != '\0' ? " " : "", label);
			continue;
		}
		if (*label == '\0' &&
		    (page = ids_find(p->ids, r->to)) != SIZE_MAX)
			label = pen_in(p, &p->p->page[page].title);
		buf_fmt(p->b, "=> %s.gmi %s\n", r->to, label);
	}
}

void
block_write(const struct pen *p, const struct block *b)
{
	const char	*label = pen_in(p, &b->label);
	size_t		 i;

	switch (b->type) {
	case BLOCK_HEADING:
		pen_heading(p, 2, label);
		return;			/* small screens: no line to lose */
	case BLOCK_TEXT:
		pen_line(p, label);
		break;
	case BLOCK_LIST:
		for (i = 0; i < b->nrecord; i++)
			pen_item(p, pen_in(p, &b->record[i].label), NULL, 0,
			    &b->record[i]);
		break;
	case BLOCK_QUOTE:
		buf_str(p->b, "> ");
		buf_str(p->b, label);
		buf_ch(p->b, '\n');
		break;
	case BLOCK_FIGURES:
		for (i = 0; i < b->nrecord; i++)
			pen_figure(p, &b->record[i]);
		break;
	case BLOCK_CHART:
		chart_write(p, b);
		break;
	case BLOCK_MAP:
		map_write(p, b);
		break;
	case BLOCK_TIMELINE:
		timeline(p, b);
		break;
	case BLOCK_PLACES:
	case BLOCK_NAMES:
		for (i = 0; i < b->nrecord; i++)
			named(p, &b->record[i]);
		break;
	case BLOCK_LINES:
		lines(p, b);
		break;
	case BLOCK_LINKS:
		links(p, b);
		break;
	case BLOCK_NOTE:
		pen_word(p, W_NOTE);
		pen_colon(p);
		buf_str(p->b, label);
		buf_ch(p->b, '\n');
		break;
	}
	pen_empty(p);
}
