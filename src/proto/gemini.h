/* SPDX-License-Identifier: ISC */
/* Gemini's request and reply lines.  Pure grammar; lengths are bytes. */
#ifndef PROTO_GEMINI_H
#define PROTO_GEMINI_H

#include <stddef.h>
#include <stdint.h>

#include "proto/url.h"

struct buf;

#define GEMINI_PORT	1965
#define GEMINI_URL_MAX	1024		/* of a request, without CRLF */
#define GEMINI_META_MAX	1024		/* of a reply line we accept */

struct gemini_request {
	struct url	 url;		/* slices of the request's bytes */
	size_t		 len;		/* of the URL, without CRLF */
};

/*
 * 1: *r is a whole request, an absolute URI of at most GEMINI_URL_MAX bytes
 * without user name and fragment, even empty ones; bytes behind the CRLF are
 * not read.  0: fine so far, more bytes must come.  -1: never a request
 * (status 59); *why says so in a few ASCII words, which have nothing of the
 * request in them.  Decided at the latest with GEMINI_URL_MAX + 2 bytes.
 */
int	gemini_request_parse(const uint8_t *, size_t,
	    struct gemini_request *r, const char **why);

struct gemini_header {
	int		 status;	/* 10 to 69 */
	const char	*meta;		/* borrowed, not NUL-terminated */
	size_t		 metalen;	/* 0 only for 4x, 5x, 6x */
	size_t		 len;		/* of the whole line with CRLF */
};

/*
 * Read the first line of a reply, for clients.  1: it is whole; 0: more bytes
 * must come; -1: not Gemini, see *why.  Decided at the latest with
 * GEMINI_META_MAX + 5 bytes.
 */
int	gemini_header_parse(const uint8_t *, size_t,
	    struct gemini_header *h, const char **why);
/* Append the line.  meta NULL or empty: none. */
void	gemini_header_write(struct buf *, int status, const char *meta);

#endif
