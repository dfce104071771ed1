/* SPDX-License-Identifier: ISC */
/*
 * The trees of a capsule for old Gopher clients; each tree is one row, which
 * has all differences between them.  The charsets are in charset/.
 */
#ifndef PROTO_TREES_H
#define PROTO_TREES_H

#include <stddef.h>
#include <stdint.h>

#define TREES_MAX	8		/* rows at most */

struct tree_row {
	const char	*name;		/* "40": its selectors begin /40 */
	/*
	 * The tree whose language it has.  If that is another tree, a capsule
	 * has both or none.  If it is the tree itself, capsule.yml and the site
	 * table name its language.
	 */
	const char	*with;
	const char	*charset;	/* its name; if the tree is its own
					   `with', replacements have it, too */
	unsigned	 text_cols, menu_cols;
	const char	*label;		/* in menus, behind the language */
	/* Its menus link to the first of these trees that the capsule has. */
	const char	*sibling[2];
	const char	*folder;	/* of its texts in an export, or NULL */
	/*
	 * The languages for which the tree is made: tags, which may be longer
	 * behind a hyphen; "zh$" is zh alone.
	 */
	const char	*tags;
	uint32_t	 top;		/* largest character that a replacement
					   may have; 0: any */
	const char	*what;		/* description in the schema, for
					   editors of capsule.yml */
};

extern const struct tree_row	tree_rows[];	/* in the order of menus */
extern const size_t		tree_nrows;
/* The row of the UTF-8 tree of each language; name NULL: its folder's name. */
extern const struct tree_row	tree_language;

/* The row with that name; NULL: none. */
const struct tree_row	*trees_find(const char *name);
/* 1: the tree is made for a language with that BCP 47 tag. */
int			 trees_speaks(const struct tree_row *,
			    const char *tag);
/* 1: capsule.yml and the site table may name a language for it. */
int			 trees_is_chosen(const struct tree_row *);

#endif
