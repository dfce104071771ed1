/* SPDX-License-Identifier: ISC */
/* A text of several paragraphs. */
#ifndef CONTENT_PARAGRAPHS_H
#define CONTENT_PARAGRAPHS_H

struct path;
struct reader;
struct yaml_node;

/* The paragraphs, LF between, in the reader's arena.  NULL: reported. */
const char	*read_paragraphs(struct reader *, const struct yaml_node *,
		    const struct path *);

#endif
