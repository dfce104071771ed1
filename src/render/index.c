/* SPDX-License-Identifier: ISC */
/*
 * Writes two files at the root of a package: index.gmi, which links to every
 * page in every language, and metadata.txt.  Pages are listed by language and
 * section, in reading order.  The text comes from the author's profile, and
 * the date of publication is the newest date there, so that no clock is
 * needed.
 */
#include "base/buf.h"
#include "content/profile.h"
#include "render/frame.h"
#include "render/index.h"
#include "render/part.h"
#include "render/parts.h"

/* Write a link to each part of a page. */
static void
links(const struct pen *p, const struct page_part *t)
{
	size_t	 k;

	for (k = 0; k < t->n; k++) {
		buf_fmt(p->b, "=> %s/", p->p->lang[p->lang].dir);
		part_name(t, k, p->b);
		buf_str(p->b, ".gmi ");
		part_title(p, t, k);
		buf_ch(p->b, '\n');
	}
}

/*
 * Write "=> en/index.gmi English: TITLE"; the name of the language is left out
 * when the capsule has only one.
 */
static void
home_link(const struct pen *p)
{
	const struct lang	*l = &p->p->lang[p->lang];

	buf_fmt(p->b, "=> %s/index.gmi ", l->dir);
	if (p->p->nlang > 1) {
		buf_str(p->b, l->name);
		pen_colon(p);
	}
	buf_fmt(p->b, "%s\n", pen_in(p, &p->p->page[0].title));
}

/* Link to every page but home, in reading order under its section. */
static void
language(const struct render *r, const struct pen *p)
{
	const struct section	*s;
	struct page_part	 t;
	size_t			 i, j;

	pen_heading(p, 2, p->p->lang[p->lang].name);
	for (i = 0; i < p->p->nsection; i++) {
		s = &p->p->section[i];
		if (i > 0)
			pen_empty(p);
		pen_heading(p, 3, pen_in(p, &s->title));
		part_of(r, p->p->npage + i, &t);
		links(p, &t);
		for (j = s->first; j < s->first + s->n; j++) {
			part_of(r, j, &t);
			links(p, &t);
		}
	}
}

/*
 * The link to each language's home stands before all lists, so that a reader
 * whose machine cannot show one of the scripts finds a language without
 * scrolling.  Programs that read gempubs take the links as the order of pages,
 * so each page has exactly one link.
 */
void
index_write(const struct render *r, struct buf *b)
{
	const struct profile	*p = r->p;
	struct pen		 pen = { .b = b, .p = p, .ids = r->ids,
				    .v = NULL, .lang = 0 };
	size_t			 l;

	buf_str(b, "# ");
	for (l = 0; l < p->nlang; l++) {
		pen.lang = l;
		buf_fmt(b, "%s%s", l > 0 ? " / " : "", pen_in(&pen, &p->title));
	}
	buf_str(b, "\n\n");
	for (l = 0; l < p->nlang; l++) {
		pen.lang = l;
		pen.v = &r->voice[l];
		notices_write(&pen);
	}
	for (l = 0; l < p->nlang; l++) {
		pen.lang = l;
		pen.v = &r->voice[l];
		home_link(&pen);
	}
	pen_empty(&pen);
	for (l = 0; l < p->nlang; l++) {
		pen.lang = l;
		pen.v = &r->voice[l];
		pen_line(&pen, pen_in(&pen, &p->subtitle));
		pen_empty(&pen);
	}
	for (l = 0; l < p->nlang; l++) {
		pen.lang = l;
		pen.v = &r->voice[l];
		if (l > 0)
			pen_empty(&pen);
		language(r, &pen);
	}
}

void
metadata_write(const struct render *r, struct buf *b)
{
	const struct profile	*p = r->p;
	struct pen		 pen = { .b = b, .p = p, .ids = r->ids,
				    .v = &r->voice[0], .lang = 0 };

	buf_fmt(b, "title: %s\n", pen_in(&pen, &p->title));
	buf_str(b, "gpubVersion: 1.0.0\n");
	buf_str(b, "index: index.gmi\n");
	buf_fmt(b, "author: %s\n", pen_in(&pen, &p->publisher));
	buf_fmt(b, "language: %s\n", p->lang[0].tag);
	buf_str(b, "charset: UTF-8\n");
	buf_fmt(b, "description: %s\n", pen_in(&pen, &p->subtitle));
	buf_fmt(b, "published: %.4s\n", p->newest);
	buf_fmt(b, "publishDate: %s\n", p->newest);
	if (p->licence.in[0] != NULL)
		buf_fmt(b, "license: %s\n", pen_in(&pen, &p->licence));
	if (r->has_cover)
		buf_str(b, "cover: cover.png\n");
}
