/* SPDX-License-Identifier: ISC */
/* Host names as people type them, and their form in the DNS. */
#ifndef BASE_HOSTNAME_H
#define BASE_HOSTNAME_H

#include <stddef.h>

struct err;

#define HOSTNAME_MAX	254		/* bytes of a name, with the NUL */

/*
 * The xn-- form, in small letters, of a name with letters beyond ASCII.  DNS,
 * certificates and URLs have this form.  0; -1: the name is not UTF-8, is too
 * long, or has no such letter.
 */
int	hostname_ascii(const char *name, char out[HOSTNAME_MAX]);
/* Small letters, as all names are compared; out may be name. */
void	hostname_lower(const char *name, char *out, size_t size);
/*
 * Fill in e: why name is no host name, and what to write; for a name in another
 * script, its xn-- form.
 */
void	hostname_err(const char *name, struct err *);

#endif
