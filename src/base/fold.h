/* SPDX-License-Identifier: ISC */
/* Text as search compares it. */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Folding for search: lower case, no accents, digits of all scripts and
 * full-width forms as ASCII, katakana as hiragana, plain quotation marks and
 * dashes; the same from NFC and NFD.  Vowel signs are letters and stay.
 * text_fold() appends all of s, a bad byte as '?'; text_fold_char() gives the
 * bytes of one character alone, none for an accent; text_fold_offset() says
 * how much of s the first folded bytes come from.
 */
#define TEXT_FOLD_MAX	80		/* bytes of one character folded */
void	 text_fold(const char *s, size_t len, struct buf *);
size_t	 text_fold_char(uint32_t cp, char out[TEXT_FOLD_MAX]);
size_t	 text_fold_offset(const char *s, size_t len, size_t folded);

#endif
