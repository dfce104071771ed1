/* SPDX-License-Identifier: ISC */
/*
 * One gemtext page as the lines of a text in one tree, its links, and where
 * it is cut into parts.
 */
#ifndef VIEW_PAGE_H
#define VIEW_PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "view/finding.h"
#include "view/link.h"
#include "view/source.h"

struct err;
struct fit;
struct site_page;

struct page_line {
	size_t		 at;		/* first byte in text */
	uint32_t	 line;		/* of the gemtext, from 1 */
	uint8_t		 heading;	/* its first line: a good cut before */
	uint8_t		 blank;
};

struct page_link {
	struct link	 to;
	const char	*label, *url;	/* borrowed from the gemtext */
	size_t		 labellen, urllen;
};

struct page_heading {
	size_t		 line;		/* index into the lines */
	const char	*text;		/* borrowed from the gemtext */
	size_t		 len;
};

/*
 * What the strict check hears of; nothing is told when found is NULL.  And
 * what it knows: the links that the page has in another tree, NULL if not.
 */
struct page_watch {
	void	(*found)(void *arg, size_t line, const struct finding *);
	void	*arg;
	const struct page_link	*link;
	size_t			 nlink;
};

struct page_text {
	const struct site_page	*page;		/* borrowed */
	struct buf		 text;		/* finished lines with CRLF */
	struct page_line	*line;
	size_t			 nline, linesize;
	struct page_link	*link;
	size_t			 nlink, linksize;
	struct page_heading	*heading;
	size_t			 nheading, headingsize;
	size_t			*part;		/* first line of each part */
	size_t			 npart, partsize;
	size_t			*bytes;		/* of each part; 0: not known */
};

/*
 * 1: *t is filled; end with page_free() whatever comes back.  0: the source
 * has no such page, or one above VIEW_PAGE_MAX or VIEW_COMPOSED_MAX.  -1:
 * see e.
 */
int	page_compose(const struct view_source *, const struct view *,
	    const struct fit *, const struct site_page *,
	    const struct page_watch *, struct page_text *t, struct err *e);
/*
 * The same from what another tree of that language shows, whose charset v's
 * is `of': their lines differ in nothing but the charset's bytes.  Selectors of
 * links stay those of that tree, so the result is for checks of width.
 */
int	page_convert(const struct view *v, const struct page_text *base,
	    struct page_text *t, struct err *e);
/* The same, but of the links alone: for menus that list them. */
int	page_links(const struct view_source *, const struct view *,
	    const struct site_page *, struct page_text *t, struct err *e);
void	page_free(struct page_text *);
/* Find the parts of a text.  -1: no memory. */
int	page_cut(const struct view *, struct page_text *);
/* Bytes of the lines from first to before end. */
size_t	page_span(const struct page_text *, size_t first, size_t end);
/* Bytes of the whole text with its end. */
size_t	page_size(const struct view *, const struct page_text *);
/* Append the whole text, or its part n (from 0), with its end. */
void	page_whole(const struct view *, const struct page_text *,
	    struct buf *out);
void	page_part(const struct view_source *, const struct view *,
	    const struct fit *, const struct page_text *, size_t n,
	    struct buf *out);
/* What part n's text takes with its head, foot and end: found out once. */
size_t	page_part_size(const struct view_source *, const struct view *,
	    const struct fit *, struct page_text *, size_t n);

#endif
