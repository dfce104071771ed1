/* SPDX-License-Identifier: ISC */
/*
 * Parses URLs, cleans them, and resolves one against another, by RFC 3986. The
 * parts are found as slices of the given bytes; each byte of a part is then
 * checked against the classes of bytes that the part may have. The bytes are a
 * stranger's. Callers clean a path of . and .. before they compare it; cleaning
 * decodes only escapes that do not change its meaning.
 */
#include <arpa/inet.h>

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "proto/url.h"

/* Which bytes a part may hold beside percent-escapes; one bit a class. */
#define UNRESERVED	0x01
#define SUB_DELIM	0x02
#define PCHAR_MORE	0x04		/* : @ */
#define SLASH		0x08
#define QUESTION	0x10
#define COLON		0x20

#define PCHAR		(UNRESERVED | SUB_DELIM | PCHAR_MORE)

static int
is_alpha(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static int
hex(unsigned char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static unsigned
class_of(unsigned char c)
{
	if (is_alpha(c) || is_digit(c))
		return UNRESERVED;
	switch (c) {
	case '-': case '.': case '_': case '~':
		return UNRESERVED;
	case '!': case '$': case '&': case '\'': case '(': case ')':
	case '*': case '+': case ',': case ';': case '=':
		return SUB_DELIM;
	case ':':
		return PCHAR_MORE | COLON;
	case '@':
		return PCHAR_MORE;
	case '/':
		return SLASH;
	case '?':
		return QUESTION;
	default:
		return 0;
	}
}

static int
check(const struct url_part *p, unsigned allowed, const char *what,
    struct err *e)
{
	size_t	 i;

	for (i = 0; i < p->len; i++) {
		if (class_of((unsigned char)p->at[i]) & allowed)
			continue;
		if (p->at[i] == '%') {
			if (i + 2 < p->len &&
			    hex((unsigned char)p->at[i + 1]) != -1 &&
			    hex((unsigned char)p->at[i + 2]) != -1) {
				i += 2;
				continue;
			}
			err_set(e, "URL: %s: %% without two hex digits",
			    what);
			return -1;
		}
		err_set(e, "URL: %s: byte 0x%02x has no place there", what,
		    (unsigned)(unsigned char)p->at[i]);
		return -1;
	}
	return 0;
}

static void
set(struct url_part *p, const char *at, size_t len)
{
	p->at = at;
	p->len = len;
	p->given = 1;
}

/* Bytes of the scheme before a ':'; 0: there is none. */
static size_t
scheme_len(const char *s, size_t len)
{
	size_t		 i;
	unsigned char	 c;

	for (i = 0; i < len; i++) {
		c = (unsigned char)s[i];
		if (c == ':')
			return i;
		if (is_alpha(c))
			continue;
		if (i == 0 || (!is_digit(c) && c != '+' && c != '-' &&
		    c != '.'))
			return 0;
	}
	return 0;
}

static int
parse_port(const char *s, size_t len, struct url *u, struct err *e)
{
	unsigned	 port = 0;
	size_t		 i;

	for (i = 0; i < len; i++) {
		if (!is_digit((unsigned char)s[i])) {
			err_set(e, "URL: port: want digits");
			return -1;
		}
		port = port * 10 + (unsigned)(s[i] - '0');
		if (port > 65535) {
			err_set(e, "URL: port: above 65535");
			return -1;
		}
	}
	u->has_port = len > 0;
	u->port = port;
	return 0;
}

/* Read the host between brackets: an IPv6 address or a later kind. */
static int
parse_literal(struct url *u, struct err *e)
{
	struct in6_addr	 in6;
	struct url_part	 rest;
	char		 text[INET6_ADDRSTRLEN];
	size_t		 i, len = u->host.len;
	const char	*s = u->host.at;

	if (len > 0 && (s[0] == 'v' || s[0] == 'V')) {
		for (i = 1; i < len && hex((unsigned char)s[i]) != -1; i++)
			continue;
		if (i > 1 && i + 1 < len && s[i] == '.' &&
		    memchr(s, '%', len) == NULL) {
			set(&rest, s + i + 1, len - i - 1);
			u->kind = URL_IP_FUTURE;
			return check(&rest, UNRESERVED | SUB_DELIM | COLON,
			    "address", e);
		}
	} else if (len < sizeof(text) && memchr(s, '\0', len) == NULL) {
		memcpy(text, s, len);
		text[len] = '\0';
		if (inet_pton(AF_INET6, text, &in6) == 1) {
			u->kind = URL_IP6;
			return 0;
		}
	}
	err_set(e, "URL: no address between the brackets");
	return -1;
}

static int
is_ip4(const struct url_part *host)
{
	struct in_addr	 in;
	char		 text[INET_ADDRSTRLEN];

	if (host->len >= sizeof(text))
		return 0;
	memcpy(text, host->at, host->len);
	text[host->len] = '\0';
	return inet_pton(AF_INET, text, &in) == 1;
}

static int
parse_authority(const char *s, size_t len, struct url *u, struct err *e)
{
	const char	*p, *end = s + len;

	/* Host and port must have no '@', so the first one ends userinfo. */
	if ((p = memchr(s, '@', len)) != NULL) {
		set(&u->userinfo, s, (size_t)(p - s));
		if (check(&u->userinfo, UNRESERVED | SUB_DELIM | COLON,
		    "user name", e) == -1)
			return -1;
		s = p + 1;
		len = (size_t)(end - s);
	}
	if (len > 0 && *s == '[') {
		if ((p = memchr(s, ']', len)) == NULL) {
			err_set(e, "URL: host: no closing bracket");
			return -1;
		}
		set(&u->host, s + 1, (size_t)(p - s - 1));
		if (parse_literal(u, e) == -1)
			return -1;
		p++;
		if (p < end && *p != ':') {
			err_set(e, "URL: host: bytes after the bracket");
			return -1;
		}
	} else {
		if ((p = memchr(s, ':', len)) == NULL)
			p = end;
		set(&u->host, s, (size_t)(p - s));
		if (check(&u->host, UNRESERVED | SUB_DELIM, "host", e) == -1)
			return -1;
		if (u->host.len > 0)
			u->kind = is_ip4(&u->host) ? URL_IP4 : URL_NAME;
	}
	if (p < end)
		return parse_port(p + 1, (size_t)(end - p - 1), u, e);
	return 0;
}

int
url_parse(const char *s, size_t len, struct url *u, struct err *e)
{
	const char	*p, *end = s + len;
	size_t		 n;

	memset(u, 0, sizeof(*u));
	if (len == 0) {
		set(&u->path, s, 0);
		return 0;
	}
	if ((p = memchr(s, '#', len)) != NULL) {
		set(&u->fragment, p + 1, (size_t)(end - p - 1));
		end = p;
	}
	if ((p = memchr(s, '?', (size_t)(end - s))) != NULL) {
		set(&u->query, p + 1, (size_t)(end - p - 1));
		end = p;
	}
	if ((n = scheme_len(s, (size_t)(end - s))) > 0) {
		set(&u->scheme, s, n);
		s += n + 1;
	}
	if (end - s >= 2 && s[0] == '/' && s[1] == '/') {
		s += 2;
		if ((p = memchr(s, '/', (size_t)(end - s))) == NULL)
			p = end;
		if (parse_authority(s, (size_t)(p - s), u, e) == -1)
			return -1;
		s = p;
	}
	set(&u->path, s, (size_t)(end - s));
	if (!u->scheme.given && !u->host.given) {
		p = memchr(s, ':', u->path.len);
		if (p != NULL && memchr(s, '/', (size_t)(p - s)) == NULL) {
			err_set(e, "URL: ':' before any '/', and no scheme");
			return -1;
		}
	}
	if (check(&u->path, PCHAR | SLASH, "path", e) == -1 ||
	    check(&u->query, PCHAR | SLASH | QUESTION, "query", e) == -1 ||
	    check(&u->fragment, PCHAR | SLASH | QUESTION, "fragment", e) ==
	    -1)
		return -1;
	return 0;
}

/* The length of path without its last segment and the slash before that. */
static size_t
drop_segment(const char *path, size_t len)
{
	while (len > 0 && path[len - 1] != '/')
		len--;
	return len > 0 ? len - 1 : 0;
}

/* Decode escapes of unreserved characters; write others in upper case. */
static size_t
plain_escapes(char *out, const char *path, size_t len)
{
	static const char	 digit[] = "0123456789ABCDEF";
	size_t			 i, n = 0;
	int			 c;

	for (i = 0; i < len; i++) {
		if (path[i] != '%' || i + 2 >= len) {
			out[n++] = path[i];
			continue;
		}
		c = hex((unsigned char)path[i + 1]) * 16 +
		    hex((unsigned char)path[i + 2]);
		i += 2;
		if (class_of((unsigned char)c) & UNRESERVED) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = digit[(c >> 4) & 15];
		out[n++] = digit[c & 15];
	}
	return n;
}

size_t
url_clean_path(char *out, const char *path, size_t len)
{
	const char	*seg;
	size_t		 start, end, n, seglen, put = 0;

	/* Escapes first: %2e%2e is a dot segment too. */
	n = plain_escapes(out, path, len);
	for (start = 0; start < n; start = end) {
		/* A segment with the slash before it; put <= start. */
		for (end = start + 1; end < n && out[end] != '/'; end++)
			continue;
		seg = out + start + (out[start] == '/');
		seglen = (size_t)(out + end - seg);
		if ((seglen != 1 && seglen != 2) || seg[0] != '.' ||
		    seg[seglen - 1] != '.') {
			memmove(out + put, out + start, end - start);
			put += end - start;
			continue;
		}
		if (seglen == 2)
			put = drop_segment(out, put);
		if (end == n && out[start] == '/')
			out[put++] = '/';
	}
	return put;
}

size_t
url_clean_host(char out[URL_HOST_MAX + 1], const struct url *u)
{
	size_t		 i, n = 0;
	unsigned char	 c;

	out[0] = '\0';
	if (u->kind == URL_NO_HOST)
		return 0;
	for (i = 0; i < u->host.len; i++) {
		c = (unsigned char)u->host.at[i];
		if (c == '%' && i + 2 < u->host.len) {
			c = (unsigned char)(
			    hex((unsigned char)u->host.at[i + 1]) * 16 +
			    hex((unsigned char)u->host.at[i + 2]));
			if (class_of(c) & UNRESERVED)
				i += 2;
			else
				c = '%';
		}
		if (n == URL_HOST_MAX) {
			out[0] = '\0';
			return 0;
		}
		out[n++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	if (n > 1 && out[n - 1] == '.' && u->kind == URL_NAME)
		n--;
	out[n] = '\0';
	return n;
}

size_t
url_decode(char *out, const char *s, size_t len)
{
	size_t	 i, n = 0;

	for (i = 0; i < len; i++) {
		if (s[i] == '%' && i + 2 < len &&
		    hex((unsigned char)s[i + 1]) != -1 &&
		    hex((unsigned char)s[i + 2]) != -1) {
			out[n++] = (char)(hex((unsigned char)s[i + 1]) * 16 +
			    hex((unsigned char)s[i + 2]));
			i += 2;
		} else
			out[n++] = s[i];
	}
	return n;
}

void
url_encode(struct buf *b, const char *s, size_t len)
{
	size_t	 i;

	for (i = 0; i < len; i++) {
		if (class_of((unsigned char)s[i]) & UNRESERVED)
			buf_ch(b, s[i]);
		else
			buf_fmt(b, "%%%02X", (unsigned)(unsigned char)s[i]);
	}
}

int
url_is(const struct url_part *p, const char *word)
{
	return strlen(word) == p->len && p->given &&
	    strncasecmp(p->at, word, p->len) == 0;
}

const struct url_scheme	url_schemes[] = {
	{ "http", 1 },
	{ "https", 1 },
	{ "gemini", 1 },
	{ "gopher", 1 },
	{ "mailto", 0 },
	{ NULL, 0 },
};

const struct url_scheme *
url_scheme_of(const struct url *u)
{
	const struct url_scheme	*s;

	for (s = url_schemes; s->name != NULL; s++)
		if (url_is(&u->scheme, s->name))
			return s;
	return NULL;
}

static void
put_authority(struct buf *b, const struct url *u)
{
	if (!u->host.given)
		return;
	buf_str(b, "//");
	if (u->userinfo.given) {
		buf_add(b, u->userinfo.at, u->userinfo.len);
		buf_ch(b, '@');
	}
	if (u->kind == URL_IP6 || u->kind == URL_IP_FUTURE)
		buf_ch(b, '[');
	buf_add(b, u->host.at, u->host.len);
	if (u->kind == URL_IP6 || u->kind == URL_IP_FUTURE)
		buf_ch(b, ']');
	if (u->has_port)
		buf_fmt(b, ":%u", u->port);
}

static void
put_path(struct buf *b, const char *path, size_t len, int has_host)
{
	char	*room;
	size_t	 n;

	if ((room = buf_room(b, len + 2)) == NULL)
		return;
	n = url_clean_path(room, path, len);
	if (!has_host && n > 1 && room[0] == '/' && room[1] == '/') {
		/* "//" would be read as the start of a host. */
		memmove(room + 2, room, n);
		memcpy(room, "/.", 2);
		n += 2;
	}
	b->len += n;
	b->data[b->len] = '\0';
}

int
url_resolve(const char *base, size_t baselen, const char *ref, size_t reflen,
    struct buf *out, struct err *e)
{
	struct url	 b, r;
	const struct url_part *query;
	struct buf	 merged = BUF_INIT;
	size_t		 n;
	int		 host;

	if (url_parse(base, baselen, &b, e) == -1 ||
	    url_parse(ref, reflen, &r, e) == -1)
		return -1;
	if (!b.scheme.given) {
		err_set(e, "URL: the base has no scheme");
		return -1;
	}
	query = &r.query;
	buf_add(out, r.scheme.given ? r.scheme.at : b.scheme.at,
	    r.scheme.given ? r.scheme.len : b.scheme.len);
	buf_ch(out, ':');
	put_authority(out, r.scheme.given || r.host.given ? &r : &b);
	host = r.scheme.given || r.host.given ? r.host.given : b.host.given;
	if (r.scheme.given || r.host.given ||
	    (r.path.len > 0 && r.path.at[0] == '/'))
		put_path(out, r.path.at, r.path.len, host);
	else if (r.path.len == 0) {
		put_path(out, b.path.at, b.path.len, host);
		if (!query->given)
			query = &b.query;
	} else {
		for (n = b.path.len; n > 0 && b.path.at[n - 1] != '/'; n--)
			continue;
		buf_add(&merged, b.path.at, n);
		if (b.host.given && b.path.len == 0)
			buf_ch(&merged, '/');
		buf_add(&merged, r.path.at, r.path.len);
		if (buf_ok(&merged))
			put_path(out, merged.data, merged.len, host);
		else
			out->failed = 1;
		buf_free(&merged);
	}
	if (query->given) {
		buf_ch(out, '?');
		buf_add(out, query->at, query->len);
	}
	if (r.fragment.given) {
		buf_ch(out, '#');
		buf_add(out, r.fragment.at, r.fragment.len);
	}
	if (!buf_ok(out)) {
		err_nomem(e);
		return -1;
	}
	return 0;
}
