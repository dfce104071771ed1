/* SPDX-License-Identifier: ISC */
/* What every HTML document has around its text. */
#ifndef HTML_FRAME_H
#define HTML_FRAME_H

#include <stddef.h>

#include "html/text.h"
#include "proto/idiom.h"

struct err;
struct buf;
struct site_lang;
struct site_page;
struct site_table;

/*
 * The elements of every head: the charset comes first, because the HTTP field
 * does not give it; the width is that of the phone; and the browser must not
 * tell a server, this one included, from which page a reader comes.
 */
#define HTML_METAS	"<meta charset=\"utf-8\">\n"			\
			"<meta name=\"viewport\" "			\
			"content=\"width=device-width\">\n"		\
			"<meta name=\"referrer\" "			\
			"content=\"no-referrer\">\n"

/*
 * How a language of the table is written.  Chinese characters in its text get
 * no tag when the language has such characters itself, nor when the capsule has
 * no Chinese, since their language is not known then.
 */
struct html_script html_script(const struct site_table *,
		    const struct site_lang *);
/*
 * Append a text.  If it ends with the tag of another language of the capsule,
 * TEXT [TAG], TEXT is marked as that language.
 */
void		 html_tagged(struct buf *, const struct site_table *,
		    const struct site_lang *own, const char *, size_t);
/* Append the attributes lang and dir for an element of that language. */
void		 html_foreign(struct buf *, const char *tag);
/* Append all from the doctype to <main>. */
void		 html_head(struct buf *, const struct site_table *,
		    const struct site_lang *, const struct site_page *);

/*
 * Append index.html, with the choice of languages.  cover is a picture's path
 * or NULL.  about has for each language of the table a sentence that says what
 * the capsule is about, or an `at' of NULL.  about may be NULL.  0, or
 * -1: see e (no memory).
 */
int	 html_chooser(const struct site_table *, const struct slice *about,
	    const char *cover, struct buf *out, struct err *e);
/*
 * Append a line of links to what a server has for old browsers, in the trees of
 * the table: before TREE/, before being the start of each address.
 */
void	 html_trees(struct buf *, const struct site_table *,
	    const char *before);
/*
 * The first line of text of a page, which says what it is about; at is NULL
 * when there is none before the first link, list or the like.
 */
struct slice	 html_about(const char *text, size_t len);
/*
 * Append an Atom feed of apeng's, with each relative link to a gemtext page
 * changed into one to its HTML page.
 */
void		 html_feed(const char *text, size_t len, struct buf *out);
/* The text of style.css, for all pages. */
const char *html_style(void);

#endif
