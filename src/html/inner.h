/* SPDX-License-Identifier: ISC */
/* A page on its way to HTML, for the files that share it. */
#ifndef HTML_INNER_H
#define HTML_INNER_H

#include <stddef.h>

#include "html/text.h"
#include "proto/gemtext.h"
#include "proto/idiom.h"

struct buf;
struct site_lang;
struct site_page;
struct site_table;

struct html {
	struct buf		*out;
	const struct site_table	*site;
	const struct site_lang	*lang;
	const struct site_page	*page;
	struct html_script	 script;	/* of the words of this line */
	struct slice		*item;		/* held list items */
	size_t			 nitem, room;
	struct slice		 text;		/* held paragraph */
	struct slice		*note;		/* text of note 1, 2, ... */
	size_t			 nnote, noteroom;
	const char		*foot, *foot_end;	/* where the notes stand
						   in the gemtext; NULL */
	struct idiom_block	 block;		/* open */
	int			 has_text, in_pre, in_link;
	int			 figure;	/* of a picture: 1 open, 2 its
						   caption, too */
	int			 foreign;	/* in another language */
	int			 has_part;	/* a heading of level 2 is above */
	int			 is_summary;	/* the next text: the page's */
	enum gemtext_type	 open;		/* GEMTEXT_TEXT: no group */
	int			 in_ways;	/* the links that end a page */
	int			 is_home;	/* the page lists the sections */
	int			 failed;
};

/* Room for one more in an array of slices; NULL: no memory. */
struct slice	*html_one_more(struct slice **, size_t *room, size_t n);
/* What an item's remark or mark says, in small print. */
void	 html_remark(struct html *, const struct idiom_item *);
/* Hold an item, or a link among items. */
void	 html_hold_item(struct html *, const char *, size_t len);
void	 html_hold_link(struct html *, const struct gemtext_line *);
/* 1: the held items are no table, so that a link may be one of them. */
int	 html_is_plain(const struct html *);
/* Write what is held. */
void	 html_items(struct html *);

#endif
