/* SPDX-License-Identifier: ISC */
/*
 * Spartan's request and reply lines (the specification of 2021): gemtext
 * without TLS.  Pure grammar; lengths are bytes.
 */
#ifndef PROTO_SPARTAN_H
#define PROTO_SPARTAN_H

#include <stddef.h>
#include <stdint.h>

struct buf;

#define SPARTAN_PORT		300
#define SPARTAN_LINE_MAX	512	/* of a request, without CRLF */
#define SPARTAN_META_MAX	1024	/* of a reply, without CRLF */
#define SPARTAN_DATA_MAX	512	/* of the data block that is read */

struct spartan_request {
	const char	*host, *path;	/* slices of the request's bytes */
	size_t		 hostlen, pathlen;	/* pathlen 0: means "/" */
	uint64_t	 length;	/* of the data block, by the request */
	size_t		 len;		/* of the line with CRLF */
};

/*
 * Read HOST SP PATH SP LENGTH CRLF.  1: *r is a whole line; bytes behind it are
 * not read.  0: fine so far, more bytes must come.  -1: never a request; *why
 * says so in a few ASCII words, which have nothing of the request in them.
 * Decided at the latest with SPARTAN_LINE_MAX + 2 bytes.
 */
int	spartan_request_parse(const uint8_t *, size_t,
	    struct spartan_request *r, const char **why);
struct spartan_header {
	int		 status;	/* 2 to 5 */
	const char	*meta;		/* borrowed, not NUL-terminated */
	size_t		 metalen;
	size_t		 len;		/* of the whole line with CRLF */
};

/*
 * Read the first line of a reply, for clients.  1: it is whole; 0: more bytes
 * must come; -1: not Spartan, see *why.  Decided at the latest with
 * SPARTAN_META_MAX + 4 bytes.
 */
int	spartan_header_parse(const uint8_t *, size_t,
	    struct spartan_header *h, const char **why);
/* Append the line.  status: 2 to 5. */
void	spartan_header_write(struct buf *, int status, const char *meta);

#endif
