/* The parts of render/ among themselves. */
#ifndef RENDER_PART_H
#define RENDER_PART_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "proto/site.h"
#include "render/pen.h"
#include "render/render.h"

struct err;

/*
 * What is kept of a page once its blocks are gone, in each language: list
 * lines, a name each in KEPT_NAMES; records in KEPT_CSV.
 */
enum kept { KEPT_FIGURES, KEPT_NAMES, KEPT_NOTES, KEPT_CSV };
#define KEPT_N	(KEPT_CSV + 1)

struct render {
	render_put		 put;
	void			*arg;
	const struct profile	*p;	/* NULL before the first page */
	struct ids		*ids;
	struct voice		 voice[LANG_MAX];
	const struct render_room *room;	/* with arg, too */
	const char		*all;	/* of it; NULL until the finish */
	size_t			 roomlen, looked;	/* bytes */
	size_t			*kept;	/* kept.c: where it is */
	char			*body[GENERATE_MIRROR + 1][LANG_MAX];
					/* generated pages' own blocks */
	size_t			 npage;
	struct buf		 b;	/* the file in work */
	uint64_t		 bytes;	/* of all files put, with their
					   places in a package */
	uint64_t		 csv_bytes;
	size_t			*npart;	/* by page; of generated ones */
	size_t			 nlist[SECTION_MAX];	/* parts; 0: no list */
	int			 wants_figures, wants_names;
	int			 has_cover;
};

/* block.c: the blocks of a page as gemtext. */
void	block_write(const struct pen *, const struct block *);
/* What of it other pages show, but for KEPT_CSV, which is block_csv()'s. */
void	block_keep(const struct pen *, const struct block *, enum kept);
void	block_csv(const struct profile *, const struct page_head *,
	    const struct block *, struct buf *);
/*
 * chart.c, map.c: the whole block, caption line and alt text included.
 * timeline.c: the drawing alone, nothing for a single event or too many.
 */
void	chart_write(const struct pen *, const struct block *);
void	map_write(const struct pen *, const struct block *);
void	timeline_draw(const struct pen *, const struct block *);

/* frame.c: what stands above and below every page's blocks. */
void	frame_top(const struct pen *, size_t page);
void	frame_foot(const struct pen *, size_t page);
/* Parts of the foot: the date and as of when the facts of a page are, unless
 * as_of is NULL; up and contact (page SIZE_MAX: any other). */
void	frame_changed(const struct pen *, const char *date,
	    const struct words *as_of);
/* What page says of it, else the capsule for pages with facts; or NULL. */
const struct words *frame_as_of(const struct profile *, size_t page);
void	frame_ways(const struct pen *, size_t page);
/* 1: there is a notice and the capsule's newest date has not passed it. */
int	notice_holds(const struct profile *);
void	notice_write(const struct pen *);

/* collect.c: what other pages will show of this one. 0, or -1: see e. */
int	collect_page(struct render *, const struct pen *, const struct page *,
	    size_t at, struct err *);

/* kept.c.  0, or -1: see e. */
int	kept_start(struct render *, struct err *);
int	kept_add(struct render *, size_t page, size_t lang, enum kept,
	    const char *, size_t len, struct err *);
/* From here on it can be looked at. */
int	kept_all(struct render *, struct err *);
/* NULL: nothing.  Until render_free(). */
const char *kept_of(struct render *, size_t page, size_t lang, enum kept);

/* A second half in one language, and where it may be cut. */
struct half {
	struct buf	 b;
	size_t		*mark;		/* bytes before each such place */
	size_t		 n, size;
	size_t		*first;		/* half_cut() on half[0]: the first
					   chunk of each part */
};

#define HALF_MAX	(32u << 10)	/* bytes of a half on one page */

/* Every language marks as often as the others. */
void	half_mark(struct half *);
void	half_free(struct half *);
/* 1: too long for one page, in one of the languages. */
int	half_is_big(const struct half *, size_t nlang);
/* Cut the half of all languages; -1: no memory.  *npart is 1 if it fits. */
int	half_cut(struct half *, size_t nlang, size_t *npart);
/* Append part k (from 0) of n; cuts is half[0]. */
void	half_write(const struct half *, const struct half *cuts, size_t k,
	    size_t n, struct buf *);

/* A generated page in n parts; k counts them from 0. */
struct page_part {
	const char		*id;		/* of its page or section */
	int			 is_list;	/* of a section's pages */
	size_t			 page;		/* unless it is a list */
	const struct words	*title, *short_title;
	const char		*date;
	const struct words	*as_of;		/* see frame_as_of() */
	const struct voice	*voice;		/* by language */
	size_t			 n;
};

/* "figures", "figures_2", "s_overview". */
void	part_name(const struct page_part *, size_t k, struct buf *);
void	part_title(const struct pen *, const struct page_part *, size_t k);
void	part_short(const struct pen *, const struct page_part *, size_t k);
void	part_link(const struct pen *, const struct page_part *, size_t k,
	    enum lang_phrase what);
void	part_top(const struct pen *, const struct page_part *, size_t k);
void	part_foot(const struct pen *, const struct page_part *, size_t k);
/* That page or, from npage on, that section's list; n 0: not there. */
void	part_of(const struct render *, size_t i, struct page_part *);

/* Second halves of generated pages; p->b is h->b. */
void	half_home(const struct pen *, struct half *);
void	half_sections(const struct render *, const struct pen *);
void	half_list(const struct pen *, size_t section, struct half *);
void	half_figures(struct render *, const struct pen *, struct half *);
void	half_glossary(struct render *, const struct pen *, struct half *);
void	half_news(const struct pen *);
void	half_mirror(const struct render *, const struct pen *);
/* A change: of one page, or of n whose date and change note are the same. */
struct news {
	size_t	 page, n;	/* the first of them in reading order */
};
#define NEWS_MAX	100		/* lines of the page, feed entries */
/* Changes, newest first, at most max; to be freed.  NULL: no memory. */
struct news *news_order(const struct profile *, size_t max, size_t *n);

/* Whole files into b. */
void	index_write(const struct render *, struct buf *);	/* index.c */
void	metadata_write(const struct render *, struct buf *);
void	csv_head(const struct profile *, struct buf *);		/* csv.c */
void	csv_record(const struct profile *, const struct page_head *,
	    const struct figure *, struct buf *);
void	feed_write(const struct render *, size_t lang, struct buf *);
int	sitetable_write(const struct render *, struct buf *);	/* table.c */

#endif
