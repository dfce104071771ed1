/* SPDX-License-Identifier: ISC */
/* The few words that menus need beside the titles of the capsule. */
#ifndef VIEW_WORDS_H
#define VIEW_WORDS_H

#include <stddef.h>

struct site_table;

#define WORDS_NUMBER	128		/* bytes of words with numbers */

struct words_view {
	const char	*home, *up, *next, *previous;
	const char	*intro;		/* the home page as text */
	const char	*search;
	const char	*package, *package_short;	/* the whole capsule */
	const char	*trees, *trees_short;		/* the chooser */
	const char	*notice;
	const char	*part;		/* "part %s of %s" */
	const char	*part_title;	/* at a line's start: "Part %s of %s" */
	const char	*page;		/* of a menu */
	const char	*whole, *whole_short;	/* the page in one file */
	const char	*size[3];	/* KB, seconds: wide, narrow, KB alone */
	const char	*join;		/* title, part */
	const char	*colon;		/* "Next", title */
	/* Search. */
	const char	*found;		/* %s pages */
	const char	*none;		/* nothing found */
	const char	*beyond;	/* a page past the last */
	const char	*unclear;	/* no word, or not of this charset */
	const char	*narrow;	/* more found than menus can show */
	const char	*again;		/* search again */
};

/*
 * The words in the language of a folder, by its tag; in English when apeng
 * lacks that language.  Words that the site table has for the folder replace
 * them. The result is room or constant; its strings are constant or the
 * table's.
 */
const struct words_view	*words_view(const struct site_table *,
			    const char *dir, struct words_view *room);
/* Write the words with a and b for their "%s"s; cut to size bytes. */
void			 words_number(char *out, size_t size, const char *,
			    size_t a, size_t b);
#endif
