/* SPDX-License-Identifier: ISC */
/*
 * Writing gemtext in one language of a profile.  Everything goes to
 * pen.b; the caller asks buf_ok() at the end.
 */
#ifndef RENDER_PEN_H
#define RENDER_PEN_H

#include <stddef.h>

#include "base/buf.h"
#include "content/profile.h"
#include "render/words.h"

struct ids;			/* page id -> index; opaque, in ids.c */

/* Remarks that stand at the foot of a page. */
struct pen_notes {
	struct buf	 b;		/* their items */
	size_t		 n;		/* how many */
};

struct pen {
	struct buf		*b;
	const struct profile	*p;
	const struct ids	*ids;
	const struct voice	*v;
	size_t			 lang;
	struct pen_notes	*notes;		/* NULL: remarks stand in line */
	int			 bare;		/* no remarks at all */
};

/* The text in the pen's language, else in the first, else ""; never NULL. */
const char	*pen_in(const struct pen *, const struct words *);
/* Write a phrase.  arg replaces its first %s, other its second one. */
void		 pen_word(const struct pen *, enum lang_phrase);
void		 pen_word_of(const struct pen *, enum lang_phrase, const char *arg);
void		 pen_word_both(const struct pen *, enum lang_phrase,
		    const char *arg, const char *other);
/*
 * pen_line(): write a line of text.  pen_guard(): write a blank if the text
 * begins with bytes that mark another type of line in gemtext, or with the dot
 * that ends a Gopher text.
 */
void		 pen_line(const struct pen *, const char *);
void		 pen_guard(const struct pen *, const char *);
void		 pen_empty(const struct pen *);		/* an empty line */
void		 pen_heading(const struct pen *, int level, const char *);
/* The marks as the language has them: `: ' and so on. */
void		 pen_colon(const struct pen *);
void		 pen_open(const struct pen *);		/* ` (' */
void		 pen_close(const struct pen *);		/* `)' */
/* A link line: `WHAT: TITLE', or the title alone when what is LANG_N. */
void		 pen_link(const struct pen *, const char *url, enum lang_phrase what,
		    const char *title);
/* A link to a page in the pen's language, with that page's title. */
void		 pen_page(const struct pen *, size_t page, enum lang_phrase what);
/* The line above blocks that are in another language of the profile. */
void		 pen_foreign(const struct pen *, size_t lang);
/* A name in the pen's language and another: English (中文), 中文（English）. */
void		 pen_name(const struct pen *, const struct words *);
/*
 * A line of a list: name, value (NULL: none), year (0: none), and the remark of
 * a record, which may be empty.
 */
void		 pen_item(const struct pen *, const char *name,
		    const char *value, int year, const struct remark *);
/* The same without the `* ' before it and the LF behind it; year NULL: none. */
void		 pen_record(const struct pen *, const char *name,
		    const char *value, const char *year, const struct remark *);
/* Write p->notes under their heading, if there are any, and empty them. */
void		 pen_put_notes(const struct pen *);
/* The item of a figure; the item of a name, with a text about it or NULL. */
void		 pen_figure(const struct pen *, const struct figure *);
void		 pen_named(const struct pen *, const struct words *name,
		    const char *text, const struct remark *);
/* 554,000 people; 55.4万人; 7%.  unit: index or SIZE_MAX. */
void		 pen_value(const struct pen *, const char *value,
		    size_t unit);
/* A line right below a link, which describes the link's target. */
void		 pen_below(const struct pen *, const char *);
/*
 * The words that say that bars begin at this value, in `words', which the caller
 * frees; value is freed here.
 */
const char	*pen_bars_from(const struct pen *, struct buf *value,
		    struct buf *words);
/* The link to a file beside the text, with its type and size. */
void		 pen_file(const struct pen *, const struct beside *,
		    const char *label);
/* `about 120 KB': bytes, rounded up to a multiple of `step' KB. */
void		 pen_kb(const struct pen *, size_t bytes, size_t step);

#endif
