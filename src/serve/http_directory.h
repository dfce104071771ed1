/* SPDX-License-Identifier: ISC */
/* The directory of packages, for browsers. */
#ifndef SERVE_HTTP_DIRECTORY_H
#define SERVE_HTTP_DIRECTORY_H

struct http_ask;

/* Answers what found_look() calls FOUND_DIRECTORY.  As answer_http(). */
int	http_directory(struct http_ask *);

#endif
