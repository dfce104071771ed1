/* SPDX-License-Identifier: ISC */
/*
 * URLs by RFC 3986.  The parser gives slices of the bytes that it reads and
 * allocates nothing.  Lengths are bytes.
 */
#ifndef PROTO_URL_H
#define PROTO_URL_H

#include <stddef.h>

struct buf;
struct err;

#define URL_HOST_MAX	255		/* bytes of a name or literal */

struct url_part {
	const char	*at;		/* borrowed from what was parsed */
	size_t		 len;
	int		 given;		/* 1: it is there, but may be empty */
};

enum url_host {
	URL_NO_HOST,			/* none, or an empty one */
	URL_NAME,
	URL_IP4,
	URL_IP6,			/* host is without its brackets */
	URL_IP_FUTURE			/* [v1.x]: only its grammar is known */
};

/* No part has its delimiters: query has no '?', host no brackets. */
struct url {
	struct url_part	 scheme, userinfo, host, path, query, fragment;
	enum url_host	 kind;
	int		 has_port;	/* 0 also for an empty port, "host:" */
	unsigned	 port;		/* 0 to 65535 */
};

/*
 * Parse a URI reference: with a scheme (scheme.given) or relative.  It must
 * follow the RFC's grammar: no control byte, space, non-ASCII byte, '%' without
 * two hex digits, port above 65535 or open bracket.  path.given is always 1.
 * 0, or -1: see e (NULL is fine); *u is undefined then.
 */
int	url_parse(const char *, size_t, struct url *, struct err *e);
/*
 * Clean a path: decode escapes of unreserved characters, write other escapes in
 * upper case, remove dot segments.  Then equal paths have equal bytes.  An
 * escaped slash stays escaped.  out must have len bytes.  Returns the bytes
 * put, without a NUL.  path must have passed url_parse().
 */
size_t	url_clean_path(char *out, const char *path, size_t len);
/*
 * Clean a host: lower case, unreserved characters decoded, without the last dot
 * of "name.".  Returns the bytes put, and ends them with a NUL; 0: there is no
 * host, or it is too long.
 */
size_t	url_clean_host(char out[URL_HOST_MAX + 1], const struct url *);
/*
 * Decode all percent-escapes ('+' stays).  out must have len bytes.  Returns
 * the bytes put, without a NUL; they may be any bytes.
 */
size_t	url_decode(char *out, const char *, size_t len);
/* Append with every byte but the unreserved ones percent-encoded. */
void	url_encode(struct buf *, const char *, size_t len);
/*
 * The schemes that links out of a capsule may have, the last one with a NULL
 * name.  has_host: "//" and a host follow the colon.
 */
struct url_scheme {
	const char	*name;
	int		 has_host;
};
extern const struct url_scheme	url_schemes[];
/* The scheme of u, in any letter case; NULL: it is none of these. */
const struct url_scheme	*url_scheme_of(const struct url *u);
/* 1: part is this word; letter case does not count. */
int	url_is(const struct url_part *, const char *word);
/*
 * Resolve a reference against a base with a scheme (RFC 3986, 5.2) and append
 * the result with its fragment.  0, or -1: see e (one of them does not parse,
 * the base has no scheme, or no memory).
 */
int	url_resolve(const char *base, size_t baselen, const char *ref,
	    size_t reflen, struct buf *out, struct err *e);

#endif
