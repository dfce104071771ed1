/* SPDX-License-Identifier: ISC */
/*
 * HTTP's request head.  Each time more bytes have come, it is read again from
 * its first byte, line by line, so that a decision never changes.  All of it is
 * a stranger's.  Lines must end in CR LF, no blank may stand between a name and
 * its colon, no line may be continued, and a body, which could hide a second
 * request, is refused.  So a proxy before this server cannot read a head in
 * another way.
 */
#include <string.h>
#include <strings.h>

#include "proto/http.h"

#define METHOD_MAX	32
#define EMPTY_LINES	2	/* that may stand before a request */

/* 1: s is a token, as methods and names of fields are. */
static int
is_token(const char *s, size_t len)
{
	size_t	 i;

	for (i = 0; i < len; i++)
		if (!((s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= 'A' && s[i] <= 'Z') ||
		    (s[i] >= '0' && s[i] <= '9') ||
		    (s[i] != '\0' && strchr("!#$%&'*+-.^_`|~", s[i]) !=
		    NULL)))
			return 0;
	return len > 0;
}

/* 1: s is this word; letter case does not count. */
static int
is_word(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && strncasecmp(s, word, len) == 0;
}

/* 0, or the status that refuses the method. */
static int
set_method(struct http_request *r, const char *s, size_t len)
{
	static const char *const known[] = { "POST", "PUT", "DELETE",
	    "OPTIONS", "TRACE", "CONNECT", "PATCH", NULL };
	size_t	 i;

	if (!is_token(s, len))
		return 400;
	if (len == 4 && memcmp(s, "HEAD", 4) == 0)
		r->is_head = 1;
	else if (len != 3 || memcmp(s, "GET", 3) != 0) {
		for (i = 0; known[i] != NULL; i++)
			if (strlen(known[i]) == len &&
			    memcmp(known[i], s, len) == 0)
				return 405;
		return 501;
	}
	return 0;
}

/* Read METHOD SP TARGET SP HTTP/1.x: 0 or a status. */
static int
request_line(struct http_request *r, const char *s, size_t len)
{
	const char	*sp = memchr(s, ' ', len), *version, *end = s + len;
	size_t		 i;

	if (sp == NULL)
		return 400;
	r->target.at = sp + 1;
	version = memchr(sp + 1, ' ', (size_t)(end - sp - 1));
	if (version == NULL)
		return 400;		/* HTTP/0.9 has no headers to trust */
	r->target.len = (size_t)(version - sp - 1);
	version++;
	if (end - version != 8 || memcmp(version, "HTTP/", 5) != 0 ||
	    version[5] < '0' || version[5] > '9' || version[6] != '.' ||
	    version[7] < '0' || version[7] > '9')
		return 400;
	if (version[5] != '1')
		return 505;
	r->minor = version[7] != '0';
	r->keep = r->minor;
	if (r->target.len == 0)
		return 400;
	for (i = 0; i < r->target.len; i++)
		if (r->target.at[i] <= 0x20 || r->target.at[i] > 0x7e)
			return 400;
	return set_method(r, s, (size_t)(sp - s));
}

/* Take the next element of a list with commas: 1, or 0 at its end. */
static int
next_element(struct http_slice *list, struct http_slice *el)
{
	size_t	 n;

	while (list->len > 0 && (*list->at == ',' || *list->at == ' ' ||
	    *list->at == '\t')) {
		list->at++;
		list->len--;
	}
	if (list->len == 0)
		return 0;
	for (n = 0; n < list->len && list->at[n] != ','; n++)
		;
	el->at = list->at;
	el->len = n;
	list->at += n;
	list->len -= n;
	while (el->len > 0 && (el->at[el->len - 1] == ' ' ||
	    el->at[el->len - 1] == '\t'))
		el->len--;
	return 1;
}

/*
 * Cut `; q=0.5' off an element; returns this weight in thousandths, 1000
 * without one.  A parameter that is no weight counts as 0: not wanted.
 */
static int
take_weight(struct http_slice *el)
{
	const char	*semi = memchr(el->at, ';', el->len), *p, *end;
	int		 q = 0, unit = 1000;

	if (semi == NULL)
		return 1000;
	end = el->at + el->len;
	el->len = (size_t)(semi - el->at);
	while (el->len > 0 && (el->at[el->len - 1] == ' ' ||
	    el->at[el->len - 1] == '\t'))
		el->len--;
	for (p = semi + 1; p < end && (*p == ' ' || *p == '\t'); p++)
		;
	if (end - p < 3 || (*p != 'q' && *p != 'Q') || p[1] != '=' ||
	    (p[2] != '0' && p[2] != '1'))
		return 0;
	if (p[2] == '1')
		return 1000;
	for (p += 4; p < end && *p >= '0' && *p <= '9' && unit > 1; p++) {
		unit /= 10;
		q += (*p - '0') * unit;
	}
	return q;
}

static int
takes_gzip(struct http_slice list)
{
	struct http_slice	 el;
	int			 any = 0, q;

	while (next_element(&list, &el)) {
		q = take_weight(&el);
		if (is_word(el.at, el.len, "gzip") ||
		    is_word(el.at, el.len, "x-gzip"))
			return q > 0;
		if (is_word(el.at, el.len, "*"))
			any = q > 0;
	}
	return any;
}

static void
set_connection(struct http_request *r, struct http_slice list)
{
	struct http_slice	 el;

	while (next_element(&list, &el))
		if (is_word(el.at, el.len, "close"))
			r->keep = 0;
		else if (is_word(el.at, el.len, "keep-alive") && r->minor == 0)
			r->keep = 1;
}

/* Keep the value of a field.  A field that comes twice gets an empty value. */
static void
set_once(struct http_slice *to, const struct http_slice *value)
{
	if (to->at != NULL)
		to->len = 0;
	else
		*to = *value;
}

/* 0 or a status. */
static int
set_field(struct http_request *r, const char *name, size_t len,
    const struct http_slice *v)
{
	if (is_word(name, len, "host")) {
		if (r->host.at != NULL)
			return 400;
		r->host = *v;
	} else if (is_word(name, len, "transfer-encoding"))
		return 400;
	else if (is_word(name, len, "content-length")) {
		if (v->len != 1 || v->at[0] != '0')
			return 400;
	} else if (is_word(name, len, "connection"))
		set_connection(r, *v);
	else if (is_word(name, len, "accept-encoding"))
		r->gzip = takes_gzip(*v);
	else if (is_word(name, len, "accept-language"))
		set_once(&r->languages, v);
	else if (is_word(name, len, "if-none-match"))
		set_once(&r->none_match, v);
	else if (is_word(name, len, "if-range"))
		set_once(&r->if_range, v);
	else if (is_word(name, len, "range"))
		set_once(&r->range, v);
	return 0;
}

/* Read NAME: VALUE.  0 or a status. */
static int
field_line(struct http_request *r, const char *s, size_t len)
{
	const char		*colon = memchr(s, ':', len);
	struct http_slice	 v;
	size_t			 i;

	if (colon == NULL || !is_token(s, (size_t)(colon - s)))
		return 400;
	v.at = colon + 1;
	v.len = len - (size_t)(v.at - s);
	while (v.len > 0 && (*v.at == ' ' || *v.at == '\t')) {
		v.at++;
		v.len--;
	}
	while (v.len > 0 && (v.at[v.len - 1] == ' ' ||
	    v.at[v.len - 1] == '\t'))
		v.len--;
	for (i = 0; i < v.len; i++)
		if (((uint8_t)v.at[i] < 0x20 && v.at[i] != '\t') ||
		    v.at[i] == 0x7f)
			return 400;
	return set_field(r, s, (size_t)(colon - s), &v);
}

/*
 * The length of the line at s without its CR LF; -1: no end yet; -2: it ends
 * in something else.
 */
static long
line_end(const char *s, size_t len)
{
	const char	*lf = memchr(s, '\n', len);
	const char	*cr = memchr(s, '\r', lf == NULL ? len :
			    (size_t)(lf - s));

	if (lf == NULL)
		return cr != NULL && cr + 1 < s + len ? -2 : -1;
	return cr != NULL && cr + 1 == lf ? (long)(cr - s) : -2;
}

/* Check the first line as far as it has come: 0 or a status. */
static int
line_begun(const char *s, size_t len)
{
	const char	*sp = memchr(s, ' ', len);
	size_t		 n = sp != NULL ? (size_t)(sp - s) : len;

	if (sp == NULL && n > 0 && s[n - 1] == '\r')
		n--;			/* a LF may follow */
	if ((n > 0 && !is_token(s, n)) || (n == 0 && sp != NULL) ||
	    n > METHOD_MAX)
		return 400;
	if (sp == NULL)
		return 0;
	return (size_t)(s + len - sp) > HTTP_TARGET_MAX + 12 ? 414 : 0;
}

int
http_request_parse(const uint8_t *data, size_t len, struct http_request *r,
    int *status)
{
	const char	*s = (const char *)data;
	size_t		 at = 0, nfield = 0;
	long		 n;

	memset(r, 0, sizeof(*r));
	*status = 0;
	while (at + 1 < len && at < 2 * EMPTY_LINES && s[at] == '\r' &&
	    s[at + 1] == '\n')
		at += 2;
	if (at < 2 * EMPTY_LINES && at + 1 == len && s[at] == '\r')
		return 0;
	if ((n = line_end(s + at, len - at)) == -1) {
		*status = line_begun(s + at, len - at);
		return *status != 0 ? -1 : 0;
	}
	if (n == -2)
		*status = 400;
	else if ((*status = line_begun(s + at, (size_t)n)) == 0)
		*status = request_line(r, s + at, (size_t)n);
	if (*status == 0 && r->target.len > HTTP_TARGET_MAX)
		*status = 414;
	if (*status != 0)
		return -1;
	for (at += (size_t)n + 2;; at += (size_t)n + 2) {
		n = line_end(s + at, len - at);
		if (n > 0 && nfield++ < HTTP_FIELDS_MAX)
			*status = field_line(r, s + at, (size_t)n);
		else if (n == -2)
			*status = 400;
		if ((n > 0 && nfield > HTTP_FIELDS_MAX) ||
		    (*status == 0 && (n >= 0 ? at + (size_t)n + 2 : len) >=
		    HTTP_HEAD_MAX + (n == 0)))
			*status = 431;
		if (*status != 0)
			return -1;
		if (n == -1)
			return 0;
		if (n == 0)
			break;
	}
	if (r->minor == 1 && r->host.at == NULL) {
		*status = 400;
		return -1;
	}
	r->len = at + 2;
	return 1;
}

const char *
http_reason(int status)
{
	static const struct {
		int		 status;
		const char	*reason;
	} reasons[] = {
		{ 200, "OK" }, { 206, "Partial Content" },
		{ 301, "Moved Permanently" }, { 302, "Found" },
		{ 304, "Not Modified" }, { 400, "Bad Request" },
		{ 404, "Not Found" }, { 405, "Method Not Allowed" },
		{ 414, "URI Too Long" }, { 416, "Range Not Satisfiable" },
		{ 421, "Misdirected Request" },
		{ 431, "Request Header Fields Too Large" },
		{ 501, "Not Implemented" }, { 503, "Service Unavailable" },
		{ 505, "HTTP Version Not Supported" },
	};
	size_t	 i;

	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Error";
}

int
http_language(const struct http_slice *field, int (*is)(const void *,
    const char *), const void *arg)
{
	struct http_slice	 list = *field, el;
	char			 tag[36];
	int			 q, best = 0, found = -1, n;

	if (list.at == NULL)
		return -1;
	while (next_element(&list, &el)) {
		q = take_weight(&el);
		if (q <= best || el.len >= sizeof(tag))
			continue;
		memcpy(tag, el.at, el.len);
		tag[el.len] = '\0';
		if ((n = is(arg, tag)) != -1) {
			found = n;
			best = q;
		}
	}
	return found;
}

/* Read the digits at *p, which moves behind them.  -1: none, or above 18. */
static int
take_number(const char **p, const char *end, uint64_t *out)
{
	const char	*from = *p;

	for (*out = 0; *p < end && **p >= '0' && **p <= '9'; (*p)++)
		*out = *out * 10 + (uint64_t)(**p - '0');
	return *p == from || *p - from > 18 ? -1 : 0;
}

int
http_range(const struct http_slice *field, uint64_t size, uint64_t *from,
    uint64_t *n)
{
	const char	*p = field->at, *end;
	uint64_t	 last = UINT64_MAX;

	if (p == NULL || field->len < 7 || strncasecmp(p, "bytes=", 6) != 0 ||
	    memchr(p, ',', field->len) != NULL)
		return 0;
	end = p + field->len;
	p += 6;
	if (*p == '-') {
		p++;
		if (take_number(&p, end, n) == -1 || p != end)
			return 0;
		if (*n > size)
			*n = size;
		*from = size - *n;
		return *n == 0 ? -1 : 1;
	}
	if (take_number(&p, end, from) == -1 || p == end || *p != '-')
		return 0;
	p++;
	if (p < end && take_number(&p, end, &last) == -1)
		return 0;
	if (p != end || last < *from)
		return 0;
	if (*from >= size)
		return -1;
	*n = last < size ? last - *from + 1 : size - *from;
	return 1;
}

int
http_etag_in(const struct http_slice *field, const char *etag)
{
	struct http_slice	 list = *field, el;
	size_t			 n = strlen(etag);

	if (list.at == NULL)
		return 0;
	while (next_element(&list, &el)) {
		if (el.len == 1 && *el.at == '*')
			return 1;
		if (el.len > 2 && memcmp(el.at, "W/", 2) == 0) {
			el.at += 2;
			el.len -= 2;
		}
		if (el.len < n + 2 || el.at[0] != '"' ||
		    el.at[el.len - 1] != '"' || memcmp(el.at + 1, etag, n) !=
		    0)
			continue;
		if (el.len == n + 2 || (el.len == n + 3 &&
		    el.at[1 + n] == 'z'))
			return 1;
	}
	return 0;
}

static int
hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ?
	    c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

long
http_form_field(const char *s, size_t len, const char *name, char *out)
{
	const char	*end = s + len, *amp, *v;
	size_t		 n = strlen(name);
	long		 put = 0;

	for (; s < end; s = amp + 1) {
		if ((amp = memchr(s, '&', (size_t)(end - s))) == NULL)
			amp = end;
		if ((size_t)(amp - s) > n && memcmp(s, name, n) == 0 &&
		    s[n] == '=')
			break;
	}
	if (s >= end)
		return -1;
	for (v = s + n + 1; v < amp; v++)
		if (*v == '+')
			out[put++] = ' ';
		else if (*v == '%' && amp - v > 2 && hex_digit(v[1]) != -1 &&
		    hex_digit(v[2]) != -1) {
			out[put++] = (char)(hex_digit(v[1]) * 16 +
			    hex_digit(v[2]));
			v += 2;
		} else
			out[put++] = *v;
	return put;
}
