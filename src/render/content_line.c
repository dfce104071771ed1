/* SPDX-License-Identifier: ISC */
/*
 * The lines of cards and calendars, NAME:VALUE with CRLF (RFC 2425, RFC 5545):
 * a line of more than 75 bytes goes on in the next one behind a blank, and is
 * never cut inside a character.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "render/content_line.h"

#define LINE_BYTES	75

void
content_line(struct buf *b, const char *name, const char *value)
{
	struct buf	 line = BUF_INIT;
	size_t		 at, n, room = LINE_BYTES;

	buf_fmt(&line, "%s%s%s", name, strchr(name, ':') == NULL ? ":" : "",
	    value);
	if (!buf_ok(&line))
		b->failed = 1;
	for (at = 0; buf_ok(&line) && at < line.len; at += n) {
		buf_str(b, at > 0 ? "\r\n " : "");
		n = text_utf8_cut(line.data + at, line.len - at, room);
		buf_add(b, line.data + at, n);
		room = LINE_BYTES - 1;
	}
	buf_str(b, "\r\n");
	buf_free(&line);
}

void
content_text(struct buf *b, const char *name, const char *text,
    const char *tail)
{
	struct buf	 s = BUF_INIT;

	for (; *text != '\0'; text++) {
		if (strchr("\\;,", *text) != NULL)
			buf_ch(&s, '\\');
		buf_ch(&s, *text);
	}
	buf_str(&s, tail);
	if (buf_ok(&s))
		content_line(b, name, s.data);
	else
		b->failed = 1;
	buf_free(&s);
}
