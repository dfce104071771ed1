/*
 * Search over the pages of one site, without an index: pure functions of
 * the pages and the words, bounded in work.  Lengths are bytes.
 */
#ifndef SERVE_SEARCH_H
#define SERVE_SEARCH_H

#include <stddef.h>

#include "proto/site.h"
#include "view/view.h"

struct buf;
struct err;
struct search;				/* opaque: its body is in search.c */

#define SEARCH_PAGE		20	/* hits on one page of results */
#define SEARCH_CONTEXT		240	/* of a line of context, with NUL */
#define SEARCH_WORK	(16u << 20)	/* on pages, some 13 MB of them for
					   one word; beyond it on titles, a
					   quarter of it */
#define SEARCH_SLICE	(192u << 10)	/* without a break: half a ms */

enum search_where { SEARCH_TITLE, SEARCH_HEADING, SEARCH_TEXT };

struct search_hit {
	const struct site_page	*page;	/* borrowed from the site table */
	enum search_where	 where;	/* the best place it was found */
	unsigned		 count;	/* how often in the text */
	char			 context[SEARCH_CONTEXT];  /* one line, UTF-8 */
};

struct search_result {
	size_t			 total;	/* pages found in all */
	int			 cut;	/* SEARCH_WORK: more may be in texts */
	size_t			 first;	/* hit[0] is the first-th of them */
	size_t			 n;
	struct search_hit	 hit[SEARCH_PAGE];
};

/*
 * A search under way.  Work is counted in bytes of text looked at for one
 * word; with n words a byte counts (8 + n) / 9 times, and a line 16 bytes
 * more.  src's site, pages and dir stay the caller's and must outlive it.
 * NULL: see e (not UTF-8, no word).  End with search_free().
 */
struct search	*search_start(const struct view_source *, const char *dir,
		    const char *words, size_t len, size_t most,
		    struct err *e);
/* Go on for about so much work.  1: all pages were looked at; 0: not yet. */
int		 search_step(struct search *, size_t work);
size_t		 search_work(const struct search *);	/* so far */
/* Once step said 1: hits from the first-th on.  0; -1: no memory, see e. */
int		 search_result(struct search *, size_t first,
		    struct search_result *, struct err *e);
void		 search_free(struct search *);		/* NULL is fine */

/*
 * Pages of language dir (NULL: every language) that hold all of the words,
 * "quoted phrases" whole; case and accents do not count.  A Latin word is
 * found where one begins with it, its plural s left off; a Chinese one
 * anywhere.  Labels of links between pages are not looked at.  words is UTF-8.
 * Hits from the first-th on, titles first, then headings, then text by
 * count; of every language, Chinese pages before all others if the words are
 * Chinese, behind them if not.  0, also when nothing is found; -1: see e
 * (not UTF-8, no word).
 */
int	search_run(const struct view_source *, const char *dir,
	    const char *words, size_t len, size_t first,
	    struct search_result *, struct err *e);
/*
 * The same without bounds, for one's own machine: every page is looked at,
 * once, and each() is told all hits.  0 and their number in *total; -1.
 */
int	search_each(const struct view_source *, const char *dir,
	    const char *words, size_t len, void (*each)(void *arg,
	    const struct search_hit *), void *arg, size_t *total,
	    struct err *e);
/*
 * The two below are given a place for a search that lasts: NULL: it goes to
 * the end at once.  Else they answer SEARCH_MORE while *kept is not done, so
 * that the caller has search_step(*kept) run until it is, and asks again for
 * the same.  *kept is the caller's to free.
 */
#define SEARCH_MORE	2

/*
 * Gemini: the page of results, as gemtext.  Its links are absolute paths
 * that begin with prefix ("" or "/ID"): PREFIX/en/a.gmi, and for further
 * pages of results PREFIX/search/2?WORDS, page 1 being PREFIX/search?WORDS.
 * words is the decoded query, any bytes, never shown unescaped; page is
 * from 1, one past the last says so.  1: answered; SEARCH_MORE; -1: no
 * memory.
 */
int	search_gemini(const struct view_source *, struct search **kept,
	    const char *prefix, const char *words, size_t len, size_t page,
	    struct buf *out, struct err *e);
/*
 * Gopher: the whole menu that answers a type 7 item, in the charset and
 * width of the selector's tree, in which the query is decoded too; one that
 * cannot be decoded, or holds no word, gets a menu that says so.  selector
 * (without a leading '/') is "TREE/search" or a page of results below it;
 * query NULL: none was sent.  1: answered; 0: no such selector; SEARCH_MORE;
 * -1: see e.
 */
int	search_gopher(const struct view_source *, struct search **kept,
	    const char *selector, size_t selectorlen, const char *query,
	    size_t querylen, struct buf *out, struct err *e);
/* 1: search_gopher() looks through pages for such a selector; 0: not. */
int	search_is(const struct view_source *, const char *selector,
	    size_t len);

#endif
