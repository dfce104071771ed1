/* SPDX-License-Identifier: ISC */
/*
 * What a path asks of the directory, and the items that its page or menu
 * shows: the same for all protocols.  Behind ROLL_PREFIX a path is
 *
 *	[/DIR][/N]			all groups, or the places if there are none
 *	[/DIR]/s/GROUP[/N]		the parts and the places of a group
 *	[/DIR]/search[/N]		a search over all
 *	[/DIR]/search/GROUP[/N]		a search within a group
 *
 * DIR is the folder of a language; without it the page shows all languages.
 */
#ifndef DIRECTORY_ASK_H
#define DIRECTORY_ASK_H

#include <stddef.h>

#include "directory/roll.h"

#define ASK_ITEMS	100		/* on a page of gemtext or HTML */

enum ask_what { ASK_HOME, ASK_GROUP, ASK_SEARCH };

struct ask {
	enum ask_what	 what;
	const char	*dir;		/* the roll's own string, or "" */
	size_t		 group;		/* ROLL_NONE: none */
	size_t		 page;		/* from 1 */
};

/* Either place or group is set. */
struct ask_item {
	const struct roll_place	*place;
	const struct roll_group	*group;
};

/*
 * path: with its ROLL_PREFIX, by itself or as "/.apeng/packages".  1; 0: it
 * asks for nothing that the directory has.
 */
int	 ask_parse(const struct roll *, const char *path, size_t len,
	    struct ask *);
/* As ask_parse(), for what stands behind the language's folder and slash. */
int	 ask_parse_rest(const struct roll *, const char *rest, size_t len,
	    struct ask *);
/*
 * Bytes of ROLL_PREFIX in front of such a path, whether the directory has what
 * it asks for or not; 0: it is not the directory's.
 */
size_t	 ask_prefix(const char *path, size_t len);
/* How many items the whole list of a home or a group has. */
size_t	 ask_count(const struct roll *, const struct ask *);
void	 ask_item(const struct roll *, const struct ask *, size_t i,
	    struct ask_item *);
/*
 * The page of the group that q's group is a part of.  1; 0: it is a part of
 * none, or q asks for another thing than a group.
 */
int	 ask_up(const struct roll *, const struct ask *q, struct ask *up);
/* Append ROLL_PREFIX and the rest of such a path. */
void	 ask_put(const struct roll *, const struct ask *, struct buf *);

#endif
