#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "proto/gemtext.h"
#include "serve/search.h"

#define CONTEXT_COLS	120		/* of a line of context */
#define CONTEXT_BEFORE	40		/* of them in front of the hit */
#define CONTEXT_SAVED	12	/* bytes not worth an ellipsis */
#define PLURAL_MIN	5		/* bytes of a word that may lose its s */

/* A word or phrase, folded. */
struct search_word {
	const char	*s;		/* in query.text */
	size_t		 len;
	int		 at_start;	/* found at the beginning of words only */
};

struct query {
	struct buf	 text;		/* the folded query */
	struct search_word	 word[SEARCH_WORDS];
	size_t		 n;
};

/* A page that holds all words. */
struct search_found {
	const struct site_page	*page;
	int			 foreign;	/* not of the query's script */
	enum search_where	 where;
	unsigned		 count;
	const char		*line;		/* the best line, borrowed */
	size_t			 linelen;
};

/* What one page has of the words. */
struct scan {
	const struct query	*query;
	struct buf		*fold;			/* scratch: one line */
	int			 seen[SEARCH_WORDS];	/* 1 + best place */
	unsigned		 count;
	const char		*line;
	size_t			 linelen;
	unsigned		 score;			/* of that line */
};

static int
is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* w3m sends a form's blanks as '+'; "+86" and "c++" are words. */
static int
is_blank(const char *s, size_t i)
{
	return s[i] == '+' && i > 0 && s[i - 1] != ' ' && s[i - 1] != '"' &&
	    s[i + 1] != '\0' && strchr(" +\"", s[i + 1]) == NULL;
}

static void
add_word(struct query *q, const char *s, size_t len, int phrase)
{
	struct search_word	*w;

	while (len > 0 && *s == ' ') {
		s++;
		len--;
	}
	while (len > 0 && s[len - 1] == ' ')
		len--;
	if (len == 0 || q->n == SEARCH_WORDS)
		return;
	w = &q->word[q->n++];
	w->s = s;
	w->at_start = is_word_byte(*s);
	if (!phrase && len >= PLURAL_MIN && w->at_start &&
	    s[len - 1] == 's' && s[len - 2] != 's')
		len--;
	w->len = len;
}

/* Cut the folded query into words and "phrases". */
static int
query_parse(struct query *q, const char *words, size_t len, struct err *e)
{
	size_t	 i, start;
	char	*s;

	memset(q, 0, sizeof(*q));
	if (len > SEARCH_QUERY_MAX || text_utf8_check(words, len) != len) {
		err_set(e, "search: want at most %d bytes of UTF-8",
		    SEARCH_QUERY_MAX);
		return -1;
	}
	text_fold(words, len, &q->text);
	if (!buf_ok(&q->text)) {
		err_nomem(e);
		return -1;
	}
	s = q->text.data;
	for (i = 0; i < q->text.len; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7f || is_blank(s, i))
			s[i] = ' ';
	for (i = 0; i < q->text.len; ) {
		start = i;
		if (s[i] == '"') {
			for (start = ++i; i < q->text.len && s[i] != '"'; i++)
				;
			add_word(q, s + start, i - start, 1);
			i++;
		} else if (s[i] == ' ') {
			i++;
		} else {
			for (; i < q->text.len && s[i] != ' ' && s[i] != '"';
			    i++)
				;
			add_word(q, s + start, i - start, 0);
		}
	}
	if (q->n == 0) {
		err_set(e, "search: there is no word to look for");
		return -1;
	}
	return 0;
}

/* How often w is in the folded s; *first is where. */
static unsigned
count_word(const struct search_word *w, const char *s, size_t len,
    const char **first)
{
	const char	*at = s, *end = s + len;
	unsigned	 n = 0;

	while ((at = memmem(at, (size_t)(end - at), w->s, w->len)) != NULL) {
		if (!w->at_start || at == s || !is_word_byte(at[-1])) {
			if (n++ == 0 && first != NULL)
				*first = at;
			at += w->len;
		} else
			at++;
	}
	return n;
}

static void
scan_line(struct scan *sc, const char *s, size_t len,
    enum search_where where)
{
	const struct query	*q = sc->query;
	unsigned		 n, score = 0;
	size_t			 i;

	buf_reset(sc->fold);
	text_fold(s, len, sc->fold);
	if (sc->fold->len == 0)
		return;
	for (i = 0; i < q->n; i++) {
		n = count_word(&q->word[i], sc->fold->data, sc->fold->len,
		    NULL);
		if (n == 0)
			continue;
		if (sc->seen[i] == 0 || sc->seen[i] > (int)where + 1)
			sc->seen[i] = (int)where + 1;
		if (where != SEARCH_TITLE)
			sc->count += n;
		score += 2;
	}
	/* The first text without a hit stands in for a hit in the title. */
	if (where == SEARCH_TEXT && len > 0)
		score++;
	if (where != SEARCH_TITLE && score > sc->score) {
		sc->score = score;
		sc->line = s;
		sc->linelen = len;
	}
}

/* A link to another page says what is there, not what is here. */
static int
is_own_text(const struct gemtext_line *l)
{
	if (l->type == GEMTEXT_LINK)
		return memmem(l->url, l->urllen, ":", 1) != NULL;
	return l->type != GEMTEXT_TOGGLE;
}

/* 1: the page holds all words, and *f says where. */
static int
scan_page(struct scan *sc, const struct site_page *page, const char *text,
    size_t len, struct search_found *f)
{
	struct gemtext		 g;
	struct gemtext_line	 l;
	size_t			 i;
	int			 worst = 0;

	memset(sc->seen, 0, sizeof(sc->seen));
	sc->count = sc->score = 0;
	sc->line = NULL;
	sc->linelen = 0;
	scan_line(sc, page->title, strlen(page->title), SEARCH_TITLE);
	gemtext_start(&g, text, len);
	while (gemtext_next(&g, &l))
		if (l.type != GEMTEXT_HEADING1 && is_own_text(&l))
			scan_line(sc, l.text, l.len,
			    l.type == GEMTEXT_HEADING2 ||
			    l.type == GEMTEXT_HEADING3 ? SEARCH_HEADING :
			    SEARCH_TEXT);
	for (i = 0; i < sc->query->n; i++) {
		if (sc->seen[i] == 0)
			return 0;
		if (sc->seen[i] > worst)
			worst = sc->seen[i];
	}
	f->page = page;
	f->where = (enum search_where)(worst - 1);
	f->count = sc->count;
	f->line = sc->line;
	f->linelen = sc->linelen;
	return 1;
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

/* Where in the line the first of the words stands. */
static size_t
hit_offset(const struct query *q, const char *s, size_t len,
    struct buf *fold)
{
	const char	*first, *best = NULL;
	char		 c[TEXT_FOLD_MAX];
	uint32_t	 cp;
	size_t		 i, n, folded = 0;

	buf_reset(fold);
	text_fold(s, len, fold);
	for (i = 0; fold->len > 0 && i < q->n; i++)
		if (count_word(&q->word[i], fold->data, fold->len,
		    &first) > 0 && (best == NULL || first < best))
			best = first;
	if (best == NULL)
		return 0;
	for (i = 0; i < len; i += n) {
		if (folded >= (size_t)(best - fold->data))
			break;
		if ((n = text_utf8_next(s + i, len - i, &cp)) == 0) {
			n = 1;
			folded++;
		} else
			folded += text_fold_char(cp, c);
	}
	return i;
}

/* The start of a context that has its hit at byte `hit'. */
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
		/* Not in the middle of a Latin word. */
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

static int
has_han(const struct query *q)
{
	uint32_t	 cp;
	size_t		 i, n;

	for (i = 0; i < q->text.len; i += n) {
		n = text_utf8_next(q->text.data + i, q->text.len - i, &cp);
		if (n == 0)
			n = 1;
		else if (text_is_cjk(cp))
			return 1;
	}
	return 0;
}

static int
is_chinese(const struct site_table *site, const char *dir)
{
	const struct site_lang	*l = site_table_lang(site, dir);

	return l != NULL && strncmp(l->tag, "zh", 2) == 0;
}

/*
 * All pages that hold the words, in the order of their worth.  Of pages
 * beyond the first `most' bytes only the titles are looked at.
 */
static size_t
find_all(const struct view_source *src, const char *dir,
    const struct query *q, size_t most, struct buf *fold,
    struct search_found *f, int *cut)
{
	const struct site_page	*page;
	struct scan		 sc = { .query = q, .fold = fold };
	const char		*text;
	size_t			 i, len, n = 0, work = 0, titles = 0;
	int			 han = dir == NULL && has_han(q);

	*cut = 0;
	for (i = 0; i < src->site->npage; i++) {
		page = &src->site->page[i];
		if ((dir != NULL && strcmp(page->dir, dir) != 0) ||
		    site_page_is_list(page))
			continue;
		if ((titles += strlen(page->title)) > most) {
			*cut = 1;	/* no titles that anybody writes */
			break;
		}
		if (!*cut && src->page(src->arg, page->dir, page->id, &text,
		    &len) == -1)
			continue;
		if (*cut || len > most - work) {
			*cut = 1;
			text = "";
			len = 0;
		}
		work += len;
		if (!scan_page(&sc, page, text, len, &f[n]))
			continue;
		f[n++].foreign = dir == NULL &&
		    is_chinese(src->site, page->dir) != han;
	}
	if (n > 1)
		qsort(f, n, sizeof(*f), compare);
	return n;
}

/* Look for the words in at most `most' bytes; *out is to be freed. */
static int
search(const struct view_source *src, const char *dir, const char *words,
    size_t len, size_t most, struct query *q, struct buf *fold,
    struct search_found **out, size_t *total, int *cut, struct err *e)
{
	*out = NULL;
	if (query_parse(q, words, len, e) == -1)
		return -1;
	*out = calloc(src->site->npage + 1, sizeof(**out));
	if (*out == NULL) {
		err_nomem(e);
		return -1;
	}
	*total = find_all(src, dir, q, most, fold, *out, cut);
	return 0;
}

static void
make_hit(const struct query *q, const struct search_found *f, struct buf *fold,
    struct search_hit *h)
{
	h->page = f->page;
	h->where = f->where;
	h->count = f->count;
	make_context(q, f, fold, h->context);
}

int
search_run(const struct view_source *src, const char *dir,
    const char *words, size_t len, size_t first, struct search_result *r,
    struct err *e)
{
	struct search_found	*f;
	struct query	 q;
	struct buf	 fold = BUF_INIT;
	size_t		 i;
	int		 rv = -1;

	memset(r, 0, sizeof(*r));
	if (search(src, dir, words, len, SEARCH_WORK, &q, &fold, &f,
	    &r->total, &r->cut, e) == -1)
		goto out;
	r->first = first;
	for (i = first; i < r->total && r->n < SEARCH_PAGE; i++)
		make_hit(&q, &f[i], &fold, &r->hit[r->n++]);
	if (buf_ok(&fold))
		rv = 0;
	else
		err_nomem(e);
 out:
	free(f);
	buf_free(&fold);
	buf_free(&q.text);
	return rv;
}

int
search_each(const struct view_source *src, const char *dir,
    const char *words, size_t len, void (*each)(void *,
    const struct search_hit *), void *arg, size_t *total, struct err *e)
{
	struct search_hit	 h;
	struct search_found		*f;
	struct query		 q;
	struct buf		 fold = BUF_INIT;
	size_t			 i;
	int			 cut, rv = -1;

	*total = 0;
	if (search(src, dir, words, len, SIZE_MAX, &q, &fold, &f, total,
	    &cut, e) == -1)
		goto out;
	for (i = 0; i < *total; i++) {
		make_hit(&q, &f[i], &fold, &h);
		each(arg, &h);
	}
	if (buf_ok(&fold))
		rv = 0;
	else
		err_nomem(e);
 out:
	free(f);
	buf_free(&fold);
	buf_free(&q.text);
	return rv;
}
