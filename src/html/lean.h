/* SPDX-License-Identifier: ISC */
/* A page of apeng's for a slow line: the same document in fewer bytes. */
#ifndef HTML_LEAN_H
#define HTML_LEAN_H

#include <stddef.h>

struct buf;

/*
 * Append a document of len bytes that html/ or directory/ has written, without
 * what HTML5 allows to leave out: end tags, tags of the head and the body,
 * quotes around values, and line ends beside blocks.  A parser of HTML makes
 * the same tree of both, except text nodes that have only white space.
 */
void	html_lean(const char *html, size_t len, struct buf *out);

#endif
