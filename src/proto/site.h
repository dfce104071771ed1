/* SPDX-License-Identifier: ISC */
/*
 * The site table, data/site.txt in every package: all that a view needs to
 * know beside the pages themselves.  Lines of TAB-separated fields, LF,
 * UTF-8, no field holds a control character:
 *
 *	apeng-site 1
 *	id	ID
 *	host	NAME				(0 or more, public names)
 *	lang	DIR	TAG	NAME	TITLE	SHORT
 *	tree	TREE	DIR			(ascii -> en, latin1 -> fr)
 *	contact	PAGE				(page id)
 *	notice	DIR	UNTIL	TEXT		(0 or 1 a language)
 *	replace	CHARSET	FROM	TO		(charset: ascii, gb2312, latin1)
 *	word	DIR	ID	TEXT	(what menus say in that language)
 *	section	DIR	ID	TITLE	SHORT
 *	page	DIR	ID	SECTION	DATE	TITLE	SHORT
 *
 * in this order of kinds; DIR and ID are letters, digits, `.', `_' and `-',
 * the first of them a letter or digit; sections in their order, pages in
 * reading order, language after language.  A page's path is DIR/ID.gmi, its
 * sibling in another language has the same ID; the home page's ID is `index',
 * its SECTION `-'.  Unknown kinds of lines are skipped (a later version's).
 */
#ifndef PROTO_SITE_H
#define PROTO_SITE_H

#include <stddef.h>

#include "base/replace.h"

struct err;
struct url;
struct buf;

struct site_lang {
	char	*dir, *tag, *name, *title, *short_title, *notice, *until;
};
struct site_tree {
	char	*tree, *dir;
};
struct site_word {
	char	*dir, *id, *text;
};
struct site_section {
	char	*dir, *id, *title, *short_title;
	size_t	 first, end;	/* its pages are in page[first] to before
				   page[end], n of them; unknown (end 0) in a
				   table made by hand */
	size_t	 n;
};
struct site_page {
	char	*dir, *id, *section, *date, *title, *short_title;
};

/* All strings are owned by the table; notice and until may be NULL. */
struct site_table {
	char			*id, *contact;
	size_t			 nhost, nlang, ntree, nreplace, nword, nsection,
				 npage;
	char			**host;
	struct site_lang	*lang;
	struct site_tree	*tree;
	struct replace	*replace;
	struct site_word	*word;
	struct site_section	*section;
	struct site_page	*page;
	char			*store;		/* one copy of the text */
	size_t			*slot, nslot;	/* page lookup by name; NULL in
						   a table made by hand */
	/*
	 * Set by whoever makes pages for a browser: 1 when a picture beside
	 * the text ("files/...") is there to be shown.  NULL: all are.
	 */
	int			(*holds)(const void *, const char *, size_t);
	const void		*holds_arg;
	/*
	 * Set by a server that makes pages for browsers: searches are asked
	 * of DIR/search, and links from the server's root are its own.
	 */
	int			 is_served;
	/* The same: 1 when the books of each language lie beside. */
	int			 has_books;
};

/*
 * The ID of a generated list of a section's pages, in SECTION `-', begins
 * so: menus and searches, which know the pages themselves, leave it out.
 * Further pages of a list, or of another generated page, end in `_2' and so
 * on; ids of authors hold no `_'.
 */
#define SITE_LIST_PREFIX	"s_"
int	site_page_is_list(const struct site_page *);

#define SITE_HOST_MAX		64
#define SITE_LANG_MAX		64
#define SITE_TAG_BYTES		64		/* of a language tag */
#define SITE_TREE_MAX		64
#define SITE_REPLACE_MAX	500		/* each is looked for at every
						   character of a page */
#define SITE_REPLACE_BYTES	300		/* of from, and of to */
#define SITE_WORD_MAX		1024		/* of all languages */
#define SITE_SECTION_MAX	1024		/* of all languages */
#define SITE_PAGE_MAX		65535		/* as a package has entries */
#define SITE_BYTES_MAX		(64u << 20)	/* of the table */

/* NULL: see e, which names the line.  End with site_table_free(). */
struct site_table	*site_table_parse(const char *, size_t, struct err *);
void			 site_table_free(struct site_table *);	/* NULL ok */
/*
 * The id, contact, hosts, languages and trees of a table alone, in one piece of
 * memory, which free() gives back.  NULL: no memory.
 */
struct site_table	*site_table_brief(const struct site_table *);
/* parse(write(t)) is t. */
void			 site_table_write(const struct site_table *,
			    struct buf *);
/*
 * NULL when there is none.  One look in a parsed table, a walk in one made
 * by hand.
 */
const struct site_page	*site_table_page(const struct site_table *,
			    const char *dir, const char *id);
/* The language of a folder, also by the len bytes of its name; NULL: none. */
const struct site_lang	*site_table_lang(const struct site_table *,
			    const char *dir);
const struct site_lang	*site_table_lang_at(const struct site_table *,
			    const char *dir, size_t len);
/* The section with that id in a language; NULL: none. */
const struct site_section *site_table_section(const struct site_table *,
			    const char *dir, const char *id);
/* 1: a link to the package itself, gemini://HOST/ID.gpub. */
int	site_is_package(const struct site_table *, const struct url *);

#endif
