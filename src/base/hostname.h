/* SPDX-License-Identifier: ISC */
/* Host names as people type them, and as the net has them. */
#ifndef BASE_HOSTNAME_H
#define BASE_HOSTNAME_H

#include <stddef.h>

struct err;

#define HOSTNAME_MAX	254		/* bytes of a name, with the NUL */

/*
 * The xn-- form of a name with letters beyond ASCII, in small letters: what
 * stands in DNS, certificates and URLs.  0, or -1: it is not UTF-8, too long,
 * or has no such letter.
 */
int	hostname_ascii(const char *name, char out[HOSTNAME_MAX]);
/* Small letters, as all names are compared; out may be name. */
void	hostname_lower(const char *name, char *out, size_t size);
/*
 * Why name is no host name, in one line that says what to write: for a name
 * in another script its xn-- form.
 */
void	hostname_err(const char *name, struct err *);

#endif
