/* SPDX-License-Identifier: ISC */
/*
 * Turns a profile into the files of a capsule, each handed to the caller as
 * soon as it is whole.
 *
 * A page is written in every language when it comes, and what the generated
 * pages need of it is kept (kept.c). render_finish() then writes those pages,
 * the data files, the feeds, the site table and the index.  It does no input or
 * output of its own and reads no clock, so the same profile gives the same
 * bytes everywhere.  Trusts the profile, which content/ has checked.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "content/profile.h"
#include "proto/idiom.h"
#include "render/block.h"
#include "render/collect.h"
#include "render/csv.h"
#include "render/events.h"
#include "render/frame.h"
#include "render/halves.h"
#include "render/ids.h"
#include "render/index.h"
#include "render/kept.h"
#include "render/members.h"
#include "render/mirror.h"
#include "render/news.h"
#include "render/part.h"
#include "render/parts.h"
#include "render/render.h"
#include "render/sitetable.h"
#include "render/table.h"
#include "render/words.h"

#define BIG		(64u << 10)	/* bytes; a buffer with as many is freed
					   when its file was handed over */
#define ENTRY_BYTES	76	/* a file's headers in a package, without its
				   name, which is in them twice */

/* Hand r->b over as a file and empty it. */
static int
put(struct render *r, const char *path, struct err *e)
{
	int	 rv;

	if (!buf_ok(&r->b)) {
		err_nomem(e);
		return -1;
	}
	r->bytes += r->b.len + ENTRY_BYTES + 2 * strlen(path);
	rv = r->put(r->arg, path, r->b.data != NULL ? r->b.data : "",
	    r->b.len, e);
	if (r->b.len < BIG)
		buf_reset(&r->b);
	else
		buf_free(&r->b);
	return rv;
}

static int
put_at(struct render *r, const struct buf *path, struct err *e)
{
	if (buf_ok(path))
		return put(r, path->data, e);
	err_nomem(e);
	return -1;
}

struct render *
render_new(render_put put_file, const struct render_keeper *keeper, void *arg,
    struct err *e)
{
	struct render	*r;

	if ((r = calloc(1, sizeof(*r))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	r->put = put_file;
	r->keeper = keeper;
	r->arg = arg;
	return r;
}

void
render_free(struct render *r)
{
	size_t	 i, l;

	if (r == NULL)
		return;
	for (i = 0; i <= GENERATE_MIRROR; i++)
		for (l = 0; l < LANG_MAX; l++)
			free(r->body[i][l]);
	free(r->kept);
	free(r->npart);
	ids_free(r->ids);
	buf_free(&r->b);
	free(r);
}

/* At the first call: set up what all pages use. */
static int
start(struct render *r, const struct profile *p, struct err *e)
{
	size_t	 l, i;

	if (r->p != NULL)
		return 0;
	r->npart = calloc(p->npage + 1, sizeof(*r->npart));
	r->ids = ids_new(p);
	r->p = p;
	r->npage = p->npage;
	if (r->npart == NULL || r->ids == NULL) {
		err_nomem(e);
		return -1;
	}
	if (kept_start(r, e) == -1)
		return -1;
	for (l = 0; l < p->nlang; l++)
		words_voice(&r->voice[l], p, l);
	for (i = 0; i < p->npage; i++) {
		r->wants_figures |= p->page[i].generate == GENERATE_FIGURES;
		r->wants_names |= p->page[i].generate == GENERATE_GLOSSARY;
		r->wants_compare |= p->page[i].generate == GENERATE_COMPARE;
	}
	return 0;
}

static size_t
page_index(const struct render *r, const struct page *page)
{
	return ids_find(r->ids, page->head->id);
}

static void
pen_start(const struct render *r, struct pen *p, size_t lang)
{
	p->p = r->p;
	p->ids = r->ids;
	p->v = &r->voice[lang];
	p->lang = lang;
	p->notes = NULL;
	p->bare = 0;
}

/* Write a link to the CSV file of a table. */
static void
link_data(const struct pen *p, const struct page *page,
    const struct block *b)
{
	if (b->type != BLOCK_TABLE)
		return;
	buf_str(p->b, "=> ../");
	table_name(page, b, p->p->lang[p->lang].dir, p->b);
	buf_fmt(p->b, " CSV%s%s\n\n", p->v->marks->colon,
	    pen_in(p, &b->table.caption));
}

/* 1: block i of the page is shown in another language. */
static int
is_foreign(const struct pen *p, const struct page *page, size_t i)
{
	return i < page->nblock && (page->block[i].missing >> p->lang & 1) != 0;
}

/*
 * Write a block.  When it lacks the page's language, it is written in the one
 * that it has.  Adjacent blocks in the same other language stand below one line
 * that names this language.
 */
static void
put_block(const struct pen *p, const struct voice *voice,
    const struct page *page, size_t i)
{
	const struct block	*b = &page->block[i];
	struct buf		 text = BUF_INIT;
	struct pen		 other = *p;

	if (!is_foreign(p, page, i)) {
		block_write(p, b);
		return;
	}
	other.b = &text;
	other.lang = b->shown;
	other.v = &voice[b->shown];
	block_write(&other, b);
	if (i == 0 || !is_foreign(p, page, i - 1) ||
	    page->block[i - 1].shown != b->shown)
		pen_foreign(p, b->shown);
	if (buf_ok(&text))
		idiom_foreign_write(p->b, text.data, text.len);
	else
		p->b->failed = 1;
	if (!is_foreign(p, page, i + 1) || page->block[i + 1].shown !=
	    b->shown)
		pen_empty(p);
	buf_free(&text);
}

/*
 * Write the blocks of a page, and their remarks behind them.  A block of links
 * at the end comes behind the remarks, because it leads to the next pages.
 */
static void
put_blocks(struct pen *p, const struct voice *voice, const struct page *page)
{
	struct pen_notes	 notes = { BUF_INIT, 0 };
	size_t			 i;

	p->notes = &notes;
	for (i = 0; i < page->nblock; i++) {
		if (i + 1 == page->nblock &&
		    page->block[i].type == BLOCK_LINKS)
			pen_put_notes(p);
		put_block(p, voice, page, i);
		link_data(p, page, &page->block[i]);
	}
	pen_put_notes(p);
	p->notes = NULL;
}

static int
put_page(struct render *r, const struct page_part *t, size_t k, size_t lang,
    struct err *e)
{
	struct buf	 path = BUF_INIT;
	int		 rv;

	buf_fmt(&path, "%s/", r->p->lang[lang].dir);
	part_name(t, k, &path);
	buf_str(&path, ".gmi");
	rv = put_at(r, &path, e);
	buf_free(&path);
	return rv;
}

int
render_asset(struct render *r, const char *path, const char *data,
    size_t len, struct err *e)
{
	buf_reset(&r->b);
	buf_add(&r->b, data, len);
	if (strcmp(path, "cover.png") == 0)
		r->has_cover = 1;
	return put(r, path, e);
}

/* The data files of a page's blocks in one language. */
static int
put_data(struct render *r, const struct pen *pen, const struct page *page,
    struct err *e)
{
	const struct block	*b;
	struct buf		 path = BUF_INIT;
	int			 rv = 0;

	for (b = page->block; rv == 0 && b < page->block + page->nblock; b++) {
		if (b->type != BLOCK_TABLE)
			continue;
		buf_reset(&path);
		table_name(page, b, r->p->lang[pen->lang].dir, &path);
		buf_reset(&r->b);
		table_csv(pen, b);
		rv = put_at(r, &path, e);
	}
	buf_free(&path);
	return rv;
}

int
render_page(struct render *r, const struct profile *p,
    const struct page *page, struct err *e)
{
	struct pen	 pen;
	struct page_part	 t;
	size_t		 at, l;
	char		*body;

	if (start(r, p, e) == -1)
		return -1;
	if ((at = page_index(r, page)) == SIZE_MAX) {
		err_set(e, "%s: page is in no section", page->head->id);
		return -1;
	}
	part_of(r, at, &t);
	for (l = 0; l < p->nlang; l++) {
		pen_start(r, &pen, l);
		if (collect_page(r, &pen, page, at, e) == -1)
			return -1;
		pen.b = &r->b;
		buf_reset(&r->b);
		if (page->head->generate == GENERATE_NONE)
			frame_top(&pen, at);
		put_blocks(&pen, r->voice, page);
		if (page->head->generate != GENERATE_NONE) {
			buf_str(&r->b, "");
			if ((body = buf_take(&r->b, NULL)) == NULL) {
				err_nomem(e);
				return -1;
			}
			free(r->body[page->head->generate][l]);
			r->body[page->head->generate][l] = body;
		} else {
			frame_foot(&pen, at);
			if (put_page(r, &t, 0, l, e) == -1)
				return -1;
		}
		if (put_data(r, &pen, page, e) == -1)
			return -1;
	}
	return 0;
}

static void
write_half(struct render *r, size_t page, size_t lang, struct half *h)
{
	struct pen	 p;

	pen_start(r, &p, lang);
	p.b = &h->b;
	switch (r->p->page[page].generate) {
	case GENERATE_HOME:
		half_home(&p, h);
		break;
	case GENERATE_FIGURES:
		half_figures(r, &p, h);
		break;
	case GENERATE_GLOSSARY:
		half_glossary(r, &p, h);
		break;
	case GENERATE_NEWS:
		half_news(&p);
		break;
	case GENERATE_MEMBERS:
		members_directory(r, &p, h);
		break;
	case GENERATE_COMPARE:
		members_compare(r, &p, h);
		break;
	case GENERATE_MIRROR:
		half_mirror(r, &p);
		break;
	case GENERATE_NONE:
		break;
	}
}

/* Write all parts of a generated page or list, in all languages. */
static int
put_parts(struct render *r, struct page_part *t, const struct half *h,
    struct err *e)
{
	struct pen	 p;
	size_t		 k, l;

	for (k = 0; k < t->n; k++)
		for (l = 0; l < r->p->nlang; l++) {
			pen_start(r, &p, l);
			p.b = &r->b;
			buf_reset(&r->b);
			if (k > 0 || t->is_list)
				part_top(&p, t, k);
			else {
				frame_top(&p, t->page);
				buf_str(&r->b, r->body[r->p->page[
				    t->page].generate][l]);
			}
			half_write(&h[l], h, k, t->n, &r->b);
			if (k + 1 < t->n && r->b.len > 1 &&
			    r->b.data[r->b.len - 2] != '\n')
				pen_empty(&p);
			part_foot(&p, t, k);
			if (put_page(r, t, k, l, e) == -1)
				return -1;
		}
	return 0;
}

/* Write the list of a section's pages, for a home that is too long for it. */
static int
finish_list(struct render *r, size_t section, struct err *e)
{
	struct half	 h[LANG_MAX] = { 0 };
	struct page_part	 t;
	struct pen	 p;
	size_t		 l;
	int		 rv = -1;

	for (l = 0; l < r->p->nlang; l++) {
		pen_start(r, &p, l);
		p.b = &h[l].b;
		half_list(&p, section, &h[l]);
	}
	if (half_cut(h, r->p->nlang, &r->nlist[section]) == -1)
		err_nomem(e);
	else {
		part_of(r, r->p->npage + section, &t);
		rv = put_parts(r, &t, h, e);
	}
	for (l = 0; l < r->p->nlang; l++)
		half_free(&h[l]);
	return rv;
}

/* Home is too long: write each section's list and link home to the lists. */
static int
finish_home(struct render *r, struct half *h, struct err *e)
{
	struct pen	 p;
	size_t		 i, l;

	for (i = 0; i < r->p->nsection; i++)
		if (finish_list(r, i, e) == -1)
			return -1;
	for (l = 0; l < r->p->nlang; l++) {
		half_free(&h[l]);
		pen_start(r, &p, l);
		p.b = &h[l].b;
		half_sections(r, &p);
	}
	return 0;
}

/* Write a generated page: its own blocks, then the half that apeng adds. */
static int
finish_page(struct render *r, size_t page, struct err *e)
{
	struct half	 h[LANG_MAX] = { 0 };
	struct page_part	 t;
	size_t		 l;
	int		 rv = 0;

	for (l = 0; l < r->p->nlang; l++)
		write_half(r, page, l, &h[l]);
	if (page == 0 && half_is_big(h, r->p->nlang))
		rv = finish_home(r, h, e);
	if (rv == 0 && half_cut(h, r->p->nlang, &r->npart[page]) == -1) {
		err_nomem(e);
		rv = -1;
	}
	if (rv == 0) {
		part_of(r, page, &t);
		rv = put_parts(r, &t, h, e);
	}
	for (l = 0; l < r->p->nlang; l++)
		half_free(&h[l]);
	return rv;
}

/* The pages on mirroring come last: they state the size of all files. */
static int
finish_pages(struct render *r, int mirror, struct err *e)
{
	enum generate	 g;
	size_t		 i;

	for (i = 0; i < r->p->npage; i++) {
		g = r->p->page[i].generate;
		if (g == GENERATE_NONE || (g == GENERATE_MIRROR) != mirror)
			continue;
		if (finish_page(r, i, e) == -1)
			return -1;
	}
	return 0;
}

static int
put_csv(struct render *r, struct err *e)
{
	size_t	 i;

	buf_reset(&r->b);
	csv_head(r->p, &r->b);
	for (i = 0; i < r->p->npage; i++)
		buf_str(&r->b, kept_of(r, i, 0, KEPT_CSV));
	r->csv_bytes = r->b.len;
	return put(r, "data/figures.csv", e);
}

/* Write what all pages kept of one kind to a file; none if it is empty. */
static int
put_kept(struct render *r, enum kept what, const char *path, struct err *e)
{
	const char	*s;
	size_t		 i;

	buf_reset(&r->b);
	for (i = 0; i < r->p->npage; i++)
		if ((s = kept_of(r, i, 0, what)) != NULL)
			buf_str(&r->b, s);
	return r->b.len == 0 ? 0 : put(r, path, e);
}

static int
put_calendar(struct render *r, struct err *e)
{
	const char	*s;
	size_t		 i, n = 0;

	buf_reset(&r->b);
	events_begin(&r->b);
	for (i = 0; i < r->p->npage; i++)
		if ((s = kept_of(r, i, 0, KEPT_CALENDAR)) != NULL) {
			buf_str(&r->b, s);
			n++;
		}
	events_end(&r->b);
	return n == 0 ? 0 : put(r, "data/events.ics", e);
}

/* Write the figures of members as data, if a page compares them. */
static int
put_members(struct render *r, struct err *e)
{
	if (!r->wants_compare || r->nmember == 0)
		return 0;
	buf_reset(&r->b);
	members_csv(r, &r->b);
	return put(r, "data/members.csv", e);
}

static int
put_feeds(struct render *r, struct err *e)
{
	struct buf	 path = BUF_INIT;
	size_t		 l;
	int		 rv = 0;

	for (l = 0; l < r->p->nlang && rv == 0; l++) {
		buf_reset(&path);
		buf_fmt(&path, "%s/feed.xml", r->p->lang[l].dir);
		buf_reset(&r->b);
		feed_write(r, l, &r->b);
		rv = put_at(r, &path, e);
	}
	buf_free(&path);
	return rv;
}

/*
 * Write DIR/search.gmi, which is not in the site table.  apeng's server does
 * not send this file, but asks for words to search.  Readers without that
 * server get a page that links to the generated pages.
 */
static int
put_search(struct render *r, struct err *e)
{
	struct buf	 path = BUF_INIT;
	struct pen	 p;
	size_t		 i, l;
	int		 rv = 0;

	for (l = 0; l < r->p->nlang && rv == 0; l++) {
		buf_reset(&path);
		buf_fmt(&path, "%s/search.gmi", r->p->lang[l].dir);
		buf_reset(&r->b);
		pen_start(r, &p, l);
		p.b = &r->b;
		buf_fmt(&r->b, "# %s\n\n", p.v->word[LANG_SEARCH]);
		pen_line(&p, p.v->word[LANG_SEARCH_TEXT]);
		pen_empty(&p);
		for (i = 0; i < r->p->npage; i++)
			if (r->p->page[i].generate != GENERATE_NONE)
				pen_page(&p, i, LANG_N);
		rv = put_at(r, &path, e);
	}
	buf_free(&path);
	return rv;
}

int
render_finish(struct render *r, const struct profile *p, struct err *e)
{
	if (start(r, p, e) == -1 || kept_all(r, e) == -1 ||
	    put_csv(r, e) == -1 ||
	    put_kept(r, KEPT_CARDS, "data/contacts.vcf", e) == -1 ||
	    put_calendar(r, e) == -1 || put_members(r, e) == -1 ||
	    put_feeds(r, e) == -1 || put_search(r, e) == -1 ||
	    finish_pages(r, 0, e) == -1)
		return -1;
	/* Now the number of parts of each generated page is known. */
	buf_reset(&r->b);
	if (sitetable_write(r, &r->b) == -1) {
		err_nomem(e);
		return -1;
	}
	if (put(r, "data/site.txt", e) == -1)
		return -1;
	index_write(r, &r->b);
	if (put(r, "index.gmi", e) == -1)
		return -1;
	metadata_write(r, &r->b);
	if (put(r, "metadata.txt", e) == -1)
		return -1;
	buf_str(&r->b, "User-agent: *\nDisallow: /.apeng/\n");
	if (put(r, "robots.txt", e) == -1)
		return -1;
	buf_str(&r->b, "\xf0\x9f\x8c\x84\n");	/* sunrise over mountains */
	if (put(r, "favicon.txt", e) == -1)
		return -1;
	return finish_pages(r, 1, e);
}
