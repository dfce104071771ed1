/* SPDX-License-Identifier: ISC */
/*
 * Reads Gopher's request line, and reads and writes the lines of a menu.
 * Requests are a stranger's bytes, with the extensions that clients send: a
 * search behind a TAB, and Gopher+. HTTP that was sent to this port by mistake
 * is recognized, so that a browser gets a readable answer. No field that is
 * written has a control byte in it, because a TAB, CR or LF would begin another
 * field or line.
 */
#include <string.h>

#include "base/buf.h"
#include "proto/gopher.h"

static int
has_control(const char *s, size_t len)
{
	size_t	 i;

	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			return 1;
	return 0;
}

/* METHOD SP target SP HTTP/d.d */
static int
is_http(const char *s, size_t len)
{
	static const char *const	 method[] = { "GET ", "HEAD ", "POST ",
					    "PUT ", "OPTIONS ", "CONNECT ",
					    "PRI " };
	size_t				 i, n;

	if (len < 9 || memcmp(s + len - 9, " HTTP/", 6) != 0)
		return 0;
	for (i = 0; i < sizeof(method) / sizeof(method[0]); i++) {
		n = strlen(method[i]);
		if (len > n && memcmp(s, method[i], n) == 0)
			return 1;
	}
	return 0;
}

static enum gopher_plus
plus_of(const char *s, size_t len)
{
	if (len == 0)
		return GOPHER_PLAIN;
	if (s[0] == '$' && (len == 1 || s[1] == '+'))
		return GOPHER_PLUS_DIR;
	if (s[0] == '!' && (len == 1 || s[1] == '+'))
		return GOPHER_PLUS_INFO;
	if (s[0] == '+' && (len == 1 || memchr(s, '/', len) != NULL))
		return GOPHER_PLUS;
	return GOPHER_PLAIN;
}

/*
 * Set *at to the field at *s, or to NULL if *s is NULL; returns its length.  *s
 * moves behind the TAB after it, and is NULL behind the last field.
 */
static size_t
field(const char **s, const char *end, const char **at)
{
	const char	*tab;

	*at = *s;
	if (*at == NULL)
		return 0;
	if ((tab = memchr(*at, '\t', (size_t)(end - *at))) == NULL) {
		*s = NULL;
		return (size_t)(end - *at);
	}
	*s = tab + 1;
	return (size_t)(tab - *at);
}

static int
parse_fields(const char *s, size_t len, struct gopher_request *r)
{
	const char	*end = s + len, *f;
	size_t		 n;

	r->len = field(&s, end, &r->selector);
	n = field(&s, end, &f);
	if (f != NULL) {
		r->plus = plus_of(f, n);
		if (r->plus == GOPHER_PLAIN) {
			r->has_search = 1;
			r->search = f;
			r->searchlen = n;
			n = field(&s, end, &f);
			if (f != NULL)
				r->plus = plus_of(f, n);
		}
	}
	/* Fields behind these (a Gopher+ data flag) are not used. */
	return has_control(r->selector, r->len) ||
	    (r->has_search && has_control(r->search, r->searchlen)) ? -1 : 0;
}

int
gopher_request_parse(const uint8_t *data, size_t len,
    struct gopher_request *r, const char **why)
{
	const char	*s = (const char *)data, *lf;
	size_t		 n;

	memset(r, 0, sizeof(*r));
	if (len == 0)
		return 0;
	if (data[0] == 0x16) {
		r->greeting = GREETING_TLS;
		*why = "This port speaks Gopher without TLS";
		return -1;
	}
	lf = memchr(s, '\n', len < GOPHER_REQ_MAX + 2 ? len :
	    GOPHER_REQ_MAX + 2);
	if (lf == NULL) {
		if (len <= GOPHER_REQ_MAX ||
		    (len == GOPHER_REQ_MAX + 1 && s[len - 1] == '\r'))
			return 0;
		*why = "The request is longer than 1024 bytes";
		return -1;
	}
	n = (size_t)(lf - s);
	r->used = n + 1;
	if (n > 0 && s[n - 1] == '\r')
		n--;
	if (n > GOPHER_REQ_MAX) {
		*why = "The request is longer than 1024 bytes";
		return -1;
	}
	if (is_http(s, n)) {
		r->greeting = GREETING_HTTP;
		*why = "This port speaks Gopher, not HTTP";
		return -1;
	}
	if (parse_fields(s, n, r) == -1) {
		*why = "The request has bytes that no selector has";
		return -1;
	}
	return 1;
}

int
gopher_item_parse(const char *s, size_t len, struct gopher_item *i,
    const char **why)
{
	const char	*end = s + len, *f;
	size_t		 n, k;

	memset(i, 0, sizeof(*i));
	*why = "menu line: no item type";
	if (len == 0 || (unsigned char)s[0] <= 0x20 || s[0] == 0x7f)
		return -1;
	i->type = *s++;
	i->displaylen = field(&s, end, &i->display);
	i->selectorlen = field(&s, end, &i->selector);
	i->hostlen = field(&s, end, &i->host);
	n = field(&s, end, &f);
	*why = "menu line: want four fields, separated by TAB";
	if (f == NULL || n == 0)
		return -1;
	*why = "menu line: port: want a number up to 65535";
	for (k = 0; k < n; k++) {
		if (f[k] < '0' || f[k] > '9')
			return -1;
		i->port = i->port * 10 + (unsigned)(f[k] - '0');
		if (i->port > 65535)
			return -1;
	}
	n = field(&s, end, &f);
	i->plus = f != NULL && n > 0 && (f[0] == '+' || f[0] == '?');
	*why = "menu line: control byte in a field";
	if (has_control(i->display, i->displaylen) ||
	    has_control(i->selector, i->selectorlen) ||
	    has_control(i->host, i->hostlen))
		return -1;
	return 0;
}

int
gopher_item_write(struct buf *b, char type, const char *display,
    size_t displaylen, const char *selector, size_t selectorlen,
    const char *host, unsigned port)
{
	if ((unsigned char)type <= 0x20 || type == 0x7f ||
	    selectorlen > GOPHER_SEL_MAX || port > 65535 ||
	    has_control(display, displaylen) ||
	    has_control(selector, selectorlen) ||
	    has_control(host, strlen(host)))
		return -1;
	buf_ch(b, type);
	buf_add(b, display, displaylen);
	buf_ch(b, '\t');
	buf_add(b, selector, selectorlen);
	buf_ch(b, '\t');
	buf_str(b, host);
	buf_fmt(b, "\t%u\r\n", port);
	return 0;
}

void
gopher_error_write(struct buf *b, const char *text)
{
	buf_ch(b, '3');
	buf_str(b, text);
	buf_str(b, "\t\terror.host\t1\r\n.\r\n");
}

/* The length of the first line without its end; *whole: with it. */
size_t
gopher_line(const char *s, size_t len, size_t *whole)
{
	const char	*lf = memchr(s, '\n', len);
	size_t		 n = lf != NULL ? (size_t)(lf - s) : len;

	*whole = n + (lf != NULL);
	if (n > 0 && s[n - 1] == '\r')
		n--;
	return n;
}

int
gopher_has_end(const char *s, size_t len)
{
	return (len >= 3 && memcmp(s + len - 3, ".\r\n", 3) == 0) &&
	    (len == 3 || s[len - 4] == '\n');
}

size_t
gopher_without_end(const char *s, size_t len)
{
	return gopher_has_end(s, len) ? len - 3 : len;
}

void
gopher_text_write(const char *s, size_t len, struct buf *out)
{
	size_t	 n, whole;

	for (; len > 0; s += whole, len -= whole) {
		n = gopher_line(s, len, &whole);
		if (n > 0 && s[0] == '.')
			buf_ch(out, ' ');
		buf_add(out, s, n);
		buf_str(out, "\r\n");
	}
}
