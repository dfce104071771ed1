/* SPDX-License-Identifier: ISC */
/*
 * The trees of a capsule for old Gopher clients, a row each.  All that
 * differs between them is here; what a charset can say is in charset/.
 */
#ifndef PROTO_TREES_H
#define PROTO_TREES_H

#include <stddef.h>
#include <stdint.h>

#define TREES_MAX	8		/* rows at most */

struct tree_row {
	const char	*name;		/* "40": its selectors begin /40 */
	/*
	 * The tree whose language it has.  Another one's: it is there when
	 * that one is.  Its own name: capsule.yml and the site table say so.
	 */
	const char	*with;
	const char	*charset;	/* its name; for `with', that of its
					   replacements too */
	unsigned	 text_cols, menu_cols;
	const char	*label;		/* in menus, behind the language */
	/* Its menus lead to the first of these that is there. */
	const char	*sibling[2];
	const char	*folder;	/* of its texts in an export, or NULL */
	/*
	 * Made for the capsule's first language with one of these tags, or
	 * one that goes on behind a hyphen; "zh$" is zh alone.
	 */
	const char	*tags;
	uint32_t	 top;		/* last character that a replacement
					   may hold; 0: any */
	const char	*what;		/* for editors of capsule.yml */
};

extern const struct tree_row	tree_rows[];	/* in the order of menus */
extern const size_t		tree_nrows;
/* What the UTF-8 tree of a language has; name NULL: that of its folder. */
extern const struct tree_row	tree_language;

/* By name; NULL: none. */
const struct tree_row	*trees_find(const char *name);
/* 1: made for a language of that BCP 47 tag. */
int			 trees_speaks(const struct tree_row *,
			    const char *tag);
/* 1: capsule.yml and the site table may name a language for it. */
int			 trees_is_chosen(const struct tree_row *);

#endif
