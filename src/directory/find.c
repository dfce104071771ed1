/* SPDX-License-Identifier: ISC */
/*
 * Three phases, each of which can stop after any package.  First every package
 * that has no filter yet gets one (grams.h), of its titles, headings, summaries
 * and names.  The package keeps its filter until another edition comes.  Then
 * the titles of all packages are looked through, some 0.15 MB of 2,800.  Last
 * the pages of packages that the filter lets pass are looked through, until
 * there are as many hits as were asked for: a common word is found soon, a rare
 * one in few packages.
 *
 * An index of words was measured beside it (tests/bench/find.py): SQLite's FTS5
 * with pairs of Chinese characters answers as fast, but takes over ten times
 * the CPU to be built, and two to four times the memory in each worker.
 *
 * Packages are proven; only the words are a stranger's.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "base/text.h"
#include "directory/find.h"
#include "directory/grams.h"
#include "proto/gemtext.h"
#include "view/search.h"
#include "view/search_query.h"

#define GLOSSARY	"glossary"
#define PLACE_WORK	64		/* to look through a title */
#define FILTER_WORK	16		/* to ask a filter */
#define SKIP_WORK	8		/* to skip a line */
#define LINE_WORK	16
#define ALL_WORK	(4u << 20)	/* on pages of all packages; then the
						   search ends early */

enum phase { PHASE_FILTERS, PHASE_TITLES, PHASE_PAGES, PHASE_DONE };

struct find {
	struct roll		*r;		/* counted */
	struct query		 query;
	int			 has_query;
	size_t			 from, to;	/* places that are asked */
	int			 all_text;	/* of a group */
	enum phase		 phase;
	size_t			 next;		/* place of the phase */
	size_t			 most;
	size_t			 work, begun;	/* begun: at the pages */
	struct grams_maker	*maker;
	struct buf		 fold, context;
	unsigned		*held;		/* words in each place's titles */
	struct hits		 hits;
};

/* The lines of a page that a search over all looks at. */
struct find_lines {
	struct gemtext	 text;
	int		 all;		/* all of the page */
	int		 glossary;
	int		 summary;	/* 1: it comes next */
	size_t		 skipped;	/* work on others */
};

static void
lines_start(struct find_lines *l, const struct roll_page *p, int all)
{
	memset(l, 0, sizeof(*l));
	gemtext_start(&l->text, p->text, p->len);
	l->all = all;
	l->summary = 1;
	l->glossary = strcmp(p->id, GLOSSARY) == 0;
}

/*
 * 0: the line is the label of a link to another page, and tells of that page;
 * or it begins or ends a block.
 */
static int
is_own(const struct gemtext_line *g)
{
	if (g->type == GEMTEXT_LINK)
		return memmem(g->url, g->urllen, ":", 1) != NULL;
	return g->type != GEMTEXT_TOGGLE;
}

static int
lines_next(struct find_lines *l, struct gemtext_line *g)
{
	while (gemtext_next(&l->text, g)) {
		if (g->len == 0)
			continue;
		switch (g->type) {
		case GEMTEXT_HEADING1:
		case GEMTEXT_HEADING2:
		case GEMTEXT_HEADING3:
			return 1;
		case GEMTEXT_TEXT:
			if (l->summary) {
				l->summary = 0;
				return 1;
			}
			break;
		case GEMTEXT_LIST:
			if (l->glossary)
				return 1;
			break;
		default:
			break;
		}
		if (l->all && is_own(g))
			return 1;
		l->skipped += SKIP_WORK + g->len / 8;
	}
	return 0;
}

struct find *
finder_new(struct roll *r, const struct ask *q, const char *words,
    size_t len, size_t first, size_t most)
{
	struct find	*f;
	struct err	 e = { 0 };

	if ((f = calloc(1, sizeof(*f))) == NULL)
		return NULL;
	f->r = roll_ref(r);
	f->hits.first = first;
	f->most = most < HITS_PAGE ? most : HITS_PAGE;
	f->to = r->nplace;
	if (q->group != ROLL_NONE) {
		f->from = r->group[q->group].first;
		f->to = f->from + r->group[q->group].n;
		f->all_text = 1;
		f->phase = PHASE_TITLES;
	}
	f->next = f->from;
	if (query_parse(&f->query, words, len, &e) == -1) {
		if (e.status == STATUS_CANNOT) {
			finder_free(f);
			return NULL;
		}
		f->hits.unclear = 1;
		f->phase = PHASE_DONE;
		return f;
	}
	f->has_query = 1;
	f->held = calloc(f->to - f->from + 1, sizeof(*f->held));
	if (f->held == NULL) {
		finder_free(f);
		return NULL;
	}
	return f;
}

void
finder_free(struct find *f)
{
	if (f == NULL)
		return;
	if (f->has_query)
		query_free(&f->query);
	grams_maker_free(f->maker);
	buf_free(&f->fold);
	buf_free(&f->context);
	free(f->held);
	roll_free(f->r);
	free(f);
}

size_t
finder_work(const struct find *f)
{
	return f->work;
}

int
finder_is_of(const struct find *f, const struct roll *r)
{
	return f->r == r && !r->gone;
}

const struct hits *
finder_hits(const struct find *f)
{
	return &f->hits;
}

/* Make the filter of a place that has none.  -1: no memory. */
static int
make_filter(struct find *f, const struct roll_place *p)
{
	struct roll_page	 page;
	struct find_lines		 l;
	struct gemtext_line	 g;
	size_t			 i;

	if (*p->grams != NULL)
		return 0;
	if (f->maker == NULL && (f->maker = grams_begin()) == NULL)
		return -1;
	for (i = 0; f->r->page(p->arg, &i, &page); i++) {
		lines_start(&l, &page, 0);
		while (lines_next(&l, &g)) {
			buf_reset(&f->fold);
			text_fold(g.text, g.len, &f->fold);
			grams_line(f->maker, f->fold.data, f->fold.len);
			f->work += LINE_WORK + 4 * f->fold.len;
		}
		f->work += l.skipped;
	}
	if (f->r->rest != NULL)
		f->r->rest(p->arg);
	*p->grams = grams_end(f->maker);
	return *p->grams != NULL && buf_ok(&f->fold) ? 0 : -1;
}

static unsigned
count(const struct find *f, const char *s, size_t len)
{
	unsigned	 n[QUERY_WORDS] = { 0 };

	return query_count(&f->query, s, len, n);
}

static unsigned
all_words(const struct find *f)
{
	return (1u << f->query.n) - 1;
}

/* Count a hit, and return it when it is on this page of results, or NULL. */
static struct hit *
add_hit(struct find *f, const struct roll_place *p)
{
	struct hit	*h = NULL;

	if (f->hits.total >= f->hits.first && f->hits.n < f->most) {
		h = &f->hits.hit[f->hits.n++];
		h->place = p;
	}
	f->hits.total++;
	return h;
}

static int
look_at_titles(struct find *f, const struct roll_place *p)
{
	const char	*folded = roll_folded(f->r, p);
	unsigned	 got;

	f->work += PLACE_WORK;
	if (folded == NULL)
		return -1;
	got = count(f, folded, strlen(folded));
	f->held[f->next - f->from] = got;
	if (got == all_words(f))
		(void)add_hit(f, p);
	return 0;
}

/* Copy as much of the line as fits, without controls. */
static void
set_line(char *out, size_t size, const char *s, size_t len)
{
	size_t	 i, n = text_utf8_cut(s, len, size - 4);

	memcpy(out, s, n);
	for (i = 0; i < n; i++)
		if ((unsigned char)out[i] < ' ' || out[i] == 0x7f)
			out[i] = ' ';
	strcpy(out + n, n < len ? "..." : "");
}

/* 1: the page holds the words that the titles lack, and was added as a hit. */
static int
look_at_page(struct find *f, const struct roll_place *p,
    const struct roll_page *page)
{
	struct find_lines		 l;
	struct gemtext_line	 g, title = { 0 }, best = { 0 };
	struct hit		*h;
	unsigned		 held = f->held[f->next - f->from], got, most = 0;
	unsigned		 found = held;

	lines_start(&l, page, f->all_text);
	while (lines_next(&l, &g)) {
		if (g.type == GEMTEXT_HEADING1 && title.text == NULL)
			title = g;
		buf_reset(&f->fold);
		text_fold(g.text, g.len, &f->fold);
		f->work += LINE_WORK + g.len * (8 + f->query.n) / 9;
		if (f->fold.len == 0)
			continue;
		got = count(f, f->fold.data, f->fold.len);
		found |= got;
		got &= ~held;
		if (__builtin_popcount(got) > __builtin_popcount(most)) {
			most = got;
			best = g;
		}
	}
	f->work += l.skipped;
	if (found != all_words(f))
		return 0;
	if ((h = add_hit(f, p)) == NULL)
		return 1;
	h->dir = page->dir;
	h->size = page->len;
	memcpy(h->id, page->id, sizeof(h->id));
	if (title.text == NULL)		/* a stranger's page without one */
		title = (struct gemtext_line){ .text = page->id,
		    .len = strlen(page->id) };
	set_line(h->title, sizeof(h->title), title.text, title.len);
	if (best.text != title.text)
		set_line(h->context, sizeof(h->context), best.text, best.len);
	return 1;
}

/* Look at the pages of a place whose titles lack some of the words. */
static void
look_at_pages(struct find *f, const struct roll_place *p)
{
	struct roll_page	 page;
	const unsigned		 held = f->held[f->next - f->from];
	size_t			 i;

	if (held == all_words(f))
		return;
	for (i = 0; !f->all_text && i < f->query.n; i++) {
		f->work += FILTER_WORK;
		if ((held >> i & 1) == 0 && !grams_may(*p->grams,
		    f->query.word[i].s, f->query.word[i].len))
			return;
	}
	for (i = 0; f->r->page(p->arg, &i, &page); i++)
		if (look_at_page(f, p, &page))
			break;
	if (f->r->rest != NULL && !f->all_text)
		f->r->rest(p->arg);
}

/* Do the next place of the current phase.  -1: no memory. */
static int
step_one(struct find *f)
{
	const struct roll_place	*p = &f->r->place[f->next];
	int			 rv = 0;

	if (f->phase == PHASE_FILTERS)
		rv = make_filter(f, p);
	else if (f->phase == PHASE_TITLES)
		rv = look_at_titles(f, p);
	else
		look_at_pages(f, p);
	f->next++;
	return rv;
}

int
finder_step(struct find *f, size_t work)
{
	const size_t	 until = f->work + work;

	while (f->phase != PHASE_DONE && f->work < until) {
		if (f->r->gone)
			return 1;
		if (f->phase == PHASE_PAGES && (f->hits.total > f->hits.first +
		    f->most || f->work - f->begun > (f->all_text ?
		    SEARCH_WORK : ALL_WORK))) {
			f->hits.cut = 1;
			f->phase = PHASE_DONE;
			break;
		}
		if (f->next == f->to) {
			f->next = f->from;
			f->phase++;
			f->begun = f->work;
			continue;
		}
		if (step_one(f) == -1 || (f->fold.failed))
			return -1;
	}
	return f->phase == PHASE_DONE;
}
