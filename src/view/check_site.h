/* SPDX-License-Identifier: ISC */
/* Every rule of the Gopher views over a page and the menus of its trees. */
#ifndef VIEW_CHECK_SITE_H
#define VIEW_CHECK_SITE_H

#include <stddef.h>

#include "view/finding.h"
#include "view/source.h"

/*
 * Every rule of the Gopher views over one page (dir, id) in every tree that
 * shows it, with a 32-byte host name; id "index" also checks the notice, the
 * titles and all menus of those trees.  found() is told the tree ("/": the
 * chooser), the page's path ("en/history.gmi") or the menu's selector, the
 * line of the gemtext (0: a title, a menu, a whole text) and the finding.
 * Its rule is charset, width, dot, link, scheme, size, short, selector, or one
 * of view/check.h.  The number of findings, or -1.
 */
int	check_site(const struct view_source *, const char *dir,
	    const char *id, void (*found)(void *, const char *tree,
	    const char *path, size_t line, const struct finding *), void *,
	    struct err *);

#endif
