/* SPDX-License-Identifier: ISC */
/*
 * Writes the second half of generated pages, below the blocks of their own:
 * the list of pages on home, the figures, and the names and notes of the
 * glossary.  Figures, names and notes are what collect.c kept of each page;
 * titles and summaries come from the profile.  half_mark() notes where a long
 * page may be cut.  A hash table of lines shows each name once, under the
 * first page that has it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "render/halves.h"
#include "render/kept.h"
#include "render/part.h"
#include "render/parts.h"

/* The names that are on the glossary page already, as whole lines. */
struct lines_seen {
	const char	**line;		/* borrowed, open addressing */
	size_t		 *len;
	size_t		  n, nslot;
};

static int	seen_grow(struct lines_seen *);

/* List the pages of a section with their summaries. */
void
half_list(const struct pen *p, size_t section, struct half *h)
{
	const struct section	*s = &p->p->section[section];
	const char		*summary;
	size_t			 j;

	for (j = s->first; j < s->first + s->n; j++) {
		pen_page(p, j, LANG_N);
		summary = pen_in(p, &p->p->page[j].summary);
		if (*summary != '\0')
			pen_below(p, summary);
		half_mark(h);
	}
	pen_empty(p);
}

void
half_home(const struct pen *p, struct half *h)
{
	size_t	 i;

	for (i = 0; i < p->p->nsection; i++) {
		pen_heading(p, 2, pen_in(p, &p->p->section[i].title));
		half_list(p, i, h);
	}
}

/* On home of a large capsule: link to the list of each section. */
void
half_sections(const struct render *r, const struct pen *p)
{
	struct page_part	 t;
	size_t		 i;

	for (i = 0; i < p->p->nsection; i++) {
		part_of(r, p->p->npage + i, &t);
		buf_str(p->b, "=> ");
		part_name(&t, 0, p->b);
		buf_fmt(p->b, ".gmi %s", pen_in(p, t.title));
		pen_open(p);
		buf_fmt(p->b, "%zu", p->p->section[i].n);
		pen_close(p);
		buf_ch(p->b, '\n');
	}
	pen_empty(p);
}

void
half_figures(struct render *r, const struct pen *p, struct half *h)
{
	const char	*lines;
	size_t		 i, n = 0;

	for (i = 0; i < p->p->npage; i++) {
		half_mark(h);
		if ((lines = kept_of(r, i, p->lang, KEPT_FIGURES)) == NULL)
			continue;
		n++;
		pen_heading(p, 2, pen_in(p, &p->p->page[i].title));
		buf_str(p->b, lines);
		pen_page(p, i, LANG_N);
		pen_empty(p);
	}
	half_mark(h);
	if (n == 0) {
		pen_line(p, p->v->word[LANG_NOTHING]);
		pen_empty(p);
		return;
	}
	buf_str(p->b, "=> ../data/figures.csv ");
	pen_word(p, LANG_FIGURES_CSV);
	pen_open(p);
	pen_kb(p, r->csv_bytes, 1);
	pen_close(p);
	buf_str(p->b, "\n\n");
}

static uint64_t
hash(const char *s, size_t len)
{
	uint64_t	 h = 14695981039346656037u;
	size_t		 i;

	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	return h ^ h >> 32;
}

/* 1 new, 0 known, -1 no memory. */
static int
seen_add(struct lines_seen *s, const char *line, size_t len)
{
	size_t	 at;

	if (s->n * 2 >= s->nslot && seen_grow(s) == -1)
		return -1;
	for (at = (size_t)hash(line, len);; at++) {
		at &= s->nslot - 1;
		if (s->line[at] == NULL)
			break;
		if (s->len[at] == len && memcmp(s->line[at], line, len) == 0)
			return 0;
	}
	s->line[at] = line;
	s->len[at] = len;
	s->n++;
	return 1;
}

static int
seen_grow(struct lines_seen *s)
{
	struct lines_seen	 n = { .nslot = s->nslot == 0 ? 64 :
				    s->nslot * 2 };
	size_t			 i;

	if ((n.line = calloc(n.nslot, sizeof(*n.line))) == NULL ||
	    (n.len = calloc(n.nslot, sizeof(*n.len))) == NULL) {
		free(n.line);
		return -1;
	}
	for (i = 0; i < s->nslot; i++)
		if (s->line[i] != NULL)
			seen_add(&n, s->line[i], s->len[i]);
	free(s->line);
	free(s->len);
	*s = n;
	return 0;
}

/* Put the names of a page that no earlier page had, under a link to it. */
static int
names_of(const struct pen *p, size_t page, const char *lines,
    struct lines_seen *s)
{
	const char	*end;
	size_t		 len;
	int		 is_new, n = 0;

	for (; *lines != '\0'; lines = end + 1) {
		end = strchr(lines, '\n');
		len = (size_t)(end - lines);
		if ((is_new = seen_add(s, lines, len)) == -1)
			return -1;
		if (!is_new)
			continue;
		if (n++ == 0)
			pen_page(p, page, LANG_N);
		buf_add(p->b, lines, len + 1);
	}
	if (n > 0)
		pen_empty(p);
	return n;
}

void
half_glossary(struct render *r, const struct pen *p, struct half *h)
{
	const char	*lines;
	struct lines_seen	 s = { 0 };
	size_t		 i, n = 0;

	pen_heading(p, 2, p->v->word[LANG_NAMES]);
	for (i = 0; i < p->p->npage; i++) {
		half_mark(h);
		lines = kept_of(r, i, p->lang, KEPT_NAMES);
		if (lines != NULL && names_of(p, i, lines, &s) == -1)
			p->b->failed = 1;
	}
	if (s.n == 0) {
		pen_line(p, p->v->word[LANG_NOTHING]);
		pen_empty(p);
	}
	free(s.line);
	free(s.len);
	for (i = 0; i < p->p->npage; i++) {
		half_mark(h);
		if ((lines = kept_of(r, i, p->lang, KEPT_NOTES)) == NULL)
			continue;
		if (n++ == 0)
			pen_heading(p, 2, p->v->word[LANG_NOTES]);
		pen_page(p, i, LANG_N);
		buf_str(p->b, lines);
		pen_empty(p);
	}
	half_mark(h);
}
