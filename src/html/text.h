/* SPDX-License-Identifier: ISC */
/* Words inside an HTML document. */
#ifndef HTML_TEXT_H
#define HTML_TEXT_H

#include <stddef.h>

struct buf;

/*
 * As text_markup(), with each run of Chinese characters in an element of
 * its own whose lang is han, so that a page in another language is spoken
 * and drawn right; han NULL: plain text_markup().
 */
void	html_text(struct buf *, const char *, size_t, const char *han);
/* Bytes of the number that a phone's text begins with. */
size_t	html_phone(const char *, size_t);

#endif
