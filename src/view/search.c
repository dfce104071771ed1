/* SPDX-License-Identifier: ISC */
/*
 * Search without an index: every page is folded and looked through, line by
 * line.  A search is a value that can stop after any line and go on later, so
 * that a server does other work meanwhile; search_run() and search_each() go
 * to the end at once.
 *
 * Work is counted in bytes of text, more of them for more words (line_work()),
 * since each word is looked for by itself.  The pages are the publisher's and
 * proven; only the words are a stranger's.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "base/text.h"
#include "proto/gemtext.h"
#include "view/results.h"
#include "view/search.h"
#include "view/search_query.h"

#define CONTEXT_COLS	120		/* of a line of context */
#define CONTEXT_BEFORE	40		/* columns in front of the hit */
#define CONTEXT_SAVED	12	/* bytes at most that are not cut off */
#define WORK_FOLD	8	/* words; folding a byte costs as much */
#define LINE_WORK	16	/* a line's cost beside its bytes */

/* A page that holds all words. */
struct search_found {
	const struct site_page	*page;
	int			 foreign;	/* not in the reader's language */
	enum search_where	 where;
	unsigned		 count;
	const char		*line;		/* the best line, borrowed */
	size_t			 linelen;
};

/* Which words the current page has. */
struct scan {
	int			 seen[QUERY_WORDS];	/* 1 + best place */
	unsigned		 count;
	const char		*line;
	size_t			 linelen;
	unsigned		 score;			/* of that line */
};

struct search {
	struct view_source	 src;
	const char		*dir;		/* owned by the site table */
	struct query		 query;
	struct buf		 fold;		/* scratch: one line */
	const char		*home;		/* the reader's own folder */
	struct view		 view;		/* the tree of the menu */
	int			 in_tree;	/* view is set */
	size_t			 most;		/* work allowed on texts */
	size_t			 work, titles;	/* so far */
	int			 cut;		/* 1: texts were left out */
	int			 others;	/* home's pages are done, those of
						   other languages follow */
	size_t			 next;		/* page to look at */
	int			 in_page;	/* 1: page[next] was begun */
	struct gemtext		 text;		/* the rest of its text */
	struct scan		 scan;
	struct search_found		*found;
	size_t			 nfound;
	int			 done;
};

/*
 * Folding a byte costs about as much as two words that are looked for.  The
 * unit is a byte of text for one word.
 */
static size_t
line_work(const struct search *s, size_t len)
{
	return (len + LINE_WORK) * (WORK_FOLD + s->query.n) / (WORK_FOLD + 1);
}

static void
scan_line(struct search *s, const char *line, size_t len,
    enum search_where where)
{
	struct scan	*sc = &s->scan;
	unsigned	 n[QUERY_WORDS] = { 0 }, score = 0, got;
	size_t		 i;

	buf_reset(&s->fold);
	text_fold(line, len, &s->fold);
	if (s->fold.len == 0)
		return;
	got = query_count(&s->query, s->fold.data, s->fold.len, n);
	for (i = 0; got != 0; i++, got >>= 1) {
		if ((got & 1) == 0)
			continue;
		if (sc->seen[i] == 0 || sc->seen[i] > (int)where + 1)
			sc->seen[i] = (int)where + 1;
		if (where != SEARCH_TITLE)
			sc->count += n[i];
		score += 2;
	}
	/* For a hit in the title, the first line of text is shown. */
	if (where == SEARCH_TEXT && len > 0)
		score++;
	if (where != SEARCH_TITLE && score > sc->score) {
		sc->score = score;
		sc->line = line;
		sc->linelen = len;
	}
}

/*
 * 0: the line is the label of a link to another page, and tells of that page;
 * or it begins or ends a block.
 */
static int
is_own_text(const struct gemtext_line *l)
{
	if (l->type == GEMTEXT_LINK)
		return memmem(l->url, l->urllen, ":", 1) != NULL;
	return l->type != GEMTEXT_TOGGLE;
}

static int
compare(const void *x, const void *y)
{
	const struct search_found	*a = x, *b = y;

	if (a->foreign != b->foreign)
		return a->foreign - b->foreign;
	if (a->where != b->where)
		return a->where < b->where ? -1 : 1;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return a->page < b->page ? -1 : 1;	/* reading order */
}

/* The byte of the line at which the first of the words stands. */
static size_t
hit_offset(const struct query *q, const char *s, size_t len,
    struct buf *fold)
{
	size_t	 first;

	buf_reset(fold);
	text_fold(s, len, fold);
	if (fold->len == 0 ||
	    (first = query_first(q, fold->data, fold->len)) == fold->len)
		return 0;
	return text_fold_offset(s, len, first);
}

/* Where the context of a hit at byte `hit' begins. */
static size_t
context_start(const char *s, size_t hit)
{
	size_t	 at, start = hit, cols = 0;
	uint32_t cp;

	for (at = hit; at > 0 && cols < CONTEXT_BEFORE; ) {
		for (at--; at > 0 && ((unsigned char)s[at] & 0xc0) == 0x80;
		    at--)
			;
		if (text_utf8_next(s + at, hit - at, &cp) == 0)
			cp = '?';
		cols += cp < 0x80 ? 1 : (size_t)text_char_width(cp);
		/* Do not begin in the middle of a Latin word. */
		if (at == 0 || cp >= 0x2e80 || s[at - 1] == ' ')
			start = at;
	}
	return start <= CONTEXT_SAVED ? 0 : start;
}

/* One line around the hit, without controls, cut between words. */
static void
make_context(const struct query *q, const struct search_found *f,
    struct buf *fold, char out[SEARCH_CONTEXT])
{
	const char	*s = f->line;
	uint32_t	 cp;
	size_t		 at, n, used = 0, good = 0, cols = 0;

	out[0] = '\0';
	if (s == NULL || f->linelen == 0)
		return;
	at = context_start(s, hit_offset(q, s, f->linelen, fold));
	if (at > 0) {
		memcpy(out, "...", 3);
		used = good = 3;
	}
	for (; at < f->linelen; at += n) {
		if ((n = text_utf8_next(s + at, f->linelen - at, &cp)) == 0) {
			n = 1;
			cp = '?';
		}
		cols += cp < 0x80 ? 1 : (size_t)text_char_width(cp);
		if (cols > CONTEXT_COLS || used + n + 4 > SEARCH_CONTEXT)
			break;
		if (cp == ' ' || cp >= 0x2e80)
			good = used;
		if (n == 1)
			out[used++] = cp < ' ' || cp == 0x7f ? ' ' : (char)cp;
		else if (cp >= 0xa0) {
			memcpy(out + used, s + at, n);
			used += n;
		}
	}
	if (at < f->linelen) {
		used = good > 3 ? good : used;
		memcpy(out + used, "...", 3);
		used += 3;
	}
	out[used] = '\0';
}

/*
 * The script of a character, as far as it tells languages apart: 0 for Latin
 * and for marks.  A block of 128 characters counts as one script.
 */
static unsigned
script_of(uint32_t cp)
{
	if (cp < 0x370 || (cp >= 0x2000 && cp < 0x2e80) ||
	    (cp >= 0x1e00 && cp < 0x1f00))
		return 0;
	if ((cp >= 0x3041 && cp <= 0x30ff) || (cp >= 0xff66 && cp <= 0xff9f))
		return 0x3041;			/* kana */
	if (cp >= 0xac00 && cp <= 0xd7a3)
		return 0xac00;
	return text_is_cjk(cp) ? 0x4e00 : cp >> 7;
}

/* The first script in s that is not 0; 0: there is none. */
static unsigned
first_script(const char *s, size_t len)
{
	uint32_t	 cp;
	size_t		 n;
	unsigned	 script;

	for (; len > 0; s += n, len -= n)
		if ((n = text_utf8_next(s, len, &cp)) == 0)
			n = 1;
		else if ((script = script_of(cp)) != 0)
			return script;
	return 0;
}

/* 1: the language has that script, by its tag or by its own name. */
static int
writes(const struct site_lang *l, unsigned script)
{
	if (script == 0x3041)
		return strncmp(l->tag, "ja", 2) == 0;
	return first_script(l->name, strlen(l->name)) == script ||
	    (script != 0 &&
	    first_script(l->title, strlen(l->title)) == script);
}

const char *
search_home(const struct site_table *site, const char *words, size_t len)
{
	unsigned	 script = first_script(words, len);
	size_t		 i, letters = 0;

	for (i = 0; i < len; i++)
		letters += (words[i] | 0x20) >= 'a' && (words[i] | 0x20) <= 'z';
	for (i = 0; (script != 0 || letters > 0) && i < site->nlang; i++)
		if (writes(&site->lang[i], script))
			return site->lang[i].dir;
	return site->nlang > 0 ? site->lang[0].dir : "";
}

struct search *
search_start(const struct view_source *src, const char *dir,
    const char *words, size_t len, size_t most, struct err *e)
{
	struct search	*s;

	if ((s = calloc(1, sizeof(*s))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	if (query_parse(&s->query, words, len, e) == -1) {
		search_free(s);
		return NULL;
	}
	s->found = calloc(src->site->npage + 1, sizeof(*s->found));
	if (s->found == NULL) {
		err_nomem(e);
		search_free(s);
		return NULL;
	}
	s->src.site = src->site;
	s->src.page = src->page;
	s->src.arg = src->arg;
	s->dir = dir;
	s->most = most;
	s->home = search_home(src->site, words, len);
	return s;
}

void
search_prefer(struct search *s, const char *home)
{
	const struct site_lang	*l = site_table_lang(s->src.site, home);

	if (l != NULL)
		s->home = l->dir;
}

void
search_for_tree(struct search *s, const struct view *v)
{
	s->view = *v;
	s->in_tree = 1;
	search_prefer(s, v->dir);
}

void
search_free(struct search *s)
{
	if (s == NULL)
		return;
	query_free(&s->query);
	buf_free(&s->fold);
	free(s->found);
	free(s);
}

size_t
search_work(const struct search *s)
{
	return s->work + s->titles;
}

/*
 * 1: page is to be looked at now.  Pages of home come before all others, so
 * that the others do not use up the work that is allowed.
 */
static int
is_wanted(const struct search *s, const struct site_page *page)
{
	if (site_page_is_list(page))
		return 0;
	if (s->dir != NULL)
		return strcmp(page->dir, s->dir) == 0;
	return (strcmp(page->dir, s->home) != 0) == s->others;
}

/* 1: page[next] is to be looked at; 0: all are done. */
static int
has_next(struct search *s)
{
	if (s->next < s->src.site->npage)
		return 1;
	if (s->dir != NULL || s->others)
		return 0;
	s->others = 1;
	s->next = 0;
	return s->src.site->npage > 0;
}

/*
 * Look at the title of page[next] and begin its text.  Once the work that is
 * allowed for texts is done, only titles are looked at; the work on titles is
 * bounded, too.
 */
static void
page_begin(struct search *s)
{
	const struct site_page	*page = &s->src.site->page[s->next];
	const char		*text = "";
	size_t			 len = 0, title = strlen(page->title);
	struct view		 to;

	if (!is_wanted(s, page)) {
		s->next++;
		return;
	}
	s->titles += line_work(s, title);
	if (s->titles > s->most / 4) {
		s->cut = 1;
		s->others = 1;
		s->next = s->src.site->npage;
		return;
	}
	if ((s->in_tree && !results_lead(&s->src, &s->view, page, &to)) ||
	    (!s->cut && s->src.page(s->src.arg, page->dir, page->id, &text,
	    &len) == -1)) {
		s->next++;
		return;
	}
	if (s->cut || s->work >= s->most ||
	    line_work(s, len) > s->most - s->work) {
		s->cut = 1;
		len = 0;
	}
	memset(&s->scan, 0, sizeof(s->scan));
	scan_line(s, page->title, title, SEARCH_TITLE);
	gemtext_start(&s->text, text, len);
	s->in_page = 1;
}

/* The whole page was looked at: keep it if it holds every word. */
static void
page_end(struct search *s)
{
	const struct site_page	*page = &s->src.site->page[s->next++];
	struct search_found		*f = &s->found[s->nfound];
	const struct scan	*sc = &s->scan;
	size_t			 i;
	int			 worst = 0;

	s->in_page = 0;
	for (i = 0; i < s->query.n; i++) {
		if (sc->seen[i] == 0)
			return;
		if (sc->seen[i] > worst)
			worst = sc->seen[i];
	}
	f->page = page;
	f->where = (enum search_where)(worst - 1);
	f->count = sc->count;
	f->line = sc->line;
	f->linelen = sc->linelen;
	f->foreign = s->dir == NULL && strcmp(page->dir, s->home) != 0;
	s->nfound++;
}

int
search_step(struct search *s, size_t work)
{
	struct gemtext_line	 l;
	size_t			 until = search_work(s);

	until = work < SIZE_MAX - until ? until + work : SIZE_MAX;
	while (has_next(s)) {
		if (search_work(s) >= until)
			return 0;
		if (!s->in_page) {
			page_begin(s);
			continue;
		}
		if (!gemtext_next(&s->text, &l)) {
			page_end(s);
			continue;
		}
		s->work += line_work(s, l.len);
		if (l.type != GEMTEXT_HEADING1 && is_own_text(&l))
			scan_line(s, l.text, l.len,
			    l.type == GEMTEXT_HEADING2 ||
			    l.type == GEMTEXT_HEADING3 ? SEARCH_HEADING :
			    SEARCH_TEXT);
	}
	if (!s->done && s->nfound > 1)
		qsort(s->found, s->nfound, sizeof(*s->found), compare);
	s->done = 1;
	return 1;
}

static void
make_hit(struct search *s, const struct search_found *f, struct search_hit *h)
{
	h->page = f->page;
	h->foreign = f->foreign;
	h->where = f->where;
	h->count = f->count;
	make_context(&s->query, f, &s->fold, h->context);
}

int
search_result(struct search *s, size_t first, struct search_result *r,
    struct err *e)
{
	size_t	 i;

	memset(r, 0, sizeof(*r));
	r->total = s->nfound;
	r->cut = s->cut;
	r->first = first;
	for (i = first; i < r->total && r->n < SEARCH_PAGE; i++)
		make_hit(s, &s->found[i], &r->hit[r->n++]);
	if (buf_ok(&s->fold))
		return 0;
	err_nomem(e);
	return -1;
}

int
search_run(const struct view_source *src, const char *dir,
    const char *words, size_t len, size_t first, struct search_result *r,
    struct err *e)
{
	struct search	*s;
	int		 rv;

	memset(r, 0, sizeof(*r));
	if ((s = search_start(src, dir, words, len, SEARCH_WORK, e)) == NULL)
		return -1;
	search_step(s, SIZE_MAX);
	rv = search_result(s, first, r, e);
	search_free(s);
	return rv;
}

int
search_each(const struct view_source *src, const char *dir,
    const char *words, size_t len, void (*each)(void *,
    const struct search_hit *), void *arg, size_t *total, struct err *e)
{
	struct search_hit	 h;
	struct search		*s;
	size_t			 i;
	int			 rv = 0;

	*total = 0;
	if ((s = search_start(src, dir, words, len, SIZE_MAX, e)) == NULL)
		return -1;
	search_step(s, SIZE_MAX);
	*total = s->nfound;
	for (i = 0; i < s->nfound; i++) {
		make_hit(s, &s->found[i], &h);
		each(arg, &h);
	}
	if (!buf_ok(&s->fold)) {
		err_nomem(e);
		rv = -1;
	}
	search_free(s);
	return rv;
}
