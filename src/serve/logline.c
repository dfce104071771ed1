/* SPDX-License-Identifier: ISC */
/*
 * The grammar between workers and logger.  A message is either records, which
 * its first byte says, or text, such as what libc prints before it aborts.
 *
 * A worker may be in a stranger's hands, so the reading side trusts no field:
 * numbers are printed as numbers, the protocol is a short word, times lie near
 * the logger's own clock, and bytes that are not printable ASCII, and the
 * backslash, are written as \xNN.  Both sides are the same program, so records
 * are structs.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "serve/logline.h"

#define RECORDS		1		/* first byte; text begins otherwise */
#define STATUS_MAX	999
/* The words of a line behind its stamp: an address, three numbers, a path. */
#define LINE_MAX_BYTES	(LOG_PROTO_MAX + ADDR_TEXT + 3 * 24 + 8 + \
			4 * LOG_PATH_MAX)

struct log_head {
	uint8_t		 kind, zero[7];
	uint64_t	 lost;
};

struct log_record {
	int64_t		 time;
	uint64_t	 bytes, ms;
	uint8_t		 ip[16];
	char		 proto[LOG_PROTO_MAX];	/* no NUL when full */
	uint16_t	 status, pathlen;
	uint8_t		 cut, zero[3];
};					/* pathlen bytes follow */

size_t
logline_begin(uint8_t *msg, uint64_t lost)
{
	struct log_head	 h;

	memset(&h, 0, sizeof(h));
	h.kind = RECORDS;
	h.lost = lost;
	memcpy(msg, &h, sizeof(h));
	return sizeof(h);
}

size_t
logline_add(uint8_t *msg, size_t len, const struct log_line *l)
{
	struct log_record	 r;
	size_t			 n = l->pathlen;

	if (n > LOG_PATH_MAX)
		n = LOG_PATH_MAX;
	if (sizeof(r) + n > LOG_MESSAGE_MAX - len)
		return 0;
	memset(&r, 0, sizeof(r));
	r.time = l->time;
	r.bytes = l->bytes;
	r.ms = l->ms;
	memcpy(r.ip, l->peer->ip, sizeof(r.ip));
	memcpy(r.proto, l->proto, strnlen(l->proto, sizeof(r.proto)));
	r.status = (uint16_t)l->status;
	r.cut = l->cut != 0;
	r.pathlen = (uint16_t)n;
	memcpy(msg + len, &r, sizeof(r));
	memcpy(msg + len + sizeof(r), l->path, n);
	return sizeof(r) + n;
}

/* Bytes of the record that stands first, 0: there is no whole one. */
static size_t
record_size(const uint8_t *at, size_t len)
{
	struct log_record	 r;

	if (len < sizeof(r))
		return 0;
	memcpy(&r, at, sizeof(r));
	if (r.pathlen > LOG_PATH_MAX || r.pathlen > len - sizeof(r))
		return 0;
	return sizeof(r) + r.pathlen;
}

uint64_t
logline_count(const uint8_t *msg, size_t len)
{
	uint64_t	 n = 0;
	size_t		 at = sizeof(struct log_head), size;

	while (at < len && (size = record_size(msg + at, len - at)) > 0) {
		at += size;
		n++;
	}
	return n;
}

static int
is_sound(const struct log_record *r)
{
	size_t	 i, n = strnlen(r->proto, sizeof(r->proto));

	for (i = 0; i < n; i++)
		if (!(r->proto[i] >= 'a' && r->proto[i] <= 'z'))
			return 0;
	return n > 0 && r->status <= STATUS_MAX && r->cut <= 1;
}

/* Printable ASCII as it is, the rest as \xNN: at most 4 bytes for each. */
static char *
plain(char *p, const char *s, size_t len)
{
	static const char	 hex[] = "0123456789abcdef";
	size_t			 i;
	unsigned char		 c;

	for (i = 0; i < len; i++) {
		c = (unsigned char)s[i];
		if (c >= ' ' && c <= '~' && c != '\\') {
			*p++ = (char)c;
			continue;
		}
		*p++ = '\\';
		*p++ = 'x';
		*p++ = hex[c >> 4];
		*p++ = hex[c & 15];
	}
	return p;
}

static char *
word(char *p, const char *s, size_t len)
{
	memcpy(p, s, len);
	return p + len;
}

/* A number of at least `least' digits, and a space. */
static char *
number(char *p, uint64_t n, unsigned least)
{
	char	 text[24];
	size_t	 at = sizeof(text);

	text[--at] = ' ';
	do {
		text[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0 || sizeof(text) - 1 - at < least);
	return word(p, text + at, sizeof(text) - at);
}

static void
stamp(struct buf *b, int64_t time, const char *who)
{
	char	 text[21];

	clock_format(time, text);
	buf_add(b, text, sizeof(text) - 1);
	buf_str(b, " ");
	buf_str(b, who);
	buf_str(b, " ");
}

/*
 * One line, put together by hand, because printf() and a call of buf_add() for
 * each word would be most of what the logger spends.
 */
static void
write_record(struct buf *b, const char *who, const struct log_record *r,
    const char *path, int64_t now, int full)
{
	struct net_addr	 peer;
	char		 ip[ADDR_TEXT], line[LINE_MAX_BYTES], *p = line;
	int64_t		 time = r->time;

	if (time > now || time < now - LOG_LATE_MAX)
		time = now;
	memset(&peer, 0, sizeof(peer));
	memcpy(peer.ip, r->ip, sizeof(peer.ip));
	if (full)
		addr_ip(&peer, ip);
	else
		addr_short(&peer, ip);
	stamp(b, time, who);
	p = word(p, r->proto, strnlen(r->proto, sizeof(r->proto)));
	*p++ = ' ';
	p = word(p, ip, strlen(ip));
	*p++ = ' ';
	p = number(p, r->status, 2);
	p = number(p, r->bytes, 1);
	if (r->cut)
		p = word(p - 1, "-cut ", 5);
	p = number(p, r->ms, 1);
	p = plain(p, path, r->pathlen);
	*p++ = '\n';
	buf_add(b, line, (size_t)(p - line));
}

static void
write_records(struct buf *b, const char *who, const uint8_t *msg, size_t len,
    int64_t now, int full)
{
	struct log_head		 h;
	struct log_record	 r;
	size_t			 at = sizeof(h), size;

	if (len >= sizeof(h)) {
		memcpy(&h, msg, sizeof(h));
		if (h.lost > 0) {
			stamp(b, now, who);
			buf_fmt(b, "log: %llu lines lost\n",
			    (unsigned long long)h.lost);
		}
	}
	while (at < len) {
		size = record_size(msg + at, len - at);
		if (size > 0)
			memcpy(&r, msg + at, sizeof(r));
		if (size == 0 || !is_sound(&r)) {
			stamp(b, now, who);
			buf_str(b, "log: a record that no worker writes\n");
			return;
		}
		write_record(b, who, &r, (const char *)msg + at + sizeof(r),
		    now, full);
		at += size;
	}
}

void
logline_write(struct buf *b, const char *who, const uint8_t *msg, size_t len,
    int64_t now, int full)
{
	const char	*s = (const char *)msg, *end;
	char		 text[4 * LOG_TEXT_MAX];
	size_t		 n;

	if (len > 0 && msg[0] == RECORDS) {
		write_records(b, who, msg, len, now, full);
		return;
	}
	while (len > 0) {
		end = memchr(s, '\n', len);
		n = end != NULL ? (size_t)(end - s) : len;
		if (n > 0) {
			stamp(b, now, who);
			buf_str(b, "says: ");
			buf_add(b, text, (size_t)(plain(text, s, n <
			    LOG_TEXT_MAX ? n : LOG_TEXT_MAX) - text));
			buf_str(b, "\n");
		}
		n += end != NULL;
		s += n;
		len -= n;
	}
}

void
logline_say(struct buf *b, const uint8_t *msg, size_t len, int64_t now)
{
	char	 text[4 * LOG_TEXT_MAX + 1];

	text_escape(text, sizeof(text), (const char *)msg, len <
	    LOG_TEXT_MAX ? len : LOG_TEXT_MAX);
	stamp(b, now, "server:");
	buf_fmt(b, "%s\n", text);
}
