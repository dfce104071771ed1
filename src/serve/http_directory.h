/* SPDX-License-Identifier: ISC */
/* The directory of packages, for browsers. */
#ifndef SERVE_HTTP_DIRECTORY_H
#define SERVE_HTTP_DIRECTORY_H

#include <stddef.h>

struct http_ask;

/* Answers what found_look() calls FOUND_DIRECTORY.  As answer_http(). */
int	http_directory(struct http_ask *);
/*
 * Where the directory is the first page of a host: its page at /TREE, /TREE/
 * and /TREE/search of that host, for browsers of the 1990s.  0: the path is
 * another.
 */
int	http_directory_root(struct http_ask *, const char *path, size_t len);

#endif
