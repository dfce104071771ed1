/* SPDX-License-Identifier: ISC */
/* What somebody else wrote, onto standard output. */
#ifndef CMD_SHOW_H
#define CMD_SHOW_H

#include <stddef.h>

/*
 * As it is into a file or a pipe.  On a terminal what text_is_unseen() names
 * becomes \xNN, but for line ends and tabs, which stay, and for the hints of
 * text_is_hint(), which are left out.  utf8: 0 for text in an 8-bit charset.
 * -1: standard output failed, see errno.
 */
int	show_text(const char *, size_t len, int utf8);

#endif
