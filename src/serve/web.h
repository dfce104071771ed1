/* SPDX-License-Identifier: ISC */
/* What a web browser gets from the Gopher port.  Bytes are appended. */
#ifndef SERVE_WEB_H
#define SERVE_WEB_H

#include <stddef.h>

struct buf;

/*
 * The page that leads a web browser to url (of a URL: selector).  -1: not
 * a URL, or of a scheme that no capsule links to; nothing is appended.
 */
int	web_link_page(const char *url, size_t len, struct buf *out);
/* The reply to an HTTP request: 400, and the gopher: URL to ask for. */
void	web_refuse(const char *host, unsigned port, struct buf *out);

#endif
