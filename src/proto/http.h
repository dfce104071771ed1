/* SPDX-License-Identifier: ISC */
/*
 * HTTP's requests (RFC 9110 and 9112), as far as a server needs them that
 * gives files and takes nothing: GET and HEAD of 1.0 and 1.1.  Pure grammar;
 * lengths are bytes.
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
	int			 gzip;		/* the client takes it */
	int			 keep;		/* it would ask once more */
	struct http_slice	 target;	/* as it was sent */
	struct http_slice	 host;		/* with its port */
	struct http_slice	 languages;	/* Accept-Language */
	struct http_slice	 none_match, if_range, range;
	size_t			 len;		/* of the head, with its end */
};

/*
 * 1: *r is a whole head; what follows it is not looked at.  0: so far fine,
 * more must come.  -1: it is refused with *status (400, 405, 414, 431, 501,
 * 505), and nothing behind it can be trusted to be a request; *r holds what
 * was read before.  Decided at the latest with HTTP_HEAD_MAX bytes.  A body is
 * refused: no request has one here.
 */
int	http_request_parse(const uint8_t *, size_t, struct http_request *r,
	    int *status);
/* "404 Not Found" without the number. */
const char *http_reason(int status);
/*
 * The first of the tags in an Accept-Language for which is() says yes, the
 * most wanted first; its value, or -1.  tag: ended by NUL.
 */
int	http_language(const struct http_slice *, int (*is)(const void *,
	    const char *tag), const void *arg);
/*
 * One range of bytes out of `size'.  1: *from and *n; 0: there is none to
 * follow (several, or another unit): the whole is meant; -1: none of it is
 * there, status 416.
 */
int	http_range(const struct http_slice *, uint64_t size, uint64_t *from,
	    uint64_t *n);
/*
 * 1: the list names this tag, which is without its quotes; weak ones are the
 * same, and so are those that end in `z' behind it: another coding.
 */
int	http_etag_in(const struct http_slice *, const char *etag);
/*
 * The value of a field of a form, "q=a+b&p=2": decoded into out, which has
 * room for it; bytes put.  -1: it has no such field.
 */
long	http_form_field(const char *, size_t, const char *name, char *out);

#endif
