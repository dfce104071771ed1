/* SPDX-License-Identifier: ISC */
/* The menus of a tree that show what a search found. */
#ifndef VIEW_RESULTS_H
#define VIEW_RESULTS_H

#include <stddef.h>

#include "base/buf.h"
#include "view/tree.h"
#include "view/source.h"

struct err;
struct site_page;

#define RESULTS_MAX	20		/* hits that a menu may be given */
#define RESULTS_PAGES	999

/* A request for results: the words as UTF-8, and which page of them. */
struct results_ask {
	struct view	 view;
	struct buf	 words;		/* the caller frees it */
	size_t		 page;		/* from 1 */
	int		 unclear;	/* no words, or not in a charset that
					   the tree reads */
};

/*
 * TREE/search with the words as query (NULL: none), or TREE/search/N/WORDS
 * with the words in base 32.  1: *r is what was asked; 0: the selector is
 * neither.
 */
int	 results_parse(const struct view_source *, const char *selector,
	    size_t len, const char *query, size_t querylen,
	    struct results_ask *);
/*
 * 1: a menu of v can name that page and lead to it, in v or, when it is of
 * another language, in *to, which tree_toward() chose.
 */
int	 results_lead(const struct view_source *, const struct view *v,
	    const struct site_page *, struct view *to);
/* How many hits one menu of that tree shows. */
size_t	 results_hits(const struct results_ask *);

/*
 * Write the selector of another page of the same results, with the words in it.
 * within: "" or "/ID"; it stands behind TREE/search.  0: the words do not fit a
 * selector.
 */
int	 results_selector(const struct results_ask *, const char *within,
	    size_t page, char out[80]);

/* Nothing is owned. */
struct results {
	size_t		 total;		/* pages found in all */
	size_t		 first;		/* hit[0] is the first-th of them */
	int		 cut;		/* there may be more */
	size_t		 n;
	struct {
		const struct site_page	*page;
		int			 foreign;	/* of another language */
		const char		*context;	/* a line, or "" */
	} hit[RESULTS_MAX];
};

/*
 * Append the whole menu, in the charset of the tree.  results NULL: the words
 * were unclear.  Hits in other languages stand last, behind a line that says
 * so.  1; -1: see e.
 */
int	 results_write(const struct view_source *, const struct results_ask *,
	    const struct results *, struct buf *out, struct err *);

#endif
