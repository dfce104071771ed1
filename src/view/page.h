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
	uint8_t		 heading;	/* 1: a heading begins here, and a
					   part had best begin here */
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
 * For the strict check.  found() is told each finding; it may be NULL.  link:
 * the links that the page has in another tree; NULL: they are not known.
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
 * Make *t out of base, the text of the page in another tree of that language.
 * The `of' of v's charset must be the charset of base's tree: the lines of the
 * two trees then differ only in the charset's bytes.  Links keep the selectors
 * of base's tree, so the result is for checks, not for readers.
 */
int	page_convert(const struct view *v, const struct page_text *base,
	    struct page_text *t, struct err *e);
/* As page_compose(), but only the links are set: for menus that list them. */
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
/* Bytes of part n with its head, foot and end; computed once, then kept. */
size_t	page_part_size(const struct view_source *, const struct view *,
	    const struct fit *, struct page_text *, size_t n);

#endif
