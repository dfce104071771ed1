/* SPDX-License-Identifier: ISC */
/* What every HTML document of an export has around its text. */
#ifndef HTML_FRAME_H
#define HTML_FRAME_H

struct err;
struct buf;
struct site_lang;
struct site_page;
struct site_table;

/*
 * The tag for Chinese words in a page of that language; NULL when they need
 * none, or when the capsule has no Chinese and they may be anybody's.
 */
const char	*html_han(const struct site_table *, const struct site_lang *);
/* From the doctype to <main>. */
void		 html_head(struct buf *, const struct site_table *,
		    const struct site_lang *, const struct site_page *);

/* index.html: the choice of languages; cover is a picture's path or NULL. */
int	 html_chooser(const struct site_table *, const char *cover,
	    struct buf *out, struct err *e);
/* style.css, for all pages. */
const char *html_style(void);

#endif
