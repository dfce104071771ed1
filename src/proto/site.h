/* SPDX-License-Identifier: ISC */
/*
 * The site table, data/site.txt in every package: all that view/ and html/ need
 * to know of a capsule beside its pages.  It has lines that end in LF, of
 * fields with a TAB between them, in UTF-8; no field has a control character:
 *
 *	apeng-site 1
 *	id	ID
 *	host	NAME				(0 or more, public names)
 *	lang	DIR	TAG	NAME	TITLE	SHORT
 *	tree	TREE	DIR			(ascii -> en, latin1 -> fr)
 *	contact	PAGE				(page id)
 *	notice	DIR	UNTIL	TEXT		(0 or 1 a language)
 *	replace	CHARSET	FROM	TO		(charset: ascii, gb2312, latin1)
 *	word	DIR	ID	TEXT	(a phrase of menus in that language)
 *	section	DIR	ID	TITLE	SHORT
 *	page	DIR	ID	SECTION	DATE	TITLE	SHORT
 *
 * The kinds stand in this order.  DIR and ID are letters, digits, `.', `_' and
 * `-', and begin with a letter or digit.  Sections and pages stand in reading
 * order, language after language.  The path of a page is DIR/ID.gmi; in another
 * language the same page has the same ID.  The home page has the ID `index' and
 * the SECTION `-'.  Lines of unknown kinds, of a later version, are skipped.
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
				   page[end]; end 0: not known, in a table that
				   was not parsed */
	size_t	 n;		/* how many pages it has */
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
	size_t			*slot, nslot;	/* hash table of pages by name;
						   NULL in a table that was not
						   parsed */
	/*
	 * Set by the caller that makes pages for a browser.  It returns 1 when
	 * a picture beside the text ("files/...") can be shown.  NULL: all can.
	 */
	int			(*holds)(const void *, const char *, size_t);
	const void		*holds_arg;
	/*
	 * Set by a server that makes pages for browsers: DIR/search answers
	 * searches, and pages may have links that begin with `/'.
	 */
	int			 is_served;
	/* Set by the same caller as holds: 1 when each language has books. */
	int			 has_books;
};

/*
 * The ID of a generated list of a section's pages begins with this prefix; its
 * SECTION is `-'.  Menus and searches leave such lists out, because they have
 * the pages themselves.  The IDs of further parts of a list or of another
 * generated page end in `_2' and so on; the ids of authors have no `_'.
 */
#define SITE_LIST_PREFIX	"s_"
int	site_page_is_list(const struct site_page *);

#define SITE_HOST_MAX		64
#define SITE_LANG_MAX		64
#define SITE_TAG_BYTES		64		/* of a language tag */
#define SITE_TREE_MAX		64
#define SITE_REPLACE_MAX	500		/* each is compared at every
						   character of a page */
#define SITE_REPLACE_BYTES	300		/* of from, and of to */
#define SITE_WORD_MAX		1024		/* of all languages */
#define SITE_SECTION_MAX	1024		/* of all languages */
#define SITE_PAGE_MAX		65535		/* as a package has entries */
#define SITE_BYTES_MAX		(64u << 20)	/* of the table */

/* Copies the text.  NULL: see e, which names the line. */
struct site_table	*site_table_parse(const char *, size_t, struct err *);
void			 site_table_free(struct site_table *);	/* NULL ok */
/*
 * The id, contact, hosts, languages and trees of a table alone, in one piece of
 * memory, which free() gives back.  NULL: no memory.
 */
struct site_table	*site_table_brief(const struct site_table *);
/* Append the table; site_table_parse() gives the same table back. */
void			 site_table_write(const struct site_table *,
			    struct buf *);
/*
 * The page; NULL: there is none.  Found by a hash table if the table was
 * parsed, else by a search through all pages.
 */
const struct site_page	*site_table_page(const struct site_table *,
			    const char *dir, const char *id);
/* The language with that folder, also by the folder's len bytes; NULL: none. */
const struct site_lang	*site_table_lang(const struct site_table *,
			    const char *dir);
const struct site_lang	*site_table_lang_at(const struct site_table *,
			    const char *dir, size_t len);
/* The section with that id in a language; NULL: none. */
const struct site_section *site_table_section(const struct site_table *,
			    const char *dir, const char *id);
/* 1: a link to the package itself, gemini://HOST/ID.gpub, with any host. */
int	site_is_package(const struct site_table *, const struct url *);

#endif
