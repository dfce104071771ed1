/* SPDX-License-Identifier: ISC */
/* Fold text for search, which compares folded texts. */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Folding for search: lower case, no accents, digits of all scripts and
 * full-width forms as ASCII, katakana as hiragana, plain quotation marks and
 * dashes; the same from NFC and NFD.  Vowel signs are letters and stay.
 * text_fold() appends all of s folded, an invalid byte as '?'; text_fold_char()
 * writes one character folded and returns its bytes, 0 for an accent;
 * text_fold_offset() returns how many bytes at the start of s give the first
 * `folded' bytes of the folded text.
 */
#define TEXT_FOLD_MAX	80		/* bytes of one character folded */
void	 text_fold(const char *s, size_t len, struct buf *);
size_t	 text_fold_char(uint32_t cp, char out[TEXT_FOLD_MAX]);
size_t	 text_fold_offset(const char *s, size_t len, size_t folded);
/*
 * Append the parts of which Unicode composes cp to the n characters of todo,
 * the last part first, for a caller that takes them off its end.  1; 0: cp has
 * no parts, or todo would have more than max.
 */
int	 text_fold_parts(uint32_t cp, uint32_t *todo, size_t *n, size_t max);

#endif
