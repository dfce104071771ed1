/* SPDX-License-Identifier: ISC */
/*
 * The lines of cards and calendars, NAME:VALUE, folded.  content_text() escapes
 * the characters , ; and \ in the text, but not in the tail, which follows it.
 * A name with a colon in it already holds the first fields of the value.
 */
#ifndef RENDER_CONTENT_LINE_H
#define RENDER_CONTENT_LINE_H

struct buf;

void	content_line(struct buf *, const char *name, const char *value);
void	content_text(struct buf *, const char *name, const char *text,
	    const char *tail);

#endif
