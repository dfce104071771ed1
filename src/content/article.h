/* SPDX-License-Identifier: ISC */
/* Long articles that are written by hand, in files of gemtext. */
#ifndef CONTENT_ARTICLE_H
#define CONTENT_ARTICLE_H

struct path;
struct reader;
struct yaml_node;

#define ARTICLE_FOLDER	"articles"	/* beside capsule.yml */
#define ARTICLE_MAX	(256u << 10)	/* bytes of one file */

/*
 * The text of the file that the node names, from the reader's arena, without
 * empty lines at its end.  NULL: reported, also what is wrong in the file.
 */
const char	*read_article(struct reader *, const struct yaml_node *,
		    const struct path *);

#endif
