/* SPDX-License-Identifier: ISC */
/* Words inside an HTML document. */
#ifndef HTML_TEXT_H
#define HTML_TEXT_H

#include <stddef.h>

struct buf;

/* How the words of one language are written; the strings are the caller's. */
struct html_script {
	const char	*tag;
	const char	*han;	/* tag of Chinese words among them; NULL: no
				   tag for them */
	int		 rtl;	/* 1: from right to left */
};

/*
 * As text_markup(), with each run of Chinese characters in an element of
 * its own whose lang is script->han, so that a page in another language is
 * spoken and drawn right.  From right to left each number, date and phone
 * number is in a <bdi>, so that the words around it do not reorder its parts.
 */
void	html_text(struct buf *, const char *, size_t,
	    const struct html_script *);
/* The bytes as they are, with U+FFFD for each that is no character of XML. */
void	html_clean(struct buf *, const char *, size_t);
/* Bytes of the number that a phone's text begins with. */
size_t	html_phone(const char *, size_t);

#endif
