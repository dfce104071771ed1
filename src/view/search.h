/* SPDX-License-Identifier: ISC */
/*
 * Search over the pages of one site, without an index: pure functions of
 * the pages and the words, bounded in work.  Lengths are bytes.
 */
#ifndef VIEW_SEARCH_H
#define VIEW_SEARCH_H

#include <stddef.h>

#include "proto/site.h"
#include "view/source.h"

struct buf;
struct err;
struct search;				/* opaque: its body is in search.c */

#define SEARCH_PAGE		20	/* hits on one page of results */
#define SEARCH_CONTEXT		240	/* of a line of context, with NUL */
#define SEARCH_WORK	(16u << 20)	/* on texts: some 13 MB of them for
					   one word; on titles a quarter of it
					   is allowed besides */
#define SEARCH_SLICE	(192u << 10)	/* of one step: half a ms */

enum search_where { SEARCH_TITLE, SEARCH_HEADING, SEARCH_TEXT };

struct search_hit {
	const struct site_page	*page;	/* borrowed from the site table */
	int			 foreign;	/* in another language than the
						   reader's */
	enum search_where	 where;	/* the best place it was found */
	unsigned		 count;	/* how often in the text */
	char			 context[SEARCH_CONTEXT];  /* one line, UTF-8 */
};

struct search_result {
	size_t			 total;	/* pages found in all */
	int			 cut;	/* 1: texts were left out after
					   SEARCH_WORK; more may be there */
	size_t			 first;	/* hit[0] is the first-th of them */
	size_t			 n;
	struct search_hit	 hit[SEARCH_PAGE];
};

/*
 * Begin a search.  Work is counted in bytes of text looked at for one
 * word; with n words a byte counts (8 + n) / 9 times, and a line 16 bytes
 * more.  src's site, pages and dir stay the caller's and must outlive it.
 * NULL: see e (not UTF-8, no word).  End with search_free().
 */
struct search	*search_start(const struct view_source *, const char *dir,
		    const char *words, size_t len, size_t most,
		    struct err *e);
/*
 * Put hits in the language of folder home first.  Without this call, and when
 * there is no such folder, search_home() names the folder.  Call it before the
 * first step.
 */
void		 search_prefer(struct search *, const char *home);
/*
 * Search for a menu of that tree: pages of its language first, then pages of
 * other languages that the menu can name and lead to, see results_lead().  dir
 * of search_start() must have been NULL.  Call it before the first step.
 */
void		 search_for_tree(struct search *, const struct view *);
/*
 * The folder of the language whose script the words have; when the script does
 * not tell, that of the first language; "": there are no languages.
 */
const char	*search_home(const struct site_table *, const char *words,
		    size_t len);
/* Go on for about so much work.  1: all pages were looked at; 0: not yet. */
int		 search_step(struct search *, size_t work);
size_t		 search_work(const struct search *);	/* so far */
/*
 * After step returned 1: hits from the first-th on.  0; -1: no memory, see e.
 */
int		 search_result(struct search *, size_t first,
		    struct search_result *, struct err *e);
void		 search_free(struct search *);		/* NULL is fine */

/*
 * Pages of language dir (NULL: every language) that hold all of the words,
 * "quoted phrases" whole; case and accents do not count.  A Latin word is
 * found where one begins with it, its plural s left off; a Chinese one
 * anywhere.  Labels of links between pages are not looked at.  words is UTF-8.
 * Hits from the first-th on, titles first, then headings, then text by
 * count; of every language, those of search_home()'s before all others.  0,
 * also when nothing is found; -1: see e (not UTF-8, no word).
 */
int	search_run(const struct view_source *, const char *dir,
	    const char *words, size_t len, size_t first,
	    struct search_result *, struct err *e);
/*
 * Search without bounds, on the reader's own machine: every page is looked at
 * once, and each() is told all hits.  0, and their number in *total; -1: see e.
 */
int	search_each(const struct view_source *, const char *dir,
	    const char *words, size_t len, void (*each)(void *arg,
	    const struct search_hit *), void *arg, size_t *total,
	    struct err *e);

#endif
