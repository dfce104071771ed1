/* SPDX-License-Identifier: ISC */
/* What every HTML document of an export has around its text. */
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
 * In every head: the charset first, because HTTP's field does not say it; a
 * phone's own width; and no browser tells anybody, or this server at each
 * click, from which page its reader comes.
 */
#define HTML_METAS	"<meta charset=\"utf-8\">\n"			\
			"<meta name=\"viewport\" "			\
			"content=\"width=device-width\">\n"		\
			"<meta name=\"referrer\" "			\
			"content=\"no-referrer\">\n"

/*
 * How a language of the table is written.  Chinese words among it need no tag
 * when it has such characters itself, and get none when the capsule has no
 * Chinese, because then they may be anybody's.
 */
struct html_script html_script(const struct site_table *,
		    const struct site_lang *);
/*
 * A text that may end with the tag of another language of the capsule, in
 * which the text then is: TEXT [TAG].
 */
void		 html_tagged(struct buf *, const struct site_table *,
		    const struct site_lang *own, const char *, size_t);
/* lang and dir of an element within a page of another language. */
void		 html_foreign(struct buf *, const char *tag);
/* From the doctype to <main>. */
void		 html_head(struct buf *, const struct site_table *,
		    const struct site_lang *, const struct site_page *);

/*
 * index.html: the choice of languages; cover is a picture's path or NULL.
 * about is what the capsule is, a sentence for each language of the table; one
 * whose at is NULL has none.
 */
int	 html_chooser(const struct site_table *, const struct slice *about,
	    const char *cover, struct buf *out, struct err *e);
/* The first line of text of a page, which says what it is about; or none. */
struct slice	 html_about(const char *text, size_t len);
/*
 * An Atom feed of ours, its links to gemtext pages beside it turned into those
 * to their HTML.
 */
void		 html_feed(const char *text, size_t len, struct buf *out);
/* style.css, for all pages. */
const char *html_style(void);

#endif
