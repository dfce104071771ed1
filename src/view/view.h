/*
 * What Gopher readers need, computed from gemtext pages and the site table.
 * Pure functions: no file, no clock, no socket; same input, same bytes.
 * A view is a value: a tree's charset, columns and rules.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include "charset/charset.h"

struct buf;
struct err;
struct site_table;
struct view_memo;		/* opaque: its body is in memo.c */

struct view {
	const char	*name;		/* "ascii": selectors begin /ascii */
	const char	*dir;		/* language folder of its pages */
	enum charset	 charset;
	unsigned	 text_cols;	/* 67, 38 in /40 */
	unsigned	 menu_cols;	/* 67, 27 in /40 */
	int		 old;		/* types 0 1 3 7 9 i only, `.' after text,
					   root menu <= 1 KB */
};

#define VIEW_MAX	16
#define VIEW_PAGE_MAX	(1u << 20)	/* gemtext bytes; above: no view */
#define VIEW_COMPOSED_MAX (4u << 20)	/* of its text; above: no view */
#define VIEW_MENU_BYTES	4096		/* of a menu */
#define VIEW_ROOT_BYTES	1024		/* of the chooser and old home menus */
#define VIEW_PART_BYTES	8192		/* of a text, or a part of it */
#define VIEW_TEXT_BYTES	32000		/* of a page in one file */
#define VIEW_LINKS	20		/* in a menu */
#define VIEW_LINES	22		/* in a menu, but for search results */
#define VIEW_INFO	8		/* info lines in a menu of an old tree */
#define VIEW_SELECTOR	60		/* bytes */

/* Where the pages come from: the package, or the build's spool. */
struct view_source {
	const struct site_table	*site;
	/* The gemtext of DIR/ID.gmi; 0 found, -1 none.  Borrowed. */
	int	(*page)(void *arg, const char *dir, const char *id,
		    const char **text, size_t *len);
	void	*arg;
	const char *host;		/* for menu lines */
	unsigned port;
	/* Before every selector in a menu: "/fuling"; NULL or "": none. */
	const char *prefix;
	uint64_t package_size;		/* bytes of ID.gpub; 0: not known */
	struct view_memo *memo;		/* NULL is fine, slow for walks */
};

/*
 * What menus say of pages, kept over many replies from pages that do not
 * change: a walk over all menus composes each page once, not once a menu.
 * NULL: no memory.
 */
struct view_memo	*view_memo_new(const struct site_table *);
/*
 * For another thread's view_source: it knows and adds what m has, and ends
 * before m does.  NULL: no memory.
 */
struct view_memo	*view_memo_share(const struct view_memo *m);
void			 view_memo_free(struct view_memo *);	/* NULL: fine */

/* The trees of a site, in the order of the chooser: n of them in out. */
size_t	view_list(const struct site_table *, struct view out[VIEW_MAX]);

enum view_kind { VIEW_NONE, VIEW_MENU, VIEW_TEXT };
/*
 * The reply to a selector (without a leading '/', no search, no TAB): the
 * whole of it with CRLF and, where due, the last `.' line.  VIEW_NONE: no
 * such selector.  -1: see e (no memory, or a page that breaks a rule).
 */
int	view_reply(const struct view_source *, const char *selector,
	    size_t len, struct buf *out, enum view_kind *kind, struct err *e);
/*
 * Call each(selector, kind) for every selector of every tree, in a stable
 * order: export, checks and tests walk by it.  Stops with -1 at each's -1.
 */
int	view_walk(const struct view_source *, int (*each)(void *,
	    const char *selector, enum view_kind), void *, struct err *);
/*
 * Every rule of the Gopher views over one page (dir, id) in every tree that
 * shows it, with a 32-byte host name; id "index" also checks the notice, the
 * titles and all menus of those trees.  found() is told the tree ("/": the
 * chooser), the page's path ("en/history.gmi") or the menu's selector, the
 * line of the gemtext (0: a title, a menu, a whole text) and what is wrong;
 * this begins with the rule's name: charset, width, dot, link, scheme, size,
 * short, selector, or one of view/check.h.  The count, or -1.
 */
int	view_check(const struct view_source *, const char *dir,
	    const char *id, void (*found)(void *, const char *tree,
	    const char *path, size_t line, const char *rule), void *,
	    struct err *);

#endif
