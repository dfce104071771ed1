/* SPDX-License-Identifier: ISC */
/* A page of ours for a thin line: the same document in fewer bytes. */
#ifndef HTML_LEAN_H
#define HTML_LEAN_H

#include <stddef.h>

struct buf;

/*
 * Append a document that html/ or directory/ has written, len bytes, without
 * what HTML5 allows to leave out: end tags, tags of the head and the body,
 * quotes around values, and line ends beside blocks.  A parser of HTML makes
 * the same tree of both, but for text nodes of nothing but blanks.
 */
void	html_lean(const char *html, size_t len, struct buf *out);

#endif
