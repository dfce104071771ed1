/* SPDX-License-Identifier: ISC */
/*
 * GET over HTTP and HTTPS by libcurl: it brings proxies (from the environment,
 * as curl(1) has them), both families of addresses, HTTP/2 and redirects,
 * which stay within http and https.  Certificates of HTTPS are judged by the
 * system's authorities.
 */
#ifndef MIRROR_HTTP_H
#define MIRROR_HTTP_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct http;			/* opaque: its body is in http.c */

struct http	*http_new(struct err *);	/* NULL: see e */
/*
 * End it; *in and *out: bytes of heads and bodies of all requests, without
 * what TLS adds.  http and either of them may be NULL.
 */
void		 http_end(struct http *, uint64_t *in, uint64_t *out);
/*
 * Begin to fetch url, from this byte on when it is not 0; whatever ran before
 * ends, and its connection serves again where it can.  connect_ms bounds the
 * way to the first byte that can be sent.  0; -1: see e.
 */
int		 http_get(struct http *, const char *url, uint64_t from,
		    int connect_ms, struct err *);
/*
 * Wait until bytes of the body are there and append them to in.  1: some
 * came; 0: the body has ended; -1: see e, STATUS_CANNOT, whose sys is
 * ETIMEDOUT when nothing came in time.
 */
int		 http_read(struct http *, struct buf *in, int timeout_ms,
		    struct err *);
/* The status, once http_read() has returned 0 or 1; 206: a part came. */
long		 http_status(const struct http *);

#endif
