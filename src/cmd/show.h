/* SPDX-License-Identifier: ISC */
/* Print a stranger's text to standard output. */
#ifndef CMD_SHOW_H
#define CMD_SHOW_H

#include <stddef.h>

/*
 * A file or a pipe gets the text unchanged.  On a terminal the characters of
 * text_is_unseen() become \xNN, except line ends and tabs, which stay, and the
 * hints of text_is_hint(), which are left out.  utf8: 0 for text in an 8-bit
 * charset.  -1: standard output failed, see errno.
 */
int	show_text(const char *, size_t len, int utf8);

#endif
