/* SPDX-License-Identifier: ISC */
/*
 * Gopher+ forms of finished Gopher replies.  Pure functions that append bytes.
 */
#ifndef VIEW_PLUS_H
#define VIEW_PLUS_H

#include <stddef.h>

struct buf;

/*
 * Append the menu as a directory of attributes (TAB $): one +INFO line for each
 * item and each info line.
 */
void	plus_dir(const char *menu, size_t len, struct buf *out);
/*
 * Append the attributes of one reply itself (TAB !).  Its title is its first
 * line with text in it.
 */
void	plus_info(const char *reply, size_t len, int is_menu,
	    const char *selector, size_t selectorlen, const char *host,
	    unsigned port, struct buf *out);
/* Append the reply unchanged, behind a header line (TAB +). */
void	plus_reply(const char *reply, size_t len, struct buf *out);

#endif
