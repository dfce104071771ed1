/* SPDX-License-Identifier: ISC */
/*
 * Writes the blocks of a page as gemtext in one language, and what other pages
 * show of them.  There is one row for each type, in the order of
 * content/block_rows.c.  proto/idiom.h says how programs read the gemtext.
 */
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "proto/idiom.h"
#include "render/block.h"
#include "render/chart.h"
#include "render/contacts.h"
#include "render/csv.h"
#include "render/events.h"
#include "render/ids.h"
#include "render/map.h"
#include "render/office.h"
#include "render/part.h"
#include "render/series.h"
#include "render/table.h"
#include "render/timeline.h"

/* -- one paragraph ----------------------------------------------------- */

static void
heading(const struct pen *p, const struct block *b)
{
	pen_heading(p, 2, pen_in(p, &b->text));
}

/* content/ has checked it. */
static void
gemtext(const struct pen *p, const struct block *b)
{
	buf_str(p->b, pen_in(p, &b->text));
	buf_ch(p->b, '\n');
}

static void
subheading(const struct pen *p, const struct block *b)
{
	pen_heading(p, 3, pen_in(p, &b->text));
}

/* Write paragraphs, with an empty line between two. */
static void
text(const struct pen *p, const struct block *b)
{
	const char	*s = pen_in(p, &b->text), *lf;

	for (; (lf = strchr(s, '\n')) != NULL; s = lf + 1) {
		pen_guard(p, s);
		buf_add(p->b, s, (size_t)(lf - s));
		buf_str(p->b, "\n\n");
	}
	pen_line(p, s);
}

static void
quote(const struct pen *p, const struct block *b)
{
	buf_str(p->b, "> ");
	buf_str(p->b, pen_in(p, &b->text));
	buf_ch(p->b, '\n');
}

static void
note(const struct pen *p, const struct block *b)
{
	pen_word(p, LANG_NOTE);
	pen_colon(p);
	buf_str(p->b, pen_in(p, &b->text));
	buf_ch(p->b, '\n');
}

static void
note_keep(const struct pen *p, const struct block *b, enum kept what)
{
	static const struct remark	 none;

	if (what == KEPT_NOTES)
		pen_item(p, pen_in(p, &b->text), NULL, 0, &none);
}

/*
 * For KEPT_NOTES: write the words of a record and its remark as an item, when
 * it has a note or a printed spelling.  For records that are no names.
 */
static void
keep_remark(const struct pen *p, const struct words *w,
    const struct remark *r, enum kept what)
{
	if (what == KEPT_NOTES && (r->note.in[0] != NULL ||
	    r->printed != NULL))
		pen_item(p, pen_in(p, w), NULL, 0, r);
}

/* -- lists ------------------------------------------------------------- */

static void
list(const struct pen *p, const struct block *b)
{
	const struct list_item	*i = b->list.item, *end = i + b->list.n;

	for (; i < end; i++) {
		if (i->to == NULL && i->url == NULL) {
			pen_item(p, pen_in(p, &i->text), NULL, 0, &i->remark);
			continue;
		}
		buf_fmt(p->b, i->to != NULL ? "=> %s.gmi " : "=> %s ",
		    i->to != NULL ? i->to : i->url);
		pen_record(p, pen_in(p, &i->text), NULL, NULL, &i->remark);
		buf_ch(p->b, '\n');
	}
}

static void
list_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct list_item	*i = b->list.item, *end = i + b->list.n;

	for (; i < end; i++)
		keep_remark(p, &i->text, &i->remark, what);
}

static void
figures(const struct pen *p, const struct block *b)
{
	const struct figure	*f = b->figures.figure;
	const struct figure	*end = f + b->figures.n;

	for (; f < end; f++)
		pen_figure(p, f);
}

static void
figures_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct figure	*f = b->figures.figure;
	const struct figure	*end = f + b->figures.n;

	for (; f < end; f++)
		if (what == KEPT_FIGURES)
			pen_figure(p, f);
		else
			keep_remark(p, &f->label, &f->remark, what);
}

static void
figures_csv(const struct profile *p, const struct page_head *h,
    const struct block *b, struct buf *out)
{
	const struct figure	*f = b->figures.figure;
	const struct figure	*end = f + b->figures.n;

	for (; f < end; f++)
		csv_record(p, h, f, out);
}

static void
chart_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct bar	*bar = b->chart.bar, *end = bar + b->chart.n;

	for (; bar < end; bar++)
		keep_remark(p, &bar->label, &bar->remark, what);
}

static void
map_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct map_node	*n = b->map.node, *end = n + b->map.n;

	for (; n < end; n++)
		keep_remark(p, &n->label, &n->remark, what);
}

static void
timeline(const struct pen *p, const struct block *b)
{
	const struct event	*e = b->timeline.event;
	const struct event	*end = e + b->timeline.n;

	timeline_draw(p, b);
	for (; e < end; e++)
		pen_item(p, pen_in(p, &e->when), pen_in(p, &e->text), 0,
		    &e->remark);
}

static void
timeline_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct event	*e = b->timeline.event;
	const struct event	*end = e + b->timeline.n;

	for (; e < end; e++)
		keep_remark(p, &e->when, &e->remark, what);
}

/* -- names ------------------------------------------------------------- */

/* Write a place or line: its name, and the words about it. */
static void
named(const struct pen *p, const struct words *name, const struct words *w,
    const struct remark *r)
{
	pen_named(p, name, w->in[0] != NULL ? pen_in(p, w) : NULL, r);
}

static void
places(const struct pen *p, const struct block *b)
{
	const struct place_item	*i = b->places.place, *end = i + b->places.n;

	for (; i < end; i++)
		named(p, &i->name, &i->text, &i->remark);
}

static void
places_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct place_item	*i = b->places.place, *end = i + b->places.n;

	for (; what == KEPT_NAMES && i < end; i++)
		pen_named(p, &i->name, NULL, &i->remark);
}

static void
names(const struct pen *p, const struct block *b)
{
	const struct name_item	*i = b->names.name, *end = i + b->names.n;

	for (; i < end; i++)
		pen_named(p, &i->name, NULL, &i->remark);
}

static void
names_keep(const struct pen *p, const struct block *b, enum kept what)
{
	if (what == KEPT_NAMES)
		names(p, b);
}

/*
 * Write the lines of one status under its heading, sorted by kind; lines of one
 * kind stay in the author's order.  1: there was at least one.
 */
static int
lines_of(const struct pen *p, const struct block *b, enum line_status status,
    int is_first)
{
	static const enum lang_phrase	 heads[] = {
		[LINE_OPEN] = LANG_OPEN, [LINE_FASTER] = LANG_FASTER,
		[LINE_BUILDING] = LANG_BUILDING, [LINE_PLANNED] = LANG_PLANNED
	};
	const struct line_item	*l, *end = b->lines.line + b->lines.n;
	int			 kind, n = 0;

	for (kind = LINE_RAIL; kind <= LINE_WATER; kind++)
		for (l = b->lines.line; l < end; l++) {
			if (l->status != status || (int)l->kind != kind)
				continue;
			if (n++ == 0) {
				if (!is_first)
					pen_empty(p);
				pen_heading(p, 3, p->v->word[heads[status]]);
			}
			named(p, &l->name, &l->text, &l->remark);
		}
	return n > 0;
}

static void
lines(const struct pen *p, const struct block *b)
{
	int	 status, any = 0;

	for (status = LINE_OPEN; status <= LINE_PLANNED; status++)
		any |= lines_of(p, b, (enum line_status)status, !any);
}

static void
lines_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct line_item	*l = b->lines.line, *end = l + b->lines.n;

	for (; what == KEPT_NAMES && l < end; l++)
		pen_named(p, &l->name, NULL, &l->remark);
}

/* -- links ------------------------------------------------------------- */

static void
links(const struct pen *p, const struct block *b)
{
	const struct link_item	*l = b->links.link, *end = l + b->links.n;
	const char		*label;
	size_t			 page;

	for (; l < end; l++) {
		label = pen_in(p, &l->label);
		if (l->to == NULL) {
			buf_fmt(p->b, "=> %s%s%s\n", l->url,
			    *label != '\0' ? " " : "", label);
			continue;
		}
		if (*label == '\0' &&
		    (page = ids_find(p->ids, l->to)) != SIZE_MAX)
			label = pen_in(p, &p->p->page[page].title);
		buf_fmt(p->b, "=> %s.gmi %s\n", l->to, label);
	}
}

static void
links_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct link_item	*l = b->links.link, *end = l + b->links.n;

	for (; l < end; l++)
		keep_remark(p, &l->label, &l->remark, what);
}

static void
contacts_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct contact	*c = b->contacts.contact;
	const struct contact	*end = c + b->contacts.n;

	if (what == KEPT_CARDS)
		contacts_cards(p, b);
	for (; c < end; c++)
		keep_remark(p, &c->name, &c->remark, what);
}

/* -- files beside the text ----------------------------------------------- */

static void
beside(const struct pen *p, const struct block *b)
{
	const struct block_beside	*i = &b->beside;

	pen_file(p, &i->file, pen_in(p, &i->label));
	if (i->caption.in[0] != NULL)
		pen_below(p, pen_in(p, &i->caption));
	if (i->credit.in[0] != NULL)
		idiom_credit_write(p->b, pen_in(p, &i->credit));
}

static void
events_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct happening	*h = b->events.event;
	const struct happening	*end = h + b->events.n;

	if (what == KEPT_CALENDAR)
		events_calendar(p, b);
	for (; h < end; h++)
		keep_remark(p, &h->title, &h->remark, what);
}

static void
steps_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct list_item	*i = b->steps.step, *end = i + b->steps.n;

	for (; i < end; i++)
		keep_remark(p, &i->text, &i->remark, what);
}

static void
timetable_keep(const struct pen *p, const struct block *b, enum kept what)
{
	const struct stop	*s = b->timetable.stop;
	const struct stop	*end = s + b->timetable.n;

	for (; s < end; s++)
		keep_remark(p, &s->name, &s->remark, what);
}

/* -- the rows ---------------------------------------------------------- */

static const struct {
	void	(*write)(const struct pen *, const struct block *);
	/* Writes what other pages show of it; NULL: nothing. */
	void	(*keep)(const struct pen *, const struct block *, enum kept);
	/* Writes its records for data/figures.csv; NULL: none. */
	void	(*csv)(const struct profile *, const struct page_head *,
		    const struct block *, struct buf *);
} rows[BLOCK_TYPES] = {
	[BLOCK_HEADING]	 = { heading, NULL, NULL },
	[BLOCK_TEXT]	 = { text, NULL, NULL },
	[BLOCK_LIST]	 = { list, list_keep, NULL },
	[BLOCK_QUOTE]	 = { quote, NULL, NULL },
	[BLOCK_FIGURES]	 = { figures, figures_keep, figures_csv },
	[BLOCK_CHART]	 = { chart_write, chart_keep, NULL },
	[BLOCK_MAP]	 = { map_write, map_keep, NULL },
	[BLOCK_TIMELINE] = { timeline, timeline_keep, NULL },
	[BLOCK_PLACES]	 = { places, places_keep, NULL },
	[BLOCK_LINES]	 = { lines, lines_keep, NULL },
	[BLOCK_NAMES]	 = { names, names_keep, NULL },
	[BLOCK_LINKS]	 = { links, links_keep, NULL },
	[BLOCK_NOTE]	 = { note, note_keep, NULL },
	[BLOCK_CONTACTS] = { contacts_write, contacts_keep, NULL },
	[BLOCK_IMAGE]	 = { beside, NULL, NULL },
	[BLOCK_FILE]	 = { beside, NULL, NULL },
	[BLOCK_TABLE]	 = { table_write, NULL, NULL },
	[BLOCK_SERIES]	 = { series_write, series_keep, series_csv },
	[BLOCK_EVENTS]	 = { events_write, events_keep, NULL },
	[BLOCK_GEMTEXT]	 = { gemtext, NULL, NULL },
	[BLOCK_SUBHEADING] = { subheading, NULL, NULL },
	[BLOCK_STEPS]	 = { office_steps, steps_keep, NULL },
	[BLOCK_WARNING]	 = { office_warning, NULL, NULL },
	[BLOCK_TIMETABLE] = { office_timetable, timetable_keep, NULL },
};

void
block_write(const struct pen *p, const struct block *b)
{
	const size_t	 before = p->b->len;

	rows[b->type].write(p, b);
	if (p->b->len == before)	/* the block wrote nothing */
		return;
	/* No empty line below a heading: small screens have few lines. */
	if (b->type != BLOCK_HEADING && b->type != BLOCK_SUBHEADING)
		pen_empty(p);
}

void
block_keep(const struct pen *p, const struct block *b, enum kept what)
{
	if (rows[b->type].keep != NULL)
		rows[b->type].keep(p, b, what);
}

void
block_csv(const struct profile *p, const struct page_head *h,
    const struct block *b, struct buf *out)
{
	if (rows[b->type].csv != NULL)
		rows[b->type].csv(p, h, b, out);
}
