/* SPDX-License-Identifier: ISC */
/*
 * Reads Spartan's request line and writes its reply line.  A request is cut at
 * its first two spaces.  Every byte of it is a stranger's; only printable ASCII
 * is accepted.
 */
#include <string.h>

#include "base/buf.h"
#include "proto/spartan.h"

#define LENGTH_DIGITS	18		/* fits 64 bits */

/* Read all of s as a number; -1: it is none. */
static int
parse_length(const char *s, size_t n, uint64_t *out)
{
	size_t	 i;

	if (n == 0 || n > LENGTH_DIGITS)
		return -1;
	for (*out = 0, i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		*out = *out * 10 + (uint64_t)(s[i] - '0');
	}
	return 0;
}

/* Read a whole line of n bytes.  1, or -1: see *why. */
static int
parse_line(const char *s, size_t n, struct spartan_request *r,
    const char **why)
{
	const char	*sp = memchr(s, ' ', n), *last;

	last = sp != NULL ? memchr(sp + 1, ' ', n - (size_t)(sp + 1 - s)) :
	    NULL;
	if (last == NULL) {
		*why = "A request is a host, a path and a length";
		return -1;
	}
	r->host = s;
	r->hostlen = (size_t)(sp - s);
	r->path = sp + 1;
	r->pathlen = (size_t)(last - r->path);
	if (r->hostlen == 0) {
		*why = "The request names no host";
		return -1;
	}
	if (r->pathlen > 0 && r->path[0] != '/') {
		*why = "The path does not begin with a slash";
		return -1;
	}
	if (parse_length(last + 1, n - (size_t)(last + 1 - s), &r->length) ==
	    -1) {
		*why = "The length is not a number";
		return -1;
	}
	return 1;
}

int
spartan_request_parse(const uint8_t *s, size_t len,
    struct spartan_request *r, const char **why)
{
	size_t	 n, most = SPARTAN_LINE_MAX + 1;

	for (n = 0; n < len && n < most && s[n] >= 0x20 && s[n] < 0x7f; n++)
		;
	if (n == most) {
		*why = "The request is longer than 512 bytes";
		return -1;
	}
	if (n == len || (n + 1 == len && s[n] == '\r'))
		return 0;
	if (s[n] != '\r' || s[n + 1] != '\n') {
		*why = s[n] == '\r' || s[n] == '\n' ?
		    "The request does not end in CRLF" :
		    "The request has bytes that are not ASCII";
		return -1;
	}
	r->len = n + 2;
	return parse_line((const char *)s, n, r, why);
}

int
spartan_header_parse(const uint8_t *s, size_t len, struct spartan_header *h,
    const char **why)
{
	size_t	 n;

	if ((len > 0 && (s[0] < '2' || s[0] > '5')) ||
	    (len > 1 && s[1] != ' ')) {
		*why = "it does not begin with a status from 2 to 5";
		return -1;
	}
	if (len < 2)
		return 0;
	for (n = 2; n < len && n < SPARTAN_META_MAX + 3 && s[n] >= 0x20 &&
	    s[n] != 0x7f; n++)
		;
	if (n == SPARTAN_META_MAX + 3) {
		*why = "its first line is longer than 1,024 bytes";
		return -1;
	}
	if (n == len || (n + 1 == len && s[n] == '\r'))
		return 0;
	if (s[n] != '\r' || s[n + 1] != '\n') {
		*why = "its first line does not end in CRLF";
		return -1;
	}
	h->status = s[0] - '0';
	h->meta = (const char *)s + 2;
	h->metalen = n - 2;
	h->len = n + 2;
	return 1;
}

void
spartan_header_write(struct buf *b, int status, const char *meta)
{
	buf_fmt(b, "%d %s\r\n", status, meta);
}
