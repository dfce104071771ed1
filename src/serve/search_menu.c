/* SPDX-License-Identifier: ISC */
/*
 * What a reader who searches is shown: gemtext for Gemini, made here, and menus
 * for Gopher, which view/results.c makes. view/search.c searches; the caller
 * keeps a search that is not done between two calls.  Words and selectors are a
 * stranger's and are never shown as they came.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "proto/url.h"
#include "serve/search_menu.h"
#include "view/results.h"
#include "view/search.h"
#include "view/search_query.h"
#include "view/words.h"

#define GLOSSARY	"glossary"

_Static_assert(SEARCH_PAGE <= RESULTS_MAX, "a menu shows all hits of a page");

/*
 * The link to the glossary of each language, where names have their other
 * spellings.
 */
static void
gemini_glossary(const struct view_source *src, const char *prefix,
    struct buf *out)
{
	const struct site_page	*p;
	size_t			 i;

	for (i = 0; i < src->site->nlang; i++) {
		p = site_table_page(src->site, src->site->lang[i].dir,
		    GLOSSARY);
		if (p != NULL)
			buf_fmt(out, "=> %s/%s/%s.gmi %s\n", prefix, p->dir,
			    p->id, p->title);
	}
}

/* A reader of Gemini who searches: where, in which language, for what. */
struct search_asker {
	const char		*prefix;
	const char		*dir;		/* the language's folder; "":
						   the root */
	const char		*words;
	size_t			 len;
	const struct words_view	*w;
};

/* "PREFIX/search" or "PREFIX/DIR/search". */
static void
gemini_search_path(const struct search_asker *a, struct buf *out)
{
	buf_fmt(out, "=> %s%s%s/search", a->prefix, *a->dir != '\0' ? "/" : "",
	    a->dir);
}

static void
gemini_page_link(const struct search_asker *a, const char *what, size_t page,
    struct buf *out)
{
	gemini_search_path(a, out);
	if (page > 1)
		buf_fmt(out, "/%zu", page);
	buf_ch(out, '?');
	url_encode(out, a->words, a->len);
	buf_fmt(out, " %s\n", what);
}

static void
gemini_hits(const struct search_asker *a, const struct search_result *r,
    struct buf *out)
{
	const char		*prefix = a->prefix;
	const struct search_hit	*h;
	size_t			 i;

	for (i = 0; i < r->n; i++) {
		h = &r->hit[i];
		/*
		 * A reader who comes from the page before has seen the heading
		 * there.
		 */
		if (h->foreign && (i > 0 ? !h[-1].foreign : r->first == 0))
			buf_fmt(out, "%s## %s\n\n", i > 0 ? "\n" : "",
			    a->w->trees_short);
		buf_fmt(out, "=> %s/%s/%s.gmi %s\n", prefix, h->page->dir,
		    h->page->id, h->page->title);
		if (h->context[0] != '\0')
			buf_fmt(out, "> %s\n", h->context);
	}
}

/*
 * Look for the words, for a menu of tree; or, tree NULL, for Gemini in the
 * language of folder home (NULL: in the words' language).  0; -1: see e;
 * SEARCH_MORE: the search is not done.
 */
static int
look(const struct view_source *src, struct search **kept,
    const struct view *tree, const char *home, const char *words, size_t len,
    size_t first, struct search_result *r, struct err *e)
{
	struct search	*s = kept != NULL ? *kept : NULL;
	int		 rv;

	if (s == NULL) {
		if ((s = search_start(src, NULL, words, len, SEARCH_WORK,
		    e)) == NULL)
			return -1;
		if (tree != NULL)
			search_for_tree(s, tree);
		if (home != NULL)
			search_prefer(s, home);
	}
	if (kept != NULL)
		*kept = s;
	if (!search_step(s, kept != NULL ? SEARCH_SLICE : SIZE_MAX))
		return SEARCH_MORE;
	rv = search_result(s, first, r, e);
	if (kept == NULL)
		search_free(s);
	return rv;
}

/* What was found, or why nothing was. */
static void
gemini_found(const struct view_source *src, const struct search_asker *a,
    const struct search_result *r, size_t page, struct buf *out)
{
	char	 text[WORDS_NUMBER];

	if (r->total == 0) {
		buf_fmt(out, "%s\n\n", a->w->none);
		gemini_glossary(src, a->prefix, out);
		return;
	}
	if (r->n == 0) {
		buf_fmt(out, "%s\n\n", a->w->beyond);
		return;
	}
	words_number(text, sizeof(text), a->w->found, r->total, 0);
	buf_fmt(out, "%s\n\n", text);
	gemini_hits(a, r, out);
	buf_str(out, "\n");
	if (r->cut)
		buf_fmt(out, "%s\n", a->w->narrow);
	if (r->first + r->n < r->total)
		gemini_page_link(a, a->w->next, page + 1, out);
	if (page > 1)
		gemini_page_link(a, a->w->previous, page - 1, out);
}

int
search_gemini(const struct view_source *src, struct search **kept,
    const char *prefix, const char *dir, const char *words, size_t len,
    size_t page, struct buf *out, struct err *e)
{
	const char		*home = *dir != '\0' ? dir :
				    search_home(src->site, words, len);
	struct words_view	 own;
	const struct search_asker	 a = { prefix, dir, words, len,
				    words_view(src->site, home, &own) };
	struct search_result	*r;
	struct err		 why = { 0 };
	size_t			 first = page > 0 ? (page - 1) * SEARCH_PAGE : 0;
	int			 got;

	if ((r = malloc(sizeof(*r))) == NULL) {
		err_nomem(e);
		return -1;
	}
	if (page > RESULTS_PAGES)
		first = (size_t)RESULTS_PAGES * SEARCH_PAGE;
	got = look(src, kept, NULL, *dir != '\0' ? dir : NULL, words, len,
	    first, r, &why);
	if (got == SEARCH_MORE || (got == -1 && why.status == STATUS_CANNOT)) {
		free(r);
		if (got == -1)
			err_nomem(e);
		return got;
	}
	buf_fmt(out, "# %s\n\n", a.w->search);
	if (got == -1)
		buf_fmt(out, "%s\n\n", a.w->unclear);
	else
		gemini_found(src, &a, r, page, out);
	free(r);
	gemini_search_path(&a, out);
	buf_fmt(out, " %s\n=> %s/%s%s %s\n", a.w->again, prefix, home,
	    *home != '\0' ? "/" : "", a.w->home);
	if (!buf_ok(out)) {
		err_nomem(e);
		return -1;
	}
	return 1;
}

int
search_is(const struct view_source *src, const char *selector, size_t len)
{
	struct results_ask	 r = { .page = 1 };
	int			 rv;

	rv = results_parse(src, selector, len, NULL, 0, &r);
	buf_free(&r.words);
	return rv;
}

/* The results, in the form that view/ wants. */
static int
write_results(const struct view_source *src, const struct results_ask *r,
    const struct search_result *sr, struct buf *out, struct err *e)
{
	struct results	 found = { .total = sr->total, .first = sr->first,
			    .cut = sr->cut, .n = sr->n };
	size_t		 i;

	for (i = 0; i < sr->n; i++) {
		found.hit[i].page = sr->hit[i].page;
		found.hit[i].foreign = sr->hit[i].foreign;
		found.hit[i].context = sr->hit[i].context;
	}
	return results_write(src, r, &found, out, e);
}

int
search_gopher(const struct view_source *src, struct search **kept,
    const char *selector, size_t selectorlen, const char *query,
    size_t querylen, struct buf *out, struct err *e)
{
	struct results_ask	 r = { .page = 1 };
	struct search_result	*sr = NULL;
	struct err		 why = { 0 };
	int			 got = -1, rv = -1;

	if (querylen > QUERY_MAX)
		query = NULL;		/* there are no words, then */
	if (!results_parse(src, selector, selectorlen, query, querylen, &r)) {
		buf_free(&r.words);
		return 0;
	}
	if ((sr = malloc(sizeof(*sr))) == NULL) {
		err_nomem(e);
		goto out;
	}
	if (!r.unclear)
		got = look(src, kept, &r.view, NULL, r.words.data == NULL ?
		    "" : r.words.data, r.words.len,
		    (r.page - 1) * results_hits(&r), sr, &why);
	if (got == SEARCH_MORE)
		rv = SEARCH_MORE;
	else if (got == 0)
		rv = write_results(src, &r, sr, out, e);
	else if (why.status == STATUS_CANNOT)
		err_nomem(e);
	else
		rv = results_write(src, &r, NULL, out, e);
 out:
	free(sr);
	buf_free(&r.words);
	return rv;
}
