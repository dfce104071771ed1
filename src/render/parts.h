/* SPDX-License-Identifier: ISC */
/* Generated pages that are cut into parts when they are long. */
#ifndef RENDER_PARTS_H
#define RENDER_PARTS_H

#include <stddef.h>

#include "base/buf.h"
#include "lang/lang.h"

struct pen;
struct render;
struct voice;
struct words;

/* A second half in one language, and where it may be cut. */
struct half {
	struct buf	 b;
	size_t		*mark;		/* bytes before each such place */
	size_t		 n, size;	/* marks, and space for marks */
	size_t		*first;		/* half_cut() on half[0]: the first
					   chunk of each part */
};

#define HALF_MAX	(32u << 10)	/* bytes of a half on one page */
/* The half may be cut here.  Each language must have as many marks. */
void	half_mark(struct half *);
void	half_free(struct half *);
/* 1: in some language the half is too long for one page. */
int	half_is_big(const struct half *, size_t nlang);
/*
 * Cut the half of all languages into *npart parts, 1 if it fits on one page.
 * 0, or -1: no memory.
 */
int	half_cut(struct half *, size_t nlang, size_t *npart);
/* Append part k (from 0) of n; cuts is half[0]. */
void	half_write(const struct half *, const struct half *cuts, size_t k,
	    size_t n, struct buf *);

/* A generated page in n parts; k counts them from 0. */
struct page_part {
	const char		*id;		/* of its page or section */
	int			 is_list;	/* it lists a section's pages */
	size_t			 page;		/* index; not set for a list */
	const struct words	*title, *short_title;
	const char		*date;
	const struct words	*as_of;		/* see frame_as_of() */
	const struct voice	*voice;		/* by language */
	size_t			 n;		/* parts */
};

/* "figures", "figures_2", "s_overview". */
void	part_name(const struct page_part *, size_t k, struct buf *);
void	part_title(const struct pen *, const struct page_part *, size_t k);
void	part_short(const struct pen *, const struct page_part *, size_t k);
void	part_link(const struct pen *, const struct page_part *, size_t k,
	    enum lang_phrase what);
void	part_top(const struct pen *, const struct page_part *, size_t k);
void	part_foot(const struct pen *, const struct page_part *, size_t k);
/*
 * Describe page i or, from npage on, the list of section i - npage.  n is 0
 * for a list that is not written.
 */
void	part_of(const struct render *, size_t i, struct page_part *);

#endif
