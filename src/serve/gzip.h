/* SPDX-License-Identifier: ISC */
/* gzip for replies, made once and kept in the cache of views. */
#ifndef SERVE_GZIP_H
#define SERVE_GZIP_H

#include <stddef.h>

struct buf;

/* Append the gzip form of these bytes.  0; -1: no memory. */
int	gzip_bytes(const void *, size_t len, struct buf *out);

#endif
