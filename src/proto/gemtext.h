/* SPDX-License-Identifier: ISC */
/* Gemtext (text/gemini), line by line.  Borrowed slices, no allocation. */
#ifndef PROTO_GEMTEXT_H
#define PROTO_GEMTEXT_H

#include <stddef.h>

enum gemtext_type {
	GEMTEXT_TEXT,			/* also empty lines */
	GEMTEXT_LINK,
	GEMTEXT_HEADING1, GEMTEXT_HEADING2, GEMTEXT_HEADING3,
	GEMTEXT_LIST,
	GEMTEXT_QUOTE,
	GEMTEXT_TOGGLE,			/* ``` with alt text */
	GEMTEXT_PRE			/* a line between two toggles */
};

struct gemtext {			/* start: { s, len } */
	const char	*at;
	size_t		 left;
	int		 pre;		/* inside a preformatted block */
	size_t		 line;		/* number of the last line, from 1 */
};

struct gemtext_line {
	enum gemtext_type	 type;
	const char		*text;	/* without the mark; label of a link */
	size_t			 len;
	const char		*url;	/* link only */
	size_t			 urllen;
};

void	gemtext_start(struct gemtext *, const char *, size_t);
/* 1: *out is the next line, without its LF or CRLF; 0: no more. */
int	gemtext_next(struct gemtext *, struct gemtext_line *out);

#endif
