/* SPDX-License-Identifier: ISC */
/*
 * URLs by RFC 3986: bytes in, slices of them out, nothing allocated.
 * Lengths are bytes.
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
	int		 given;		/* 1: there, though perhaps empty */
};

enum url_host {
	URL_NO_HOST,			/* none, or an empty one */
	URL_NAME,
	URL_IP4,
	URL_IP6,			/* host is without its brackets */
	URL_IP_FUTURE			/* [v1.x]: grammar only */
};

/* Delimiters are in no part: query has no '?', host no brackets. */
struct url {
	struct url_part	 scheme, userinfo, host, path, query, fragment;
	enum url_host	 kind;
	int		 has_port;	/* 0 also for an empty one, "host:" */
	unsigned	 port;		/* 0 to 65535 */
};

/*
 * Parse a URI reference: with a scheme (scheme.given) or relative.  Only
 * bytes of the RFC's grammar pass: no control, space, non-ASCII, '%' without
 * two digits, port above 65535, open bracket.  path.given is always 1.
 * 0, or -1: see e (NULL is fine); *u is undefined then.
 */
int	url_parse(const char *, size_t, struct url *, struct err *e);
/*
 * The path with percent-encoded unreserved characters decoded, other
 * escapes in upper case, dot segments removed: equal paths, equal bytes.
 * An escaped slash stays escaped.  out needs len bytes; the bytes put, no
 * NUL.  path must have passed url_parse().
 */
size_t	url_clean_path(char *out, const char *path, size_t len);
/*
 * The host in lower case, unreserved characters decoded, without the last
 * dot of "name.".  Bytes put, NUL-terminated; 0: none, or too long.
 */
size_t	url_clean_host(char out[URL_HOST_MAX + 1], const struct url *);
/*
 * All percent-escapes decoded ('+' stays).  out needs len bytes; the bytes
 * put, no NUL: they may hold anything.
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
/* The one that u has, whatever the case of its letters; NULL: none. */
const struct url_scheme	*url_scheme_of(const struct url *u);
/* 1: part is this word; letter case does not count. */
int	url_is(const struct url_part *, const char *word);
/*
 * Resolve a reference against a base with a scheme, as RFC 3986, 5.2;
 * appends the result, with its fragment.  -1: see e (both must parse).
 */
int	url_resolve(const char *base, size_t baselen, const char *ref,
	    size_t reflen, struct buf *out, struct err *e);

#endif
