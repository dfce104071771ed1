/* SPDX-License-Identifier: ISC */
/* The state while a page is written as HTML, for the files that share it. */
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
	struct html_script	 script;	/* of this line's language */
	struct slice		*item;		/* owned: held list items */
	size_t			 nitem, room;
	struct slice		 text;		/* the held line of text */
	struct slice		*note;		/* text of note 1, 2, ... */
	size_t			 nnote, noteroom;
	const char		*foot, *foot_end;	/* where the notes stand
						   in the gemtext; NULL */
	struct idiom_block	 block;		/* preformatted, open */
	/*
	 * has_text: a line of text is held.  in_pre: between the two toggle
	 * lines of a preformatted block.  in_link: the <li> of a link is open.
	 */
	int			 has_text, in_pre, in_link;
	/* Of a picture: 1: <figure> is open; 2: its caption is open, too. */
	int			 figure;
	int			 foreign;	/* 1: in a part in another
						   language */
	int			 has_part;	/* a heading of level 2 is above */
	/* 1: the next line of text is the page's summary. */
	int			 is_summary;
	/* The type of the open group; GEMTEXT_TEXT: none is open. */
	enum gemtext_type	 open;
	/* 1: in the links that end the page, idiom_ways(). */
	int			 in_ways;
	int			 is_home;	/* the page lists the sections */
	int			 failed;
};

/*
 * The n-th place of an array of slices, which is made larger if needed; NULL:
 * no memory.
 */
struct slice	*html_one_more(struct slice **, size_t *room, size_t n);
/* Write an item's remark, or the note that its mark names, in small print. */
void	 html_remark(struct html *, const struct idiom_item *);
/* Hold a list item, or a link that is an item. */
void	 html_hold_item(struct html *, const char *, size_t len);
void	 html_hold_link(struct html *, const struct gemtext_line *);
/* 1: the held items are plain ones, so that a link may be one of them. */
int	 html_is_plain(const struct html *);
/* Write the held items; then none is held. */
void	 html_items(struct html *);

#endif
