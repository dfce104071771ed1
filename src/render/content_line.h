/* SPDX-License-Identifier: ISC */
/*
 * The lines of cards and calendars, NAME:VALUE, folded.  In a text , ; and \
 * are escaped; the tail, which follows it, is not.  A name may bring its colon
 * and the first pieces of the value.
 */
#ifndef RENDER_CONTENT_LINE_H
#define RENDER_CONTENT_LINE_H

struct buf;

void	content_line(struct buf *, const char *name, const char *value);
void	content_text(struct buf *, const char *name, const char *text,
	    const char *tail);

#endif
