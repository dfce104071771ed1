/* SPDX-License-Identifier: ISC */
/* The trees of a site: which there are, and which leads to which. */
#ifndef VIEW_TREE_H
#define VIEW_TREE_H

#include <stddef.h>

#include "charset/charset.h"
#include "view/source.h"

struct site_table;

#define TREE_LABEL	128		/* bytes of a label */

/* Write the trees to out in the order of the chooser; how many. */
size_t	tree_list(const struct site_table *, struct view out[VIEW_MAX]);
/* The chooser is a tree of its own: 7-bit, 38 columns, name "". */
void	tree_chooser(const struct site_table *, struct view *);
/* The tree of that name among the n; NULL: none. */
const struct view *tree_by_name(const struct view *, size_t n,
	    const char *name);
/* The tree that menus of v name as its sibling.  0: there is none. */
int	tree_sibling(const struct site_table *, const struct view *v,
	    struct view *out);
/*
 * The tree in which menus of v lead to pages of folder dir: v when dir is v's.
 * Readers of v must be able to read its charset: from a UTF-8 tree UTF-8; from
 * an old one v's own or ASCII, and from an ASCII one ISO 8859-1, too.  0: there
 * is none.
 */
int	tree_toward(const struct site_table *, const struct view *v,
	    const char *dir, struct view *out);
/* What a menu of tree `in' calls tree t: "Chinese (GB2312)". */
void	tree_label(const struct site_table *, const struct view *t,
	    const struct view *in, char label[TREE_LABEL]);
/* The tree's charset with the site's replacements; site NULL: none. */
void	tree_fit(struct fit *, const struct view *, const struct site_table *);

#endif
