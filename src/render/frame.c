/* SPDX-License-Identifier: ISC */
/*
 * Writes what is above and below the blocks of each page: title, notices on
 * home, summary and links to other languages; then date, next and previous
 * page, up and contact.  A notice is shown until the capsule's newest date is
 * later than the notice's end date, if it has one; so no clock is needed.
 * The text comes from the author's profile and from lang/.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "content/profile.h"
#include "lang/lang.h"
#include "render/frame.h"
#include "render/ids.h"
#include "render/office.h"
#include "render/pen.h"
#include "render/words.h"

int
notice_holds(const struct profile *p, size_t i)
{
	const struct notice	*n = &p->notice[i];

	return n->text.in[0] != NULL && (n->until == NULL ||
	    p->newest == NULL || strcmp(n->until, p->newest) >= 0);
}

static void
put_quote(const struct pen *p, const struct notice *n)
{
	buf_str(p->b, "> ");
	pen_word(p, LANG_NOTICE);
	if (n->date != NULL) {
		pen_open(p);
		buf_str(p->b, n->date);
		pen_close(p);
	}
	pen_colon(p);
	buf_str(p->b, pen_in(p, &n->text));
	buf_str(p->b, "\n\n");
}

void
notices_write(const struct pen *p)
{
	const struct notice	*n;
	size_t			 i;

	for (i = 0; i < p->p->nnotice; i++) {
		n = &p->p->notice[i];
		if (!notice_holds(p->p, i))
			continue;
		if (n->is_quote) {
			put_quote(p, n);
			continue;
		}
		office_notice(p, n);
		pen_empty(p);
	}
}

void
notices_in_line(const struct pen *p)
{
	const struct notice	*n;
	size_t			 i, some = 0;

	for (i = 0; i < p->p->nnotice; i++) {
		n = &p->p->notice[i];
		if (!notice_holds(p->p, i))
			continue;
		buf_str(p->b, some++ > 0 ? " / " : "");
		if (n->severity != SEVERITY_NOTICE) {
			pen_word(p, office_severity(n->severity));
			pen_colon(p);
		}
		buf_str(p->b, pen_in(p, &n->text));
	}
}

void
frame_top(const struct pen *p, size_t page)
{
	const struct page_head	*h = &p->p->page[page];
	const char		*s;
	struct pen		 other = *p;
	size_t			 l;

	pen_heading(p, 1, pen_in(p, &h->title));
	pen_empty(p);
	if (h->generate == GENERATE_HOME)
		notices_write(p);
	s = pen_in(p, &h->summary);
	if (*s != '\0') {
		pen_line(p, s);
		pen_empty(p);
	}
	for (l = 0; l < p->p->nlang; l++) {
		if (l == p->lang)
			continue;
		other.lang = l;
		buf_fmt(p->b, "=> ../%s/%s.gmi %s%s%s\n", p->p->lang[l].dir,
		    h->id, p->p->lang[l].name,
		    words_marks(p->p->lang[l].tag)->colon,
		    pen_in(&other, &h->title));
	}
	if (h->generate == GENERATE_HOME)
		pen_link(p, "search.gmi", LANG_N, p->v->word[LANG_SEARCH]);
	if (p->p->nlang > 1 || h->generate == GENERATE_HOME)
		pen_empty(p);
}

const struct words *
frame_as_of(const struct profile *p, size_t page)
{
	const struct page_head	*h = &p->page[page];

	if (h->as_of.in[0] != NULL)
		return &h->as_of;
	if (p->as_of.in[0] != NULL && (h->generate == GENERATE_NONE ||
	    h->generate == GENERATE_HOME || h->generate == GENERATE_FIGURES))
		return &p->as_of;
	return NULL;
}

void
frame_changed(const struct pen *p, const char *date,
    const struct words *as_of)
{
	const char	*s = p->v->word[LANG_CHANGED];
	size_t		 len = strlen(s);
	uint32_t	 cp = ' ';

	if (as_of != NULL) {
		pen_word_both(p, LANG_AS_OF, pen_in(p, as_of), date);
		buf_str(p->b, "\n\n");
		return;
	}
	buf_str(p->b, s);
	/* No blank between a Chinese character and the date. */
	if (len < 3 || text_utf8_next(s + len - 3, 3, &cp) != 3 ||
	    !text_is_cjk(cp))
		buf_ch(p->b, ' ');
	buf_str(p->b, date);
	buf_str(p->b, "\n\n");
}

void
frame_ways(const struct pen *p, size_t page)
{
	size_t	 contact;

	if (page > 0)
		pen_link(p, "index.gmi", LANG_UP, pen_in(p, &p->p->title));
	else
		pen_link(p, "../index.gmi", LANG_N,
		    p->v->word[LANG_ALL_PAGES]);
	contact = ids_find(p->ids, p->p->contact);
	if (contact != SIZE_MAX && contact != page)
		pen_page(p, contact, LANG_CONTACT);
}

void
frame_foot(const struct pen *p, size_t page)
{
	frame_changed(p, p->p->page[page].date, frame_as_of(p->p, page));
	if (page + 1 < p->p->npage)
		pen_page(p, page + 1, LANG_NEXT);
	if (page > 1)
		pen_page(p, page - 1, LANG_PREVIOUS);
	frame_ways(p, page);
}
