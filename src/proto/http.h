/* SPDX-License-Identifier: ISC */
/*
 * HTTP's requests (RFC 9110 and 9112), as far as a server needs them that
 * only sends files: GET and HEAD of 1.0 and 1.1.  Pure grammar; lengths are
 * bytes.
 */
#ifndef PROTO_HTTP_H
#define PROTO_HTTP_H

#include <stddef.h>
#include <stdint.h>

struct buf;

#define HTTP_PORT		80
#define HTTPS_PORT		443
#define HTTP_TARGET_MAX		1024	/* of a request line */
#define HTTP_HEAD_MAX		8192	/* of a request, with its empty line */
#define HTTP_FIELDS_MAX		64

struct http_slice {
	const char	*at;		/* NULL: it was not sent */
	size_t		 len;
};

struct http_request {
	int			 is_head;	/* HEAD, not GET */
	int			 minor;		/* 0 or 1 of HTTP/1.x */
	int			 gzip;		/* the client accepts gzip */
	int			 keep;		/* the client may send another
						   request afterwards */
	struct http_slice	 target;	/* as it was sent */
	struct http_slice	 host;		/* with its port */
	struct http_slice	 languages;	/* Accept-Language */
	struct http_slice	 none_match, if_range, range;
	size_t			 len;		/* of the head, with its end */
};

/*
 * 1: *r is a whole head; bytes behind it are not read.  0: fine so far, more
 * bytes must come.  -1: it is refused with *status (400, 405, 414, 431, 501,
 * 505); the bytes behind it must not be read as a request; *r has the fields
 * that were read before.  Decided at the latest with HTTP_HEAD_MAX bytes.  A
 * request with a body is refused.
 */
int	http_request_parse(const uint8_t *, size_t, struct http_request *r,
	    int *status);
/* "404 Not Found" without the number. */
const char *http_reason(int status);
/*
 * Call is() with tags of an Accept-Language, each ended by NUL.  Returns what
 * is() returned for the most wanted tag that it knows, -1: it knows none.  is()
 * returns -1 for an unknown tag.
 */
int	http_language(const struct http_slice *, int (*is)(const void *,
	    const char *tag), const void *arg);
/*
 * Read one range of bytes of a body of `size' bytes.  1: *from and *n are set;
 * 0: no range that is supported (several, another unit, malformed), so the
 * whole body is to be sent; -1: the range is outside the body, status 416.
 */
int	http_range(const struct http_slice *, uint64_t size, uint64_t *from,
	    uint64_t *n);
/*
 * 1: the list has `*' or this tag, which is given without quotes.  A weak tag
 * counts, too, and so does the tag with `z' behind it, which names the same
 * body in another coding.
 */
int	http_etag_in(const struct http_slice *, const char *etag);
/*
 * Decode the value of a field of a form, "q=a+b&p=2", into out, which must have
 * space for len bytes.  Returns the bytes put, without a NUL; -1: there is no
 * such field.
 */
long	http_form_field(const char *, size_t, const char *name, char *out);

#endif
