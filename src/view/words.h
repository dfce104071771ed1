/* The few words that menus need beside the titles of the capsule. */
#ifndef VIEW_WORDS_H
#define VIEW_WORDS_H

struct site_table;

struct words_view {
	const char	*home, *up, *next, *previous;
	const char	*intro;		/* the home page as text */
	const char	*search;
	const char	*package, *package_short;	/* the whole capsule */
	const char	*trees, *trees_short;		/* the chooser */
	const char	*notice;
	const char	*part;		/* "part %zu of %zu" */
	const char	*part_title;	/* at a line's start: "Part %zu of %zu" */
	const char	*page;		/* of a menu */
	const char	*whole, *whole_short;	/* the page in one file */
	const char	*size[3];	/* KB, seconds: wide, narrow, KB alone */
	const char	*join;		/* title, part */
	const char	*colon;		/* "Next", title */
	/* Search. */
	const char	*found;		/* %zu pages */
	const char	*none;		/* nothing found */
	const char	*beyond;	/* a page past the last */
	const char	*unclear;	/* no word, or not of this charset */
	const char	*narrow;	/* more found than menus can show */
	const char	*again;		/* search again */
};

/* By the language tag of a folder; English where there are none. */
const struct words_view	*words_view(const struct site_table *,
			    const char *dir);
/* "Chinese" for zh and zh-Hans: for trees that have no Chinese letters. */
const char	*words_language(const char *tag);

#endif
