/* The parts of render/ among themselves. */
#ifndef RENDER_PART_H
#define RENDER_PART_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "render/pen.h"
#include "render/render.h"

struct err;

/* What is kept of a page once its blocks are gone, in one language. */
struct kept_text {
	char	*body;		/* generated pages: their own blocks */
	char	*figures;	/* list lines */
	char	*names;		/* list lines, one a name */
	char	*notes;		/* list lines */
};

struct kept {
	struct kept_text in[LANG_MAX];
	char		*csv;
};

struct render {
	render_put		 put;
	void			*arg;
	const struct profile	*p;	/* NULL before the first page */
	struct ids		*ids;
	struct voice		 voice[LANG_MAX];
	struct kept		*kept;	/* by page */
	size_t			 npage;
	struct buf		 b;	/* the file in work */
	uint64_t		 bytes;	/* of all files put, with their
					   places in a package */
	uint64_t		 csv_bytes;
	int			 has_cover;
};

/* block.c: the blocks of a page as gemtext. */
void	block_write(const struct pen *, const struct block *);
/* chart.c, map.c: the whole block, caption line and alt text included. */
void	chart_write(const struct pen *, const struct block *);
void	map_write(const struct pen *, const struct block *);

/* frame.c: what stands above and below every page's blocks. */
void	frame_top(const struct pen *, size_t page);
void	frame_foot(const struct pen *, size_t page);
/* 1: there is a notice and the capsule's newest date has not passed it. */
int	notice_holds(const struct profile *);
void	notice_write(const struct pen *);

/* collect.c: what other pages will show of this one. 0, or -1: no memory. */
int	collect(const struct pen *, const struct page *, struct kept *);

/* Second halves of generated pages. */
void	half_home(const struct pen *);
void	half_figures(const struct render *, const struct pen *);
void	half_glossary(const struct render *, const struct pen *);
void	half_news(const struct pen *);
void	half_mirror(const struct render *, const struct pen *);
/* Pages by date, newest first, at most max; to be freed.  NULL: memory. */
size_t	*news_order(const struct profile *, size_t max, size_t *n);
#define NEWS_MAX	100		/* lines of the page, feed entries */

/* Whole files into b. */
void	index_write(const struct render *, struct buf *);	/* index.c */
void	metadata_write(const struct render *, struct buf *);
void	csv_head(const struct profile *, struct buf *);		/* csv.c */
void	csv_record(const struct profile *, const struct page_head *,
	    const struct record *, struct buf *);
void	feed_write(const struct render *, size_t lang, struct buf *);
int	table_write(const struct profile *, struct buf *);	/* table.c */

#endif
