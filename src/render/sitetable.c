/* SPDX-License-Identifier: ISC */
/*
 * Writes data/site.txt: what the Gopher trees and the browsers' pages need to
 * know of a profile (languages, trees, sections, pages, notices, replacements).
 *
 * Most of the table is filled with pointers into the profile and written by
 * proto/site.c; the lines of pages go straight into the file, because there may
 * be 20,000 of them.  Trusts the profile, which content/ has checked.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "proto/site.h"
#include "render/frame.h"
#include "render/part.h"
#include "render/parts.h"
#include "render/pen.h"
#include "render/sitetable.h"

/* The table borrows constant strings, whose bytes are not changed here. */
#define B(s)	((char *)(s))

static const char *
in(const struct words *w, size_t lang)
{
	if (w->in[lang] != NULL)
		return w->in[lang];
	return w->in[0] != NULL ? w->in[0] : "";
}

/*
 * Fill in the languages.  notice: a buffer for each language, from which out
 * borrows; the caller frees them.
 */
static void
langs(const struct render *r, struct site_lang *out, struct buf *notice)
{
	const struct profile	*p = r->p;
	struct pen		 pen = { .p = p, .ids = r->ids };
	const char		*until;
	size_t			 l, i;

	for (l = 0; l < p->nlang; l++) {
		out[l].dir = B(p->lang[l].dir);
		out[l].tag = B(p->lang[l].tag);
		out[l].name = B(p->lang[l].name);
		out[l].title = B(in(&p->title, l));
		out[l].short_title = B(in(&p->page[0].short_title, l));
		for (i = 0; i < p->nnotice; i++) {
			if (!notice_holds(p, i))
				continue;
			pen.b = &notice[l];
			pen.v = &r->voice[l];
			pen.lang = l;
			if (out[l].notice == NULL)
				notices_in_line(&pen);
			out[l].notice = notice[l].data;
			until = p->notice[i].until != NULL ?
			    p->notice[i].until : "9999-12-31";
			if (out[l].until == NULL ||
			    strcmp(out[l].until, until) < 0)
				out[l].until = B(until);
		}
	}
}

/* 1: menus may show this phrase, too, so the table must have it. */
static int
is_of_menus(const char *id)
{
	size_t	 i;

	for (i = 0; i < LANG_MENU_HOME; i++)
		if (strcmp(id, lang_id(i)) == 0)
			return 0;
	return 1;
}

static void
menu_words(const struct profile *p, struct site_table *t)
{
	size_t	 i, l;

	for (l = 0; l < p->nlang; l++)
		for (i = 0; i < p->nwords; i++) {
			if (p->words[i].word.in[l] == NULL ||
			    !is_of_menus(p->words[i].id))
				continue;
			t->word[t->nword].dir = B(p->lang[l].dir);
			t->word[t->nword].id = B(p->words[i].id);
			t->word[t->nword++].text = B(p->words[i].word.in[l]);
		}
}

static void
sections(const struct profile *p, struct site_section *out)
{
	size_t	 l, i;

	for (l = 0; l < p->nlang; l++)
		for (i = 0; i < p->nsection; i++, out++) {
			out->dir = B(p->lang[l].dir);
			out->id = B(p->section[i].id);
			out->title = B(in(&p->section[i].title, l));
			out->short_title = B(in(&p->section[i].short_title,
			    l));
		}
}

static void
page_line(const struct render *r, const struct page_part *t, size_t k,
    size_t lang, const char *section, struct buf *b)
{
	struct pen	 p = { .b = b, .p = r->p, .ids = r->ids,
				    .v = &r->voice[lang], .lang = lang };

	buf_fmt(b, "page\t%s\t", r->p->lang[lang].dir);
	part_name(t, k, b);
	buf_fmt(b, "\t%s\t%s\t", section, t->date);
	part_title(&p, t, k);
	buf_ch(b, '\t');
	part_short(&p, t, k);
	buf_ch(b, '\n');
}

/*
 * Write the pages of each language, and behind them its lists of sections.
 * They go directly into the file, because a table of them would need as much
 * memory once more.
 */
static void
pages(const struct render *r, struct buf *b)
{
	const struct profile	*p = r->p;
	const char		*section;
	struct page_part		 t;
	size_t			 l, i, k;

	for (l = 0; l < p->nlang; l++)
		for (i = 0; i < p->npage + p->nsection; i++) {
			section = "-";
			if (i < p->npage && p->page[i].section < p->nsection)
				section = p->section[p->page[i].section].id;
			part_of(r, i, &t);
			for (k = 0; k < t.n; k++)
				page_line(r, &t, k, l, section, b);
		}
}

int
sitetable_write(const struct render *r, struct buf *b)
{
	const struct profile	*p = r->p;
	struct site_table	 t = { 0 };
	struct site_tree	 tree[TREES_MAX];
	struct site_lang	 lang[LANG_MAX] = { 0 };
	struct buf		 notice[LANG_MAX] = { 0 };
	size_t			 i;
	int			 rv = -1;

	t.section = calloc(p->nlang * p->nsection + 1, sizeof(*t.section));
	t.host = calloc(p->nhost + 1, sizeof(*t.host));
	t.replace = calloc(p->nreplace + 1, sizeof(*t.replace));
	t.word = calloc(p->nwords * p->nlang + 1, sizeof(*t.word));
	if (t.section == NULL || t.host == NULL || t.replace == NULL ||
	    t.word == NULL)
		goto out;
	t.id = B(p->id);
	t.contact = B(p->contact);
	for (t.nhost = 0; t.nhost < p->nhost; t.nhost++)
		t.host[t.nhost] = B(p->host[t.nhost]);
	t.lang = lang;
	t.nlang = p->nlang;
	langs(r, lang, notice);
	t.tree = tree;
	for (i = 0; i < tree_nrows; i++)
		if (p->tree_dir[i] != NULL)
			tree[t.ntree++] = (struct site_tree){
			    B(tree_rows[i].name), B(p->tree_dir[i]) };
	for (i = 0; i < p->nreplace; i++) {
		t.replace[i].charset = B(p->replace[i].charset);
		t.replace[i].from = B(p->replace[i].from);
		t.replace[i].to = B(p->replace[i].to);
	}
	t.nreplace = p->nreplace;
	menu_words(p, &t);
	t.nsection = p->nlang * p->nsection;
	sections(p, t.section);
	for (i = 0; i < p->nlang; i++)
		if (!buf_ok(&notice[i]))
			goto out;
	site_table_write(&t, b);
	pages(r, b);
	rv = 0;
 out:
	for (i = 0; i < p->nlang; i++)
		buf_free(&notice[i]);
	free(t.section);
	free(t.host);
	free(t.replace);
	free(t.word);
	return rv;
}
