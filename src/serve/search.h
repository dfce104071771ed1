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

#define SEARCH_QUERY_MAX	1024	/* of words */
#define SEARCH_PAGE		20	/* hits on one page of results */
#define SEARCH_CONTEXT		240	/* of a line of context, with NUL */
#define SEARCH_WORDS		16	/* looked for; further ones are not */
#define SEARCH_WORK	(16u << 20)	/* bytes of pages looked at; of pages
					   beyond them, their titles */

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
 * Gemini: the page of results, as gemtext.  Its links are absolute paths
 * that begin with prefix ("" or "/ID"): PREFIX/en/a.gmi, and for further
 * pages of results PREFIX/search/2?WORDS, page 1 being PREFIX/search?WORDS.
 * words is the decoded query, any bytes, never shown unescaped; page is
 * from 1, one past the last says so.  -1: no memory.
 */
int	search_gemini(const struct view_source *, const char *prefix,
	    const char *words, size_t len, size_t page, struct buf *out,
	    struct err *e);
/*
 * Gopher: the whole menu that answers a type 7 item, in the charset and
 * width of the selector's tree, in which the query is decoded too; one that
 * cannot be decoded, or holds no word, gets a menu that says so.  selector
 * (without a leading '/') is "TREE/search" or a page of results below it;
 * query NULL: none was sent.  1: answered; 0: no such selector; -1: see e.
 */
int	search_gopher(const struct view_source *, const char *selector,
	    size_t selectorlen, const char *query, size_t querylen,
	    struct buf *out, struct err *e);

#endif
