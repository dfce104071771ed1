/* SPDX-License-Identifier: ISC */
/* How characters are written in ASCII. */
#ifndef CHARSET_ASCII_H
#define CHARSET_ASCII_H

#include <stddef.h>
#include <stdint.h>

#define ASCII_MAX	64		/* bytes with the NUL */

/*
 * The ASCII text for cp, from a table or by decomposition; NULL: there is
 * none.  It is empty for accents and invisible characters.  A space at either
 * end is needed only beside letters and digits.  The text is borrowed, or made
 * in room.
 */
const char	*ascii_from(uint32_t cp, char room[ASCII_MAX]);

#endif
