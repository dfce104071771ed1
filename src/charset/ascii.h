/* SPDX-License-Identifier: ISC */
/* Characters as ASCII writes them. */
#ifndef CHARSET_ASCII_H
#define CHARSET_ASCII_H

#include <stddef.h>
#include <stdint.h>

#define ASCII_MAX	64		/* bytes with the NUL */

/*
 * How ASCII says cp, by table and else by decomposition; NULL: not at all.
 * Empty for accents and invisible characters.  A space at either end is
 * meant to part it from letters and digits only.  The text is borrowed, or
 * made in room.
 */
const char	*ascii_from(uint32_t cp, char room[ASCII_MAX]);

#endif
