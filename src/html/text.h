/* SPDX-License-Identifier: ISC */
/* Text inside an HTML document. */
#ifndef HTML_TEXT_H
#define HTML_TEXT_H

#include <stddef.h>

struct buf;

/* How the text of one language is written; the strings are the caller's. */
struct html_script {
	const char	*tag;
	const char	*han;	/* tag for Chinese characters in it; NULL:
				   they get none */
	int		 rtl;	/* 1: from right to left */
};

/*
 * Append text escaped as by text_markup().  Each run of Chinese characters gets
 * an element whose lang is script->han, so that programs choose the right voice
 * and font.  In a script from right to left each number, date and phone number
 * gets a <bdi>, so that the text around it does not reorder its parts.
 */
void	html_text(struct buf *, const char *, size_t,
	    const struct html_script *);
/*
 * Append the text, with U+FFFD for each character that XML does not allow and
 * for each invalid byte.
 */
void	html_clean(struct buf *, const char *, size_t);
/* How many bytes at the start of the text are a phone number. */
size_t	html_phone(const char *, size_t);

#endif
